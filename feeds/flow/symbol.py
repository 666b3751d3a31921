"""What one symbol's traders do when one of them arrives: rest an order, take one back, or trade.

They know a latent fair value that nobody publishes. It moves with the factors, with each arrival (so that busy times
are volatile ones: Clark 1973), with news, and by the surprise in each trade's direction (Madhavan, Richardson and
Roomans 1997). Quotes rest around it, and whoever finds one on its wrong side takes it.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Literal

from feeds.flow.actions import Action, Best, Cancel, Submit
from feeds.flow.draws import TICK_E4, resting_qty_e6, taken_qty_e6, ticks_behind
from feeds.flow.factors import Volatility
from feeds.flow.universe import Listed

OWN_DAILY = 0.014  # standard deviation of a day's return that is the symbol's alone, without news
TAKES = 0.13  # chance that an arrival takes where no quote is on the wrong side of the fair value
TAKES_STALE = 0.3  # and where one is; else whoever has such a quote takes it back
PERSISTENCE = 0.5  # correlation of one trade's direction with the last one's
IMPROVES = 0.6  # chance that an order goes to the price that it would quote, where that betters the best
HALF_SPREAD_MIN, HALF_SPREAD_MEAN = 0.8e-4, 2.5e-4  # what a quote wants on top of the fair value, as a share of it
RESTING = 16  # orders that a book has in the mean
OPENING_LEVELS = 3
FAIR_MIN_E4 = 20_000
CANDIDATES = 3  # among so many orders the oldest and farthest is taken back

SideName = Literal["Buy", "Sell"]
_SIDES: tuple[SideName, SideName] = ("Buy", "Sell")


@dataclass(frozen=True, slots=True)
class Resting:
    """An order in the book, as far as the generator knows."""

    side: SideName
    price_e4: int
    born_us: int


class SymbolFlow:
    """`arrivals_a_day` is how many are expected; the moves of the fair value are scaled by it."""

    def __init__(self, listed: Listed, arrivals_a_day: float, day_us: int, random: random.Random) -> None:
        self.listed, self.resting = listed, dict[int, Resting]()
        self._volatility = Volatility(day_us, random)
        self._random = random
        self._own = 0.0  # log price that is the symbol's alone
        self._direction = 1
        self._number = 0
        self._drift = OWN_DAILY * math.sqrt(0.5 / arrivals_a_day)
        self._impact = OWN_DAILY * math.sqrt(0.5 / (arrivals_a_day * TAKES * (1 - PERSISTENCE**2)))

    def fair_e4(self, shared: float) -> float:
        """The fair value; `shared` is the log price that it owes to the factors."""
        return max(self.listed.price_e4 * math.exp(shared + self._own), FAIR_MIN_E4)

    def settle(self, shared: float, price_e4: int) -> None:
        """Take a price that the market has found as the fair value."""
        self._own = math.log(price_e4 / self.listed.price_e4) - shared

    def shock(self, size: float) -> None:
        """News: the fair value jumps."""
        self._own += size

    def adopt(self, side: SideName, price_e4: int, time_us: int) -> int:
        """An order that an earlier run left in the book; returns the number that it has from now on."""
        self._number += 1
        self.resting[self._number] = Resting(side, price_e4, time_us)
        return self._number

    def open(self, time_us: int, shared: float) -> list[Action]:
        """The first quotes: so many levels a side, less what is there already."""
        fair_e4, made = self.fair_e4(shared), list[Action]()
        for level in range(OPENING_LEVELS):
            for side in _SIDES:
                if sum(order.side == side for order in self.resting.values()) <= level:
                    made.append(self._rest(time_us, side, self._quote_e4(side, fair_e4, level)))
        return made

    def arrive(self, time_us: int, shared: float, best: Best) -> list[Action]:
        """What the trader who arrives now does."""
        self._own += self._random.gauss(0.0, self._drift * self._volatility.at(time_us))
        fair_e4 = self.fair_e4(shared)
        if (best.bid_e4 is None or best.ask_e4 is None) and len(self.resting) < 2 * RESTING:
            return [self._place(time_us, fair_e4, best)]
        stale = self._stale_side(fair_e4, best)
        if self._random.random() < (TAKES if stale is None else TAKES_STALE):
            return [self._take(stale or self._next_side())]
        wrong = [number for number, order in self.resting.items() if _gain_e4(order, fair_e4) < 0]
        if wrong:
            return [self._take_back(min(wrong, key=lambda number: _gain_e4(self.resting[number], fair_e4)))]
        if len(self.resting) > RESTING * self._random.uniform(0.6, 1.4):
            return [self._take_back(self._some_old(time_us, fair_e4))]
        return [self._place(time_us, fair_e4, best)]

    def _stale_side(self, fair_e4: float, best: Best) -> SideName | None:
        """The side that gains by taking the best quote, None when neither does."""
        if best.ask_e4 is not None and best.ask_e4 < fair_e4:
            return "Buy"
        return "Sell" if best.bid_e4 is not None and best.bid_e4 > fair_e4 else None

    def _next_side(self) -> SideName:
        """A direction that tends to stay, and the move of the fair value by what of it was not expected."""
        before = self._direction
        if self._random.random() > (1 + PERSISTENCE) / 2:
            self._direction = -before
        self._own += self._impact * self._volatility.value * (self._direction - PERSISTENCE * before)
        return "Buy" if self._direction > 0 else "Sell"

    def _take(self, side: SideName) -> Submit:
        self._number += 1
        return Submit(self.listed.symbol, self._number, side, taken_qty_e6(self._random), None)

    def _take_back(self, number: int) -> Cancel:
        del self.resting[number]
        return Cancel(self.listed.symbol, number)

    def _some_old(self, time_us: int, fair_e4: float) -> int:
        """Of a few orders the one that has been there longest and lies farthest."""
        few = self._random.sample(list(self.resting), min(CANDIDATES, len(self.resting)))
        resting = self.resting
        return max(few, key=lambda n: (time_us - resting[n].born_us + 1) * (_gain_e4(resting[n], fair_e4) + TICK_E4))

    def _place(self, time_us: int, fair_e4: float, best: Best) -> Submit:
        """An order on the side whose best is farther from the fair value: at its own price, or behind."""
        bid_gap = fair_e4 if best.bid_e4 is None else max(fair_e4 - best.bid_e4, 1)
        ask_gap = fair_e4 if best.ask_e4 is None else max(best.ask_e4 - fair_e4, 1)
        side: SideName = "Buy" if self._random.random() * (bid_gap + ask_gap) < bid_gap else "Sell"
        sign, touch, opposite = (1, best.bid_e4, best.ask_e4) if side == "Buy" else (-1, best.ask_e4, best.bid_e4)
        price = sign * self._quote_e4(side, fair_e4, 0)  # the larger, the better
        if opposite is not None:
            price = min(price, sign * opposite - TICK_E4)
        if touch is not None and (price <= sign * touch or self._random.random() > IMPROVES):
            price = min(price, sign * touch) - ticks_behind(self._random) * TICK_E4
        return self._rest(time_us, side, sign * price)

    def _quote_e4(self, side: SideName, fair_e4: float, level: int) -> int:
        """A price on the tick that leaves some spread to whoever quotes it."""
        wanted = HALF_SPREAD_MIN + self._random.expovariate(1 / HALF_SPREAD_MEAN)
        if side == "Buy":
            return math.floor(fair_e4 * (1 - wanted) / TICK_E4 - level) * TICK_E4
        return math.ceil(fair_e4 * (1 + wanted) / TICK_E4 + level) * TICK_E4

    def _rest(self, time_us: int, side: SideName, price_e4: int) -> Submit:
        self._number += 1
        price_e4 = max(price_e4, TICK_E4 * 100)
        self.resting[self._number] = Resting(side, price_e4, time_us)
        return Submit(self.listed.symbol, self._number, side, resting_qty_e6(self._random), price_e4)


def _gain_e4(order: Resting, fair_e4: float) -> float:
    """What its owner gains a share when it is taken."""
    return fair_e4 - order.price_e4 if order.side == "Buy" else order.price_e4 - fair_e4
