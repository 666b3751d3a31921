"""What the clock or an operator asks of a book: phases and auctions (FIX 625, 326), halt, resume and kill, end of day
(FIX 59=0), expiry (59=6).

Idempotent by (symbol, session, kind, time): a kind of command that is not later than the last one taken does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.correct import forget_corrections
from streams.matching.day import begin_phase, cut_off, go_on, indicate, reopen, resume
from streams.matching.leaving import withdraw
from streams.matching.market import Market
from streams.matching.order import Order
from streams.matching.queueing import CUT_OFFS
from topics.messages import DefineInstrument, SessionCommand, SessionTime

KILLED: Final = "kill switch of the symbol"
_OUTLIVES_DAY: Final = ("GoodTillCancel", "GoodTillDate")
_TERMS: Final = ("name", "status", "tick_rule", "reference_price_e4", "tier", "sector")


def define(market: Market, step: Step, command: DefineInstrument) -> None:
    """Take an instrument's terms; the same terms again change nothing."""
    state = market.state
    if state.version and all(getattr(state, field) == getattr(command, field) for field in _TERMS):
        return
    was_active = state.status == "Active" or not state.version
    for field in _TERMS:
        setattr(state, field, getattr(command, field))
    if state.status != "Halted":
        state.halt_reason = None
    tape.instrument(market, step)
    if state.status == "Active" and not was_active:
        go_on(market, step)


def command_session(market: Market, step: Step, command: SessionCommand) -> None:
    """Take a session command once."""
    taken = market.session_time(command.kind)
    if taken is None:
        market.state.session_times.append(SessionTime(command.kind, command.session_id, command.transact_time_us))
    elif (command.transact_time_us, command.session_id) <= (taken.transact_time_us, taken.session_id):
        return
    else:
        taken.session_id, taken.transact_time_us = command.session_id, command.transact_time_us
    step.changed[market.entry_name] = None
    if command.kind == "Phase":
        begin_phase(market, step, command)
        if command.phase == "Quiescent":
            forget_corrections(market, step)
    elif command.kind == "Indicate":
        indicate(market, step)
    elif command.kind in CUT_OFFS:
        cut_off(market, step, command.kind)
    elif command.kind == "Halt":
        _halt(market, step, command)
    elif command.kind == "Kill":
        _halt(market, step, command)
        for order in market.in_arrival_order():
            withdraw(market, step, order)
            reports.report(market, step, order, "Canceled", text=KILLED)
    elif command.kind == "Resume":
        resume(market, step)
    elif command.kind == "Reopen":
        reopen(market, step, command.auction_rules)
    elif command.kind == "DayEnd":
        forget_corrections(market, step)
        _expire(market, step, "end of the trading day", lambda order: order.terms.time_in_force not in _OUTLIVES_DAY)
    else:
        now_us = market.state.time_us
        _expire(market, step, "expire time has passed", lambda order: _is_due(order, now_us))


def _halt(market: Market, step: Step, command: SessionCommand) -> None:
    state = market.state
    if state.status == "Active":
        state.status = "Halted"
        state.halt_reason = command.halt_reason
        tape.instrument(market, step)


def _is_due(order: Order, time_us: int) -> bool:
    return order.terms.expire_time_us is not None and order.terms.expire_time_us <= time_us


def _expire(market: Market, step: Step, text: str, ends: Callable[[Order], bool]) -> None:
    """Expire live orders (FIX 150=C) in the order in which they came to their queues."""
    for order in filter(ends, market.in_arrival_order()):
        withdraw(market, step, order)
        reports.report(market, step, order, "Expired", text=text)
