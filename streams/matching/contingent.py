"""Bracket, OCO and OTO orders as they come to the book: their legs, why they are refused, and how they are loaded."""

from __future__ import annotations

from dataclasses import replace as copy_with
from typing import Final

from streams.fold import Step
from streams.matching import reports
from streams.matching.execute import enter
from streams.matching.group import Group
from streams.matching.limits import OPEN_ORDERS_PER_SYMBOL_MAX, STOPS_PER_SYMBOL_MAX, TRAILING_PER_SYMBOL_MAX
from streams.matching.market import Market
from streams.matching.order import Order, order_of
from streams.matching.terms import Fault, combination_fault, fault_of
from streams.matching.trail import trails
from topics.messages import NewOrder, RestingOrderEntry

PAIR: Final = "OneUpdatesTheOther"


def legs_of(terms: NewOrder) -> list[NewOrder]:
    """The legs that come with an order as orders of their own, for the whole quantity; none for most."""
    if terms.contingency is None:
        return []
    return [
        NewOrder(
            account_id=terms.account_id,
            order_id=leg.order_id,
            symbol=terms.symbol,
            side="Sell",
            order_type=leg.order_type,
            time_in_force=leg.time_in_force,
            qty_e6=terms.qty_e6,
            limit_price_e4=leg.limit_price_e4,
            stop_price_e4=leg.stop_price_e4,
            expire_time_us=None,
            post_only=False,
            self_match_prevention=terms.self_match_prevention,
            worst_price_e4=leg.worst_price_e4,
            instrument_version=terms.instrument_version,
            transact_time_us=terms.transact_time_us,
            owner_id=terms.owner_id,
            instructions=leg.instructions,
        )
        for leg in terms.contingency.legs
    ]


def fault_of_legs(market: Market, terms: NewOrder) -> Fault | None:
    """First reason for which the book cannot take an order's legs; None when it can, and for an order without legs."""
    if terms.contingency is None:
        return None
    legs = legs_of(terms)
    ids = [terms.order_id]
    if market.open_orders() + len(legs) >= OPEN_ORDERS_PER_SYMBOL_MAX:
        return "ExceedsLimit", f"the book holds {OPEN_ORDERS_PER_SYMBOL_MAX} orders"
    orders = (terms, *legs)
    if sum(order.stop_price_e4 is not None for order in orders) > market.stop_places():
        return "ExceedsLimit", f"the book holds {STOPS_PER_SYMBOL_MAX} stops"
    if sum(trails(order.instructions) for order in orders) > market.trailing_places():
        return "ExceedsLimit", f"the book holds {TRAILING_PER_SYMBOL_MAX} trailing stops"
    for leg in legs:
        if market.find(leg.order_id) is not None or leg.order_id in ids:
            return "Duplicate", "a leg has an id that is live"
        ids.append(leg.order_id)
        fault = combination_fault(leg) or fault_of(leg, market.state.tick_rule, market.state.time_us)
        if fault is not None:
            return fault[0], f"leg: {fault[1]}"
    return None


def hang(market: Market, step: Step, order: Order) -> None:
    """Make the legs of an order that has been accepted, before it is let in: those of an entry are told Suspended and
    wait for its fills, that of a pair is live (New) and comes to its queue behind the other."""
    contingency = order.terms.contingency
    assert contingency is not None
    group = Group(contingency.contingency_type, order.root_order_id)
    terms_of_legs = legs_of(order.terms)
    order.terms = copy_with(order.terms, contingency=None)
    if group.contingency_type == PAIR:
        group.add(order)
    else:
        group.set_entry(order)
        group.unarmed_qty_e6 = order.leaves_qty_e6
    for terms in terms_of_legs:
        leg = order_of(terms, terms.order_id, order.leaves_qty_e6)
        leg.priority = market.next_priority()
        group.add(leg)
        step.changed[market.order_prefix + leg.root_order_id] = None
        if group.contingency_type == PAIR:
            reports.report(market, step, leg, "New", leaves_qty_e6=leg.leaves_qty_e6)
        else:
            terms.qty_e6 = leg.leaves_qty_e6 = 0
            market.dormant.add(leg)
            reports.report(market, step, leg, "Suspended")


def enter_pair(market: Market, step: Step, group: Group) -> None:
    """Let the second of a pair in, if the first has left it anything."""
    for leg in group.legs:
        if leg.root_order_id != group.root_order_id:
            enter(market, step, leg)


def join(groups: dict[str, Group], order: Order, entry: RestingOrderEntry) -> None:
    """Put an order that is loaded where it belongs among those that it hangs together with."""
    if entry.contingency_type is None:
        return
    root_order_id = entry.parent_order_id or order.root_order_id
    group = groups.get(root_order_id)
    if group is None:
        group = groups[root_order_id] = Group(entry.contingency_type, root_order_id)
    if entry.parent_order_id is None and entry.contingency_type != PAIR:
        group.set_entry(order)
        group.filled_qty_e6 = order.cum_qty_e6
        group.unarmed_qty_e6 = order.leaves_qty_e6
    else:
        group.add(order)
