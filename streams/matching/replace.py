"""Replace (FIX 35=G): other terms for a live order, found by the root of its chain, whatever id is in force.

The quantity is FIX's total, what was filled included. At the same prices and time in force a quantity that is not
larger keeps the place in the queue; anything else goes to the end, after trading as an arriving order would.
"""

from __future__ import annotations

from dataclasses import replace as copy_with
from typing import Final

from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.execute import can_fill, enter, would_cross
from streams.matching.group import Group
from streams.matching.leaving import lessen, withdraw
from streams.matching.market import Market
from streams.matching.order import Order, is_waiting_stop, order_of
from streams.matching.phases import IN_AUCTION_ONLY
from streams.matching.queueing import NO_CANCEL, is_cut_off, is_phased, phase_fault, word_of
from streams.matching.resolve import repriced
from streams.matching.terms import combination_fault, fault_of
from streams.matching.trail import stop_price_e4, trails
from topics.messages import CancelRejectReason, NewOrder, ReplaceRequest

MEETS_ENTRY: Final = "the profit is not above the limit of the entry"
_KEPT: Final = ("limit_price_e4", "stop_price_e4", "time_in_force", "expire_time_us", "instructions")


def replace(market: Market, step: Step, request: ReplaceRequest) -> None:
    """Replace, cancel (nothing would be left open) or refuse; a refusal changes nothing."""
    order = market.find(request.root_order_id)
    if order is None or order.account_id != request.account_id:
        reports.refuse_cancel(step, request, "UnknownOrder", "no such order in the book", market.state.time_us)
        return
    terms = _successor(order, request)
    if order.root_order_id in market.dormant.orders:
        _replace_dormant(market, step, order, terms, request)
        return
    given_price_e4 = None
    refusal = _refusal(market, order, terms)
    if refusal is None and _takes_though_post_only(market, order, terms):
        behind = repriced(market, terms)
        if behind is None:
            refusal = "Other", "post-only would take liquidity"
        else:
            terms, given_price_e4 = behind, behind.limit_price_e4
    if refusal is not None:
        reports.refuse_cancel(step, request, *refusal, market.state.time_us)
    elif terms.qty_e6 <= order.cum_qty_e6:
        withdraw(market, step, order)
        reports.report(market, step, order, "Canceled", text="replaced to the filled quantity")
    elif terms.qty_e6 <= order.terms.qty_e6 and all(getattr(terms, f) == getattr(order.terms, f) for f in _KEPT):
        _amend(market, step, order, terms, given_price_e4)
    else:
        _requeue(market, step, order, terms, given_price_e4)


def _replace_dormant(market: Market, step: Step, leg: Order, terms: NewOrder, request: ReplaceRequest) -> None:
    """Other terms for a leg that is in no queue: it comes to one under them when its entry is filled."""
    assert leg.group is not None
    fault = _why_not_now(market, copy_with(terms, qty_e6=1))  # nothing of it is armed
    if fault is None and _meets_entry(leg, leg.group, terms):
        fault = "Other", MEETS_ENTRY
    if fault is not None:
        reports.refuse_cancel(step, request, *fault, market.state.time_us)
        return
    successor = _with_terms(leg, terms)
    leg.group.exchange(leg, successor)
    market.dormant.remove(leg)
    market.dormant.add(successor)
    step.changed[market.order_prefix + leg.root_order_id] = None
    reports.report(market, step, successor, "Replaced", orig_order_id=leg.terms.order_id)


def _successor(order: Order, request: ReplaceRequest) -> NewOrder:
    """The terms that are asked for. A trailing stop keeps its mark, and with another trail gets the stop behind that,
    whatever stop the request has: accounts may not have heard yet where it is."""
    terms = order.terms
    instructions = terms.instructions
    trailing = trails(instructions)
    if trailing and request.trail_e4 is not None:
        assert instructions is not None
        if instructions.trail_offset_e4 is not None:
            instructions = copy_with(instructions, trail_offset_e4=request.trail_e4)
        else:
            instructions = copy_with(instructions, trail_percent_e4=request.trail_e4)
    is_leg = order.group is not None and order is not order.group.entry
    successor = copy_with(
        terms,
        order_id=request.new_order_id,
        time_in_force=request.time_in_force,
        qty_e6=terms.qty_e6 if is_leg else request.qty_e6,  # a leg has what its entry and sibling leave it
        limit_price_e4=request.limit_price_e4,
        stop_price_e4=terms.stop_price_e4 if trailing else request.stop_price_e4,
        expire_time_us=request.expire_time_us,
        worst_price_e4=request.worst_price_e4,
        instructions=instructions,
        transact_time_us=request.transact_time_us,
    )
    if instructions != terms.instructions and order.high_water_e4 is not None:
        successor.stop_price_e4 = stop_price_e4(successor, order.high_water_e4)
    return successor


