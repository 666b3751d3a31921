"""The books of one partition of `orders` as a fold (`streams.fold`). Begin reading here.

Entries: `book/SYMBOL` is a BookEntry, `order/SYMBOL/ROOT` a RestingOrderEntry, `correction/SYMBOL/ROOT` a
CorrectionEntry. A symbol has no slash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace as copy_with
from operator import attrgetter
from typing import Any

from streams.fold import Refused, Step, unreadable
from streams.matching import reports, tape
from streams.matching.aftermath import follow_up
from streams.matching.book import Book
from streams.matching.contingent import PAIR, enter_pair, fault_of_legs, hang, join, legs_of
from streams.matching.correct import check_correction, correct_trade
from streams.matching.entries import from_entry, to_entry
from streams.matching.execute import enter, would_cross
from streams.matching.group import Group
from streams.matching.leaving import withdraw
from streams.matching.limits import OPEN_ORDERS_PER_SYMBOL_MAX, STOPS_PER_SYMBOL_MAX, TRAILING_PER_SYMBOL_MAX
from streams.matching.market import Market
from streams.matching.order import order_of
from streams.matching.queueing import NO_CANCEL, is_cut_off, is_phased, late_limit_e4, phase_fault, word_of
from streams.matching.replace import replace
from streams.matching.resolve import repriced, sized
from streams.matching.session import command_session, define
from streams.matching.terms import Fault, combination_fault, fault_of
from streams.matching.trail import trails
from streams.matching.triggers import tell_moved
from topics.messages import (
    BookEntry,
    CancelRequest,
    CorrectionEntry,
    CorrectTrade,
    DefineInstrument,
    NewOrder,
    OrderRejectReason,
    ReplaceRequest,
    RestingOrderEntry,
    SessionCommand,
)


class MatchingFold:
    """Many symbols, each a `Market` of its own; a command touches the symbol that is its key."""

    VERSION = "matching-8"

    def __init__(self, decode: Callable[[bytes], Any] = unreadable) -> None:
        self._decode = decode
        self._markets: dict[str, Market] = {}
        self._handlers: dict[type, Callable[[Market, Step, Any], None]] = {
            NewOrder: new_order,
            CancelRequest: cancel,
            ReplaceRequest: replace,
            SessionCommand: command_session,
            DefineInstrument: define,
            CorrectTrade: correct_trade,
        }

    def load(self, entries: Iterable[tuple[str, Any]]) -> None:
        """Build books and queues; priority alone says who is first, so entries may come in any order.

        Raises ValueError on an entry that is not one of this fold's, and on an order without its book.
        """
        orders = []
        corrections = []
        groups: dict[str, dict[str, Group]] = {}  # by symbol, and by the root of the order that the legs came with
        for name, entry in entries:
            if isinstance(entry, BookEntry):
                self._markets[entry.symbol] = Market(_copy(entry))
            elif isinstance(entry, RestingOrderEntry):
                orders.append(entry)
            elif isinstance(entry, CorrectionEntry):
                corrections.append(entry)
            else:
                raise ValueError(f"entry {name} is not of a book")
        for entry in sorted(orders, key=attrgetter("symbol", "priority")):
            market = self._markets.get(entry.symbol)
            if market is None:
                raise ValueError(f"order {entry.root_order_id} has no book {entry.symbol}")
            order = from_entry(entry)
            join(groups.setdefault(entry.symbol, {}), order, entry)
            market.place(order, queued=entry.queued)
        for correction in sorted(corrections, key=attrgetter("symbol", "root_order_id")):
            self._markets[correction.symbol].corrections[correction.root_order_id] = correction
        for market in self._markets.values():
            market.quoted = market.book.bbo()

    def apply(self, key: str, message: Any) -> Step:
        """Fold one command in. Outputs of a new order: New, trades, the rest; then stops set off; last the quote."""
        handler = self._handlers.get(type(message))
        if handler is None:
            raise Refused(f"matching takes no {type(message).__name__}")
        if message.symbol != key:
            raise Refused(f"key {key!r} is not the symbol {message.symbol!r}")
        step = Step()
        market = self._markets.get(key)
        if market is None:
            if not isinstance(message, DefineInstrument):
                return _refuse_unknown(step, message)
            market = self._markets[key] = _listed(message)
        if isinstance(message, CorrectTrade):
            check_correction(market, message, self._decode)  # a refusal must change nothing, not even the time
        state = market.state
        if message.transact_time_us > state.time_us:
            state.time_us = message.transact_time_us
            step.changed[market.entry_name] = None
        handler(market, step, message)
        if market.elected or market.stops.quoted or market.touched:
            follow_up(market, step)
        if market.moved:
            tell_moved(market, step)
            market.touched.clear()  # an entry that moved has changed nothing for its legs
        tape.quote(market, step)
        if step.outputs:
            step.changed[market.entry_name] = None
        return step

    def entry(self, name: str) -> Any | None:
        """A copy of a book's state, or the entry of a live order; None when it is gone."""
        kind, symbol, *root = name.split("/", 2)
        market = self._markets.get(symbol)
        if market is None:
            return None
        if kind == "book":
            return _copy(market.state)
        if kind == "correction":
            return market.corrections.get(root[0])
        order = market.find(root[0])
        return to_entry(order, queued=root[0] in market.queue) if order else None

    def book(self, symbol: str) -> Book:
        """The book of a listed symbol, to look at."""
        return self._markets[symbol].book

    def entry_names(self) -> list[str]:
        """Names of all entries that there are, sorted."""
        books = [market.entry_name for market in self._markets.values()]
        live = [
            market.order_prefix + order.root_order_id
            for market in self._markets.values()
            for order in market.in_arrival_order()
        ]
        corrected = [m.correction_prefix + root for m in self._markets.values() for root in m.corrections]
        return sorted(books + live + corrected)


