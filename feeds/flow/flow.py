"""The order flow of a whole market. Begin reading here.

    flow = Flow(universe(1000), seed=1, rate_per_s=30, start_us=now)
    flow.open("AAPL")                         # its first quotes
    time_us, actions = flow.step(best_of)     # what happens next, and when

Deterministic: seed, universe and rate, and what it was told of the market, decide everything. It has no clock: whoever
runs it carries its actions out when their time has come, tells it of orders that are gone, and shows it best quotes.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from feeds.flow.actions import Action, Best, Halt, Resume
from feeds.flow.day import BUSIEST, SESSION_US, u_shape
from feeds.flow.draws import jump
from feeds.flow.factors import Factors
from feeds.flow.hawkes import Hawkes, Kernel, branching_ratio
from feeds.flow.symbol import SideName, SymbolFlow
from feeds.flow.universe import Listed

KERNELS = (Kernel(0.30, 2.0), Kernel(0.25, 40.0), Kernel(0.20, 800.0))
NEWS_A_DAY = 1.0  # of one symbol
SECTOR_NEWS = 0.02  # share of the news that concern a whole sector
NEWS_BURST_S = 240.0  # news bring as many traders at once as come in so long
HALT_AT = 0.03  # a jump of this size halts the symbol
HALT_US = 300_000_000


class _Due(NamedTuple):
    time_us: int
    place: int  # of the symbol; -1 for news
    version: int  # one that is not the symbol's current one has been replaced
    resumes: bool = False


class Flow:
    """`rate_per_s` is the mean number of arrivals in all; each becomes one action, an order or a cancel."""

    def __init__(
        self,
        listed: Sequence[Listed],
        seed: int,
        rate_per_s: float,
        start_us: int = 0,
        day_us: int = SESSION_US,
        kernels: Sequence[Kernel] = KERNELS,
    ) -> None:
        if rate_per_s <= 0 or day_us <= 0:
            raise ValueError("the rate and the length of a day are above 0")
        self.now_us = start_us
        self._day_us = day_us
        self._random = random.Random(f"market {seed}")
        self._factors = Factors((each.sector for each in listed), day_us, self._activity, self._random)
        weights, day_s = sum(each.activity for each in listed), day_us / 1e6
        rates = [rate_per_s * each.activity / weights for each in listed]
        self._base_per_s = [rate * (1 - branching_ratio(kernels)) for rate in rates]
        self._burst = [rate * NEWS_BURST_S for rate in rates]
        self._news_per_us = NEWS_A_DAY * len(listed) / day_us
        self._arrivals = [Hawkes(kernels, random.Random(f"arrivals {each.symbol} {seed}")) for each in listed]
        self._symbols = [
            SymbolFlow(each, rate * day_s, day_us, random.Random(f"orders {each.symbol} {seed}"))
            for each, rate in zip(listed, rates, strict=True)
        ]
        self._index = {each.symbol: index for index, each in enumerate(listed)}
        self._version = [0] * len(listed)
        self._is_open = [False] * len(listed)
        self._due: list[_Due] = []
        self._schedule_news()

    def open(self, symbol: str, price_e4: int | None = None) -> list[Action]:
        """Begin to trade a symbol, at a price that its market has or at its reference; returns its first quotes."""
        index = self._index[symbol]
        if price_e4 is not None:
            self._symbols[index].settle(self._shared(index), price_e4)
        self._is_open[index] = True
        self._schedule(index)
        return self._symbols[index].open(self.now_us, self._shared(index))

    def adopt(self, symbol: str, side: SideName, price_e4: int) -> int:
        """A resting order of an earlier run; returns the number that it has from now on."""
        return self._symbols[self._index[symbol]].adopt(side, price_e4, self.now_us)

    def gone(self, symbol: str, number: int) -> None:
        """An order does not rest any more: filled, canceled, or never accepted. One not known is passed over."""
        self._symbols[self._index[symbol]].resting.pop(number, None)

    @property
    def next_us(self) -> int:
        """When something happens next."""
        return self._due[0].time_us

    def step(self, best_of: Callable[[str], Best]) -> tuple[int, list[Action]]:
        """Go to what happens next; returns its time and the actions, none for news and for what was overtaken."""
        due = heapq.heappop(self._due)
        self.now_us = due.time_us
        if due.place < 0:
            return due.time_us, self._news()
        if due.version != self._version[due.place]:
            return due.time_us, []
        flow = self._symbols[due.place]
        if due.resumes:
            self._is_open[due.place] = True
            self._schedule(due.place)
            return due.time_us, [Resume(flow.listed.symbol)]
        self._arrivals[due.place].happen(due.time_us / 1e6)
        self._schedule(due.place)
        return due.time_us, flow.arrive(due.time_us, self._shared(due.place), best_of(flow.listed.symbol))

    def _activity(self, time_us: int) -> float:
        return u_shape(time_us, self._day_us)

    def _shared(self, index: int) -> float:
        listed = self._symbols[index].listed
        return self._factors.at(self.now_us, listed.sector, listed.beta)

    def _schedule(self, index: int) -> None:
        """The symbol's next arrival, from now on; one that was drawn before counts no more."""
        base = self._base_per_s[index]
        next_s = self._arrivals[index].next_after(
            self.now_us / 1e6, lambda time_s: base * self._activity(int(time_s * 1e6)), base * BUSIEST
        )
        self._version[index] += 1
        heapq.heappush(self._due, _Due(max(int(next_s * 1e6), self.now_us + 1), index, self._version[index]))

    def _schedule_news(self) -> None:
        wait_us = int(self._random.expovariate(self._news_per_us)) + 1
        heapq.heappush(self._due, _Due(self.now_us + wait_us, -1, 0))

    def _news(self) -> list[Action]:
        """News of a symbol or, now and then, of its sector: prices jump, traders come, and a large jump halts."""
        self._schedule_news()
        struck, size = self._random.randrange(len(self._symbols)), jump(self._random)
        sector = self._symbols[struck].listed.sector
        of_sector = self._random.random() < SECTOR_NEWS
        if of_sector:
            self._factors.jump(sector, size)
            concerned = [index for index, each in enumerate(self._symbols) if each.listed.sector == sector]
        else:
            self._symbols[struck].shock(size)
            concerned = [struck]
        for index in concerned:
            if self._is_open[index]:
                self._arrivals[index].happen(self.now_us / 1e6, self._burst[index])
                self._schedule(index)
        if of_sector or abs(size) < HALT_AT or not self._is_open[struck]:
            return []
        self._is_open[struck] = False
        self._version[struck] += 1
        heapq.heappush(self._due, _Due(self.now_us + HALT_US, struck, self._version[struck], resumes=True))
        return [Halt(self._symbols[struck].listed.symbol)]
