"""The book at random moments of a replay, as the matching fold has it and as the history says it was."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from clickhouse_connect.driver.client import Client

from streams.fold import Output
from streams.matching.book import Book, BookSide
from topics.messages import BookEvent

Resting = tuple[str, int, int, str]  # side, price in 1e-4, shown quantity in 1e-6 share, order id


@dataclass(frozen=True, slots=True)
class Moment:
    """A book after event `seq`, or (`time_us`) after the last event stamped at or before a time."""

    seq: int
    time_us: int | None
    orders: list[Resting]


class Moments:
    """Looks at the fold's book behind so many rows of those from 1 to `rows`, by sequence and by time in turn."""

    def __init__(self, book: Book, wanted: int, rows: int, seed: int = 1) -> None:
        self.book = book
        self.chosen = set(random.Random(seed).sample(range(1, rows), min(wanted, rows - 1)))
        self.found: list[Moment] = []
        self._seq = self._time_us = 0  # of the last event
        self._waits = False  # for the last event of the time that it is

    def before(self, time_us: int) -> None:
        """A command of this time comes."""
        if self._waits and time_us > self._time_us:
            self._look(self._time_us)
            self._waits = False

    def after(self, outputs: list[Output]) -> None:
        """A command has been folded, with these outputs."""
        for output in outputs:
            if isinstance(output.message, BookEvent):
                self._seq, self._time_us = output.message.seq, output.message.transact_time_us

    def after_row(self, row: int) -> None:
        """A row has been folded, whether it became a command or none."""
        if row in self.chosen:
            if self._waits or len(self.found) % 2 == 0:
                self._look(None)
            else:
                self._waits = True

    def end(self) -> None:
        """No row comes any more."""
        if self._waits:
            self._look(self._time_us)
            self._waits = False

    def _look(self, time_us: int | None) -> None:
        self.found.append(Moment(self._seq, time_us, shown(self.book)))


def shown(book: Book) -> list[Resting]:
    """What a book shows: bids, then offers, the best first, and each level in the order of its queue."""
    return [*_side("Buy", book.bids), *_side("Sell", book.asks)]


def _side(name: str, side: BookSide) -> list[Resting]:
    found: list[Resting] = []
    for key in reversed(side.keys):
        level = side.levels[key]
        order = level.head
        while order is not None:
            found.append((name, level.price_e4, order.shown_qty_e6, order.terms.order_id))
            order = order.next
    return found


def stored(client: Client, symbol: str, moment: Moment) -> list[Resting]:
    """The same book out of the history."""
    if moment.time_us is None:
        view, value = "book_at_seq(symbol = {symbol:String}, seq = {value:Int64})", moment.seq
    else:
        view, value = "book_at(symbol = {symbol:String}, ts_us = {value:Int64})", moment.time_us
    rows = client.query(
        f"SELECT side, price * 10000, quantity * 1000000, order_id FROM {view}",  # noqa: S608 - one of two of ours
        parameters={"symbol": symbol, "value": value},
    ).result_rows
    return [(side, int(price), int(quantity), order_id) for side, price, quantity, order_id in rows]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many books were compared, how many orders they had, and the moments at which the history has another."""

    books: int
    orders: int
    differing: list[Moment]

    def as_dict(self) -> dict[str, int]:
        """Figures for a program to read."""
        return {"books": self.books, "books_equal": self.books - len(self.differing), "book_orders": self.orders}


def compare(client: Client, symbol: str, moments: list[Moment], progress: Callable[[int], None]) -> Comparison:
    """Hold the history's book against the fold's, order by order and place by place; `progress` is told how many."""
    differing = []
    for number, moment in enumerate(moments, start=1):
        if stored(client, symbol, moment) != moment.orders:
            differing.append(moment)
        progress(number)
    return Comparison(len(moments), sum(len(moment.orders) for moment in moments), differing)
