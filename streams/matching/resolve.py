"""Terms that only the book can fix: how many shares an amount is, and where a repriced order rests."""

from __future__ import annotations

from dataclasses import replace as copy_with

from streams.dated import day_of
from streams.matching.depth import affordable_e6
from streams.matching.execute import by_owner, worst_price_e4
from streams.matching.market import Market
from streams.matching.match import best_opposite_e4
from streams.matching.order import order_of
from streams.ticks import increment_e4, tick_e4
from topics.messages import NewOrder


def sized(market: Market, terms: NewOrder) -> NewOrder:
    """An order for an amount (FIX 152 CashOrderQty) with the quantity that the amount trades now; 0 if it buys nothing.

    From there on it is an order for that quantity, which ends as any market order does.
    """
    cash_e4 = terms.instructions.cash_qty_e4 if terms.instructions is not None else None
    if cash_e4 is None:
        return terms
    taker = order_of(terms, terms.order_id, 0)
    worst_e4 = worst_price_e4(taker)
    if worst_e4 < 1:
        return terms
    prevention = terms.self_match_prevention
    qty_e6 = affordable_e6(market.book, taker, worst_e4, prevention, by_owner(taker), cash_e4)
    return copy_with(terms, qty_e6=qty_e6)


def repriced(market: Market, terms: NewOrder) -> NewOrder | None:
    """A post-only order that would take liquidity, one increment behind the best price it would meet; None when there
    is no such price, or its instructions do not ask for it."""
    if terms.instructions is None or not terms.instructions.reprice:
        return None
    buy = terms.side == "Buy"
    best_e4 = best_opposite_e4(market.book, buy)
    assert best_e4 is not None
    step_e4 = increment_e4(market.state.tick_rule, day_of(terms.transact_time_us))
    price_e4 = best_e4 - tick_e4(best_e4 - 1, step_e4) if buy else best_e4 + tick_e4(best_e4, step_e4)
    return copy_with(terms, limit_price_e4=price_e4) if price_e4 > 0 else None
