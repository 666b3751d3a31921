"""The price an order may reach: what is its reference, and the worst price that the book never trades through.

The reference is the other side's best price stamped at entry (our BBO), else the instrument's reference price; for
orders with a stop it is the stop, for that is where the market will be when they wake.
"""

from __future__ import annotations

from topics.messages import OrderType, ReplaceOrder, Side, SubmitOrder


def reference_price_e4(side: Side, stop_price_e4: int | None, stamped: SubmitOrder | ReplaceOrder) -> int | None:
    """Price that a collar is laid around, None when there is none."""
    if stop_price_e4 is not None:
        return stop_price_e4
    best = stamped.ask_price_e4 if side == "Buy" else stamped.bid_price_e4
    return best if best is not None else stamped.reference_price_e4


def collared_price_e4(side: Side, reference_e4: int, collar_bps: int) -> int:
    """Farthest price inside the collar: above the reference for a buy, below it (but above zero) for a sell."""
    if side == "Buy":
        return reference_e4 * (10_000 + collar_bps) // 10_000
    return max(1, -(-reference_e4 * (10_000 - collar_bps) // 10_000))


def worst_price_e4(
    side: Side, order_type: OrderType, limit_price_e4: int | None, reference_e4: int | None, collar_bps: int
) -> int | None:
    """Its limit; for market and stop orders the end of the collar. None when the order lacks what it takes."""
    if order_type in ("Limit", "StopLimit"):
        return limit_price_e4
    return None if reference_e4 is None else collared_price_e4(side, reference_e4, collar_bps)
