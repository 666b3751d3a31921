"""A build is found by exactly the sources that it was made from."""

import compiled
from tests.rooms.source import ROOT, imports, modules


def test_every_pattern_names_sources():
    assert [pattern for pattern in compiled.COMPILED if not list(ROOT.glob(pattern))] == []


def test_an_edited_source_has_no_build(tmp_path, monkeypatch):
    for path in (*compiled.sources(), *compiled.IMPORTED):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    key = compiled.key()
    monkeypatch.setattr(compiled, "ROOT", tmp_path)
    assert compiled.key() == key
    edited = tmp_path / "streams" / "matching" / "book.py"
    edited.write_text(edited.read_text() + "\n")
    assert compiled.key() != key


def test_what_compiled_modules_import_of_ours_is_part_of_the_key():
    """A constant of another module may have been compiled in."""
    known = {path.removesuffix(".py").removesuffix("/__init__") for path in (*compiled.sources(), *compiled.IMPORTED)}
    missing = [
        f"{path} imports {name}"
        for path, tree in modules(*compiled.sources())
        for name, _ in imports(tree)
        if name.split(".")[0] in ("topics", "streams", "sinks")
        and (ROOT / f"{name.replace('.', '/')}.py").is_file()
        and name.replace(".", "/") not in known
    ]
    assert missing == []
