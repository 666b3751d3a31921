"""Everything a fold knows of one symbol."""

from __future__ import annotations

from streams.matching.book import Book
from streams.matching.order import Order, is_waiting_stop
from streams.matching.stops import Stops
from topics.messages import BookEntry, CorrectionEntry, SessionTime


class Market:
    """A symbol's terms, counters, book and stops. What is kept in the changelog besides orders is in `state`."""

    __slots__ = (
        *("book", "correction_prefix", "corrections", "elected", "entry_name", "moved", "order_prefix", "queue"),
        *("quoted", "state", "stops"),
    )

    def __init__(self, state: BookEntry) -> None:
        self.state = state
        self.book = Book()
        self.stops = Stops()
        self.queue: dict[str, Order] = {}  # orders that wait for a phase in which they may trade, by root order id
        self.elected: list[Order] = []  # stops triggered within the command, in the order of activation
        self.moved: dict[str, Order] = {}  # trailing stops that moved within the command
        self.quoted = self.book.bbo()  # as the last command left it
        self.corrections: dict[str, CorrectionEntry] = {}  # of trades of a chain, by its root order id
        self.entry_name = f"book/{state.symbol}"
        self.order_prefix = f"order/{state.symbol}/"
        self.correction_prefix = f"correction/{state.symbol}/"

    def find(self, root_order_id: str) -> Order | None:
        """Live order of a replace chain, resting or waiting."""
        resting = self.book.orders.get(root_order_id) or self.stops.orders.get(root_order_id)
        return resting or self.queue.get(root_order_id)

    def remove(self, order: Order) -> None:
        """Take a live order out of the book, the queue or the stops."""
        if self.book.cancel(order.root_order_id) is None and self.queue.pop(order.root_order_id, None) is None:
            self.stops.remove(order.root_order_id)

    def place(self, order: Order, *, queued: bool) -> None:
        """Put a live order where it belongs, by the priority it has."""
        if queued:
            self.queue[order.root_order_id] = order
        elif is_waiting_stop(order):
            self.stops.add(order)
        else:
            self.book.add(order)

    def next_priority(self) -> int:
        """A place behind all others, in whichever queue."""
        self.state.priority += 1
        return self.state.priority

    def in_arrival_order(self) -> list[Order]:
        """Every live order, in the order in which they came to their queues."""
        live = [*self.book.orders.values(), *self.queue.values(), *self.stops.orders.values()]
        return sorted(live, key=lambda order: order.priority)

    def open_orders(self) -> int:
        """Number of live orders."""
        return len(self.book.orders) + len(self.stops.orders) + len(self.queue)

    def session_time(self, kind: str) -> SessionTime | None:
        """When a kind of session command was last taken."""
        return next((taken for taken in self.state.session_times if taken.kind == kind), None)
