"""Who trades with whom in an auction, at its one price: both sides in their order of execution, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as copy_with

from streams.fold import Step
from streams.matching import reports, tape
from streams.matching.execute import by_owner, rest
from streams.matching.leaving import lessen, withdraw
from streams.matching.market import Market
from streams.matching.match import CANCELS_MAKER, CANCELS_TAKER
from streams.matching.order import Order
from streams.matching.siblings import traded
from topics.messages import Trade


def pair(market: Market, step: Step, buys: list[Order], sells: list[Order], price_e4: int) -> int:
    """Trade both sides in their order at a price in 1e-4 that suits all; returns the quantity in 1e-6 share.

    An iceberg trades all of its quantity in its turn. It shows its next part, behind all others, when the auction is
    over: before that it would be at the end of a queue in which it is the one that trades.
    """
    paired_e6 = 0
    buyers, sellers = _still_open(buys), _still_open(sells)
    buy, sell = next(buyers, None), next(sellers, None)
    while buy is not None and sell is not None:
        older, newer = (buy, sell) if buy.priority < sell.priority else (sell, buy)
        if _keeps_apart(newer, older):
            gone = _prevent(market, step, newer, older)
        else:
            qty_e6 = min(buy.leaves_qty_e6, sell.leaves_qty_e6)
            paired_e6 += qty_e6
            printed = tape.print_trade(market, step, newer, older, price_e4, qty_e6, "CallAuction")
            gone = [order for order in (buy, sell) if order.leaves_qty_e6 == qty_e6]
            for order in (buy, sell):
                _fill(market, step, order, printed)
                if order.group is not None:
                    traded(market, step, order, order.group, qty_e6)
        if buy in gone:
            buy = next(buyers, None)
        if sell in gone:
            sell = next(sellers, None)
    for partly in (buy, sell):
        if partly is not None and _shows_no_more(market, partly):
            market.book.cancel(partly.root_order_id)
            rest(market, step, partly)
    return paired_e6


def _shows_no_more(market: Market, order: Order) -> bool:
    """Whether an iceberg in the book has traded all that it showed."""
    in_book = order.root_order_id in market.book.orders
    return in_book and 0 < order.reserve_qty_e6 == order.leaves_qty_e6


def _still_open(orders: list[Order]) -> Iterator[Order]:
    """Orders of a side in turn, without a leg of whose shares its sibling has sold all meanwhile. Not a generator
    expression: compiled, that would ask all of them before the first trade."""
    for order in orders:
        if order.leaves_qty_e6:
            yield order


def _fill(market: Market, step: Step, order: Order, printed: Trade) -> None:
    """Take a trade off an order and report it; an iceberg trades first what it shows."""
    qty_e6 = printed.qty_e6
    root = order.root_order_id
    step.changed[market.order_prefix + root] = None
    if root in market.queue:
        order.leaves_qty_e6 -= qty_e6
        if not order.leaves_qty_e6:
            del market.queue[root]
        reports.fill(step, order, printed, order.cum_qty_e6, order.leaves_qty_e6, "Auction")
        return
    shown_e6 = order.leaves_qty_e6 - order.reserve_qty_e6
    left_e6 = order.leaves_qty_e6 - qty_e6
    last_e6 = min(qty_e6, shown_e6)
    order.level.qty_e6 -= last_e6
    order.leaves_qty_e6 = left_e6
    order.reserve_qty_e6 = min(order.reserve_qty_e6, left_e6)
    tape.execute(market, step, order, printed, last_e6, shown_e6 - last_e6)
    reports.fill(step, order, printed, order.cum_qty_e6, left_e6, "Auction")
    if not left_e6:
        market.book.cancel(root)


def _keeps_apart(newer: Order, older: Order) -> bool:
    """Whether self-match prevention forbids two orders to trade."""
    if newer.terms.self_match_prevention == "Off":
        return False
    return newer.account_id == older.account_id or (by_owner(newer) and newer.owner_id == older.owner_id)


def _prevent(market: Market, step: Step, newer: Order, older: Order) -> list[Order]:
    """Take off what the mode of the newer order says; returns the orders that are gone."""
    mode = newer.terms.self_match_prevention
    if mode == "DecrementAndCancel":
        qty_e6 = min(older.leaves_qty_e6, newer.leaves_qty_e6)
        return [order for order in (older, newer) if _decrement(market, step, order, qty_e6)]
    gone = [order for order, modes in ((older, CANCELS_MAKER), (newer, CANCELS_TAKER)) if mode in modes]
    for order in gone:
        _cancel(market, step, order, order.leaves_qty_e6)
    return gone


def _cancel(market: Market, step: Step, order: Order, prevented_e6: int) -> None:
    withdraw(market, step, order)
    reports.report(market, step, order, "Canceled", prevented_qty_e6=prevented_e6, text=reports.PREVENTED)


def _decrement(market: Market, step: Step, order: Order, qty_e6: int) -> bool:
    """Take a quantity in 1e-6 share off an order; True when nothing of it is left."""
    if qty_e6 == order.leaves_qty_e6:
        _cancel(market, step, order, qty_e6)
        return True
    cum_qty_e6 = order.cum_qty_e6
    order.terms = copy_with(order.terms, qty_e6=order.terms.qty_e6 - qty_e6)
    step.changed[market.order_prefix + order.root_order_id] = None
    if order.root_order_id in market.queue:
        order.leaves_qty_e6 -= qty_e6
    elif less_shown_e6 := lessen(order, qty_e6):
        tape.book_event(market, step, order, "Amend", qty_e6=order.shown_qty_e6, last_qty_e6=less_shown_e6)
    reports.decremented(market, step, order, cum_qty_e6, qty_e6)
    return False