def _copy(state: BookEntry) -> BookEntry:
    return copy_with(state, session_times=[copy_with(taken) for taken in state.session_times])


def new_order(market: Market, step: Step, terms: NewOrder) -> None:
    """Accept an order (FIX 150=0 New) and let it in, or refuse it (FIX 150=8)."""
    state = market.state
    fault = _closed_or_full(market, terms) or combination_fault(terms)
    if fault is None:
        if terms.instructions is not None:
            terms = sized(market, terms)
        fault = fault_of(terms, state.tick_rule, state.time_us) or fault_of_legs(market, terms)
    if fault is not None:
        _refuse(step, terms, *fault, state.time_us)
        return
    order = order_of(terms, terms.order_id, terms.qty_e6)
    price_e4 = None
    waits = False
    if is_phased(market, terms.time_in_force):
        fault = phase_fault(market, order)
        if fault is not None:
            _refuse(step, terms, *fault, state.time_us)
            return
        waits = word_of(market, order) == "queue"
        price_e4 = late_limit_e4(market, order)
        if price_e4 is not None:
            order = order_of(copy_with(terms, limit_price_e4=price_e4), terms.order_id, terms.qty_e6)
    if terms.post_only and not waits and would_cross(market, order):
        behind = repriced(market, terms)
        if behind is None:
            _refuse(step, terms, "Other", "post-only would take liquidity", state.time_us)
            return
        order = order_of(behind, terms.order_id, terms.qty_e6)
        price_e4 = behind.limit_price_e4
    reports.report(market, step, order, "New", leaves_qty_e6=terms.qty_e6, limit_price_e4=price_e4)
    if terms.contingency is not None:
        hang(market, step, order)
    enter(market, step, order)
    if order.group is not None and order.group.contingency_type == PAIR:
        enter_pair(market, step, order.group)


def cancel(market: Market, step: Step, request: CancelRequest) -> None:
    """Cancel a live order of the account (FIX 150=4), also while the market is halted."""
    order = market.find(request.root_order_id)
    if order is None or order.account_id != request.account_id:
        reports.refuse_cancel(step, request, "UnknownOrder", "no such order in the book", market.state.time_us)
        return
    if is_cut_off(market, order, "NoCancel"):
        reports.refuse_cancel(step, request, "TooLate", NO_CANCEL, market.state.time_us)
        return
    withdraw(market, step, order)
    reports.report(market, step, order, "Canceled")


def _refuse(step: Step, terms: NewOrder, reason: OrderRejectReason, text: str, time_us: int) -> None:
    """Refuse an order, and each of its legs."""
    for refused in (terms, *legs_of(terms)):
        reports.refuse_order(step, refused, reason, text, time_us)


def _closed_or_full(market: Market, terms: NewOrder) -> Fault | None:
    if market.state.status != "Active":
        return "ExchangeClosed", f"the market is {market.state.status}"
    if market.find(terms.order_id) is not None:
        return "Duplicate", "an order with this id is live"
    if market.open_orders() >= OPEN_ORDERS_PER_SYMBOL_MAX:
        return "ExceedsLimit", f"the book holds {OPEN_ORDERS_PER_SYMBOL_MAX} orders"
    if terms.stop_price_e4 is not None and market.stop_places() < 1:
        return "ExceedsLimit", f"the book holds {STOPS_PER_SYMBOL_MAX} stops"
    if trails(terms.instructions) and market.trailing_places() < 1:
        return "ExceedsLimit", f"the book holds {TRAILING_PER_SYMBOL_MAX} trailing stops"
    return None


def _listed(command: DefineInstrument) -> Market:
    """An empty market that takes its terms, and version 1, from the command."""
    if not command.symbol or "/" in command.symbol:
        raise Refused(f"{command.symbol!r} is not a symbol: it is empty or has a slash")
    return Market(
        BookEntry(
            symbol=command.symbol,
            name=command.name,
            status=command.status,
            tick_rule=command.tick_rule,
            reference_price_e4=command.reference_price_e4,
            tier=command.tier,
            version=0,
            seq=0,
            trade_seq=0,
            priority=0,
            last_price_e4=None,
            session_times=[],
            time_us=command.transact_time_us,
            sector=command.sector,
        )
    )


def _refuse_unknown(step: Step, message: Any) -> Step:
    """Answer a command for a symbol that nobody has listed."""
    if isinstance(message, NewOrder):
        _refuse(step, message, "UnknownSymbol", "not listed here", message.transact_time_us)
    elif isinstance(message, CancelRequest | ReplaceRequest):
        reports.refuse_cancel(step, message, "UnknownOrder", "not listed here", message.transact_time_us)
    else:
        raise Refused(f"{message.symbol!r} is not listed")
    return step
