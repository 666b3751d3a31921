"""Each line of the tables is a case: what a book answers and holds after a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matching.table import run, show_book, show_outputs

TABLES = ("conformance.txt", "instructions.txt", "auctions.txt", "contingent.txt")
LINES = [line for table in TABLES for line in (Path(__file__).parent / table).read_text().splitlines()]
CASES = [[cell.strip() for cell in line.split("|")] for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("name", "given", "command", "answer", "book"), CASES, ids=[case[0] for case in CASES])
def test_case(name, given, command, answer, book):
    outputs, entries = run(given, command)
    assert show_outputs(outputs) == answer
    assert show_book(entries) == book


def test_case_names_are_unique():
    names = [case[0] for case in CASES]
    assert len(names) == len(set(names)) > 200
