"""The market data fold: venues' messages of many symbols in, one consolidated market each out.

A message first moves its symbol's time, which closes bars, begins and ends hours and pauses, and drops silent venues;
then it takes effect; last, whatever follows from the changed best bid and offer is said: limit state, Nbbo, snapshot.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from dataclasses import replace as copy_with
from typing import Any

from streams.fold import Refused, Step
from streams.market_data import bands, bars, day, nbbo, snapshot, states, trades
from streams.market_data.checks import fault_of, order_fault
from streams.market_data.definition import define, listed
from streams.market_data.security import Security
from topics.messages import (
    BarEntry,
    FeedHeartbeat,
    SecurityDefinition,
    SecurityEntry,
    TapeEntry,
    TradeCorrection,
    VenueBands,
    VenueEntry,
    VenueQuote,
    VenueStatus,
    VenueTrade,
)


class MarketDataFold:
    """Many symbols, each a `Security` of its own; a heartbeat concerns all symbols of its feed."""

    VERSION = "market-data-1"

    def __init__(self) -> None:
        self._securities: dict[str, Security] = {}
        self._by_feed: dict[str, list[str]] = {}  # symbols in order
        self._handlers: dict[type, Callable[[Security, Step, Any], None]] = {
            VenueQuote: nbbo.set_quote,
            VenueTrade: trades.take_trade,
            TradeCorrection: trades.take_correction,
            VenueStatus: states.take_status,
            VenueBands: bands.take_given,
        }

    def load(self, entries: Iterable[tuple[str, Any]]) -> None:
        """Build the symbols; entries may come in any order. Raises ValueError on one that is not of this fold."""
        rest = []
        for name, entry in entries:
            if isinstance(entry, SecurityEntry):
                self._keep(Security(_copy(entry)))
            elif isinstance(entry, VenueEntry | TapeEntry | BarEntry):
                rest.append(entry)
            else:
                raise ValueError(f"entry {name} is not of market data")
        for entry in rest:
            security = self._securities[entry.symbol]
            if isinstance(entry, VenueEntry):
                security.venues[entry.venue] = entry
            elif isinstance(entry, BarEntry):
                security.bars[entry.interval_us, entry.start_time_us] = entry
            else:
                security.window.load(entry)
        for security in self._securities.values():
            security.window.expire(Step(), security.state.time_us)
            security.window.mean_since(security.state.mean_since_us)

    def apply(self, key: str, message: Any) -> Step:
        """Fold one message in."""
        step = Step()
        if isinstance(message, FeedHeartbeat):
            for symbol in self._by_feed.get(message.feed, ()):
                self._beat(step, self._securities[symbol], message)
            return step
        if type(message) not in self._handlers and not isinstance(message, SecurityDefinition):
            raise Refused(f"market data takes no {type(message).__name__}")
        if message.symbol != key:
            raise Refused(f"key {key!r} is not the symbol {message.symbol!r}")
        if isinstance(message, SecurityDefinition):
            self._define(step, message)
            return step
        security = self._securities.get(key)
        if security is None:
            raise Refused(f"{key!r} has no day that a feed has defined", reason="UnknownSymbol")
        fault = fault_of(security, message)
        step.changed[security.entry_name] = None
        if fault is not None:
            security.fault(fault[0])
            step.refused = Refused(fault[1], reason=fault[0])
            return step
        before = nbbo.best(security)
        self._advance(step, security, message)
        fault = order_fault(security, message)
        if fault is not None:
            security.fault(fault[0])
            step.refused = Refused(fault[1], reason=fault[0])
        else:
            self._hear(step, security, message)
            self._handlers[type(message)](security, step, message)
        _conclude(security, step, before, now=False)
        return step

    def entry(self, name: str) -> Any | None:
        """Current value of an entry; None when it is gone."""
        kind, symbol, *rest = name.split("/")
        security = self._securities.get(symbol)
        if security is None:
            return None
        if kind == "security":
            return _copy(security.state)
        if kind == "venue":
            return security.venues.get("/".join(rest))
        if kind == "tape":
            return security.window.entry(int(rest[0]))
        return security.bars.get((int(rest[0]), int(rest[1])))

    def entry_names(self) -> list[str]:
        """Names of all entries that there are, sorted."""
        names = []
        for symbol, security in self._securities.items():
            names.append(security.entry_name)
            names += [f"venue/{symbol}/{venue}" for venue in security.venues]
            names += [f"bar/{symbol}/{length}/{start}" for length, start in security.bars]
            names += {security.window.entry_name(number): None for number in security.window.trades}
        return sorted(names)

    def _keep(self, security: Security) -> None:
        self._securities[security.state.symbol] = security
        if security.state.feed:
            insort(self._by_feed.setdefault(security.state.feed, []), security.state.symbol)

    def _define(self, step: Step, definition: SecurityDefinition) -> None:
        """Begin a day. Raises Refused where it is none, or where another feed's day is not over."""
        symbol = definition.symbol
        if not symbol or "/" in symbol:
            raise Refused(f"{symbol!r} is not a symbol: it is empty or has a slash")
        if not 0 <= definition.open_time_us < definition.close_time_us or definition.tier not in (None, 1, 2):
            raise Refused(
                f"{symbol}: hours {definition.open_time_us} to {definition.close_time_us}, tier {definition.tier}"
            )
        security = self._securities.get(symbol)
        if security is not None and definition.session_id < security.state.session_id:
            raise Refused(f"{symbol} is at {security.state.session_id} already", reason="WrongDay")
        is_same_day = security is not None and definition.session_id == security.state.session_id
        if security is not None and is_same_day and definition.feed != security.state.feed:
            raise Refused(f"{symbol}: {security.state.feed} defined {definition.session_id}", reason="OtherFeed")
        if security is None:
            security = listed(definition)
        elif security.state.feed != definition.feed:
            self._by_feed[security.state.feed].remove(symbol)
        is_new = security.state.feed != definition.feed
        define(security, step, definition)
        if is_new:
            self._keep(security)
        before = nbbo.best(security)
        self._advance(step, security, definition)
        step.changed[security.entry_name] = None
        _conclude(security, step, before, now=True)

    def _beat(self, step: Step, security: Security, beat: FeedHeartbeat) -> None:
        if beat.transact_time_us <= security.state.time_us and not security.state.is_unsaid:
            return
        before = nbbo.best(security)
        self._advance(step, security, beat)
        step.changed[security.entry_name] = None
        _conclude(security, step, before, now=True)

    def _advance(self, step: Step, security: Security, message: Any) -> None:
        """Move the symbol's time, and do what falls due."""
        state = security.state
        state.receive_time_us = message.receive_time_us
        if message.transact_time_us <= state.time_us:
            return
        state.time_us = message.transact_time_us
        bars.close_ended(security, step)
        day.leave(security, step)
        states.keep_hours(security, step)
        if states.drop_silent(security, step):
            nbbo.refresh(security)

    def _hear(self, step: Step, security: Security, message: Any) -> None:
        """Note that a venue has said something, and its number."""
        if isinstance(message, VenueBands):
            return
        venue = security.venues.get(message.venue)
        if venue is None:
            venue = security.venues[message.venue] = _unheard(security.state.symbol, message.venue)
            security.stale_check_us = 0
        venue.heard_time_us = security.state.time_us
        if not isinstance(message, VenueStatus) and message.venue_seq is not None:
            venue.venue_seq = message.venue_seq
        security.venue_changed(step, message.venue)


def _conclude(security: Security, step: Step, before: tuple[object, ...], *, now: bool) -> None:
    """Say what follows: bands, limit state, best bid and offer where it differs from before, snapshot."""
    nbbo.refresh(security)
    bands.move(security, step)
    states.keep_limit(security, step)
    if nbbo.best(security) != before:
        nbbo.say_nbbo(security, step)
    snapshot.say_if_due(security, step, now=now)


def _unheard(symbol: str, venue: str) -> VenueEntry:
    return VenueEntry(
        symbol=symbol,
        venue=venue,
        venue_seq=None,
        bid_price_e4=None,
        bid_qty_e6=0,
        bid_time_us=0,
        bid_arrival_seq=0,
        ask_price_e4=None,
        ask_qty_e6=0,
        ask_time_us=0,
        ask_arrival_seq=0,
        quote_time_us=0,
        heard_time_us=0,
        exclusion="Counted",
    )


def _copy(state: SecurityEntry) -> SecurityEntry:
    return copy_with(state, faults=[copy_with(each) for each in state.faults])
