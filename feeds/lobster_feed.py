"""A recorded NASDAQ day as a feed of one venue: its best bid and offer after each message, its executions, its halts.

Types of LOBSTER's messages: executions of visible (4) and hidden (5) orders and crosses (6) are trades; a halt (7) says
by its price what begins: -1 a halt, 0 quoting again, 1 trading again. What is no trade and leaves the best bid and
offer as they were is unchanged: the venue publishes no more than its best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from feeds.day import CLOSE, Beats, Terms, definition, time_us
from feeds.feed import UNCHANGED, Recorded, Rejected, Unit
from feeds.lobster import CROSS, EXECUTE, EXECUTE_HIDDEN, HALT, Best, Day, Flow
from topics.message import Message
from topics.messages import FeedHeartbeat, Side, VenueQuote, VenueStatus, VenueStatusKind, VenueTrade

VENUE = "XNAS"
E6 = 1_000_000
KINDS: dict[int, VenueStatusKind] = {-1: "Halt", 0: "QuotesOnly", 1: "Resume"}


class LobsterFeed(Recorded):
    """The day's messages in their order. Its position is the number of messages read."""

    def __init__(self, day: Day, symbol: str, terms: Terms, clock_us: Callable[[], int]) -> None:
        self.name = f"lobster-{day.symbol}-{day.date:%Y%m%d}"
        self.day, self.symbol, self.terms, self.clock_us = day, symbol, terms, clock_us

    def rows(self, position: str) -> Iterator[Unit]:
        """Raises LobsterError when a file cannot be read."""
        done, read, last_us = int(position or 0), 0, 0
        quoted: Best | None = None
        beats = Beats(self.name)
        for flow, best in self.day.rows():
            read += 1
            if read == 1 and not done:
                args = (self.name, self.symbol, self.day.date, self.terms, flow.time_us, self.clock_us())
                yield Unit("0", 0, flow.time_us, [definition(*args)])
            if read > done:
                yield self._unit(flow, best, quoted, read, beats)
            quoted, last_us = best, flow.time_us
        end_us = max(last_us, time_us(self.day.date, CLOSE)) + 60 * E6
        yield Unit(str(read), 0, end_us, [FeedHeartbeat(self.name, end_us, self.clock_us())])

    def _unit(self, flow: Flow, best: Best, quoted: Best | None, read: int, beats: Beats) -> Unit:
        unit = Unit(str(read), 1, flow.time_us)
        if flow.kind in (EXECUTE, EXECUTE_HIDDEN, CROSS):
            unit.messages.append(self._trade(flow, read))
        elif flow.kind == HALT:
            kind = KINDS.get(flow.price_e4)
            if kind is None:
                unit.rejected.append(Rejected("malformed", f"message {read}: halt of price {flow.price_e4}"))
                return unit
            unit.messages.append(
                VenueStatus(self.symbol, VENUE, kind, "", self.name, read, flow.time_us, self.clock_us())
            )
        if best != quoted:
            unit.messages.append(self._quote(flow, best, read))
        if unit.messages:
            unit.messages[:0] = beats.due(flow.time_us, self.clock_us())
        else:
            unit.rejected.append(Rejected(UNCHANGED))
        return unit

    def _trade(self, flow: Flow, read: int) -> Message:
        aggressor: Side = "Sell" if flow.direction == 1 else "Buy"
        return VenueTrade(
            symbol=self.symbol,
            venue=VENUE,
            venue_seq=None,
            trade_id=str(read),
            price_e4=flow.price_e4,
            qty_e6=flow.shares * E6,
            conditions="",
            aggressor_side=None if flow.kind == CROSS else aggressor,
            suspicious=False,
            feed=self.name,
            feed_position=read,
            transact_time_us=flow.time_us,
            receive_time_us=self.clock_us(),
        )

    def _quote(self, flow: Flow, best: Best, read: int) -> Message:
        return VenueQuote(
            symbol=self.symbol,
            venue=VENUE,
            venue_seq=None,
            bid_price_e4=best.bid_price_e4,
            bid_qty_e6=best.bid_shares * E6,
            ask_price_e4=best.ask_price_e4,
            ask_qty_e6=best.ask_shares * E6,
            conditions="",
            suspicious=False,
            feed=self.name,
            feed_position=read,
            transact_time_us=flow.time_us,
            receive_time_us=self.clock_us(),
        )
