"""A symbol's day: last sale, open, high, low, volume; counted trade by trade, and anew where one is corrected."""

from __future__ import annotations

from streams.fold import Step
from streams.market_data.bars import place, sale_of
from streams.market_data.security import Security
from streams.market_data.window import WINDOW_US
from topics.messages import SecurityEntry, TapeTrade

CLOSING = "6"  # a closing print of either tape


def count(security: Security, trade: TapeTrade) -> None:
    """Count a trade; it becomes the last sale unless its time is before that of the last one."""
    state = security.state
    if trade.updates_last:
        sale = sale_of(trade)
        if state.last is None or place(sale) > place(state.last):
            state.last = sale
        if state.opening is None or place(sale) < place(state.opening):
            state.opening = sale
        if state.trading_state == "Closed" and state.condition_table != "Opaque" and CLOSING in trade.conditions:
            state.close_e4 = trade.price_e4
    if trade.updates_high_low:
        _stretch(state, trade.price_e4)
    add_volume(state, trade, 1)


def uncount(security: Security, trade: TapeTrade) -> None:
    """Take the volume of a trade back; `restate` does the rest when the window holds what is true instead."""
    add_volume(security.state, trade, -1)


def restate(security: Security) -> None:
    """Last sale, open, high and low of what is left: the trades of the window and what those before it came to."""
    state = security.state
    state.last, state.high_e4, state.low_e4 = state.left_last, state.left_high_e4, state.left_low_e4
    trades = security.window.in_order()
    if state.opening is not None and state.opening.transact_time_us > state.time_us - WINDOW_US:
        state.opening = None
    for trade in trades:
        if trade.updates_last:
            state.last = sale_of(trade)
            state.opening = state.opening or state.last
        if trade.updates_high_low:
            _stretch(state, trade.price_e4)


def reprice(state: SecurityEntry, trade: TapeTrade) -> None:
    """Give the last sale another price, where it is this trade."""
    sale = sale_of(trade)
    if state.last is not None and place(state.last) == place(sale):
        state.last = sale
    if state.left_last is not None and place(state.left_last) == place(sale):
        state.left_last = sale


def leave(security: Security, step: Step) -> None:
    """Settle the trades that have become too old to be corrected."""
    state = security.state
    for trade in security.window.expire(step, state.time_us):
        settle(state, trade)


def settle(state: SecurityEntry, trade: TapeTrade) -> None:
    """Count a trade among those that cannot be corrected any more."""
    if trade.updates_last:
        sale = sale_of(trade)
        if state.left_last is None or place(sale) > place(state.left_last):
            state.left_last = sale
    if trade.updates_high_low:
        high, low, price = state.left_high_e4, state.left_low_e4, trade.price_e4
        state.left_high_e4 = price if high is None else max(high, price)
        state.left_low_e4 = price if low is None else min(low, price)


def _stretch(state: SecurityEntry, price_e4: int) -> None:
    state.high_e4 = price_e4 if state.high_e4 is None else max(state.high_e4, price_e4)
    state.low_e4 = price_e4 if state.low_e4 is None else min(state.low_e4, price_e4)


def add_volume(state: SecurityEntry, trade: TapeTrade, sign: int) -> None:
    """Count a trade for volume, or take it back."""
    if trade.updates_volume:
        state.cum_qty_e6 += sign * trade.qty_e6
        state.cum_amount_e4 += sign * trade.amount_e4
        state.trade_count += sign
