"""A book through the phases of its day: an auction ends in one price, what may trade now does, what may not waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from streams.dated import day_of
from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.auction import call_of, next_auction, uncross
from streams.matching.curve import tick_above_e4, tick_below_e4
from streams.matching.execute import take, would_cross
from streams.matching.leaving import withdraw
from streams.matching.market import Market
from streams.matching.order import Order
from streams.matching.phases import AUCTIONS, REASONS
from streams.matching.queueing import CUT_OFFS, OPENS_IN, queue_up, word_of
from streams.ticks import increment_e4
from topics.messages import AuctionRules, CutOff, SessionCommand

UNFILLED: Final = "not filled in its auction"
SESSION_OVER: Final = "end of the trading session"


def begin_phase(market: Market, step: Step, command: SessionCommand) -> None:
    """Go on to a phase. The auction that this ends is uncrossed first; if its price is out of range the phase goes on,
    by the rules of some venues, until it is ended again. A halted book changes its phase and trades nothing."""
    state = market.state
    before, phase = state.phase, command.phase
    if phase is None or phase == before:
        return
    is_ended = before in AUCTIONS and phase not in AUCTIONS and state.status == "Active"
    if is_ended and not uncross(market, step, before):
        return
    state.phase, state.auction_rules, state.extended = phase, command.auction_rules, False
    if phase in ("Continuous", "PostTrading", "Quiescent"):
        state.cut_off = "Open"
        state.late_buy_max_e4 = state.late_sell_min_e4 = None
    tape.instrument(market, step)
    if phase == "PostTrading":
        _expire_day(market, step, lambda order: not _trades_late(order))
    elif phase == "Quiescent":
        _expire_day(market, step, _trades_late)
    if state.status == "Active":
        _sort(market, step)


def resume(market: Market, step: Step) -> None:
    """Trade again after a halt: at once, or, when an auction has called, at its price first."""
    state = market.state
    if state.status == "Halted":
        state.status, state.halt_reason = "Active", None
    elif state.status != "Active" or state.phase != "UnscheduledAuction":
        return
    if state.phase == "UnscheduledAuction":
        if not uncross(market, step, state.phase):
            tape.instrument(market, step)
            return
        state.phase, state.extended = "Continuous", False
        tape.instrument(market, step)
        _sort(market, step)
    else:
        tape.instrument(market, step)
        go_on(market, step)


def reopen(market: Market, step: Step, rules: AuctionRules) -> None:
    """Let a halted book call an auction (FIX 625=9), which `resume` ends; one that would not trade now just resumes."""
    state = market.state
    if state.status != "Halted":
        return
    if state.phase != "Continuous":
        resume(market, step)
        return
    state.status, state.halt_reason = "Active", None
    state.phase, state.auction_rules, state.extended = "UnscheduledAuction", rules, False
    tape.instrument(market, step)


def go_on(market: Market, step: Step) -> None:
    """Trade after a pause in which phases may have passed: what waited and may trade now meets at one price."""
    if market.queue and market.state.phase == "Continuous":
        uncross(market, step, "UnscheduledAuction")
    _sort(market, step)


def cut_off(market: Market, step: Step, kind: CutOff) -> None:
    """Something is over for the orders of the next auction; earlier ones of the kind come too late."""
    state = market.state
    if CUT_OFFS.index(kind) > CUT_OFFS.index(state.cut_off):
        state.cut_off = kind
        step.changed[market.entry_name] = None
        if kind == "NoMarket":
            _bound_late_limits(market)


def _bound_late_limits(market: Market) -> None:
    """Late limits may go to the last sale, before the first one the instrument's price, or to what the coming auction
    would give now, whichever is farther."""
    state = market.state
    call = call_of(market, "OpeningAuction" if state.phase in OPENS_IN else "ClosingAuction")
    prices_e4 = [state.reference_price_e4 if state.last_price_e4 is None else state.last_price_e4]
    if call.ranged is not None:
        prices_e4.append(call.ranged.price_e4)
    step_e4 = increment_e4(state.tick_rule, day_of(state.time_us))
    state.late_buy_max_e4 = tick_below_e4(max(prices_e4), step_e4)
    state.late_sell_min_e4 = tick_above_e4(min(prices_e4), step_e4)


def indicate(market: Market, step: Step) -> None:
    """Publish what the auction that is on, or the next one, would give now."""
    call = call_of(market, next_auction(market.state.phase))
    tape.auction(market, step, "Indicative", call.ranged, call.reference_e4)


def _trades_late(order: Order) -> bool:
    asked = order.terms.instructions
    return asked is not None and asked.extended_hours


def _expire_day(market: Market, step: Step, ends: Callable[[Order], bool]) -> None:
    """Expire day orders, those that the auction has just triggered included."""
    for order in market.in_arrival_order():
        if order.terms.time_in_force == "Day" and ends(order):
            withdraw(market, step, order)
            reports.report(market, step, order, "Expired", text=SESSION_OVER)
    elected = market.elected
    market.elected = deque(order for order in elected if order.terms.time_in_force != "Day" or not ends(order))
    for order in elected:
        if order.terms.time_in_force == "Day" and ends(order):
            reports.report(market, step, order, "Expired", text=SESSION_OVER)


def _sort(market: Market, step: Step) -> None:
    """Ask of every order that waits, and of those in the book where it may not trade on, what becomes of it now."""
    for order in sorted(market.queue.values(), key=_priority):
        if order.root_order_id not in market.queue:
            continue  # a leg of which its sibling, let go before it, has sold all
        word = word_of(market, order)
        if word == "trade":
            _release(market, step, order)
        elif word in REASONS:
            withdraw(market, step, order)
            reports.report(market, step, order, "Canceled", text=UNFILLED)
    if market.state.phase != "Continuous" and market.state.phase not in AUCTIONS:
        for order in sorted(market.book.orders.values(), key=_priority):
            if word_of(market, order) != "trade":
                withdraw(market, step, order)
                queue_up(market, step, order)


def _release(market: Market, step: Step, order: Order) -> None:
    """Let an order that waited trade, as one that arrives."""
    withdraw(market, step, order)
    if order.terms.post_only and would_cross(market, order):
        reports.report(market, step, order, "Canceled", text="post-only would take liquidity")
    else:
        take(market, step, order)


def _priority(order: Order) -> int:
    return order.priority
