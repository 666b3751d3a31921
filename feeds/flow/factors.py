"""What moves prices together: a market factor and one a sector, as log prices, and volatility that wanders.

Each factor is a Brownian motion whose volatility wanders and follows the shape of the day. That this volatility is
shared is why quiet and nervous times are those of all symbols.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable

MARKET_DAILY = 0.012  # standard deviation of a day's return
SECTOR_DAILY = 0.009
VOLATILITY = ((0.40, 0.02), (0.45, 0.20))  # log volatility: standard deviation of a part, days in which it forgets
STEP_US = 1_000_000


class Volatility:
    """A factor on a standard deviation whose mean square is 1: its logarithm is a sum of Ornstein-Uhlenbeck processes,
    one that forgets within minutes and one within hours, which together look like a slow power law.
    """

    def __init__(self, day_us: int, random: random.Random) -> None:
        self._day_us, self._random = day_us, random
        self._parts = [random.gauss(0.0, spread) for spread, _ in VOLATILITY]
        self._mean = sum(spread**2 for spread, _ in VOLATILITY)
        self._at_us: int | None = None
        self.value = math.exp(sum(self._parts) - self._mean)

    def at(self, time_us: int) -> float:
        """The factor; it stands still within a step. Times must not go back."""
        if self._at_us is None:
            self._at_us = time_us
        days = (time_us - self._at_us) / self._day_us
        if time_us - self._at_us >= STEP_US:
            for number, (spread, memory) in enumerate(VOLATILITY):
                kept = math.exp(-days / memory)
                noise = self._random.gauss(0.0, spread * math.sqrt(1 - kept * kept))
                self._parts[number] = self._parts[number] * kept + noise
            self._at_us = time_us
            self.value = math.exp(sum(self._parts) - self._mean)
        return self.value


class Factor:
    """A log price since the beginning. It stands still within a step."""

    def __init__(self, daily: float, day_us: int, activity: Callable[[int], float], random: random.Random) -> None:
        self.value = 0.0
        self._daily, self._day_us, self._activity, self._random = daily, day_us, activity, random
        self._volatility = Volatility(day_us, random)
        self._at_us: int | None = None

    def at(self, time_us: int) -> float:
        """The log price; times must not go back."""
        if self._at_us is None:
            self._at_us = time_us
        elapsed_us = time_us - self._at_us
        if elapsed_us >= STEP_US:
            spread = self._daily * math.sqrt(elapsed_us / self._day_us * self._activity(time_us))
            self.value += self._random.gauss(0.0, spread * self._volatility.at(time_us))
            self._at_us = time_us
        return self.value


class Factors:
    """The market and its sectors."""

    def __init__(
        self, sectors: Iterable[str], day_us: int, activity: Callable[[int], float], random: random.Random
    ) -> None:
        self._market = Factor(MARKET_DAILY, day_us, activity, random)
        self._sectors = {sector: Factor(SECTOR_DAILY, day_us, activity, random) for sector in sorted(set(sectors))}

    def at(self, time_us: int, sector: str, beta: float) -> float:
        """Log price that a symbol of a sector owes to them."""
        return beta * self._market.at(time_us) + self._sectors[sector].at(time_us)

    def jump(self, sector: str, size: float) -> None:
        """News of a whole sector."""
        self._sectors[sector].value += size
