"""What happens to an order that has been accepted: wait, trade, rest or leave."""

from __future__ import annotations

from dataclasses import replace as copy_with
from typing import Final

from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.depth import fillable_e6
from streams.matching.leaving import lessen
from streams.matching.market import Market
from streams.matching.match import crosses, match
from streams.matching.order import Order, is_waiting_stop, show
from streams.matching.queueing import is_phased, queue_up, word_of
from streams.matching.siblings import traded
from streams.matching.stops import is_reached
from streams.matching.triggers import note_trade, watched_price_e4

UNFILLABLE: Final = "fill or kill: cannot be filled completely"
TOO_LITTLE: Final = "minimum quantity: cannot be filled at once"
NOTHING_LEFT: Final = "nothing more to trade with within the price"


def worst_price_e4(order: Order) -> int:
    """Worst price in 1e-4 that the order may trade at: its limit, else the one fixed at acceptance."""
    limit_price_e4 = order.terms.limit_price_e4
    return order.terms.worst_price_e4 if limit_price_e4 is None else limit_price_e4


def by_owner(order: Order) -> bool:
    """Whether self-match prevention keeps the order from all accounts of its owner, not from its own alone."""
    instructions = order.terms.instructions
    return instructions is not None and instructions.self_match_scope == "Owner"


def would_cross(market: Market, order: Order) -> bool:
    """Whether a limit order would take liquidity on arrival."""
    return crosses(market.book, order.buy, worst_price_e4(order))


def _fillable_e6(market: Market, order: Order) -> int:
    prevention = order.terms.self_match_prevention
    return fillable_e6(market.book, order, worst_price_e4(order), prevention, by_owner(order))


def can_fill(market: Market, order: Order) -> bool:
    """Whether the whole order would trade at once."""
    return _fillable_e6(market, order) == order.leaves_qty_e6


def _why_killed(market: Market, order: Order) -> str:
    """Why an order that reaches the book must leave it at once; empty when it need not."""
    terms = order.terms
    if terms.time_in_force == "FillOrKill" and not can_fill(market, order):
        return UNFILLABLE
    min_qty_e6 = terms.instructions.min_qty_e6 if terms.instructions is not None else None
    if min_qty_e6 is not None and order.cum_qty_e6 < min_qty_e6:
        return "" if order.cum_qty_e6 + _fillable_e6(market, order) >= min_qty_e6 else TOO_LITTLE
    return ""


def enter(market: Market, step: Step, order: Order) -> None:
    """Let an accepted order in: a stop waits unless the price it looks at triggers it, any other is matched; unless the
    phase of the day lets it wait."""
    if is_phased(market, order.terms.time_in_force) and word_of(market, order) == "queue":
        queue_up(market, step, order)
    elif not is_waiting_stop(order):
        take(market, step, order)
    elif is_reached(order, watched_price_e4(market, order)):
        market.elected.append(order)
    else:
        order.priority = market.next_priority()
        market.stops.add(order)
        step.changed[market.order_prefix + order.root_order_id] = None


def take(market: Market, step: Step, taker: Order) -> None:
    """Match an order; what is left rests if it is a limit order that may, else it is canceled."""
    instructed = taker.terms.instructions is not None
    if (instructed or taker.terms.time_in_force == "FillOrKill") and (killed := _why_killed(market, taker)):
        reports.report(market, step, taker, "Canceled", text=killed)
        return
    while True:
        last = _trade(market, step, taker, instructed and by_owner(taker))
        if last is taker or not taker.leaves_qty_e6:
            return
        if last is None or last.group is None:
            break
    if taker.terms.limit_price_e4 is None or taker.terms.time_in_force == "ImmediateOrCancel":
        reports.report(market, step, taker, "Canceled", text=NOTHING_LEFT)
    else:
        rest(market, step, taker)


def _trade(market: Market, step: Step, taker: Order, by_owner: bool) -> Order | None:
    """Trade a taker until nobody is there, or with the first that hangs together with others; returns the last that it
    met, itself where self-match prevention has taken it off."""
    order = None
    cum_qty_e6 = taker.cum_qty_e6
    prevention = taker.terms.self_match_prevention
    for order, traded_e6, leaves_e6, rest_e6 in match(market.book, taker, worst_price_e4(taker), prevention, by_owner):
        if traded_e6:
            cum_qty_e6 += traded_e6
            printed = tape.trade(market, step, taker, order, traded_e6, rest_e6)
            reports.fills(step, taker, order, printed, cum_qty_e6, leaves_e6)
            if leaves_e6 and not rest_e6:
                _next_part(market, step, order, leaves_e6)
            if taker.group is not None:
                traded(market, step, taker, taker.group, traded_e6)
            if order.group is not None:
                traded(market, step, order, order.group, traded_e6)
            if market.stops.orders:
                note_trade(market, step)
        elif order is not taker:
            _prevent_maker(market, step, order, leaves_e6, rest_e6)
        elif leaves_e6:
            taker.terms = copy_with(taker.terms, qty_e6=taker.terms.qty_e6 - rest_e6)
            reports.decremented(market, step, taker, cum_qty_e6, rest_e6)
            order = None
        else:
            reports.report(market, step, taker, "Canceled", prevented_qty_e6=rest_e6, text=reports.PREVENTED)
    return order


def rest(market: Market, step: Step, order: Order) -> None:
    """Put an order at the end of its level's queue."""
    order.priority = market.next_priority()
    show(order)
    market.book.add(order)
    step.changed[market.order_prefix + order.root_order_id] = None
    tape.book_event(market, step, order, "Add", qty_e6=order.shown_qty_e6)


def _next_part(market: Market, step: Step, order: Order, leaves_e6: int) -> None:
    """Show the next part of an iceberg, at the end of its level's queue."""
    instructions = order.terms.instructions
    assert instructions is not None
    order.priority = market.next_priority()
    tape.book_event(market, step, order, "Add", qty_e6=min(instructions.display_qty_e6 or 0, leaves_e6))


def _prevent_maker(market: Market, step: Step, maker: Order, leaves_e6: int, prevented_e6: int) -> None:
    """Announce a resting order that self-match prevention has taken off, or take off a part of it: first of what it
    does not show."""
    step.changed[market.order_prefix + maker.root_order_id] = None
    if not leaves_e6:
        tape.book_event(market, step, maker, "Delete", qty_e6=0, last_qty_e6=maker.shown_qty_e6)
        reports.report(market, step, maker, "Canceled", prevented_qty_e6=prevented_e6, text=reports.PREVENTED)
        return
    maker.terms = copy_with(maker.terms, qty_e6=maker.terms.qty_e6 - prevented_e6)
    less_shown_e6 = lessen(maker, prevented_e6)
    if less_shown_e6:
        tape.book_event(market, step, maker, "Amend", qty_e6=maker.shown_qty_e6, last_qty_e6=less_shown_e6)
    reports.decremented(market, step, maker, maker.cum_qty_e6, prevented_e6)
