"""Prices that set off stops, or move those that trail. What is set off is activated after the command's own trades."""

from __future__ import annotations

from streams.fold import Step
from streams.matching import reports
from streams.matching.market import Market
from streams.matching.order import Order
from streams.matching.phases import EXTENDED
from streams.matching.stops import looks_at_quote


def watched_price_e4(market: Market, order: Order) -> int | None:
    """Price in 1e-4 that a stop looks at: the last sale, or the best bid for a sell and the best offer for a buy."""
    if not looks_at_quote(order):
        return market.state.last_price_e4
    bid_e4, _, ask_e4, _ = market.book.bbo()
    return ask_e4 if order.buy else bid_e4


def note_trade(market: Market, step: Step) -> None:
    """Let the stops see the last sale, unless it was before the opening or after the close: that wakes none."""
    if market.state.phase in EXTENDED:
        return
    last_price_e4 = market.state.last_price_e4
    assert last_price_e4 is not None
    _note(market, step, *market.stops.traded(last_price_e4))


def note_quote(market: Market, step: Step) -> None:
    """Let the stops that look at the quote see it, in continuous trading."""
    if market.stops.quoted and market.state.status == "Active" and market.state.phase == "Continuous":
        bid_e4, _, ask_e4, _ = market.book.bbo()
        _note(market, step, *market.stops.at_quote(bid_e4, ask_e4))


def _note(market: Market, step: Step, moved: list[Order], elected: list[Order]) -> None:
    for order in moved:
        market.moved[order.root_order_id] = order
        step.changed[market.order_prefix + order.root_order_id] = None
    for order in elected:
        market.elected.append(order)
        step.changed[market.order_prefix + order.root_order_id] = None


def tell_moved(market: Market, step: Step) -> None:
    """Tell the owners of the trailing stops that the command moved and that still wait, once each, first come first."""
    for order in sorted(market.moved.values(), key=lambda order: order.priority):
        if market.stops.orders.get(order.root_order_id) is order:
            reports.report(market, step, order, "Restated", leaves_qty_e6=order.leaves_qty_e6)
    market.moved.clear()
