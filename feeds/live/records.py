"""Events of a live feed as records of what venues say.

A symbol's day begins with its first event, a best bid and offer becomes quotes of its exchanges, and a corrected trade
keeps its first id."""

from __future__ import annotations

from typing import Any

from feeds.best_pair import Pair, Side, moved
from feeds.hours import Hours, hours_at
from feeds.live.points import Event
from topics.message import Message
from topics.messages import ConditionTable, SecurityDefinition, TradeCorrection, VenueQuote, VenueStatus

CALENDAR = "XNYS"
RENAMED_MAX = 10_000
TABLES: dict[str, ConditionTable] = {"A": "Cta", "B": "Cta", "C": "Utp"}  # of sale conditions, by tape


class Records:
    """What has been said of a day. `suffix` is put behind each symbol; `number` counts events."""

    def __init__(self, feed: str, suffix: str) -> None:
        self.feed, self.suffix = feed, suffix
        self.hours = Hours("", 0, 0, 0)
        self.number = self.time_ns = 0
        self._tapes: dict[str, str] = {}  # of the symbols whose day has begun
        self._pairs: dict[str, Pair] = {}  # best bid and offer that stand
        self._renamed: dict[tuple[str, str, str], str] = {}  # a corrected trade's new id to its first, oldest first

    def enter_day(self, now_us: int) -> None:
        """The day of a moment; a new one begins without quotes, and with each symbol's first event."""
        if now_us < self.hours.end_time_us:
            return
        self.hours = hours_at(CALENDAR, now_us)
        self._tapes.clear()
        self._pairs.clear()

    def position(self) -> dict[str, Any]:
        """All of it that the records do not say themselves."""
        symbols = {symbol: [tape, *self._standing(symbol)] for symbol, tape in self._tapes.items()}
        return {
            "session": self.hours.session_id,
            "symbols": symbols,
            "number": self.number,
            "time_ns": self.time_ns,
        }

    def resume(self, position: dict[str, Any], now_us: int) -> list[Message]:
        """Go on behind a position. The quotes that stand are of before a gap; so they do not any more."""
        self.number, self.time_ns = position["number"], position["time_ns"]
        self.enter_day(now_us)
        if position["session"] != self.hours.session_id:
            return []
        self._tapes = {symbol: tape for symbol, (tape, *_) in position["symbols"].items()}
        standing = [(symbol, venue) for symbol, (_, *venues) in position["symbols"].items() for venue in venues]
        return [*(self._stale(symbol, venue, now_us) for symbol, venue in standing)]

    def forget_quotes(self, now_us: int) -> list[Message]:
        """A gap: no quote is known to stand."""
        found: list[Message] = [
            self._stale(symbol, venue, now_us) for symbol in sorted(self._pairs) for venue in self._standing(symbol)
        ]
        self._pairs.clear()
        return found

    def _standing(self, symbol: str) -> list[str]:
        return sorted({side[0] for side in self._pairs.get(symbol, ()) if side})

    def of(self, event: Event, now_us: int) -> list[Message]:
        """The records of an event, none where it changes nothing."""
        found: list[Message] = []
        self.number += 1
        self.time_ns = max(self.time_ns, event.time_ns)
        if event.symbol not in self._tapes:
            self._tapes[event.symbol] = event.tape
            found.append(self._definition(event, now_us))
        if isinstance(event.said, tuple):
            before, self._pairs[event.symbol] = self._pairs.get(event.symbol, (None, None)), event.said
            found += [self._quote(event, *each, now_us) for each in moved(before, event.said)]
        else:
            if isinstance(event.said, TradeCorrection):
                self._name(event.said, event.renamed)
            record = event.said
            record.symbol, record.feed = event.symbol + self.suffix, self.feed
            record.feed_position, record.receive_time_us = self.number, now_us
            found.append(record)
        return found

    def _name(self, correction: TradeCorrection, renamed: str) -> None:
        """The fold knows a trade by the id under which it was reported first."""
        key = correction.symbol, correction.venue
        correction.trade_id = self._renamed.get((*key, correction.trade_id), correction.trade_id)
        if renamed and renamed != correction.trade_id:
            self._renamed[(*key, renamed)] = correction.trade_id
            if len(self._renamed) > RENAMED_MAX:
                del self._renamed[next(iter(self._renamed))]

    def _definition(self, event: Event, now_us: int) -> SecurityDefinition:
        return SecurityDefinition(
            symbol=event.symbol + self.suffix,
            session_id=self.hours.session_id,
            open_time_us=self.hours.open_time_us,
            close_time_us=self.hours.close_time_us,
            tier=None,
            primary_venue="",
            previous_close_e4=None,
            condition_table=TABLES.get(event.tape, "Opaque"),
            stale_after_us=None,
            day_margin_us=None,
            feed=self.feed,
            feed_position=self.number,
            transact_time_us=min(event.time_ns // 1000, now_us),
            receive_time_us=now_us,
        )

    def _quote(self, event: Event, venue: str, bid: Side | None, ask: Side | None, now_us: int) -> VenueQuote:
        return VenueQuote(
            symbol=event.symbol + self.suffix,
            venue=venue,
            venue_seq=None,
            bid_price_e4=bid[1] if bid else None,
            bid_qty_e6=bid[2] if bid else 0,
            ask_price_e4=ask[1] if ask else None,
            ask_qty_e6=ask[2] if ask else 0,
            conditions=event.conditions,
            suspicious=False,
            feed=self.feed,
            feed_position=self.number,
            transact_time_us=event.time_ns // 1000,
            receive_time_us=now_us,
        )

    def _stale(self, symbol: str, venue: str, now_us: int) -> VenueStatus:
        named = symbol + self.suffix
        return VenueStatus(named, venue, "Stale", "Gap", self.feed, self.number, self.time_ns // 1000, now_us)
