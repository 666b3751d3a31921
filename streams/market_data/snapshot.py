"""The latest state of a symbol, written when it has changed and is due."""

from __future__ import annotations

from dataclasses import replace as copy_with

from streams.fold import Output, Step
from streams.market_data.security import Security
from topics.catalogue import SNAPSHOTS
from topics.messages import Snapshot

INTERVAL_US = 100_000
E6 = 1_000_000


def say_if_due(security: Security, step: Step, *, now: bool) -> None:
    """Publish a snapshot of what has changed: 100 ms after the one before, or now."""
    state = security.state
    due = now or security.is_urgent or state.time_us >= state.snapshot_time_us + INTERVAL_US
    security.is_urgent = False
    if not state.is_unsaid or not due:
        return
    last = state.last
    record = Snapshot(
        symbol=state.symbol,
        seq=0,
        session_id=state.session_id,
        bid_price_e4=state.bid_price_e4,
        bid_qty_e6=state.bid_qty_e6,
        bid_venue=state.bid_venue,
        ask_price_e4=state.ask_price_e4,
        ask_qty_e6=state.ask_qty_e6,
        ask_venue=state.ask_venue,
        condition=state.condition,
        trading_state=state.trading_state,
        limit_state=state.limit_state,
        reference_price_e4=state.reference_price_e4,
        lower_price_e4=state.lower_price_e4,
        upper_price_e4=state.upper_price_e4,
        last_price_e4=last.price_e4 if last else None,
        last_qty_e6=last.qty_e6 if last else 0,
        last_venue=last.venue if last else "",
        last_time_us=last.transact_time_us if last else None,
        open_e4=state.opening.price_e4 if state.opening else None,
        high_e4=state.high_e4,
        low_e4=state.low_e4,
        close_e4=state.close_e4,
        previous_close_e4=state.previous_close_e4,
        net_change_e4=last.price_e4 - state.previous_close_e4 if last and state.previous_close_e4 else None,
        cum_qty_e6=state.cum_qty_e6,
        cum_amount_e4=state.cum_amount_e4,
        vwap_e4=state.cum_amount_e4 * E6 // state.cum_qty_e6 if state.cum_qty_e6 else None,
        trade_count=state.trade_count,
        faults=[copy_with(each) for each in state.faults],
        transact_time_us=state.time_us,
        receive_time_us=state.receive_time_us,
    )
    step.outputs.append(Output(SNAPSHOTS, state.symbol, security.numbered(record)))
    state.snapshot_time_us = state.time_us
    state.is_unsaid = False
