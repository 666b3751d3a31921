"""A price level: the ends of an intrusive first-in-first-out list, so that an order leaves it from anywhere in O(1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.matching.order import Order

if TYPE_CHECKING:
    from streams.matching.book import BookSide


class Level:
    """All resting orders of one side at one price, first come first, and the sum of their open quantity (1e-6 share),
    the reserve of icebergs not counted.

    `key` is the price as its `side` sorts it. The orders are linked by `Order.prev` and `Order.next`, by the book.
    """

    __slots__ = ("head", "key", "price_e4", "qty_e6", "side", "tail")

    def __init__(self, side: BookSide, key: int, price_e4: int) -> None:
        self.side = side
        self.key = key
        self.price_e4 = price_e4
        self.qty_e6 = 0
        self.head: Order | None = None
        self.tail: Order | None = None
