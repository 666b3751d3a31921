"""A live order of a book: what accounts sent, and what happened since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.matching.trail import first_mark_e4, stop_price_e4, trails
from topics.messages import NewOrder

if TYPE_CHECKING:
    from streams.matching.group import Group
    from streams.matching.level import Level


class Order:
    """An order that is being matched, rests in a level, or waits as a stop.

    The few fields that matching touches are plain slots; everything else stays in `terms`, which a replace exchanges
    as a whole. `price_e4` is the resting price in 1e-4; quantities are in 1e-6 share; a lower `priority` is earlier.
    `reserve_qty_e6` is the part of the open quantity that an iceberg does not show; a `hidden` order shows nothing and
    rests behind all that do. A stop waits for `stop_price_e4`; a trailing one follows `high_water_e4`, the best price
    that it has seen (the lowest for a buy). `group` is None for an order by itself; a leg has here what is armed of it.
    """

    __slots__ = (
        "account_id",
        "buy",
        "group",
        "hidden",
        "high_water_e4",
        "leaves_qty_e6",
        "level",
        "next",
        "owner_id",
        "prev",
        "price_e4",
        "priority",
        "reserve_qty_e6",
        "root_order_id",
        "stop_price_e4",
        "terms",
        "triggered",
    )

    group: Group | None
    high_water_e4: int | None
    level: Level
    next: Order | None
    owner_id: str
    prev: Order | None
    priority: int
    stop_price_e4: int | None
    terms: NewOrder
    triggered: bool

    def __init__(self, root_order_id: str, account_id: str, buy: bool, price_e4: int, leaves_qty_e6: int) -> None:
        self.root_order_id = root_order_id
        self.account_id = account_id
        self.buy = buy
        self.price_e4 = price_e4
        self.leaves_qty_e6 = leaves_qty_e6
        self.reserve_qty_e6 = 0
        self.hidden = False
        self.group = None

    @property
    def cum_qty_e6(self) -> int:
        """Quantity filled so far in 1e-6 share (FIX 14): what is not open any more."""
        return self.terms.qty_e6 - self.leaves_qty_e6

    @property
    def shown_qty_e6(self) -> int:
        """Open quantity that the book shows, in 1e-6 share."""
        return 0 if self.hidden else self.leaves_qty_e6 - self.reserve_qty_e6


def order_of(terms: NewOrder, root_order_id: str, leaves_qty_e6: int) -> Order:
    """The live order of some terms, in no queue and not triggered, by the first id of its replace chain."""
    order = Order(root_order_id, terms.account_id, terms.side == "Buy", terms.limit_price_e4 or 0, leaves_qty_e6)
    order.terms = terms
    order.owner_id = terms.owner_id
    order.priority = 0
    order.triggered = False
    order.stop_price_e4 = terms.stop_price_e4
    order.high_water_e4 = None
    instructions = terms.instructions
    if instructions is not None:
        order.hidden = instructions.display_qty_e6 == 0
        if trails(instructions):
            order.high_water_e4 = first_mark_e4(terms)
            order.stop_price_e4 = stop_price_e4(terms, order.high_water_e4)
    return order


def show(order: Order) -> None:
    """Let an iceberg that comes to its queue show as much as it may of what is open."""
    instructions = order.terms.instructions
    if instructions is not None and instructions.display_qty_e6:
        order.reserve_qty_e6 = max(order.leaves_qty_e6 - instructions.display_qty_e6, 0)


def is_waiting_stop(order: Order) -> bool:
    """Whether the order is a stop that no price has triggered yet."""
    return order.stop_price_e4 is not None and not order.triggered
