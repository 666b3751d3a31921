"""Reads a day of US consolidated quotes and trades as LEAN keeps it: `SYMBOL_YYYYMMDD_quote.zip` and `..._trade.zip`.

Inside, csv without a header, prices in 1e-4: quotes are ms after midnight New York, bid price, bid size, ask price, ask
size, venue, condition, suspicious; trades are ms, price, size, venue, condition, suspicious.

Quotes are of the consolidated best bid and offer: they come in pairs of one time, the best bid with its venue and the
best offer with its venue, each in a row of its own with the other side as zeros. (Read as quotes that each venue keeps
up until it sends another, the market of 2013-10-07 would be crossed after 86 rows of 100.) So a venue that a pair does
not name on a side has no best quote there any more. A trade comes before quotes of the same millisecond: it met those
that stood before.
"""

from __future__ import annotations

import csv
import datetime as dt
import heapq
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from feeds.best_pair import Side, moved
from feeds.day import CLOSE, Beats, Terms, definition, time_us
from feeds.feed import UNCHANGED, Recorded, Rejected, Unit
from topics.message import Message
from topics.messages import FeedHeartbeat, VenueQuote, VenueTrade

NAME = re.compile(r"(?P<symbol>[^_]+)_(?P<date>\d{8})_(?P<kind>quote|trade)\.zip$")
E6 = 1_000_000
REGULAR = "1"  # quote condition
DAY_MS = 24 * 3600 * 1000
Row = tuple[int, int, int, list[str]]  # ms, 0 trade or 1 quote, line, fields


class TaqError(ValueError):
    """A folder or file that is not a recorded day; names it and the reason."""


@dataclass(frozen=True, slots=True)
class TaqDay:
    """Where a recorded day is."""

    symbol: str
    date: dt.date
    quotes: Path
    trades: Path


