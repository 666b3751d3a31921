"""Streams of operations for an order book. Every cancel is of an order that rests, so that all books do the same."""

from __future__ import annotations

import random

from bench.matching_peers import Tapeline

Operation = tuple[int, bool, int, int]  # id, buy, quantity, price; a quantity of 0 cancels the id
MIDDLE = 1_000_000


class Writer:
    """Draws operations from a seed; plays them on a book of ours to know which orders rest."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.model = Tapeline()
        self.resting: list[int] = []
        self.count = 0

    def passive(self, ticks: int) -> Operation:
        """An order up to so many ticks behind the middle."""
        buy = self.random.random() < 0.5
        away = self.random.randint(1, ticks)
        return self._submit(buy, self.random.randint(1, 100), MIDDLE - away if buy else MIDDLE + away)

    def marketable(self, ticks: int) -> Operation:
        """An order that reaches up to so many ticks into the other side; what is left rests."""
        buy = self.random.random() < 0.5
        return self._submit(buy, self.random.randint(1, 300), MIDDLE + ticks if buy else MIDDLE - ticks)

    def cancel(self) -> Operation | None:
        """A cancel of any resting order, None when none rests."""
        live = self.model.book.orders
        while self.resting:
            at = self.random.randrange(len(self.resting))
            self.resting[at], self.resting[-1] = self.resting[-1], self.resting[at]
            order_id = self.resting.pop()
            if str(order_id) in live:
                self.model.cancel(order_id)
                return order_id, False, 0, 0
        return None

    def _submit(self, buy: bool, qty: int, price: int) -> Operation:
        order_id = self.count
        self.count += 1
        self.model.submit(order_id, buy, qty, price)
        self.resting.append(order_id)
        return order_id, buy, qty, price


def mixed(operations: int) -> list[Operation]:
    """60 % passive orders on 50 levels a side, 30 % cancels, 10 % orders that trade."""
    writer = Writer(1)
    made: list[Operation] = []
    while len(made) < operations:
        draw = writer.random.random()
        made.append(writer.passive(50) if draw < 0.6 else (draw < 0.9 and writer.cancel()) or writer.marketable(5))
    return made


def deep(operations: int, resting: int, ticks: int) -> tuple[list[Operation], list[Operation]]:
    """Resting orders over so many levels a side, then cancels anywhere and new orders in turn."""
    writer = Writer(2)
    start = [writer.passive(ticks) for _ in range(resting)]
    churn = [(writer.cancel() if number % 2 else None) or writer.passive(ticks) for number in range(operations)]
    return start, churn
