"""Orders as changelog entries and back."""

from __future__ import annotations

from streams.matching.order import Order, order_of
from topics.messages import NewOrder, RestingOrderEntry


def to_entry(order: Order, *, queued: bool) -> RestingOrderEntry:
    """Entry of a live order."""
    terms = order.terms
    group = order.group
    unarmed_qty_e6 = 0 if group is None else group.unarmed_of_e6(order)
    return RestingOrderEntry(
        account_id=order.account_id,
        order_id=terms.order_id,
        root_order_id=order.root_order_id,
        symbol=terms.symbol,
        side=terms.side,
        order_type=terms.order_type,
        time_in_force=terms.time_in_force,
        qty_e6=terms.qty_e6 + unarmed_qty_e6,
        limit_price_e4=terms.limit_price_e4,
        stop_price_e4=order.stop_price_e4,
        expire_time_us=terms.expire_time_us,
        post_only=terms.post_only,
        self_match_prevention=terms.self_match_prevention,
        worst_price_e4=terms.worst_price_e4,
        cum_qty_e6=order.cum_qty_e6,
        priority=order.priority,
        triggered=order.triggered,
        transact_time_us=terms.transact_time_us,
        owner_id=order.owner_id,
        instructions=terms.instructions,
        shown_qty_e6=order.shown_qty_e6 if order.reserve_qty_e6 else None,
        high_water_e4=order.high_water_e4,
        queued=queued,
        contingency_type=None if group is None else group.contingency_type,
        parent_order_id=None if group is None else group.parent_of(order),
        unarmed_qty_e6=unarmed_qty_e6,
    )


def from_entry(entry: RestingOrderEntry) -> Order:
    """Live order of an entry, in no queue yet and by itself."""
    armed_qty_e6 = entry.qty_e6 - entry.unarmed_qty_e6
    terms = NewOrder(
        account_id=entry.account_id,
        order_id=entry.order_id,
        symbol=entry.symbol,
        side=entry.side,
        order_type=entry.order_type,
        time_in_force=entry.time_in_force,
        qty_e6=armed_qty_e6,
        limit_price_e4=entry.limit_price_e4,
        stop_price_e4=entry.stop_price_e4,
        expire_time_us=entry.expire_time_us,
        post_only=entry.post_only,
        self_match_prevention=entry.self_match_prevention,
        worst_price_e4=entry.worst_price_e4,
        instrument_version=0,  # says what the API saw at entry; nothing is decided by it
        transact_time_us=entry.transact_time_us,
        owner_id=entry.owner_id,
        instructions=entry.instructions,
    )
    leaves = armed_qty_e6 - entry.cum_qty_e6
    order = order_of(terms, entry.root_order_id, leaves)
    order.reserve_qty_e6 = 0 if entry.shown_qty_e6 is None else leaves - entry.shown_qty_e6
    order.priority = entry.priority
    order.triggered = entry.triggered
    order.stop_price_e4 = entry.stop_price_e4
    order.high_water_e4 = entry.high_water_e4
    return order
