"""A taker against a book: price first, then what is shown before what is hidden, then time, at the maker's price, never
beyond the taker's worst price.

An iceberg trades what it shows, shows its next part, and queues behind all others shown at its price. Self-match
prevention (FIX 2362 SelfMatchPreventionID and its instruction): when the next maker is one of the taker's own, the mode
of the taker decides who goes.
"""

from __future__ import annotations

from streams.matching.book import Book
from streams.matching.level import Level
from streams.matching.order import Order, show
from topics.messages import SelfMatchPrevention

Match = tuple[Order, int, int, int]
"""A maker, the quantity it traded, its open quantity after, and what it shows of that before it shows a next part; all
in 1e-6 share. Traded 0 is self-match prevention: the order, maker or taker, is left with the open quantity (with 0 it
goes), and the last number is what was prevented."""

CANCELS_TAKER: tuple[SelfMatchPrevention, ...] = ("CancelNewest", "CancelBoth")
CANCELS_MAKER: tuple[SelfMatchPrevention, ...] = ("CancelOldest", "CancelBoth")


def best_opposite_e4(book: Book, buy: bool) -> int | None:
    """Best price in 1e-4 that an order would meet, hidden ones included; None when there is nobody."""
    keys = [side.keys[-1] for side in book.opposite(buy) if side.keys]
    return abs(max(keys)) if keys else None


def crosses(book: Book, buy: bool, price_e4: int) -> bool:
    """Whether an order at this price would meet somebody."""
    best_e4 = best_opposite_e4(book, buy)
    if best_e4 is None:
        return False
    return best_e4 <= price_e4 if buy else best_e4 >= price_e4


def match(
    book: Book, taker: Order, worst_e4: int, prevention: SelfMatchPrevention, by_owner: bool = False
) -> list[Match]:
    """Trade a taker against everything at `worst_e4` (1e-4) or better; makers, book and taker are changed.

    Returns what happened in its order. The taker itself, left with 0, always last, means that it is taken off. It stops
    behind a maker that hangs together with others, whose sibling may be next, and is then to be called again.
    """
    if taker.buy:
        shown, hidden, worst_key = book.asks, book.hidden_asks, -worst_e4
    else:
        shown, hidden, worst_key = book.bids, book.hidden_bids, worst_e4
    shown_keys, hidden_keys = shown.keys, hidden.keys
    matches: list[Match] = []
    if not hidden_keys and (not shown_keys or shown_keys[-1] < worst_key):
        return matches
    orders = book.orders
    left = taker.leaves_qty_e6
    own = None if prevention == "Off" else taker.account_id
    while True:
        side, keys = shown, shown_keys
        if hidden_keys and (not keys or hidden_keys[-1] > keys[-1]):
            side, keys = hidden, hidden_keys
        if not keys or keys[-1] < worst_key:
            break
        level = side.levels[keys[-1]]
        maker = level.head
        while maker is not None:
            if own is not None and (maker.account_id == own or (by_owner and maker.owner_id == taker.owner_id)):
                left = _prevent(book, taker, maker, left, prevention, matches)
                if matches[-1][0] is taker and not matches[-1][2]:
                    break
                maker = level.head
                continue
            qty = maker.leaves_qty_e6 - maker.reserve_qty_e6
            if qty > left:
                maker.leaves_qty_e6 -= left
                level.qty_e6 -= left
                matches.append((maker, left, maker.leaves_qty_e6, qty - left))
                left = 0
                break
            left -= qty
            level.qty_e6 -= qty
            maker.leaves_qty_e6 = reserve = maker.reserve_qty_e6
            matches.append((maker, qty, reserve, 0))
            if reserve:
                _show_next_part(level, maker)
                maker = level.head
            else:
                del orders[maker.root_order_id]
                group = maker.group
                maker = maker.next
                level.head = maker
                if maker is None:
                    side.close(level)
                else:
                    maker.prev = None
                if group is not None:
                    break
            if not left:
                break
        else:
            continue
        break
    taker.leaves_qty_e6 = left
    return matches


def _show_next_part(level: Level, maker: Order) -> None:
    """Refill what an iceberg, first of its level, shows; it loses its place."""
    show(maker)
    level.qty_e6 += maker.leaves_qty_e6 - maker.reserve_qty_e6
    after, tail = maker.next, level.tail
    if after is not None and tail is not None:
        level.head = after
        after.prev = None
        tail.next = maker
        maker.prev = tail
        maker.next = None
        level.tail = maker


def _prevent(
    book: Book, taker: Order, maker: Order, left: int, prevention: SelfMatchPrevention, matches: list[Match]
) -> int:
    """Keep a taker from one of its own; returns what is left of the taker, and says in `matches` what is to be done.

    An order that goes keeps its open quantity, for its report. A maker that is decremented and stays is the last that
    the taker meets: the caller takes the quantity off.
    """
    if prevention == "DecrementAndCancel":
        qty = min(left, maker.leaves_qty_e6)
        if qty == maker.leaves_qty_e6:
            book.cancel(maker.root_order_id)
        matches.append((maker, 0, maker.leaves_qty_e6 - qty, qty))
        matches.append((taker, 0, left - qty, qty))
        return left - qty or left
    if prevention in CANCELS_MAKER:
        book.cancel(maker.root_order_id)
        matches.append((maker, 0, 0, maker.leaves_qty_e6))
    if prevention in CANCELS_TAKER:
        matches.append((taker, 0, 0, left))
    return left
