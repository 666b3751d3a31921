"""What the trades of a command set off, each matched to its end before the next: legs are armed, stops activated."""

from __future__ import annotations

from dataclasses import replace as copy_with
from typing import Final

from streams.fold import Step
from streams.matching import reports
from streams.matching.execute import enter, take
from streams.matching.group import Group
from streams.matching.leaving import withdraw
from streams.matching.market import Market
from streams.matching.order import Order
from streams.matching.phases import REASONS
from streams.matching.queueing import queue_up, word_of
from streams.matching.siblings import settle_empty
from streams.matching.trail import stop_price_e4, trails
from streams.matching.triggers import note_quote

ENTRY_ENDED: Final = "its entry has ended"


def follow_up(market: Market, step: Step) -> None:
    """Arm the legs of entries that were filled or changed, then activate the triggered stops, one after the other.

    Order of activation: by the price that triggered them; of one price, nearest stop price first, then first come.
    What one sets off joins the end, and legs are armed before the next; when all are done the quote is looked at, and
    what it sets off follows.

    It ends, for nothing goes in a circle. A leg that takes a profit sells above its entry's limit, so what it sells to
    is an entry with a higher one. A stop leg comes to its queue once a command: armed again, it waits for the next one.
    """
    elected = market.elected
    arm(market, step)
    note_quote(market, step)
    while elected:
        order = elected.popleft()
        if order.leaves_qty_e6:
            order.triggered = True
            reports.report(market, step, order, "TriggeredOrActivated", leaves_qty_e6=order.leaves_qty_e6)
            _let_go(market, step, order)
            arm(market, step)
        elif order.group is not None and order in order.group.legs:  # its sibling has sold the shares meanwhile
            settle_empty(market, step, order, order.group)
        if not elected:
            note_quote(market, step)
    if market.armed:
        _place_postponed(market, step)


def _let_go(market: Market, step: Step, order: Order) -> None:
    """Match a triggered stop; where its auction was the last trading of the day it waits, or leaves, by the phase."""
    word = word_of(market, order) if market.state.phase != "Continuous" else "trade"
    if word == "trade":
        take(market, step, order)
    elif word == "queue":
        queue_up(market, step, order)
    else:
        reports.report(market, step, order, "Canceled", text=REASONS[word][1])


def _place_postponed(market: Market, step: Step) -> None:
    """Let the stop legs that were armed more than once wait for the next price, whatever the last one was."""
    for leg in market.postponed:
        if leg.leaves_qty_e6:
            leg.triggered = False
            leg.priority = market.next_priority()
            market.stops.add(leg)
        elif leg.group is not None and leg in leg.group.legs:
            settle_empty(market, step, leg, leg.group)
    market.postponed.clear()
    market.armed.clear()


def arm(market: Market, step: Step) -> None:
    """Arm legs for exactly what their entries were filled since, in the order in which the entries were touched."""
    while market.touched:
        touched, market.touched = market.touched, {}  # what one of them touches follows behind them all
        for group in touched:
            if group.entry is not None:
                _arm(market, step, group, group.entry)


def _arm(market: Market, step: Step, group: Group, entry: Order) -> None:
    """Give each leg what its entry has bought, and take off it what the entry will not buy any more.

    All legs have their quantities before the first comes to its queue, for what it sells there is taken off the other.
    """
    filled = entry.cum_qty_e6 - group.filled_qty_e6
    waiting = entry.leaves_qty_e6 if group.is_entry_open else 0
    change = waiting + filled - group.unarmed_qty_e6
    is_first = not group.filled_qty_e6
    group.filled_qty_e6 += filled
    group.unarmed_qty_e6 = waiting
    if not group.is_entry_open:
        group.entry = None
    legs = list(group.legs)
    if not filled:
        for leg in legs:
            _restate(market, step, leg, waiting, change)
        return
    is_again = group in market.armed
    market.armed[group] = None
    coming = [leg for leg in legs if _grow(market, step, leg, filled, change, is_first)]
    for leg in coming:
        if is_again and leg.stop_price_e4 is not None:
            market.postponed.append(leg)
        elif leg.leaves_qty_e6:
            enter(market, step, leg)
        elif leg in group.legs:
            settle_empty(market, step, leg, group)


def _restate(market: Market, step: Step, leg: Order, waiting: int, change: int) -> None:
    """The entry's open quantity is another without a fill: the leg's too, and one with nothing to wait for ends."""
    if not change:
        return
    step.changed[market.order_prefix + leg.root_order_id] = None
    if leg.leaves_qty_e6 or waiting:
        reports.report(market, step, leg, "Restated", leaves_qty_e6=leg.leaves_qty_e6)
    else:
        market.dormant.remove(leg)
        leg.terms = copy_with(leg.terms, qty_e6=leg.terms.qty_e6 - change)  # told of the quantity that it had
        leg.leaves_qty_e6 = -change
        reports.report(market, step, leg, "Canceled", text=ENTRY_ENDED)
        leg.leaves_qty_e6 = 0  # one that is elected is not to have its turn


def _grow(market: Market, step: Step, leg: Order, filled: int, change: int, is_first: bool) -> bool:
    """Arm a leg for so much more; returns whether it is to come to its queue anew: one that is elected has its turn."""
    is_placed = market.find(leg.root_order_id) is leg
    if is_placed:
        withdraw(market, step, leg)
    step.changed[market.order_prefix + leg.root_order_id] = None
    leg.terms = copy_with(leg.terms, qty_e6=leg.terms.qty_e6 + filled)
    leg.leaves_qty_e6 += filled
    if is_first:
        last_price_e4 = market.state.last_price_e4
        if trails(leg.terms.instructions) and last_price_e4 is not None:  # there is one: the entry's fill
            leg.high_water_e4 = last_price_e4
            leg.stop_price_e4 = stop_price_e4(leg.terms, last_price_e4)
        reports.report(market, step, leg, "New", leaves_qty_e6=leg.leaves_qty_e6)
    elif change:
        reports.report(market, step, leg, "Restated", leaves_qty_e6=leg.leaves_qty_e6)
    return is_placed
