"""The resting orders of one symbol: sides of sorted price levels, and every order by the root of its chain.

Prices are kept as keys that rise towards the best: the price itself for bids, its negative for offers. Both sides are
then one piece of code, and the best level is the last of a list, where coming and going is cheapest. Hidden orders have
sides of their own, so that what nobody sees costs nothing where there is none.
"""

from __future__ import annotations

from bisect import bisect_left, insort

from streams.matching.level import Level
from streams.matching.order import Order


class BookSide:
    """Levels of one side, found by key; `keys` is sorted, best last. A level without orders does not exist."""

    __slots__ = ("keys", "levels")

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.levels: dict[int, Level] = {}

    def close(self, level: Level) -> None:
        """Forget a level that has become empty."""
        key = level.key
        keys = self.keys
        if keys[-1] == key:
            keys.pop()
        else:
            del keys[bisect_left(keys, key)]
        del self.levels[key]

    def best(self) -> Level | None:
        """Best level, None when the side is empty."""
        return self.levels[self.keys[-1]] if self.keys else None


class Book:
    """Both sides of a symbol, shown and hidden. `orders` holds every resting order by its root order id."""

    __slots__ = ("asks", "bids", "hidden_asks", "hidden_bids", "orders")

    def __init__(self) -> None:
        self.bids = BookSide()
        self.asks = BookSide()
        self.hidden_bids = BookSide()
        self.hidden_asks = BookSide()
        self.orders: dict[str, Order] = {}

    def add(self, order: Order) -> None:
        """Rest an order at its price, behind all others there. It must not cross, nor be in the book already."""
        if order.buy:
            side = self.hidden_bids if order.hidden else self.bids
            key = order.price_e4
        else:
            side = self.hidden_asks if order.hidden else self.asks
            key = -order.price_e4
        level = side.levels.get(key)
        if level is None:
            level = side.levels[key] = Level(side, key, order.price_e4)
            keys = side.keys
            if keys and key < keys[-1]:
                insort(keys, key)
            else:
                keys.append(key)
        # The queue is linked in line, here and in `cancel`: a call each would cost a fifth of the book's speed.
        order.level = level
        order.next = None
        order.prev = tail = level.tail
        if tail is None:
            level.head = order
        else:
            tail.next = order
        level.tail = order
        level.qty_e6 += order.leaves_qty_e6 - order.reserve_qty_e6
        self.orders[order.root_order_id] = order

    def cancel(self, root_order_id: str) -> Order | None:
        """Take an order out and return it, None when no such order rests."""
        order = self.orders.pop(root_order_id, None)
        if order is None:
            return None
        level, before, after = order.level, order.prev, order.next
        level.qty_e6 -= order.leaves_qty_e6 - order.reserve_qty_e6
        if after is not None:
            after.prev = before
        else:
            level.tail = before
        if before is not None:
            before.next = after
        else:
            level.head = after
            if after is None:
                level.side.close(level)
        return order

    def opposite(self, taker_buys: bool) -> tuple[BookSide, BookSide]:
        """Sides that a taker meets: shown, and hidden."""
        return (self.asks, self.hidden_asks) if taker_buys else (self.bids, self.hidden_bids)

    def bbo(self) -> tuple[int | None, int, int | None, int]:
        """Best bid price and quantity, best offer price and quantity (1e-4, 1e-6 share) of what is shown; None and 0
        without one."""
        bid = self.bids.best()
        ask = self.asks.best()
        return (
            bid.price_e4 if bid else None,
            bid.qty_e6 if bid else 0,
            ask.price_e4 if ask else None,
            ask.qty_e6 if ask else 0,
        )
