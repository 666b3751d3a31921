"""Every rule of consolidation as a line of a table."""

from pathlib import Path

import pytest

from tests.market_data.table import play

TABLE = Path(__file__).with_name("conformance.txt")
CASES = [
    [cell.strip() for cell in line.split("|")]
    for line in TABLE.read_text().splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize(("before", "command", "said", "day"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_case(before, command, said, day):
    assert play(before, command) == (said, day)


def test_names_are_unique():
    assert len({case[0] for case in CASES}) == len(CASES)
