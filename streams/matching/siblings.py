"""A fill of a leg takes the same quantity off its sibling at once (FIX 1385=3): no share is offered twice for longer.

The match stops at a leg that it has filled, so that this comes before the taker goes on to the other leg.
"""

from __future__ import annotations

from dataclasses import replace as copy_with
from typing import Final

from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.group import Group
from streams.matching.leaving import lessen, withdraw
from streams.matching.market import Market
from streams.matching.order import Order, is_waiting_stop

SOLD: Final = "the other leg has sold the shares"


def traded(market: Market, step: Step, order: Order, group: Group, qty_e6: int) -> None:
    """An order that hangs together with others has traded so much (1e-6 share), its report is written: an entry's legs
    are armed when the taker is done, a leg's sibling gets smaller now."""
    if order is group.entry:
        market.touched[group] = None
        if not order.leaves_qty_e6:
            group.end(order)
        return
    if not order.leaves_qty_e6:
        settle_empty(market, step, order, group)
    for sibling in list(group.legs):
        if sibling is not order:
            _reduce(market, step, sibling, group, min(qty_e6, sibling.leaves_qty_e6))


def settle_empty(market: Market, step: Step, leg: Order, group: Group) -> None:
    """A leg of which nothing is armed waits for its entry, if there is something to wait for; else it is filled."""
    step.changed[market.order_prefix + leg.root_order_id] = None
    if group.unarmed_qty_e6:
        leg.triggered = False
        market.dormant.add(leg)
    else:
        group.end(leg)


def beyond_sibling_e6(leg: Order, group: Group) -> int:
    """What a leg offers in an auction beyond a sibling that takes part at a lower price, or comes first at the same:
    the same shares count once (1e-6 share)."""
    for sibling in group.legs:
        takes_part = sibling is not leg and not is_waiting_stop(sibling) and sibling.leaves_qty_e6
        if takes_part and _rank(sibling) < _rank(leg):
            return max(leg.leaves_qty_e6 - sibling.leaves_qty_e6, 0)
    return leg.leaves_qty_e6


def _rank(leg: Order) -> tuple[bool, int, int]:
    """Order of execution of two sells: without a limit first, then the lower limit, then the first come."""
    return leg.terms.limit_price_e4 is not None, leg.price_e4, leg.priority


def _reduce(market: Market, step: Step, leg: Order, group: Group, qty_e6: int) -> None:
    """Take a quantity off a leg wherever it is. One that is in no queue now, for it is elected or on its way to its
    queue, is settled when its turn comes."""
    if not qty_e6:
        return
    step.changed[market.order_prefix + leg.root_order_id] = None
    is_placed = market.find(leg.root_order_id) is leg
    is_left = qty_e6 < leg.leaves_qty_e6
    if is_placed and not is_left:
        withdraw(market, step, leg)
    if not is_left and not group.unarmed_qty_e6:
        reports.report(market, step, leg, "Canceled", text=SOLD)
        leg.leaves_qty_e6 = 0
        return
    leg.terms = copy_with(leg.terms, qty_e6=leg.terms.qty_e6 - qty_e6)
    if is_left and leg.root_order_id in market.book.orders:
        lessen(leg, qty_e6)
        tape.book_event(market, step, leg, "Amend", qty_e6=leg.shown_qty_e6, last_qty_e6=qty_e6)
    else:
        leg.leaves_qty_e6 -= qty_e6
    reports.report(market, step, leg, "Restated", leaves_qty_e6=leg.leaves_qty_e6, text=SOLD)
    if is_placed and not is_left:
        settle_empty(market, step, leg, group)
