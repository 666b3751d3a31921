"""Orders that hang together (FIX 1385): an entry and the legs that its fills arm, or two sells of the same shares.

In the book a leg has what is armed of it: what its entry has bought, less what the other leg sold. What the entry may
still buy is `unarmed_qty_e6`, the same for each of its legs; reports and entries count it as part of a leg's quantity,
the book trades none of it. A leg of which nothing is armed is `Dormant`: live, and in no queue.
"""

from __future__ import annotations

from streams.matching.order import Order
from streams.matching.trail import trails
from topics.messages import ContingencyType


class Group:
    """An entry (None in a pair, and once it has ended and its legs were told) and its open legs, the limit order first.

    `filled_qty_e6` is what the entry had filled when its legs were last armed. All quantities are in 1e-6 share.
    """

    __slots__ = (
        "contingency_type",
        "entry",
        "filled_qty_e6",
        "is_entry_open",
        "legs",
        "root_order_id",
        "unarmed_qty_e6",
    )

    def __init__(self, contingency_type: ContingencyType, root_order_id: str) -> None:
        self.contingency_type: ContingencyType = contingency_type
        self.root_order_id = root_order_id  # of the order that the legs were submitted with
        self.entry: Order | None = None
        self.is_entry_open = False
        self.legs: list[Order] = []
        self.filled_qty_e6 = 0
        self.unarmed_qty_e6 = 0

    def set_entry(self, order: Order) -> None:
        """Take an order, or what comes of it by a replace, for the entry."""
        order.group = self
        self.entry = order
        self.is_entry_open = True

    def add(self, leg: Order) -> None:
        leg.group = self
        self.legs.append(leg)
        self.legs.sort(key=lambda leg: leg.terms.order_type != "Limit")

    def exchange(self, order: Order, successor: Order) -> None:
        """An order comes again under other terms."""
        if order is self.entry:
            self.entry = successor
        else:
            self.legs[self.legs.index(order)] = successor

    def end(self, order: Order) -> None:
        """An order is no more."""
        if order is self.entry:
            self.is_entry_open = False
        elif order in self.legs:
            self.legs.remove(order)

    def unarmed_of_e6(self, order: Order) -> int:
        """What of an order's quantity waits for the entry."""
        return 0 if order is self.entry else self.unarmed_qty_e6

    def parent_of(self, order: Order) -> str | None:
        """First id of the order that a leg was submitted with."""
        return None if order.root_order_id == self.root_order_id else self.root_order_id


class Dormant:
    """Legs in no queue, by root order id; `stops` and `trailing` count those that will wait for a price."""

    __slots__ = ("orders", "stops", "trailing")

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}
        self.stops = 0
        self.trailing = 0

    def add(self, leg: Order) -> None:
        if leg.root_order_id not in self.orders:
            self.orders[leg.root_order_id] = leg
            self._count(leg, 1)

    def remove(self, leg: Order) -> None:
        """Take a leg out, if it is here."""
        if self.orders.pop(leg.root_order_id, None) is not None:
            self._count(leg, -1)

    def _count(self, leg: Order, change: int) -> None:
        if leg.terms.order_type != "Limit":
            self.stops += change
        if trails(leg.terms.instructions):
            self.trailing += change
