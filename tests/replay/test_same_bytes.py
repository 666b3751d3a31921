"""Two folds of the same log give the same, whatever the version of Python and the order of its hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from compiled.__main__ import missing
from proof.simulated.traders import Traders
from tests.replay import fold_digest
from tests.replay.pythons import VERSIONS, other_pythons
from topics.codec import Undecodable, decode

COMMANDS = 4000


class Recorder:
    """Takes the place of a broker: keeps what traders send, garbage left out."""

    partitions = 1

    def __init__(self) -> None:
        self.lines: list[str] = []

    def append(self, topic, key, value, _headers=(), _partition=None):
        try:
            message = repr(decode(value))
        except Undecodable:
            return
        assert "\t" not in message
        self.lines.append(f"{topic}\t{key}\t{message}\n")


@pytest.fixture(scope="module")
def commands(tmp_path_factory) -> Path:
    recorder = Recorder()
    traders = Traders(recorder, 5, accounts=4)
    traders.open_market()
    for _ in range(COMMANDS):
        traders.act()
    traders.close_market()
    file = tmp_path_factory.mktemp("log") / "commands.txt"
    file.write_text("".join(recorder.lines))
    return file


def digest_by(executable: str, commands: Path, **environment: str) -> str:
    return folded_by(executable, commands, **environment)[0]


def folded_by(executable: str, commands: Path, **environment: str) -> tuple[str, str]:
    """The digest, and whether compiled folds or their sources made it."""
    command = [executable, fold_digest.__file__, str(commands)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr
    digest, loaded = done.stdout.split()
    return digest, loaded


def test_the_order_of_hashes_changes_nothing(commands):
    digests = {digest_by(sys.executable, commands, PYTHONHASHSEED=seed) for seed in ("1", "2")}
    assert digests == {fold_digest.digest(commands)}


def test_compiled_folds_give_what_their_sources_give(commands):
    """Where nothing is compiled, and there is a compiler, `python -m compiled` was forgotten."""
    by_sources = folded_by(sys.executable, commands, TAPELINE_PURE="1")
    as_built = folded_by(sys.executable, commands, TAPELINE_PURE="0")
    assert as_built == (by_sources[0], "compiled" if missing() is None else "sources")
    assert by_sources[1] == "sources"


@pytest.mark.other_python
@pytest.mark.parametrize("version", [version for version in VERSIONS if version in other_pythons()] or ["none"])
def test_another_python_folds_to_the_same(commands, version):
    assert digest_by(other_pythons()[version], commands) == fold_digest.digest(commands)


def test_a_changed_command_changes_the_digest(commands, tmp_path):
    lines = commands.read_text().splitlines(keepends=True)
    deposit = next(line for line in lines if "\tDeposit(" in line)
    lines.remove(deposit)
    (tmp_path / "less.txt").write_text("".join(lines))
    assert fold_digest.digest(tmp_path / "less.txt") != fold_digest.digest(commands)
