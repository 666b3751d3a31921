"""NASDAQ's ITCH 5.0 as a feed of one venue: the best bid and offer of its book, its prints, halts and broken trades.

The stock directory begins a symbol's day, with its tier of limit up-limit down. Executions are prints where the message
says that they are printable; crosses are opening, closing or reopening prints. The bands of an auction collar are no
bands of continuous trading and are not published. What is of no symbol that was asked for, or changes nothing that a
venue publishes, is unchanged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from feeds.day import CLOSE, Beats, Terms, definition, time_us
from feeds.feed import UNCHANGED, Recorded, Rejected, Unit
from feeds.itch import Fault, Message, frames, named, open_itch
from feeds.itch_book import Books, Order, UnknownOrder
from topics import message as wire
from topics.messages import (
    FeedHeartbeat,
    Side,
    TradeCorrection,
    VenueQuote,
    VenueStatus,
    VenueStatusKind,
    VenueTrade,
)

VENUE = "XNAS"
E6 = 1_000_000
STATES: dict[str, VenueStatusKind] = {"H": "Halt", "P": "Halt", "Q": "QuotesOnly", "T": "Resume"}
CROSSES = {"O": "O", "C": "6", "H": "5"}  # sale conditions of opening, closing and reopening crosses
REGULAR = "@"


class ItchFeed(Recorded):
    """A day's file. Its position is the number of messages read, faulty ones among them."""

    def __init__(self, path: Path, date: dt.date, symbols: frozenset[str], clock_us: Callable[[], int]) -> None:
        self.name = f"itch-{date:%Y%m%d}"
        self.path, self.date, self.symbols, self.clock_us = path, date, symbols, clock_us
        self._midnight_us = time_us(date, dt.time())
        self._names: dict[int, str] = {}  # of the symbols that were asked for, by locate code
        self._quoted: dict[int, tuple[int | None, int, int | None, int]] = {}
        self._books = Books()

    def rows(self, position: str) -> Iterator[Unit]:
        """Raises OSError when the file cannot be opened. What was published is read again for the book's sake."""
        done, read, last_us = int(position or 0), 0, self._midnight_us
        beats = Beats(self.name)
        with open_itch(self.path) as stream:
            for message in frames(stream):
                read += 1
                unit = Unit(str(read), 1, last_us)
                if isinstance(message, Fault):
                    unit.rejected.append(Rejected(message.kind, f"{self.path}: byte {message.offset}: {message.text}"))
                else:
                    self._take(unit, message, read)
                    last_us = max(last_us, unit.time_us)
                if read <= done:
                    continue
                if unit.messages:
                    unit.messages[:0] = beats.due(unit.time_us, self.clock_us())
                elif not unit.rejected:
                    unit.rejected.append(Rejected(UNCHANGED))
                yield unit
        end_us = max(last_us, time_us(self.date, CLOSE)) + 60 * E6
        yield Unit(str(read), 0, end_us, [FeedHeartbeat(self.name, end_us, self.clock_us())])

    def _take(self, unit: Unit, message: Message, read: int) -> None:
        kind, fields = chr(message[0]), named(message)
        unit.time_us = self._midnight_us + int(fields["time_ns"]) // 1000
        locate = int(fields["locate"])
        if kind == "R" and fields["stock"] in self.symbols:
            self._names[locate] = str(fields["stock"])
            tier = {"1": 1, "2": 2}.get(str(fields["luld_tier"]))
            terms = Terms(tier, VENUE if fields["market_category"] in ("Q", "G", "S") else "", condition_table="Utp")
            args = (self.name, self._names[locate], self.date, terms, unit.time_us, self.clock_us())
            unit.messages.append(definition(*args))
        symbol = self._names.get(locate)
        if symbol is None:
            return
        common = {"symbol": symbol, "venue": VENUE, "feed": self.name, "feed_position": read}
        common |= {"transact_time_us": unit.time_us, "receive_time_us": self.clock_us()}
        try:
            unit.messages += self._say(kind, fields, locate, common)
        except UnknownOrder as error:
            unit.rejected.append(Rejected("unknown-order", f"{self.path}: message {read}: {error}"))
            return
        best = self._books.best(locate)
        if best != self._quoted.get(locate, (None, 0, None, 0)):
            self._quoted[locate] = best
            unit.messages.append(_quote(best, common))

    def _say(self, kind: str, fields: dict[str, Any], locate: int, common: dict[str, Any]) -> list[wire.Message]:
        """Let a message change the book; what else it says."""
        books = self._books
        reference = fields.get("order_reference", 0)
        if kind in "AF":
            books.add(reference, Order(locate, fields["side"] == "B", fields["price_e4"], fields["shares"]))
        elif kind in "XD":
            books.reduce(reference, fields.get("shares"))
        elif kind == "U":
            old = books.reduce(reference, None)
            books.add(fields["new_order_reference"], Order(locate, old.is_buy, fields["price_e4"], fields["shares"]))
        elif kind in "EC":
            order = books.reduce(reference, fields["shares"])
            if fields.get("printable", "Y") == "Y":
                price_e4 = fields.get("price_e4", order.price_e4)
                return [self._trade(fields, price_e4, REGULAR, "Sell" if order.is_buy else "Buy", common)]
        elif kind == "P":
            return [
                self._trade(fields, fields["price_e4"], REGULAR, "Sell" if fields["side"] == "B" else "Buy", common)
            ]
        elif kind == "Q" and fields["shares"]:
            conditions = CROSSES.get(fields["cross_type"], REGULAR)
            return [self._trade(fields, fields["cross_price_e4"], conditions, None, common)]
        elif kind == "B":
            match: dict[str, Any] = {
                "trade_id": str(fields["match_number"]),
                "venue_seq": None,
                "price_e4": None,
                "qty_e6": None,
            }
            return [TradeCorrection(kind="Cancel", conditions="", printed=None, **match, **common)]
        elif kind == "H" and fields["trading_state"] in STATES:
            return [VenueStatus(kind=STATES[fields["trading_state"]], reason=fields["reason"], **common)]
        return []

    def _trade(
        self, fields: dict[str, Any], price_e4: int, conditions: str, aggressor: Side | None, common: dict[str, Any]
    ) -> wire.Message:
        return VenueTrade(
            venue_seq=None,
            trade_id=str(fields["match_number"]),
            price_e4=price_e4,
            qty_e6=fields["shares"] * E6,
            conditions=conditions,
            aggressor_side=aggressor,
            suspicious=False,
            **common,
        )


def _quote(best: tuple[int | None, int, int | None, int], common: dict[str, Any]) -> VenueQuote:
    bid_e4, bid_shares, ask_e4, ask_shares = best
    return VenueQuote(
        venue_seq=None,
        bid_price_e4=bid_e4,
        bid_qty_e6=bid_shares * E6,
        ask_price_e4=ask_e4,
        ask_qty_e6=ask_shares * E6,
        conditions="",
        suspicious=False,
        **common,
    )
