"""The simulated symbols: the twenty of the demonstration, then plainly synthetic ones, each with a sector.

A symbol's terms depend on its number alone, so every run lists the same ones. No company is invented.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from feeds.demo_market import DEMO

SYMBOLS_MAX = 10_000
SECTORS = ("Energy", "Materials", "Industrials", "Consumer", "Health", "Financials", "Technology", "Utilities")
ACTIVITY_EXPONENT = 0.6  # a symbol's share of the activity falls with its rank as a power law


@dataclass(frozen=True, slots=True)
class Listed:
    """A symbol, its reference price in 1e-4, its weight in the activity, and how it follows the market."""

    symbol: str
    name: str
    sector: str
    price_e4: int
    activity: float
    beta: float


def universe(count: int) -> tuple[Listed, ...]:
    """So many symbols, the most active first. Raises ValueError when that many are not to be had."""
    if not 1 <= count <= SYMBOLS_MAX:
        raise ValueError(f"there are 1 to {SYMBOLS_MAX:,} simulated symbols, not {count:,}")
    return tuple(_listed(number) for number in range(count))


def _listed(number: int) -> Listed:
    own = random.Random(f"symbol {number}")
    activity, beta = (number + 10) ** -ACTIVITY_EXPONENT, own.uniform(0.6, 1.4)
    if number < len(DEMO):
        symbol, name, price_e4, sector = DEMO[number]
        return Listed(symbol, name, sector, price_e4, activity, beta)
    sector = SECTORS[number % len(SECTORS)]
    price_e4 = round(math.exp(own.gauss(4.0, 0.7)) * 100) * 100
    price_e4 = min(max(price_e4, 100_000), 5_000_000)
    return Listed(f"SIM{number + 1:04d}", f"Simulated {sector} {number + 1}", sector, price_e4, activity, beta)
