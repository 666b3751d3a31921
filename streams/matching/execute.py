"""What happens to an order that has been accepted: wait, trade, rest or leave; and the stops its trades set off."""

from __future__ import annotations

from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.market import Market
from streams.matching.match import crosses, fillable, match
from streams.matching.order import Order, is_waiting_stop
from streams.matching.stops import is_triggered

PREVENTED = "self-match prevention"
UNFILLABLE = "fill or kill: cannot be filled completely"
NOTHING_LEFT = "nothing more to trade with within the price"


def worst_price_e4(order: Order) -> int:
    """Worst price in 1e-4 that the order may trade at: its limit, else the one fixed at acceptance."""
    limit_price_e4 = order.terms.limit_price_e4
    return order.terms.worst_price_e4 if limit_price_e4 is None else limit_price_e4


def would_cross(market: Market, order: Order) -> bool:
    """Whether a limit order would take liquidity on arrival."""
    return crosses(market.book, order.buy, worst_price_e4(order))


def can_fill(market: Market, order: Order) -> bool:
    """Whether the whole order would trade at once."""
    return fillable(market.book, order, worst_price_e4(order), order.terms.self_match_prevention)


def enter(market: Market, step: Step, order: Order) -> None:
    """Let an accepted order in: a stop waits unless the last sale triggers it, any other is matched."""
    if not is_waiting_stop(order):
        take(market, step, order)
    elif is_triggered(order, market.state.last_price_e4):
        market.elected.append(order)
    else:
        order.priority = market.next_priority()
        market.stops.add(order)
        step.changed[market.order_prefix + order.root_order_id] = None


def take(market: Market, step: Step, taker: Order) -> None:
    """Match an order; what is left rests if it is a limit order that may, else it is canceled."""
    terms = taker.terms
    if terms.time_in_force == "FillOrKill" and not can_fill(market, taker):
        reports.report(market, step, taker, "Canceled", text=UNFILLABLE)
        return
    cum_qty_e6 = taker.cum_qty_e6
    prevented = False
    for maker, qty_e6 in match(market.book, taker, worst_price_e4(taker), terms.self_match_prevention):
        if qty_e6:
            cum_qty_e6 += qty_e6
            reports.fills(step, taker, maker, tape.trade(market, step, taker, maker, qty_e6), cum_qty_e6)
            if market.stops.orders:
                elect_stops(market, step)
        elif maker is taker:
            prevented = True
        else:
            prevent(market, step, maker)
    left = taker.leaves_qty_e6
    if not left:
        return
    if prevented:
        reports.report(market, step, taker, "Canceled", prevented_qty_e6=left, text=PREVENTED)
    elif terms.limit_price_e4 is None or terms.time_in_force == "ImmediateOrCancel":
        reports.report(market, step, taker, "Canceled", text=NOTHING_LEFT)
    else:
        rest(market, step, taker)


def rest(market: Market, step: Step, order: Order) -> None:
    """Put an order at the end of its level's queue."""
    order.priority = market.next_priority()
    market.book.add(order)
    step.changed[market.order_prefix + order.root_order_id] = None
    tape.book_event(market, step, order, "Add", qty_e6=order.leaves_qty_e6)


def prevent(market: Market, step: Step, maker: Order) -> None:
    """Announce a resting order that self-match prevention has taken off."""
    left = maker.leaves_qty_e6
    step.changed[market.order_prefix + maker.root_order_id] = None
    tape.book_event(market, step, maker, "Delete", qty_e6=0, last_qty_e6=left)
    reports.report(market, step, maker, "Canceled", prevented_qty_e6=left, text=PREVENTED)


def withdraw(market: Market, step: Step, order: Order) -> None:
    """Take a live order out of book or stops and out of the book's events; its report is the caller's."""
    market.remove(order)
    step.changed[market.order_prefix + order.root_order_id] = None
    if not is_waiting_stop(order):
        tape.book_event(market, step, order, "Delete", qty_e6=0, last_qty_e6=order.leaves_qty_e6)


def elect_stops(market: Market, step: Step) -> None:
    """Move the stops that the last sale triggers from waiting to activation."""
    last_price_e4 = market.state.last_price_e4
    assert last_price_e4 is not None
    for order in market.stops.elect(last_price_e4):
        market.elected.append(order)
        step.changed[market.order_prefix + order.root_order_id] = None


def activate_stops(market: Market, step: Step) -> None:
    """Activate the triggered stops, one after the other, each matched to its end before the next.

    Order: by the trade that triggered them; of one trade, nearest stop price first, then first come. Stops that these
    set off join the end. An activated stop never waits again, so this ends after at most the stops a book may hold.
    """
    elected = market.elected
    for order in elected:  # the list grows while it is walked
        order.triggered = True
        reports.report(market, step, order, "TriggeredOrActivated", leaves_qty_e6=order.leaves_qty_e6)
        take(market, step, order)
    elected.clear()
