"""Rates and parameters that are valid from a day on, and what a day is.

A day is the UTC day of a stamped time, as days since the epoch. US trading hours, from 4:00 to 20:00 New York time, end
at midnight UTC or one hour after, so a trade of the last hour of winter's extended session counts for the next day.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Final, Generic, TypeVar

DAY_US: Final = 24 * 3600 * 1_000_000
EPOCH: Final = date(1970, 1, 1).toordinal()
ALWAYS: Final = "1970-01-01"

Row = TypeVar("Row")


def day_of(time_us: int) -> int:
    """UTC day of a time."""
    return time_us // DAY_US


def day_of_date(iso_date: str) -> int:
    """Day of a YYYY-MM-DD date."""
    return date.fromisoformat(iso_date).toordinal() - EPOCH


class Dated(Generic[Row]):
    """Rows by the day from which each is valid, in order. The first is valid before its day too."""

    __slots__ = ("_days", "_rows")

    def __init__(self, *rows: tuple[str, Row]) -> None:
        self._days = [day_of_date(valid_from) for valid_from, _ in rows]
        self._rows = [row for _, row in rows]

    def at(self, day: int) -> Row:
        """Row that is valid on a day."""
        return self._rows[max(bisect_right(self._days, day) - 1, 0)]
