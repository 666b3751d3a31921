"""Order books that Python can call, ours among them, behind one adapter: limit orders in, fills out, cancel by id.

An adapter's `submit` returns what its library returns for the fills, untouched; `prices_and_quantities` reads that
afterwards, outside of the timed loop, so that every book is checked to have done the same.
"""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Callable
from typing import Any, Protocol

from streams.matching.book import Book
from streams.matching.match import match
from streams.matching.order import Order

Fills = list[tuple[int, int]]  # price and quantity of each fill, in order


class Adapter(Protocol):
    """One order book. Ids count up from 0; quantities and prices are positive integers."""

    returns_fills: bool

    def submit(self, order_id: int, buy: bool, qty: int, price: int) -> Any:
        """Match a limit order, rest what is left; the fills as the library gives them, falsy for none."""

    def cancel(self, order_id: int) -> None:
        """Take out an order that rests."""

    def prices_and_quantities(self, fills: Any) -> Fills:
        """What `submit` returned, in common terms."""


class Tapeline:
    returns_fills = True

    def __init__(self) -> None:
        self.book = Book()
        self.names = [str(number) for number in range(400_000)]  # our ids are texts and arrive as such

    def submit(self, order_id: int, buy: bool, qty: int, price: int) -> Any:
        book = self.book
        order = Order(self.names[order_id], "", buy, price, qty)
        fills = match(book, order, price, "Off")
        if order.leaves_qty_e6:
            book.add(order)
        return fills

    def cancel(self, order_id: int) -> None:
        self.book.cancel(self.names[order_id])

    def prices_and_quantities(self, fills: Any) -> Fills:
        return [(maker.price_e4, qty) for maker, qty, _, _ in fills]


class LimitOrderBook:
    """`limit-order-book`: C++ by ctypes. Its Python interface tells nobody what was filled."""

    returns_fills = False

    def __init__(self) -> None:
        self.book = importlib.import_module("limit_order_book").LimitOrderBook()

    def submit(self, order_id: int, buy: bool, qty: int, price: int) -> Any:
        if buy:
            self.book.limit_buy(order_id, qty, price)
        else:
            self.book.limit_sell(order_id, qty, price)

    def cancel(self, order_id: int) -> None:
        self.book.cancel(order_id)

    def prices_and_quantities(self, fills: Any) -> Fills:
        return []


class Liquibook:
    """`liquibook`: C++ by SWIG; fills arrive at a listener."""

    returns_fills = True

    def __init__(self) -> None:
        library = importlib.import_module("liquibook")
        filled: list[tuple[int, int]] = []

        class Listener(library.OrderListener):  # type: ignore[name-defined, misc]
            def on_accept(self, order: Any) -> None:
                pass

            def on_cancel(self, order: Any) -> None:
                pass

            def on_fill(self, order: Any, matched: Any, qty: int, price: int) -> None:
                filled.append((price, qty))

        self.filled = filled
        self.listener = Listener()
        self.book = library.DepthOrderBook()
        self.book.set_order_listener(self.listener)
        self.make = library.SimpleOrder
        self.orders: dict[int, Any] = {}

    def submit(self, order_id: int, buy: bool, qty: int, price: int) -> Any:
        order = self.orders[order_id] = self.make(buy, price, qty)
        self.book.add(order)
        if not self.filled:
            return None
        fills = self.filled[:]
        self.filled.clear()
        return fills

    def cancel(self, order_id: int) -> None:
        self.book.cancel(self.orders[order_id])

    def prices_and_quantities(self, fills: Any) -> Fills:
        return list(fills)


class OrderlyChaos:
    """`orderly-chaos`: C++ by ctypes; fills arrive at a callback."""

    returns_fills = True

    def __init__(self) -> None:
        library = importlib.import_module("orderly_chaos")
        self.filled: list[Any] = []
        self.book = library.LimitOrderBook(on_trade=self.filled.append)
        self.buy, self.sell = library.Side.BUY, library.Side.SELL

    def submit(self, order_id: int, buy: bool, qty: int, price: int) -> Any:
        if not self.book.limit(self.buy if buy else self.sell, order_id, qty, price):
            return None
        fills = self.filled[:]
        self.filled.clear()
        return fills

    def cancel(self, order_id: int) -> None:
        self.book.cancel(order_id)

    def prices_and_quantities(self, fills: Any) -> Fills:
        return [(fill.price, fill.quantity) for fill in fills]


class Pylobo:
    """`pylobo`: Rust by PyO3; the book gives the ids."""

    returns_fills = True

    def __init__(self) -> None:
        library = importlib.import_module("lobo")
        orders = importlib.import_module("lobo.orders")
        self.book = library.Book(update_user_map=False)
        self.reports = library.Reports(include_fills=True)
        self.make, self.buy, self.sell = orders.LimitOrder, orders.Side.Buy, orders.Side.Sell
        self.trader = uuid.UUID(int=1)
        self.ids: dict[int, Any] = {}

    def submit(self, order_id: int, buy: bool, qty: int, price: int) -> Any:
        order = self.make(price, qty, self.trader, self.buy if buy else self.sell)
        answer = self.book.fill(order, self.reports)
        self.ids[order_id] = answer.remaining_order_id
        return answer.report.fills

    def cancel(self, order_id: int) -> None:
        self.book.cancel(self.ids[order_id])

    def prices_and_quantities(self, fills: Any) -> Fills:
        return [(fill.price, fill.fill_quantity) for fill in fills]


class Litebook:
    """`litebook`: Rust by PyO3; prices in ticks, quantities as floats, ids of its own. Trades at the taker's price."""

    returns_fills = True

    def __init__(self) -> None:
        library = importlib.import_module("litebook")
        self.book = library.OrderBook(tick_size=1.0)
        self.make, self.buy, self.sell = library.Order, library.OrderType.Buy, library.OrderType.Sell
        self.ids: dict[int, str] = {}

    def submit(self, order_id: int, buy: bool, qty: int, price: int) -> Any:
        order = self.make(self.buy if buy else self.sell, price, qty)
        self.ids[order_id] = order.id
        return self.book.add(order)

    def cancel(self, order_id: int) -> None:
        self.book.cancel(self.ids[order_id])

    def prices_and_quantities(self, fills: Any) -> Fills:
        return [(int(fill.price), int(fill.quantity)) for fill in fills]


PEERS: dict[str, Callable[[], Adapter]] = {
    "limit-order-book": LimitOrderBook,
    "liquibook": Liquibook,
    "orderly-chaos": OrderlyChaos,
    "pylobo": Pylobo,
    "litebook": Litebook,
}
