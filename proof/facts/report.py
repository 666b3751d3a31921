"""`tapeline simulate --report`: a simulated day, its facts, their picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from feeds.flow.universe import universe
from proof.facts import picture
from proof.facts.market import WARM_UP_US, simulate_day
from proof.facts.measure import MINUTES_MIN, measure

SYMBOLS = 40
SYMBOLS_MIN, SYMBOLS_MAX = 2, 1000
MINUTES = 390
ACTIONS_PER_SYMBOL_S = 0.5  # more than a running stack is given, so that a day says something of each symbol


def report(seed: int, symbols: int, minutes: int, out: Path, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Simulate, measure and draw; `progress` is told minutes done and in all. Returns the figures.

    Raises ValueError for a market too small or a day too short to be measured, OSError when `out` cannot be written.
    """
    if not SYMBOLS_MIN <= symbols <= SYMBOLS_MAX:
        raise ValueError(f"a report takes {SYMBOLS_MIN} to {SYMBOLS_MAX:,} symbols, not {symbols:,}")
    if minutes < MINUTES_MIN:
        raise ValueError(f"a day of {minutes} minutes is too short to be measured; {MINUTES_MIN} are needed")
    if not out.parent.is_dir():
        raise NotADirectoryError(20, "Not a directory", str(out.parent))
    listed, total = universe(symbols), minutes + WARM_UP_US // 60_000_000
    rate_per_s = ACTIONS_PER_SYMBOL_S * symbols
    tapes = simulate_day(listed, seed, rate_per_s, minutes, lambda done: progress(done, total))
    facts = measure(tapes, listed, minutes)
    title = f"{symbols} simulated symbols, a day of {minutes} minutes, seed {seed}"
    picture.draw(facts, f"{title}: {facts.figures['actions']:,} orders and cancels", out)
    return {"seed": seed, "symbols": symbols, "minutes": minutes, **facts.figures, "picture": str(out)}
