"""Whether something grows that must not: a verdict over a series of samples, for a soak.

A process that has just started grows for good reasons: caches fill, code is compiled. So the first third of the samples
is left out, and the middle third is compared with the last: medians, so that one peak decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

SAMPLES_MIN = 6


def thirds(samples: Sequence[float]) -> tuple[float, float]:
    """Medians of the middle and the last third. Raises ValueError for too few samples."""
    if len(samples) < SAMPLES_MIN:
        raise ValueError(f"{len(samples)} samples are too few for a verdict: {SAMPLES_MIN} are needed")
    third = len(samples) // 3
    return median(samples[-2 * third : -third]), median(samples[-third:])


def verdict(samples: Sequence[float], allowed_share: float, allowed: float) -> dict[str, float | bool]:
    """`middle`, `last` and whether it `grows`: by more than a share of the middle and an absolute amount together."""
    return compared(*thirds(samples), allowed_share, allowed)


def rates(amounts: Sequence[float], counts: Sequence[float]) -> tuple[float, float]:
    """Amount a count, in the middle and in the last third; where nothing was counted, nothing was used."""
    third = len(amounts) // 3
    first, second, end = -2 * third - 1, -third - 1, -1
    return (
        (amounts[second] - amounts[first]) / max(counts[second] - counts[first], 1),
        (amounts[end] - amounts[second]) / max(counts[end] - counts[second], 1),
    )


def compared(middle: float, last: float, allowed_share: float, allowed: float) -> dict[str, float | bool]:
    """The verdict over a middle and a last figure."""
    return {
        "middle": round(middle, 1),
        "last": round(last, 1),
        "grows": last > middle * (1 + allowed_share) + allowed,
    }
