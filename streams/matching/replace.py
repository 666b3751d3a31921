"""Replace (FIX 35=G): other terms for a live order, found by the root of its chain, whatever id is in force.

The quantity is FIX's total, what was filled included. At the same prices and time in force a quantity that is not
larger keeps the place in the queue; anything else goes to the end, after trading as an arriving order would.
"""

from __future__ import annotations

from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.execute import can_fill, enter, withdraw, would_cross
from streams.matching.market import Market
from streams.matching.order import Order, is_waiting_stop
from streams.matching.terms import fault_of
from topics.messages import CancelRejectReason, NewOrder, ReplaceRequest

_KEPT = ("limit_price_e4", "stop_price_e4", "time_in_force", "expire_time_us")


def replace(market: Market, step: Step, request: ReplaceRequest) -> None:
    """Replace, cancel (nothing would be left open) or refuse; a refusal changes nothing."""
    order = market.find(request.root_order_id)
    if order is None or order.account_id != request.account_id:
        reports.refuse_cancel(step, request, "UnknownOrder", "no such order in the book", market.state.time_us)
        return
    terms = _successor(order.terms, request)
    refusal = _refusal(market, order, terms)
    if refusal is not None:
        reports.refuse_cancel(step, request, *refusal, market.state.time_us)
    elif terms.qty_e6 <= order.cum_qty_e6:
        withdraw(market, step, order)
        reports.report(market, step, order, "Canceled", text="replaced to the filled quantity")
    elif terms.qty_e6 <= order.terms.qty_e6 and all(getattr(terms, f) == getattr(order.terms, f) for f in _KEPT):
        _amend(market, step, order, terms)
    else:
        _requeue(market, step, order, terms)


def _successor(terms: NewOrder, request: ReplaceRequest) -> NewOrder:
    return NewOrder(
        account_id=terms.account_id,
        order_id=request.new_order_id,
        symbol=terms.symbol,
        side=terms.side,
        order_type=terms.order_type,
        time_in_force=request.time_in_force,
        qty_e6=request.qty_e6,
        limit_price_e4=request.limit_price_e4,
        stop_price_e4=request.stop_price_e4,
        expire_time_us=request.expire_time_us,
        post_only=terms.post_only,
        self_match_prevention=terms.self_match_prevention,
        worst_price_e4=request.worst_price_e4,
        instrument_version=terms.instrument_version,
        transact_time_us=request.transact_time_us,
    )


def _refusal(market: Market, order: Order, terms: NewOrder) -> tuple[CancelRejectReason, str] | None:
    if market.state.status != "Active":
        return "Other", f"the market is {market.state.status}"
    fault = fault_of(terms, market.state.tick_rule, market.state.time_us)
    if fault is not None:
        return "Other", fault[1]
    if terms.qty_e6 <= order.cum_qty_e6:
        return None
    if order.triggered and terms.stop_price_e4 != order.terms.stop_price_e4:
        return "TooLate", "the stop has been triggered"
    if is_waiting_stop(order):
        return None
    tried = _with_terms(order, terms)
    if terms.post_only and would_cross(market, tried):
        return "Other", "post-only would take liquidity"
    if terms.time_in_force == "FillOrKill" and not can_fill(market, tried):
        return "Other", "fill or kill cannot be filled completely"
    return None


def _with_terms(order: Order, terms: NewOrder) -> Order:
    """A copy of the order under other terms, in no queue."""
    leaves = terms.qty_e6 - order.cum_qty_e6
    copy = Order(order.root_order_id, order.account_id, order.buy, terms.limit_price_e4 or 0, leaves)
    copy.terms = terms
    copy.priority = order.priority
    copy.triggered = order.triggered
    return copy


def _amend(market: Market, step: Step, order: Order, terms: NewOrder) -> None:
    """Take the new terms in place: the order stays where it is in the queue."""
    old_id = order.terms.order_id
    less = order.terms.qty_e6 - terms.qty_e6
    order.terms = terms
    order.leaves_qty_e6 -= less
    step.changed[market.order_prefix + order.root_order_id] = None
    reports.report(market, step, order, "Replaced", leaves_qty_e6=order.leaves_qty_e6, orig_order_id=old_id)
    if is_waiting_stop(order):
        return
    order.level.qty_e6 -= less
    tape.book_event(
        market,
        step,
        order,
        "Amend",
        qty_e6=order.leaves_qty_e6,
        last_qty_e6=less or None,
        order_id=old_id,
        new_order_id=terms.order_id,
    )


def _requeue(market: Market, step: Step, order: Order, terms: NewOrder) -> None:
    """Leave the queue and come again under the new terms."""
    withdraw(market, step, order)
    successor = _with_terms(order, terms)
    reports.report(
        market,
        step,
        successor,
        "Replaced",
        leaves_qty_e6=successor.leaves_qty_e6,
        orig_order_id=order.terms.order_id,
    )
    enter(market, step, successor)
