"""What a taker would trade, without trading: for fill or kill, minimum quantities and amounts."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from typing import Final

from streams.matching.book import Book
from streams.matching.group import Group
from streams.matching.level import Level
from streams.matching.match import CANCELS_TAKER
from streams.matching.order import Order
from topics.messages import SelfMatchPrevention

E6: Final = 1_000_000


def fillable_e6(book: Book, taker: Order, worst_e4: int, prevention: SelfMatchPrevention, by_owner: bool) -> int:
    """Quantity in 1e-6 share that `match` would trade now; changes nothing."""
    left = taker.leaves_qty_e6
    filled = 0
    for _, qty_e6 in _offers(book, taker, worst_e4, prevention, by_owner):
        if qty_e6 < 0:
            left += qty_e6
        else:
            filled += min(left, qty_e6)
            left -= qty_e6
        if left <= 0:
            break
    return filled


def affordable_e6(
    book: Book, taker: Order, worst_e4: int, prevention: SelfMatchPrevention, by_owner: bool, cash_e4: int
) -> int:
    """Quantity in 1e-6 share that an amount (1e-4) trades level by level, what is left of it at the worst price.

    Reckoned exactly, in 1e-10, so the amounts of the trades, each rounded down, stay within it, and the quantity of a
    sell within amount / worst price.
    """
    total = 0
    cash_e10 = cash_e4 * E6
    for price_e4, qty_e6 in _offers(book, taker, worst_e4, prevention, by_owner):
        most = cash_e10 // price_e4
        if most <= qty_e6:
            return total + most
        total += qty_e6
        cash_e10 -= price_e4 * qty_e6
    return total + cash_e10 // worst_e4


def _offers(
    book: Book, taker: Order, worst_e4: int, prevention: SelfMatchPrevention, by_owner: bool
) -> Iterator[tuple[int, int]]:
    """(price, quantity) in the order of trading; a negative quantity is one that prevention takes off the taker.

    Ends where the taker would be taken off. What icebergs do not show comes after all that is shown at their price:
    whose parts alternate then makes no difference, for orders of the taker's own are gone by then.
    """
    worst_key = -worst_e4 if taker.buy else worst_e4
    shown, hidden = book.opposite(taker.buy)
    places = merge(
        ((-key, 0, shown) for key in reversed(shown.keys)), ((-key, 1, hidden) for key in reversed(hidden.keys))
    )
    sold_e6: dict[Group, int] = {}  # what a leg that comes before its sibling would have sold
    for negative_key, _, side in places:
        if -negative_key < worst_key:
            return
        level = side.levels[-negative_key]
        reserve = 0
        for maker in _queue(level):
            if prevention != "Off" and _is_own(taker, maker, by_owner):
                if prevention in CANCELS_TAKER:
                    return
                if prevention == "DecrementAndCancel":
                    yield level.price_e4, -maker.leaves_qty_e6
            elif maker.group is not None and maker is not maker.group.entry:
                qty_e6 = max(maker.leaves_qty_e6 - sold_e6.get(maker.group, 0), 0)
                sold_e6[maker.group] = qty_e6
                yield level.price_e4, qty_e6
            else:
                yield level.price_e4, maker.leaves_qty_e6 - maker.reserve_qty_e6
                reserve += maker.reserve_qty_e6
        if reserve:
            yield level.price_e4, reserve


def _queue(level: Level) -> Iterator[Order]:
    maker = level.head
    while maker is not None:
        yield maker
        maker = maker.next


def _is_own(taker: Order, maker: Order, by_owner: bool) -> bool:
    return maker.account_id == taker.account_id or (by_owner and maker.owner_id == taker.owner_id)