def open_taq(folder: Path) -> TaqDay:
    """Find a day's two files in a folder. Raises TaqError where there is not exactly one pair."""
    found: dict[tuple[str, str], dict[str, Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if named := NAME.match(path.name):
            found.setdefault((named["symbol"], named["date"]), {})[named["kind"]] = path
    pairs = [(*day, files) for day, files in found.items() if len(files) == 2]
    if len(pairs) != 1:
        raise TaqError(f"{folder}: {len(pairs)} days with SYMBOL_YYYYMMDD_quote.zip and _trade.zip, one is wanted")
    symbol, date, files = pairs[0]
    return TaqDay(symbol.upper(), dt.datetime.strptime(date, "%Y%m%d").date(), files["quote"], files["trade"])


class TaqFeed(Recorded):
    """The day's trades and quotes in the order of their times. Its position is the number of rows read."""

    def __init__(self, day: TaqDay, symbol: str, terms: Terms, clock_us: Callable[[], int]) -> None:
        self.name = f"taq-{day.symbol}-{day.date:%Y%m%d}"
        self.day, self.symbol, self.terms, self.clock_us = day, symbol, terms, clock_us
        self._bid: Side | None = None
        self._ask: Side | None = None
        self._midnight_us = time_us(day.date, dt.time())

    def rows(self, position: str) -> Iterator[Unit]:
        """Raises TaqError when a file cannot be read."""
        done, read = int(position or 0), 0
        beats = Beats(self.name)
        last_us = self._midnight_us
        if not done:
            yield Unit("0", 0, last_us, [self._definition()])
        for pair in self._pairs():
            read += len(pair)
            unit = self._unit(pair, read)
            if unit.messages and read > done:
                unit.messages[:0] = beats.due(unit.time_us, self.clock_us())
            last_us = max(last_us, unit.time_us)
            if read > done:
                yield unit
        end_us = max(last_us, time_us(self.day.date, CLOSE)) + 60 * E6
        yield Unit(str(read), 0, end_us, [FeedHeartbeat(self.name, end_us, self.clock_us())])

    def _definition(self) -> Message:
        midnight_us = self._midnight_us
        return definition(self.name, self.symbol, self.day.date, self.terms, midnight_us, self.clock_us())

    def _pairs(self) -> Iterator[list[Row]]:
        """Rows that belong together: a trade, or a bid and the offer of the same time."""
        bid: Row | None = None
        for row in heapq.merge(_rows(self.day.trades, 0), _rows(self.day.quotes, 1), key=lambda row: row[:2]):
            if bid is not None and (row[0] != bid[0] or not row[1] or not _is_ask(row)):
                yield [bid]
                bid = None
            if bid is not None:
                yield [bid, row]
                bid = None
            elif row[1] and not _is_ask(row):
                bid = row
            else:
                yield [row]
        if bid is not None:
            yield [bid]

    def _unit(self, rows: list[Row], read: int) -> Unit:
        unit = Unit(str(read), len(rows), self._midnight_us + rows[0][0] * 1000)
        if not rows[0][1]:
            self._take_trade(unit, rows[0], read)
            return unit
        before = (self._bid, self._ask)
        suspicious: list[Message] = []
        for number, row in enumerate(rows, start=read - len(rows) + 1):
            quote = _quote_of(row)
            if isinstance(quote, str):
                unit.rejected.append(Rejected("malformed", f"{self.day.quotes}: line {row[2]}: {quote}"))
                continue
            bid, ask, is_suspicious, condition = quote
            if is_suspicious:
                venue = (bid or ask or ("", 0, 0))[0]
                suspicious.append(self._quote(venue, bid, ask, number, unit, condition, suspicious=True))
                continue
            self._bid, self._ask = bid or self._bid, ask or self._ask
        unit.messages = [
            self._quote(venue, bid, ask, read, unit, "", suspicious=False)
            for venue, bid, ask in moved(before, (self._bid, self._ask))
        ]
        unit.messages += suspicious
        if not unit.messages:
            unit.rejected += [Rejected(UNCHANGED)] * (len(rows) - len(unit.rejected))
        return unit

    def _quote(
        self, venue: str, bid: Side | None, ask: Side | None, read: int, unit: Unit, condition: str, *, suspicious: bool
    ) -> Message:
        return VenueQuote(
            symbol=self.symbol,
            venue=venue,
            venue_seq=None,
            bid_price_e4=bid[1] if bid else None,
            bid_qty_e6=bid[2] * E6 if bid else 0,
            ask_price_e4=ask[1] if ask else None,
            ask_qty_e6=ask[2] * E6 if ask else 0,
            conditions="" if condition == REGULAR else condition,
            suspicious=suspicious,
            feed=self.name,
            feed_position=read,
            transact_time_us=unit.time_us,
            receive_time_us=self.clock_us(),
        )

    def _take_trade(self, unit: Unit, row: Row, read: int) -> None:
        try:
            price, size = int(row[3][1]), int(row[3][2])
            venue, condition, suspicious = row[3][3:]
        except ValueError as error:
            unit.rejected.append(Rejected("malformed", f"{self.day.trades}: line {row[2]}: {row[3]}: {error}"))
            return
        trade = VenueTrade(
            symbol=self.symbol,
            venue=venue,
            venue_seq=None,
            trade_id=f"{row[2]}",
            price_e4=price,
            qty_e6=size * E6,
            conditions=condition,
            aggressor_side=None,
            suspicious=suspicious == "1",
            feed=self.name,
            feed_position=read,
            transact_time_us=unit.time_us,
            receive_time_us=self.clock_us(),
        )
        unit.messages.append(trade)


def _is_ask(row: Row) -> bool:
    return row[3][1:2] == ["0"]


def _quote_of(row: Row) -> tuple[Side | None, Side | None, bool, str] | str:
    """Both sides of a row, of which zeros are none; or what is wrong with it."""
    try:
        bid, bid_size, ask, ask_size = (int(field) for field in row[3][1:5])
        venue, condition, suspicious = row[3][5:]
    except ValueError as error:
        return f"{row[3]}: {error}"
    no_bid, no_ask = not (bid or bid_size), not (ask or ask_size)
    if no_bid and no_ask:
        return f"{row[3]}: no side"
    return (
        None if no_bid else (venue, bid, bid_size),
        None if no_ask else (venue, ask, ask_size),
        suspicious == "1",
        condition,
    )


def _rows(path: Path, kind: int) -> Iterator[Row]:
    """Lines of the one csv in an archive; one whose time is no number keeps that of the line before."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
            ms = 0
            for line, fields in enumerate(csv.reader(io.TextIOWrapper(raw, newline="")), start=1):
                if fields and fields[0].isdecimal() and int(fields[0]) < DAY_MS:
                    ms = int(fields[0])
                else:
                    fields = fields[:1]  # too short to be anything else than malformed
                yield ms, kind, line, fields
    except (OSError, EOFError, IndexError, UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as error:
        raise TaqError(f"{path}: cannot be read: {error}") from error
