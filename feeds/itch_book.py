"""The displayed orders of one venue's symbols, as ITCH tells them, and the best of each side. Prices in 1e-4."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush


@dataclass(slots=True)
class Order:
    """A displayed order."""

    locate: int
    is_buy: bool
    price_e4: int
    shares: int


@dataclass(slots=True)
class Side:
    """Shares by price, and a heap of prices of which some may be empty by now."""

    sign: int  # -1 where the highest price is best
    shares: dict[int, int] = field(default_factory=dict)
    heap: list[int] = field(default_factory=list)

    def add(self, price_e4: int, shares: int) -> None:
        if price_e4 not in self.shares:
            heappush(self.heap, self.sign * price_e4)
        self.shares[price_e4] = self.shares.get(price_e4, 0) + shares

    def take(self, price_e4: int, shares: int) -> None:
        left = self.shares[price_e4] - shares
        if left:
            self.shares[price_e4] = left
        else:
            del self.shares[price_e4]

    def best(self) -> tuple[int | None, int]:
        """Price and shares; None and 0 where the side is empty."""
        while self.heap and self.sign * self.heap[0] not in self.shares:
            heappop(self.heap)
        if not self.heap:
            return None, 0
        price_e4 = self.sign * self.heap[0]
        return price_e4, self.shares[price_e4]


class UnknownOrder(ValueError):
    """A message of an order that was never added, or for more shares than it has."""


class Books:
    """Orders by their reference, and the two sides of each symbol by its locate code."""

    def __init__(self) -> None:
        self.orders: dict[int, Order] = {}
        self.sides: dict[int, tuple[Side, Side]] = {}

    def add(self, reference: int, order: Order) -> None:
        """Show an order. Raises UnknownOrder where its reference is taken or it shows nothing."""
        if reference in self.orders or order.shares <= 0:
            raise UnknownOrder(f"order {reference} is there, or shows nothing")
        self.orders[reference] = order
        bids, asks = self.sides.setdefault(order.locate, (Side(-1), Side(1)))
        (bids if order.is_buy else asks).add(order.price_e4, order.shares)

    def reduce(self, reference: int, shares: int | None) -> Order:
        """Take shares off an order, all of them where None; the order as it was named. Raises UnknownOrder."""
        order = self.orders.get(reference)
        if order is None or (shares is not None and not 0 < shares <= order.shares):
            raise UnknownOrder(f"order {reference} is not there with {shares} shares")
        taken = order.shares if shares is None else shares
        bids, asks = self.sides[order.locate]
        (bids if order.is_buy else asks).take(order.price_e4, taken)
        order.shares -= taken
        if not order.shares:
            del self.orders[reference]
        return order

    def best(self, locate: int) -> tuple[int | None, int, int | None, int]:
        """Best bid and its shares, best offer and its shares."""
        bids, asks = self.sides.setdefault(locate, (Side(-1), Side(1)))
        return (*bids.best(), *asks.best())
