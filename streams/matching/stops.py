"""Stop orders that wait for a trade. A transaction, not a quote, triggers a stop (FINRA Rule 5350)."""

from __future__ import annotations

from bisect import bisect_left, insort

from streams.matching.order import Order

_Waiting = tuple[int, int, Order]  # stop price in 1e-4, priority (unique, so that orders are never compared), order


class Stops:
    """Waiting stops of one symbol, sorted by stop price on each side. `orders` holds them by root order id."""

    __slots__ = ("_buys", "_sells", "orders")

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}
        self._buys: list[_Waiting] = []
        self._sells: list[_Waiting] = []

    def add(self, order: Order) -> None:
        """Let an order wait for its stop price."""
        insort(self._buys if order.buy else self._sells, _place(order))
        self.orders[order.root_order_id] = order

    def remove(self, root_order_id: str) -> Order:
        """Take a waiting stop out."""
        order = self.orders.pop(root_order_id)
        waiting = self._buys if order.buy else self._sells
        del waiting[bisect_left(waiting, _place(order))]
        return order

    def elect(self, last_price_e4: int) -> list[Order]:
        """Take out every stop that a trade at this price (1e-4) triggers, in the order of activation.

        A buy triggers at or above its stop price, a sell at or below. Nearest stop price first, then first come.
        """
        if not self.orders:
            return []
        above = bisect_left(self._buys, (last_price_e4 + 1,))
        below = bisect_left(self._sells, (last_price_e4,))
        elected = self._buys[:above] + self._sells[below:]
        if not elected:
            return []
        del self._buys[:above]
        del self._sells[below:]
        elected.sort(key=lambda waiting: (abs(waiting[0] - last_price_e4), waiting[1]))
        for _, _, order in elected:
            del self.orders[order.root_order_id]
        return [order for _, _, order in elected]


def _place(order: Order) -> _Waiting:
    stop_price_e4 = order.terms.stop_price_e4
    assert stop_price_e4 is not None
    return (stop_price_e4, order.priority, order)


def is_triggered(order: Order, last_price_e4: int | None) -> bool:
    """Whether the last sale (1e-4) already triggers a stop that arrives."""
    stop_price_e4 = order.terms.stop_price_e4
    if last_price_e4 is None or stop_price_e4 is None:
        return False
    return last_price_e4 >= stop_price_e4 if order.buy else last_price_e4 <= stop_price_e4
