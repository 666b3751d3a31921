"""A taker against a book: price first, then time, at the maker's price, never beyond the taker's worst price.

Self-match prevention (FIX 2362 SelfMatchPreventionID and its instruction): when the next maker belongs to the taker's
account, the mode of the taker decides who goes.
"""

from __future__ import annotations

from streams.matching.book import Book, BookSide
from streams.matching.order import Order
from topics.messages import SelfMatchPrevention

Match = tuple[Order, int]
"""A maker and the quantity it traded (1e-6 share). Quantity 0: self-match prevention took this order off instead."""

_CANCELS_TAKER: tuple[SelfMatchPrevention, ...] = ("CancelNewest", "CancelBoth")
_CANCELS_MAKER: tuple[SelfMatchPrevention, ...] = ("CancelOldest", "CancelBoth")


def opposite(book: Book, taker_buys: bool) -> BookSide:
    """Side that a taker meets."""
    return book.asks if taker_buys else book.bids


def crosses(book: Book, buy: bool, price_e4: int) -> bool:
    """Whether an order at this price would meet the other side's best."""
    keys = opposite(book, buy).keys
    return bool(keys) and keys[-1] >= (-price_e4 if buy else price_e4)


def match(book: Book, taker: Order, worst_e4: int, prevention: SelfMatchPrevention) -> list[Match]:
    """Trade a taker against everything at `worst_e4` (1e-4) or better; makers, book and taker are changed.

    Returns what happened in its order. The taker itself with quantity 0, always last, means that it is taken off.
    """
    buy = taker.buy
    side = book.asks if buy else book.bids
    keys = side.keys
    worst_key = -worst_e4 if buy else worst_e4
    matches: list[Match] = []
    if not keys or keys[-1] < worst_key:
        return matches
    orders = book.orders
    left = taker.leaves_qty_e6
    own = None if prevention == "Off" else taker.account_id
    while keys and keys[-1] >= worst_key:
        level = side.levels[keys[-1]]
        maker = level.head
        while maker is not None:
            if maker.account_id == own:
                if prevention in _CANCELS_MAKER:
                    book.cancel(maker.root_order_id)
                    matches.append((maker, 0))
                if prevention in _CANCELS_TAKER:
                    matches.append((taker, 0))
                    break
                maker = level.head
                continue
            qty = maker.leaves_qty_e6
            if qty > left:
                maker.leaves_qty_e6 = qty - left
                level.qty_e6 -= left
                matches.append((maker, left))
                left = 0
                break
            left -= qty
            maker.leaves_qty_e6 = 0
            level.qty_e6 -= qty
            del orders[maker.root_order_id]
            matches.append((maker, qty))
            maker = maker.next
            level.head = maker
            if maker is None:
                side.close(level)
            else:
                maker.prev = None
            if not left:
                break
        else:
            continue
        break
    taker.leaves_qty_e6 = left
    return matches


def fillable(book: Book, taker: Order, worst_e4: int, prevention: SelfMatchPrevention) -> bool:
    """Whether `match` would fill the taker completely (FIX 59=4 FillOrKill); changes nothing."""
    side = opposite(book, taker.buy)
    worst_key = -worst_e4 if taker.buy else worst_e4
    own = None if prevention == "Off" else taker.account_id
    left = taker.leaves_qty_e6
    for key in reversed(side.keys):
        if key < worst_key:
            return False
        level = side.levels[key]
        maker = level.head
        while maker is not None:
            if maker.account_id == own:
                if prevention in _CANCELS_TAKER:
                    return False
            else:
                left -= maker.leaves_qty_e6
                if left <= 0:
                    return True
            maker = maker.next
    return False
