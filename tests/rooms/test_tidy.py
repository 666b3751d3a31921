"""Small files, and no word about where they were written."""

import re
import subprocess

from tests.rooms.source import ROOMS, ROOT, modules
from topics.generate import MADE_BY

LINES_MAX = 400
BARE_EXCEPT = re.compile(r"except( Exception)?:\s*(pass|continue)?$")


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_a_file_is_one_idea():
    """Generated ones are as long as the schemas make them."""
    lengths = {path: len(path.read_text().splitlines()) for path in tracked("*.py") if MADE_BY not in path.read_text()}
    assert [f"{path}: {count}" for path, count in lengths.items() if count > LINES_MAX] == []


def test_every_module_says_what_it_is_for():
    silent = [path for path, tree in modules(*ROOMS) if not (tree.body and getattr(tree.body[0], "value", None))]
    assert silent == []


def test_no_failure_is_swallowed():
    swallowed = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if BARE_EXCEPT.search(line.strip()) and "tests/rooms" not in path.as_posix()
    ]
    assert swallowed == []


def test_no_path_of_a_machine_is_in_the_project():
    here = (str(ROOT), str(ROOT.parent) + "/")
    named = [path.name for path in tracked() if path.suffix != ".png" and any(p in path.read_text() for p in here)]
    assert named == []
