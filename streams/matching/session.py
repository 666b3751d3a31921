"""What the clock or an operator asks of a book: halt and resume (FIX 326), kill, end of day (FIX 59=0), expiry (59=6).

Idempotent by (symbol, session, kind, time): a kind of command that is not later than the last one taken does nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.correct import forget_corrections
from streams.matching.execute import withdraw
from streams.matching.market import Market
from streams.matching.order import Order
from topics.messages import DefineInstrument, InstrumentStatus, SessionCommand, SessionTime

KILLED = "kill switch of the symbol"
_OUTLIVES_DAY = ("GoodTillCancel", "GoodTillDate")
_TERMS = ("name", "status", "tick_rule", "reference_price_e4", "tier")


def define(market: Market, step: Step, command: DefineInstrument) -> None:
    """Take an instrument's terms; the same terms again change nothing."""
    state = market.state
    if state.version and all(getattr(state, field) == getattr(command, field) for field in _TERMS):
        return
    for field in _TERMS:
        setattr(state, field, getattr(command, field))
    tape.instrument(market, step)


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
    if command.kind == "Halt":
        _change_status(market, step, "Active", "Halted")
    elif command.kind == "Kill":
        _change_status(market, step, "Active", "Halted")
        for order in market.in_arrival_order():
            withdraw(market, step, order)
            reports.report(market, step, order, "Canceled", text=KILLED)
    elif command.kind == "Resume":
        _change_status(market, step, "Halted", "Active")
    elif command.kind == "DayEnd":
        forget_corrections(market, step)
        _expire(market, step, "end of the trading day", lambda order: order.terms.time_in_force not in _OUTLIVES_DAY)
    else:
        now_us = market.state.time_us
        _expire(market, step, "expire time has passed", lambda order: _is_due(order, now_us))


def _change_status(market: Market, step: Step, before: InstrumentStatus, after: InstrumentStatus) -> None:
    if market.state.status == before:
        market.state.status = after
        tape.instrument(market, step)


def _is_due(order: Order, time_us: int) -> bool:
    return order.terms.expire_time_us is not None and order.terms.expire_time_us <= time_us


def _expire(market: Market, step: Step, text: str, ends: Callable[[Order], bool]) -> None:
    """Expire live orders (FIX 150=C) in the order in which they came to their queues."""
    for order in filter(ends, market.in_arrival_order()):
        withdraw(market, step, order)
        reports.report(market, step, order, "Expired", text=text)
