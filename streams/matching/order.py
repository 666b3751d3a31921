"""A live order of a book: what accounts sent, and what happened since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from topics.messages import NewOrder

if TYPE_CHECKING:
    from streams.matching.level import Level


class Order:
    """An order that is being matched, rests in a level, or waits as a stop.

    The few fields that matching touches are plain slots; everything else stays in `terms`, which a replace exchanges
    as a whole. `price_e4` is the resting price in 1e-4; quantities are in 1e-6 share; a lower `priority` is earlier.
    """

    __slots__ = (
        "account_id",
        "buy",
        "leaves_qty_e6",
        "level",
        "next",
        "prev",
        "price_e4",
        "priority",
        "root_order_id",
        "terms",
        "triggered",
    )

    level: Level
    terms: NewOrder
    next: Order | None
    prev: Order | None
    priority: int
    triggered: bool

    def __init__(self, root_order_id: str, account_id: str, buy: bool, price_e4: int, leaves_qty_e6: int) -> None:
        self.root_order_id = root_order_id
        self.account_id = account_id
        self.buy = buy
        self.price_e4 = price_e4
        self.leaves_qty_e6 = leaves_qty_e6

    @property
    def cum_qty_e6(self) -> int:
        """Quantity filled so far in 1e-6 share (FIX 14): what is not open any more."""
        return self.terms.qty_e6 - self.leaves_qty_e6


def order_of(terms: NewOrder) -> Order:
    """The live order of a NewOrder, nothing of it filled; its id is the root of its replace chain."""
    order = Order(terms.order_id, terms.account_id, terms.side == "Buy", terms.limit_price_e4 or 0, terms.qty_e6)
    order.terms = terms
    order.priority = 0
    order.triggered = False
    return order


def is_waiting_stop(order: Order) -> bool:
    """Whether the order is a stop that no trade has triggered yet."""
    return order.terms.stop_price_e4 is not None and not order.triggered