def _refusal(market: Market, order: Order, terms: NewOrder) -> tuple[CancelRejectReason, str] | None:
    fault = _why_not_now(market, terms)
    if fault is not None:
        return fault
    if is_cut_off(market, order, "NoCancel"):
        return "TooLate", NO_CANCEL
    if terms.qty_e6 <= order.cum_qty_e6:
        return None
    times = (terms.time_in_force, order.terms.time_in_force)
    if times[0] != times[1] and not IN_AUCTION_ONLY.isdisjoint(times):
        return "Other", "an order is for an auction alone from its beginning, or never"
    if (
        is_phased(market, terms.time_in_force)
        and (closed := phase_fault(market, _with_terms(order, terms))) is not None
    ):
        return "Other", closed[1]
    stop_before = (order.terms.stop_price_e4, order.terms.instructions)
    if order.group is not None and _meets_entry(order, order.group, terms):
        return "Other", MEETS_ENTRY
    if order.triggered and (terms.stop_price_e4, terms.instructions) != stop_before:
        return "TooLate", "the stop has been triggered"
    if is_waiting_stop(order) or _waits_then(market, order, terms):
        return None
    if terms.time_in_force == "FillOrKill" and not can_fill(market, _with_terms(order, terms)):
        return "Other", "fill or kill cannot be filled completely"
    return None


def _meets_entry(order: Order, group: Group, terms: NewOrder) -> bool:
    """Whether a leg would take its profit at the limit of its open entry or below, which no leg may."""
    entry = group.entry
    if entry is None:
        return False
    if order is entry:
        limits = [leg.terms.limit_price_e4 for leg in group.legs if leg.terms.order_type == "Limit"]
        entry_e4 = terms.limit_price_e4
    else:
        limits = [terms.limit_price_e4 if terms.order_type == "Limit" else None]
        entry_e4 = entry.terms.limit_price_e4
    return entry_e4 is not None and any(limit_e4 is not None and limit_e4 <= entry_e4 for limit_e4 in limits)


def _why_not_now(market: Market, terms: NewOrder) -> tuple[CancelRejectReason, str] | None:
    if market.state.status != "Active":
        return "Other", f"the market is {market.state.status}"
    fault = combination_fault(terms) or fault_of(terms, market.state.tick_rule, market.state.time_us)
    return None if fault is None else ("Other", fault[1])


def _takes_though_post_only(market: Market, order: Order, terms: NewOrder) -> bool:
    """Whether a post-only successor with something open would take liquidity."""
    if not terms.post_only or terms.qty_e6 <= order.cum_qty_e6 or _waits_then(market, order, terms):
        return False
    return would_cross(market, _with_terms(order, terms))


def _waits_then(market: Market, order: Order, terms: NewOrder) -> bool:
    """Whether the order would wait for a phase, not trade, under these terms."""
    return is_phased(market, terms.time_in_force) and word_of(market, _with_terms(order, terms)) == "queue"


def _with_terms(order: Order, terms: NewOrder) -> Order:
    """The order under other terms, in no queue."""
    copy = order_of(terms, order.root_order_id, terms.qty_e6 - order.cum_qty_e6)
    copy.priority = order.priority
    copy.triggered = order.triggered
    copy.group = order.group
    if order.high_water_e4 is not None:
        copy.high_water_e4 = order.high_water_e4
        copy.stop_price_e4 = stop_price_e4(terms, order.high_water_e4)
    return copy


def _amend(market: Market, step: Step, order: Order, terms: NewOrder, given_price_e4: int | None) -> None:
    """Take the new terms in place: the order stays where it is in the queue. `given_price_e4` is the limit (1e-4) that
    is the book's, not the one asked for."""
    old_id = order.terms.order_id
    less_e6 = order.terms.qty_e6 - terms.qty_e6
    order.terms = terms
    step.changed[market.order_prefix + order.root_order_id] = None
    if order.root_order_id not in market.book.orders:
        order.leaves_qty_e6 -= less_e6
        reports.report(market, step, order, "Replaced", leaves_qty_e6=order.leaves_qty_e6, orig_order_id=old_id)
        return
    less_shown_e6 = lessen(order, less_e6)
    reports.report(
        market,
        step,
        order,
        "Replaced",
        leaves_qty_e6=order.leaves_qty_e6,
        orig_order_id=old_id,
        limit_price_e4=given_price_e4,
    )
    tape.book_event(
        market,
        step,
        order,
        "Amend",
        qty_e6=order.shown_qty_e6,
        last_qty_e6=less_shown_e6 or None,
        order_id=old_id,
        new_order_id=terms.order_id,
    )


def _requeue(market: Market, step: Step, order: Order, terms: NewOrder, given_price_e4: int | None) -> None:
    """Leave the queue and come again under the new terms."""
    withdraw(market, step, order)
    successor = _with_terms(order, terms)
    if order.group is not None:
        order.group.exchange(order, successor)
    reports.report(
        market,
        step,
        successor,
        "Replaced",
        leaves_qty_e6=successor.leaves_qty_e6,
        orig_order_id=order.terms.order_id,
        limit_price_e4=given_price_e4,
    )
    enter(market, step, successor)
