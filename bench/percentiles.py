"""Percentiles of measured times."""

from __future__ import annotations

from collections.abc import Iterable


def percentiles_ms(seconds: Iterable[float]) -> dict[str, float]:
    """`p50_ms`, `p99_ms` and `max_ms`; empty when nothing was measured."""
    ordered = sorted(seconds)
    if not ordered:
        return {}
    at = {"p50_ms": 0.5, "p99_ms": 0.99, "max_ms": 1.0}
    return {name: round(ordered[min(len(ordered) - 1, int(len(ordered) * q))] * 1000, 1) for name, q in at.items()}
