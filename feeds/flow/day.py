"""The shape of a trading day: much at the open, little at midday, much at the close (Wood, McInish and Ord 1985)."""

from __future__ import annotations

SESSION_US = 23_400_000_000  # six and a half hours

_LEVEL, _DEPTH = 0.55, 1.35  # level + depth / 3 = 1, the mean over a day
BUSIEST = _LEVEL + _DEPTH


def u_shape(time_us: int, day_us: int) -> float:
    """Activity at a time as a multiple of the day's mean. One day follows the other without a night."""
    position = time_us % day_us / day_us
    return _LEVEL + _DEPTH * (2 * position - 1) ** 2
