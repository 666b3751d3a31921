"""Arrivals that cause arrivals: a Hawkes process whose kernel is a sum of exponentials, so that an event costs O(1).

Intensity = base(t) + sum over past events of sum over kernels of children / decay x exp(-age / decay). A sum of a few
exponentials stands in for the slow power law that is measured in markets (Hardiman, Bercot and Bouchaud 2013). Events
are drawn by thinning (Ogata 1981).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kernel:
    """How many children an event has on average by this kernel, and after which mean time in seconds."""

    children: float
    decay_s: float


def branching_ratio(kernels: Sequence[Kernel]) -> float:
    """Children of an event on average. Raises ValueError from 1 on, where the flow would grow without end."""
    ratio = sum(kernel.children for kernel in kernels)
    if any(kernel.children < 0 or kernel.decay_s <= 0 for kernel in kernels):
        raise ValueError("a kernel has at least 0 children and a decay above 0 s")
    if ratio >= 1:
        raise ValueError(
            f"the branching ratio is {ratio:g} and must be below 1: each event would cause at least one more on "
            "average, and the flow would grow without end"
        )
    return ratio


class Hawkes:
    """One stream of arrivals. Times are in seconds; the state is as of the last event."""

    def __init__(self, kernels: Sequence[Kernel], random: random.Random) -> None:
        self.ratio = branching_ratio(kernels)
        self._kernels, self._random = tuple(kernels), random
        self._levels = [0.0] * len(kernels)  # what past events add to the intensity, by kernel, at `_at_s`
        self._at_s = 0.0

    def excited(self, time_s: float) -> float:
        """What past events add to the intensity at a time, in 1/s."""
        return sum(self._decayed(time_s))

    def happen(self, time_s: float, events: float = 1.0) -> None:
        """An event, or a shock that is worth so many."""
        levels = self._decayed(time_s)
        pairs = zip(levels, self._kernels, strict=True)
        self._levels = [level + events * kernel.children / kernel.decay_s for level, kernel in pairs]
        self._at_s = time_s

    def next_after(self, time_s: float, base: Callable[[float], float], base_max: float) -> float:
        """When the next event comes. `base` is the intensity without past events, in 1/s, at most `base_max`."""
        while True:
            bound = base_max + self.excited(time_s)  # until the next event the intensity can only fall
            time_s += self._random.expovariate(bound)
            if self._random.random() * bound <= base(time_s) + self.excited(time_s):
                return time_s

    def _decayed(self, time_s: float) -> list[float]:
        age_s = time_s - self._at_s
        pairs = zip(self._levels, self._kernels, strict=True)
        return [level * math.exp(-age_s / kernel.decay_s) for level, kernel in pairs]
