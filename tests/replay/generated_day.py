"""A small LOBSTER day, made up: plain lists for a book, messages at random from a seed, in either layout."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

NEW, REDUCE, DELETE, EXECUTE, EXECUTE_HIDDEN, HALT = 1, 2, 3, 4, 5, 7
EMPTY = 9_999_999_999
LEVELS = 3  # of the seed book, a side
MIDDLE_E4 = 1_000_000
LOBSTER_NAME = "{symbol}_2012-06-21_34200000_57600000_{kind}_3.csv"


class GeneratedDay:
    """`misses`: how many executions name an order that is not the first of its queue."""

    def __init__(self, seed: int, rows: int, misses: int = 0) -> None:
        self.random = random.Random(seed)
        self.sides: dict[int, dict[int, list[list[int]]]] = {1: {}, -1: {}}  # price -> [ref, shares] in order of time
        self.next_ref, self.time = 1, 34_200.0
        self.messages: list[tuple[object, ...]] = []
        self.books: list[list[int]] = []
        self.executions = self.left_out = 0
        self.misses = misses
        for level in range(1, LEVELS + 1):
            for direction in (1, -1):
                self._add(direction, MIDDLE_E4 - direction * level * 300, 500)
        self._write(HALT, 0, 0, 0, 1)  # message 0 changes nothing: the seed is the book after it
        while len(self.messages) < rows:
            self._step()

    def _step(self) -> None:
        chance = self.random.random()
        direction = self.random.choice((1, -1))
        if chance < 0.5 or len(self.sides[direction]) < 2:
            self._submit(direction)
        elif chance < 0.75:
            self._take_off(direction)
        elif chance < 0.95:
            self._execute(direction)
        else:
            self._write(EXECUTE_HIDDEN, 0, 10, MIDDLE_E4, direction)

    def _submit(self, direction: int) -> None:
        """A new order that does not reach the other side."""
        other = self.sides[-direction]
        limit = (min(other) if direction == 1 else max(other)) - direction * 100
        price = limit - direction * 100 * self.random.randint(0, 8)
        shares = self.random.randint(1, 300)
        self._write(NEW, self._add(direction, price, shares), shares, price, direction)

    def _take_off(self, direction: int) -> None:
        price = self.random.choice(list(self.sides[direction]))
        queue = self.sides[direction][price]
        order = self.random.choice(queue)
        whole = self.random.random() < 0.6 or order[1] == 1
        shares = order[1] if whole else self.random.randint(1, order[1] - 1)
        self._reduce(direction, price, order, shares, DELETE if whole else REDUCE)

    def _execute(self, direction: int) -> None:
        side = self.sides[direction]
        price = max(side) if direction == 1 else min(side)
        queue = side[price]
        place = 0
        if self.left_out < self.misses and len(queue) > 1 and queue[1][0] > 2 * LEVELS:
            place, self.left_out = 1, self.left_out + 1
        self.executions += 1
        self._reduce(direction, price, queue[place], self.random.randint(1, queue[place][1]), EXECUTE)

    def _add(self, direction: int, price: int, shares: int) -> int:
        self.next_ref += 1
        self.sides[direction].setdefault(price, []).append([self.next_ref, shares])
        return self.next_ref

    def _reduce(self, direction: int, price: int, order: list[int], shares: int, kind: int) -> None:
        order[1] -= shares
        if order[1] == 0:
            self.sides[direction][price].remove(order)
            if not self.sides[direction][price]:
                del self.sides[direction][price]
        self._write(kind, order[0], shares, price, direction)

    def _write(self, kind: int, ref: int, shares: int, price: int, direction: int) -> None:
        self.time += self.random.random() / 100
        self.messages.append((f"{self.time:.9f}", kind, ref, shares, price, direction))
        line: list[int] = []
        asks, bids = sorted(self.sides[-1].items()), sorted(self.sides[1].items(), reverse=True)
        for level in range(LEVELS):
            for side, empty in ((asks, EMPTY), (bids, -EMPTY)):
                line += [side[level][0], sum(order[1] for order in side[level][1])] if level < len(side) else [empty, 0]
        self.books.append(line)

    def write_lobster(self, folder: Path, symbol: str) -> Path:
        """LOBSTER's own two files."""
        folder.mkdir(parents=True)
        _csv(folder / LOBSTER_NAME.format(symbol=symbol, kind="message"), self.messages)
        _csv(folder / LOBSTER_NAME.format(symbol=symbol, kind="orderbook"), self.books)
        return folder

    def write_three_files(self, folder: Path) -> Path:
        """Messages and best prices packed, and the book after message 0."""
        folder.mkdir(parents=True)
        _csv(folder / "messages.csv.gz", self.messages)
        _csv(folder / "best_bid_offer.csv.gz", [line[:4] for line in self.books])
        _csv(folder / "seed_book.csv", self.books[:1])
        return folder


def _csv(path: Path, rows: list) -> None:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
