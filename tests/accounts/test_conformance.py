"""Every line of the tables in `conformance/`: the command, what comes out, and the balances after it."""

from pathlib import Path

import pytest

from tests.accounts.script import Script

TABLES = sorted((Path(__file__).parent / "conformance").glob("*.txt"))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_table(table):
    script = Script()
    for number, line in enumerate(table.read_text().splitlines(), start=1):
        command, outputs, state = (cell.strip() for cell in line.split("|"))
        assert (outputs, state) == script.play(command), f"{table.name}:{number}: {command}"


def test_there_are_tables():
    assert len(TABLES) >= 6
