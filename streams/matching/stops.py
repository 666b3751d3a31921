"""Stop orders that wait for a price: a trade (FINRA Rule 5350), or by their instruction the quote (FIX 1107).

A trailing stop follows a water mark, the best price since it came. The mark only gets better: the stop never loosens.
"""

from __future__ import annotations

from bisect import bisect_left, insort

from streams.matching.order import Order
from streams.matching.trail import stop_price_e4

_Waiting = tuple[int, int, Order]  # a price in 1e-4, priority (unique, so that orders are never compared), order


class Board:
    """Stops of one side that one kind of price triggers, sorted by stop price; trailing ones sorted by mark too.

    Prices are kept as keys that rise with what triggers: the price itself for buys, its negative for sells. A stop is
    triggered at a key of its own or above, and a mark gets better as the key falls.
    """

    __slots__ = ("_marks", "_sign", "_stops")

    def __init__(self, buy: bool) -> None:
        self._sign = 1 if buy else -1
        self._stops: list[_Waiting] = []
        self._marks: list[_Waiting] = []

    def add(self, order: Order) -> None:
        insort(self._stops, self._stop(order))
        if order.high_water_e4 is not None:
            insort(self._marks, self._mark(order))

    def remove(self, order: Order) -> None:
        _take_out(self._stops, self._stop(order))
        if order.high_water_e4 is not None:
            _take_out(self._marks, self._mark(order))

    def elect(self, price_e4: int) -> list[Order]:
        """Take out the stops that a price triggers: nearest stop price first, then first come."""
        reached = bisect_left(self._stops, (self._sign * price_e4 + 1,))
        if not reached:
            return []
        nearest_first = sorted(self._stops[:reached], key=lambda waiting: (-waiting[0], waiting[1]))
        elected = [order for _, _, order in nearest_first]
        del self._stops[:reached]
        for order in elected:
            if order.high_water_e4 is not None:
                _take_out(self._marks, self._mark(order))
        return elected

    def follow(self, price_e4: int) -> list[Order]:
        """Move the marks for which a price is better, and their stops; returns the orders, first come first."""
        better = len(self._marks) - bisect_left(self._marks, (self._sign * price_e4 + 1,))
        if not better:
            return []
        moved = [order for _, _, order in self._marks[-better:]]
        del self._marks[-better:]
        moved.sort(key=_priority)
        for order in moved:
            _take_out(self._stops, self._stop(order))
            order.high_water_e4 = price_e4
            order.stop_price_e4 = stop_price_e4(order.terms, price_e4)
            self.add(order)
        return moved

    def _stop(self, order: Order) -> _Waiting:
        assert order.stop_price_e4 is not None
        return self._sign * order.stop_price_e4, order.priority, order

    def _mark(self, order: Order) -> _Waiting:
        assert order.high_water_e4 is not None
        return self._sign * order.high_water_e4, order.priority, order


class Stops:
    """Waiting stops of one symbol. `orders` holds them by root order id."""

    __slots__ = ("_by_quote", "_by_trade", "orders", "quoted", "trailing")

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}
        self.quoted = 0  # how many wait for the quote
        self.trailing = 0  # how many trail
        self._by_trade = (Board(buy=True), Board(buy=False))
        self._by_quote = (Board(buy=True), Board(buy=False))

    def add(self, order: Order) -> None:
        """Let an order wait for its stop price."""
        self._board(order).add(order)
        self.orders[order.root_order_id] = order
        self._count(order, 1)

    def remove(self, root_order_id: str) -> Order:
        """Take a waiting stop out."""
        order = self.orders.pop(root_order_id)
        self._board(order).remove(order)
        self._count(order, -1)
        return order

    def traded(self, price_e4: int) -> tuple[list[Order], list[Order]]:
        """The trailing stops that a trade at this price (1e-4) moves, and all that it triggers, taken out, in the order
        of activation: nearest stop price first, then first come."""
        buys, sells = self._by_trade
        moved = buys.follow(price_e4) + sells.follow(price_e4) if self.trailing else []
        bought, sold = buys.elect(price_e4), sells.elect(price_e4)
        elected = bought + sold
        if bought and sold:
            elected.sort(key=lambda order: (abs((order.stop_price_e4 or 0) - price_e4), order.priority))
        return moved, self._gone(elected)

    def at_quote(self, bid_e4: int | None, ask_e4: int | None) -> tuple[list[Order], list[Order]]:
        """The same for the best bid, which sells look at, and the best offer, which buys look at; sells first."""
        buys, sells = self._by_quote
        moved: list[Order] = []
        elected: list[Order] = []
        for board, price_e4 in ((sells, bid_e4), (buys, ask_e4)):
            if price_e4 is not None:
                moved += board.follow(price_e4)
                elected += board.elect(price_e4)
        return moved, self._gone(elected)

    def _gone(self, elected: list[Order]) -> list[Order]:
        for order in elected:
            del self.orders[order.root_order_id]
            self._count(order, -1)
        return elected

    def _count(self, order: Order, change: int) -> None:
        if looks_at_quote(order):
            self.quoted += change
        if order.high_water_e4 is not None:
            self.trailing += change

    def _board(self, order: Order) -> Board:
        boards = self._by_quote if looks_at_quote(order) else self._by_trade
        return boards[0] if order.buy else boards[1]


def looks_at_quote(order: Order) -> bool:
    """Whether the quote, not the last trade, triggers a stop."""
    instructions = order.terms.instructions
    return instructions is not None and instructions.trigger_price_type == "BestQuote"


def is_reached(order: Order, price_e4: int | None) -> bool:
    """Whether a price (1e-4) triggers a stop."""
    if price_e4 is None or order.stop_price_e4 is None:
        return False
    return price_e4 >= order.stop_price_e4 if order.buy else price_e4 <= order.stop_price_e4


def _priority(order: Order) -> int:
    return order.priority


def _take_out(waiting: list[_Waiting], place: _Waiting) -> None:
    del waiting[bisect_left(waiting, place)]
