"""Files that are not LOBSTER's: each is named with its line and what is wrong."""

from __future__ import annotations

import gzip

import pytest

from feeds.lobster import LobsterError, open_day
from tests.replay.generated_day import LOBSTER_NAME, GeneratedDay

MESSAGES, BOOKS = (LOBSTER_NAME.format(symbol="XYZ", kind=kind) for kind in ("message", "orderbook"))
GOOD = "34201.5,1,99,10,999900,1"


def replaced(line, by):
    def change(lines):
        lines[line - 1] = by
        return lines

    return change


# file, what is done to its lines, the error
CASES = [
    (MESSAGES, replaced(3, "34201.5,1,99,10,999900"), "message_3.csv: line 3: .* is not a message"),
    (MESSAGES, replaced(3, "soon,1,99,10,999900,1"), "message_3.csv: line 3: .* is not a message"),
    (MESSAGES, replaced(3, "NaN,1,99,10,999900,1"), "message_3.csv: line 3: .* is not a message"),
    (MESSAGES, replaced(3, "34201.5,1,99,ten,999900,1"), "message_3.csv: line 3: .*'ten'"),
    (MESSAGES, replaced(3, "34201.5,8,99,10,999900,1"), "message_3.csv: line 3: type 8, direction 1"),
    (MESSAGES, replaced(3, "34201.5,1,99,10,999900,0"), "message_3.csv: line 3: type 1, direction 0"),
    (MESSAGES, replaced(3, ""), "message_3.csv: line 3: .* is not a message"),
    (MESSAGES, lambda lines: lines[:4], "message_3.csv: ends after 4 lines, the file beside it goes on"),
    (MESSAGES, lambda lines: [*lines, GOOD], "orderbook_3.csv: ends after 8 lines, the file beside it goes on"),
    (MESSAGES, lambda _: [], "message_3.csv: ends after 0 lines"),
    (BOOKS, replaced(2, "1,2,3"), r"orderbook_3.csv: line 2: \['1', '2', '3'\] is not a best bid and offer"),
    (BOOKS, replaced(2, "1,2,3,x"), "orderbook_3.csv: line 2: .*'x'"),
    (BOOKS, replaced(1, "1,2,3,4,5"), "orderbook_3.csv: line 1: 5 fields, not four a level"),
    (BOOKS, replaced(1, "1,2,3,x"), "orderbook_3.csv: line 1: .*'x'"),
    (BOOKS, lambda _: [], "orderbook_3.csv: is empty"),
]


@pytest.mark.parametrize(("name", "change", "error"), CASES, ids=range(len(CASES)))
def test_a_bad_file_is_named_with_its_line(tmp_path, name, change, error):
    file = GeneratedDay(1, 8).write_lobster(tmp_path / "day", "XYZ") / name
    file.write_text("".join(f"{line}\n" for line in change(file.read_text().splitlines())))
    with pytest.raises(LobsterError, match=error):
        list(open_day(file.parent).rows())


def test_a_packed_file_that_is_cut_off_is_named(tmp_path):
    file = GeneratedDay(1, 500).write_three_files(tmp_path / "day_xyz") / "messages.csv.gz"
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(LobsterError, match=r"messages\.csv\.gz: cannot be read"):
        list(open_day(file.parent).rows())


def test_a_packed_file_that_is_not_packed_is_named(tmp_path):
    file = GeneratedDay(1, 8).write_three_files(tmp_path / "day_xyz") / "messages.csv.gz"
    file.write_bytes(gzip.decompress(file.read_bytes()))
    with pytest.raises(LobsterError, match=r"messages\.csv\.gz: cannot be read"):
        list(open_day(file.parent).rows())


def test_a_folder_without_a_day_is_named(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(LobsterError, match="neither LOBSTER's two files nor"):
            open_day(folder)
    (GeneratedDay(1, 8).write_lobster(tmp_path / "half", "XYZ") / BOOKS).unlink()
    with pytest.raises(LobsterError, match="missing beside"):
        open_day(tmp_path / "half")
