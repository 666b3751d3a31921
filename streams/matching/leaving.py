"""How a live order leaves its place in book or stops, wholly or in part; the report is the caller's."""

from __future__ import annotations

from streams.fold import Step
from streams.matching import tape
from streams.matching.market import Market
from streams.matching.order import Order


def withdraw(market: Market, step: Step, order: Order) -> None:
    """Take a live order out of wherever it is, and out of the book's events."""
    rested = market.remove(order)
    step.changed[market.order_prefix + order.root_order_id] = None
    if rested:
        tape.book_event(market, step, order, "Delete", qty_e6=0, last_qty_e6=order.shown_qty_e6)


def lessen(order: Order, qty_e6: int) -> int:
    """Take a quantity off a resting order where it stands, first off what it does not show; returns what is shown
    less. All in 1e-6 share; something must be left."""
    reserved = min(qty_e6, order.reserve_qty_e6)
    order.reserve_qty_e6 -= reserved
    order.leaves_qty_e6 -= qty_e6
    order.level.qty_e6 -= qty_e6 - reserved
    return qty_e6 - reserved
