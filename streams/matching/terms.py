"""Terms that a book takes: accounts has checked them before, and the book trusts nobody.

Each fault is the FIX reject reason (103) and a text.
"""

from __future__ import annotations

from streams.combinations import refused
from streams.dated import day_of
from streams.matching.limits import PRICE_MAX_E4, QTY_MAX_E6
from streams.matching.trail import first_mark_e4, trails
from streams.ticks import increment_e4, tick_e4
from topics.messages import NewOrder, OrderRejectReason, TickRule

Fault = tuple[OrderRejectReason, str]


def combination_fault(terms: NewOrder) -> Fault | None:
    """First line of the table of refused combinations that the terms are in."""
    found = refused(terms)
    return (found[0].reason, found[0].text) if found else None


def fault_of(terms: NewOrder, tick_rule: TickRule, time_us: int) -> Fault | None:
    """First reason for which a book cannot take these terms, no refused combination, at this time; None when it can."""
    if terms.expire_time_us is not None and terms.expire_time_us <= time_us:
        return "Stale", "expire time has passed"
    return _size_fault(terms) or _price_fault(terms, tick_rule)


def _size_fault(terms: NewOrder) -> Fault | None:
    if terms.qty_e6 < 1:
        return "IncorrectQuantity", "quantity is not positive"
    if terms.qty_e6 > QTY_MAX_E6:
        return "ExceedsLimit", f"quantity is above {QTY_MAX_E6} in 1e-6 share"
    return None


def _price_fault(terms: NewOrder, tick_rule: TickRule) -> Fault | None:
    trailing = trails(terms.instructions)
    if trailing and not _is_trail_possible(terms):
        return "ExceedsLimit", f"trail or the price it begins at is outside 1 to {PRICE_MAX_E4} in 1e-4"
    for price_e4 in (terms.limit_price_e4, None if trailing else terms.stop_price_e4):
        if price_e4 is None:
            continue
        if not 1 <= price_e4 <= PRICE_MAX_E4:
            return "ExceedsLimit", f"price is outside 1 to {PRICE_MAX_E4} in 1e-4"
        tick = tick_e4(price_e4, increment_e4(tick_rule, day_of(terms.transact_time_us)))
        if price_e4 % tick:
            return "InvalidPriceIncrement", f"price is not a multiple of {tick} in 1e-4"
    if terms.limit_price_e4 is not None:
        beyond = terms.limit_price_e4 - terms.worst_price_e4
        if beyond > 0 if terms.side == "Buy" else beyond < 0:
            return "PriceExceedsBand", "limit price is beyond the worst price"
    return None


def _is_trail_possible(terms: NewOrder) -> bool:
    assert terms.instructions is not None
    assert terms.stop_price_e4 is not None
    offset_e4 = terms.instructions.trail_offset_e4 or 1
    return (
        offset_e4 <= PRICE_MAX_E4
        and 1 <= terms.stop_price_e4 <= 2 * PRICE_MAX_E4
        and 1 <= first_mark_e4(terms) <= PRICE_MAX_E4
    )
