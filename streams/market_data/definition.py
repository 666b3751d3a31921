"""A symbol's day: how a definition begins it, and what it carries over from the day before."""

from __future__ import annotations

from streams.fold import Step
from streams.market_data import bands, bars
from streams.market_data.nbbo import refresh, say_status
from streams.market_data.security import Security
from streams.market_data.window import Window
from topics.messages import SecurityDefinition, SecurityEntry


def listed(definition: SecurityDefinition) -> Security:
    """A symbol that was not known before."""
    state = SecurityEntry(
        symbol=definition.symbol,
        session_id="",
        feed="",
        open_time_us=0,
        close_time_us=0,
        tier=None,
        primary_venue="",
        condition_table="Opaque",
        stale_after_us=None,
        day_margin_us=None,
        seq=0,
        arrival_seq=0,
        print_seq=0,
        time_us=0,
        receive_time_us=0,
        bid_price_e4=None,
        bid_qty_e6=0,
        bid_venue="",
        ask_price_e4=None,
        ask_qty_e6=0,
        ask_venue="",
        condition="Empty",
        trading_state="Closed",
        limit_state="NoBands",
        reference_price_e4=None,
        lower_price_e4=None,
        upper_price_e4=None,
        reference_time_us=0,
        are_bands_given=False,
        mean_since_us=0,
        limit_since_us=None,
        pause_until_us=None,
        last=None,
        opening=None,
        high_e4=None,
        low_e4=None,
        close_e4=None,
        previous_close_e4=None,
        cum_qty_e6=0,
        cum_amount_e4=0,
        trade_count=0,
        left_high_e4=None,
        left_low_e4=None,
        left_last=None,
        snapshot_time_us=0,
        is_unsaid=False,
        faults=[],
    )
    return Security(state)


def define(security: Security, step: Step, definition: SecurityDefinition) -> None:
    """Take a day's terms; a later day than the one that was begins it. Hours that go on without a break keep quotes."""
    state = security.state
    if definition.session_id != state.session_id:
        if definition.open_time_us != state.close_time_us:
            _forget_venues(security, step)
        _begin(security, step)
    state.session_id, state.feed = definition.session_id, definition.feed
    state.open_time_us, state.close_time_us = definition.open_time_us, definition.close_time_us
    state.tier, state.primary_venue = definition.tier, definition.primary_venue
    state.condition_table, state.stale_after_us = definition.condition_table, definition.stale_after_us
    state.day_margin_us = definition.day_margin_us
    if definition.previous_close_e4 is not None:
        state.previous_close_e4 = definition.previous_close_e4
    if state.tier is None:
        bands.drop(security)
    security.stale_check_us = 0
    state.receive_time_us = definition.receive_time_us
    say_status(security, step, "Defined", "", definition.transact_time_us)


def _forget_venues(security: Security, step: Step) -> None:
    for name in sorted(security.venues):
        security.venue_changed(step, name)
    security.venues.clear()
    refresh(security)


def _begin(security: Security, step: Step) -> None:
    """Close the day that was, and set everything that a day counts to nothing."""
    state = security.state
    if state.close_e4 is not None:
        state.previous_close_e4 = state.close_e4
    elif state.last is not None:
        state.previous_close_e4 = state.last.price_e4
    bars.end_all(security, step)
    for print_seq in sorted(security.window.trades):
        step.changed[security.window.entry_name(print_seq)] = None
    security.window = Window(state.symbol)
    state.print_seq = state.trade_count = state.cum_qty_e6 = state.cum_amount_e4 = 0
    state.last = state.opening = state.left_last = None
    state.high_e4 = state.low_e4 = state.close_e4 = state.left_high_e4 = state.left_low_e4 = None
    state.faults = []
    state.time_us = state.mean_since_us = state.snapshot_time_us = 0
    state.trading_state = "PreOpen"
    state.limit_since_us = state.pause_until_us = None
    bands.drop(security)
    state.limit_state = "NoBands"
