"""Everything a fold knows of one symbol."""

from __future__ import annotations

from collections import deque

from streams.matching.book import Book
from streams.matching.group import Dormant, Group
from streams.matching.limits import STOPS_PER_SYMBOL_MAX, TRAILING_PER_SYMBOL_MAX
from streams.matching.order import Order, is_waiting_stop
from streams.matching.stops import Stops
from topics.messages import BookEntry, CorrectionEntry, SessionTime


class Market:
    """A symbol's terms, counters, book and stops. What is kept in the changelog besides orders is in `state`."""

    __slots__ = (
        *("armed", "book", "correction_prefix", "corrections", "dormant", "elected", "entry_name", "moved"),
        *("order_prefix", "postponed", "queue", "quoted", "state", "stops", "touched"),
    )

    def __init__(self, state: BookEntry) -> None:
        self.state = state
        self.book = Book()
        self.stops = Stops()
        self.queue: dict[str, Order] = {}  # orders that wait for a phase in which they may trade, by root order id
        self.dormant = Dormant()
        self.elected: deque[Order] = deque()  # stops triggered within the command, in the order of activation
        self.touched: dict[Group, None] = {}  # whose entry was filled or changed within the command, first come first
        self.armed: dict[Group, None] = {}  # whose legs were armed within the command
        self.postponed: list[Order] = []  # stop legs that wait for the end of the command
        self.moved: dict[str, Order] = {}  # trailing stops that moved within the command
        self.quoted = self.book.bbo()  # as the last command left it
        self.corrections: dict[str, CorrectionEntry] = {}  # of trades of a chain, by its root order id
        self.entry_name = f"book/{state.symbol}"
        self.order_prefix = f"order/{state.symbol}/"
        self.correction_prefix = f"correction/{state.symbol}/"

    def find(self, root_order_id: str) -> Order | None:
        """Live order of a replace chain: resting, waiting, or dormant."""
        resting = self.book.orders.get(root_order_id) or self.stops.orders.get(root_order_id)
        return resting or self.queue.get(root_order_id) or self.dormant.orders.get(root_order_id)

    def remove(self, order: Order) -> bool:
        """Take a live order out of wherever it is; returns whether it rested in the book."""
        if self.book.cancel(order.root_order_id) is not None:
            return True
        if self.queue.pop(order.root_order_id, None) is not None:
            return False
        if order.root_order_id in self.stops.orders:
            self.stops.remove(order.root_order_id)
        else:
            self.dormant.remove(order)
        return False

    def place(self, order: Order, *, queued: bool) -> None:
        """Put a live order where it belongs, by the priority it has."""
        if queued:
            self.queue[order.root_order_id] = order
        elif not order.leaves_qty_e6:
            self.dormant.add(order)
        elif is_waiting_stop(order):
            self.stops.add(order)
        else:
            self.book.add(order)

    def next_priority(self) -> int:
        """A place behind all others, in whichever queue."""
        self.state.priority += 1
        return self.state.priority

    def in_arrival_order(self) -> list[Order]:
        """Every live order, in the order in which they came to their queues, or came at all."""
        waiting = [*self.queue.values(), *self.stops.orders.values(), *self.dormant.orders.values()]
        live = [*self.book.orders.values(), *waiting]
        return sorted(live, key=lambda order: order.priority)

    def open_orders(self) -> int:
        """Number of live orders."""
        return len(self.book.orders) + len(self.stops.orders) + len(self.queue) + len(self.dormant.orders)

    def stop_places(self) -> int:
        """How many more stops the book may hold, those of legs that are dormant counted as if they waited."""
        return STOPS_PER_SYMBOL_MAX - len(self.stops.orders) - self.dormant.stops

    def trailing_places(self) -> int:
        """How many more of them may trail."""
        return TRAILING_PER_SYMBOL_MAX - self.stops.trailing - self.dormant.trailing

    def session_time(self, kind: str) -> SessionTime | None:
        """When a kind of session command was last taken."""
        return next((taken for taken in self.state.session_times if taken.kind == kind), None)
