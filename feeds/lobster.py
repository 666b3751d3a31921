"""Reads LOBSTER's recorded NASDAQ order flow: the message file and the book beside it, in either of two layouts.

* `messages.csv[.gz]`, `best_bid_offer.csv[.gz]` and `seed_book.csv` (the book after message 0), in a folder named
  `anything_SYMBOL`; the day is given by the caller (2012-06-21 unless told).
* LOBSTER's own two files, `SYMBOL_YYYY-MM-DD_START_END_message_N.csv` and `..._orderbook_N.csv`.

Prices are in 1e-4 of the currency, sizes in whole shares, times in seconds after midnight New York. An empty level of
the book is written as a price of +-9999999999.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from pathlib import Path
from typing import IO, cast
from zoneinfo import ZoneInfo

EMPTY = 9_999_999_999
NEW_YORK = ZoneInfo("America/New_York")
NEW, REDUCE, DELETE, EXECUTE, EXECUTE_HIDDEN, CROSS, HALT = 1, 2, 3, 4, 5, 6, 7
OWN_NAME = re.compile(r"(?P<symbol>[^_]+)_(?P<day>\d{4}-\d\d-\d\d)_\d+_\d+_message_\d+\.csv(\.gz)?$")


class LobsterError(ValueError):
    """A file that is not LOBSTER's; names the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A message. `direction` is that of the resting order: 1 buy, -1 sell."""

    row: int
    time_us: int  # since the epoch, UTC
    kind: int
    ref: str
    shares: int
    price_e4: int
    direction: int


@dataclass(frozen=True, slots=True)
class Best:
    """Best offer and bid after a message; None where a side is empty."""

    ask_price_e4: int | None
    ask_shares: int
    bid_price_e4: int | None
    bid_shares: int


@dataclass(frozen=True, slots=True)
class Day:
    """A recorded day: where its files are, and the book after message 0 as (direction, price_e4, shares)."""

    symbol: str
    date: dt.date
    messages: Path
    books: Path
    seed: list[tuple[int, int, int]]

    def rows(self) -> Iterator[tuple[Flow, Best]]:
        """Messages with the best bid and offer after each. Raises LobsterError."""
        midnight = dt.datetime.combine(self.date, dt.time(), NEW_YORK)
        midnight_us = int(midnight.timestamp()) * 1_000_000
        pairs = zip_longest(_lines(self.messages), _lines(self.books))
        for row, (message, book) in enumerate(pairs):
            if message is None or book is None:
                short = self.messages if message is None else self.books
                raise LobsterError(f"{short}: ends after {row} lines, the file beside it goes on")
            yield _flow(self.messages, row, message, midnight_us), _best(self.books, row, book)


def open_day(folder: Path, symbol: str | None = None, date: dt.date | None = None) -> Day:
    """Find a day's files in a folder. Raises LobsterError when it holds neither layout."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        named = OWN_NAME.match(path.name)
        if named:
            books = path.with_name(path.name.replace("_message_", "_orderbook_"))
            if not books.exists():
                raise LobsterError(f"{books}: missing beside {path.name}")
            day = dt.date.fromisoformat(named["day"])
            return Day(symbol or named["symbol"], date or day, path, books, _levels(books))
    message_file = _either(folder / "messages.csv")
    book_file = _either(folder / "best_bid_offer.csv")
    seed = folder / "seed_book.csv"
    if message_file is None or book_file is None or not seed.exists():
        raise LobsterError(f"{folder}: neither LOBSTER's two files nor messages.csv, best_bid_offer.csv, seed_book.csv")
    symbol = symbol or folder.name.rpartition("_")[2].upper()
    return Day(symbol, date or dt.date(2012, 6, 21), message_file, book_file, _levels(seed))


def _either(path: Path) -> Path | None:
    packed = path.with_name(path.name + ".gz")
    return path if path.exists() else packed if packed.exists() else None


def _lines(path: Path) -> Iterator[list[str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as raw, io.TextIOWrapper(cast(IO[bytes], raw), newline="") as text:
        try:
            yield from csv.reader(text)
        except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
            raise LobsterError(f"{path}: cannot be read: {error}") from error


def _flow(path: Path, row: int, fields: list[str], midnight_us: int) -> Flow:
    try:
        seconds, kind, ref, shares, price, direction = fields[:6]
        time_us = midnight_us + int(Decimal(seconds) * 1_000_000)
        flow = Flow(row, time_us, int(kind), ref, int(shares), int(price), int(direction))
    except (ValueError, InvalidOperation) as error:
        raise LobsterError(f"{path}: line {row + 1}: {fields} is not a message: {error}") from error
    if flow.kind not in range(NEW, HALT + 1) or flow.direction not in (1, -1):
        raise LobsterError(f"{path}: line {row + 1}: type {flow.kind}, direction {flow.direction}")
    return flow


def _levels(path: Path) -> list[tuple[int, int, int]]:
    """Levels of a book's first line, empty ones left out: (direction, price_e4, shares), offers before bids."""
    fields = next(_lines(path), None)
    if fields is None:
        raise LobsterError(f"{path}: is empty")
    try:
        numbers = [int(field) for field in fields]
    except ValueError as error:
        raise LobsterError(f"{path}: line 1: {error}") from error
    if len(numbers) % 4:
        raise LobsterError(f"{path}: line 1: {len(numbers)} fields, not four a level")
    asks = [(-1, numbers[i], numbers[i + 1]) for i in range(0, len(numbers), 4)]
    bids = [(1, numbers[i + 2], numbers[i + 3]) for i in range(0, len(numbers), 4)]
    return [level for level in asks + bids if abs(level[1]) != EMPTY]


def _best(path: Path, row: int, fields: list[str]) -> Best:
    try:
        ask, ask_shares, bid, bid_shares = (int(field) for field in fields[:4])
    except ValueError as error:
        raise LobsterError(f"{path}: line {row + 1}: {fields[:4]} is not a best bid and offer: {error}") from error
    no_ask, no_bid = abs(ask) == EMPTY, abs(bid) == EMPTY
    return Best(
        None if no_ask else ask, 0 if no_ask else ask_shares, None if no_bid else bid, 0 if no_bid else bid_shares
    )
