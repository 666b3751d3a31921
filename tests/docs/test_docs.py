"""What README and docs name is there: files, headings, commands, options, settings, routes, and words of logs."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from api.app import create_app
from config.settings import Settings
from stack.cli import app
from stack.embedded import ports

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
RUNBOOK = ROOT / "docs" / "runbook.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
TEXTS = [README, *sorted((ROOT / "docs").rglob("*.md"))]
FOLDERS = sorted(place.name for place in ROOT.iterdir() if place.is_dir() and place.name[0] not in "._")
COMMANDS = get_command(app).commands

every_text = pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def headings(path):
    """Anchors of a document as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def words_after(text, pattern):
    """The words of each line from a program's name to the end of its code span."""
    return [found.split() for found in re.findall(rf"(?:^|[\s`(/]){pattern} ([^`|#)\\\n]*)", text)]


@every_text
def test_links_lead_somewhere(text):
    for target in re.findall(r"\]\(([^)\s]+)\)", text.read_text()):
        path, _, anchor = target.partition("#")
        place = (text.parent / path).resolve() if path else text
        assert place.exists(), target
        assert not anchor or anchor in headings(place), target


@every_text
def test_files_that_are_named_exist(text):
    named = re.findall(rf"(?<![\w./$-])((?:{'|'.join(FOLDERS)})/[\w./-]*)", text.read_text())
    assert [path for path in named if not (ROOT / path.rstrip("./")).exists()] == []


@every_text
def test_commands_and_options_exist(text):
    for words in words_after(text.read_text(), "tapeline"):
        command, left = get_command(app), words
        while left and left[0].rstrip(";.,:") in getattr(command, "commands", {}):
            command, left = command.commands[left[0].rstrip(";.,:")], left[1:]
        assert command.name != "tapeline", words
        assert not (hasattr(command, "commands") and left and left[0][0].isalpha()), words
        known = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
        assert {word.split("=")[0] for word in left if word.startswith("--")} <= known | {"--help"}, words


@every_text
def test_modules_that_are_run_exist(text):
    for words in words_after(text.read_text(), "python -m"):
        place = ROOT / words[0].replace(".", "/")
        assert place.with_suffix(".py").exists() or (place / "__main__.py").exists(), words


def test_every_command_is_in_the_readmes_table():
    table = README.read_text()
    names = [
        f"{name} {each}".strip()
        for name, command in COMMANDS.items()
        for each in getattr(command, "commands", {"": command})
    ]
    assert [name for name in names if f"| `tapeline {name}" not in table] == []


def variables(path):
    return set(re.findall(r"TAPELINE_[A-Z_]*[A-Z]", path.read_text()))


@every_text
def test_settings_that_are_named_exist(text):
    fields = {f"TAPELINE_{name.upper()}" for name in Settings.model_fields}
    options = {f"TAPELINE_{name.upper()}_PORT" for name in ports.NAMES}
    before = {"TAPELINE_PURE"}  # decides what is imported, so it is read before there are settings
    assert variables(text) <= fields | options | before | variables(ROOT / "docker-compose.yml")


def test_every_setting_is_in_the_readme():
    assert {f"TAPELINE_{name.upper()}" for name in Settings.model_fields} <= variables(README)


@every_text
def test_routes_exist(text):
    known = [re.sub(r"\{[^}]*\}", "*", path) for path in create_app(Settings()).openapi()["paths"]]
    for route in re.findall(r"(?:(?<!\w)|(?<=\$api))(?:/v2|/health)/[\w/:${}.]+|(?<=`)/metrics", text.read_text()):
        assert re.sub(r"\$\w+|\{[^}]*\}", "*", route.rstrip(".:")) in known, route


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_sentence_and_its_parts(decision):
    parts = re.findall(r"^## (.+)$", decision.read_text(), re.MULTILINE)
    assert parts == ["Context", "Decision", "Measured", "Consequences"]
    assert re.search(r"^> \S", decision.read_text(), re.MULTILINE)


def test_what_the_runbook_quotes_is_said_by_the_program():
    """A quotation is a code span with a blank that is no command; `...` stands for a value."""
    source = "\n".join(path.read_text() for room in FOLDERS for path in (ROOT / room).rglob("*.py") if room != "tests")
    said = re.sub(r"\{[^{}]*\}|%[sdr]", "...", re.sub(r"\"\s*\n\s*f?\"", "", source))
    text = re.sub(r"^```.*?^```$", "", RUNBOOK.read_text(), flags=re.MULTILINE | re.DOTALL)
    quoted = [span for span in re.findall(r"`([^`]+)`", text) if " " in span and not _is_command(span)]
    assert len(quoted) > 30
    parts = [part.strip(" :") for span in quoted for part in span.split("...")]
    assert [part for part in parts if part and part not in said] == []


def _is_command(span):
    return re.match(r"(\.venv/|tapeline |env |kill |python -m |docker |pg_dump )", span)
