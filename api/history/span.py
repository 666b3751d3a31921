"""From when until when: RFC 3339 times, or days of New York; both ends belong to it."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from api.history.timeframe import ZONE
from api.problems import invalid
from api.units import to_us

NEW_YORK = ZoneInfo(ZONE)
FIRST_YEAR, LAST_YEAR = 1970, 2100
LAST_US = to_us(dt.datetime(LAST_YEAR + 1, 1, 1, tzinfo=dt.UTC))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """Microseconds since the epoch UTC."""

    start_us: int
    end_us: int


def span_of(start: str | None, end: str | None) -> Span:
    """As asked; today in New York until now where nothing is said. Raises InvalidRequest."""
    now_us = time.time_ns() // 1000
    end_us = now_us if end is None else _bound("end", end)
    start_us = _midnight_us(now_us) if start is None else _bound("start", start)
    if start is None and start_us > end_us:
        start_us = _midnight_us(end_us)
    if start_us > end_us:
        raise invalid("start", "before_end", "is not after end")
    return Span(start_us, end_us)


def _midnight_us(time_us: int) -> int:
    day = dt.datetime.fromtimestamp(time_us // 1_000_000, NEW_YORK)
    return to_us(day.replace(hour=0, minute=0, second=0))


def _bound(field: str, text: str) -> int:
    try:
        if _DAY.fullmatch(text):
            day = dt.date.fromisoformat(text) + dt.timedelta(days=field == "end")
            time_us = to_us(dt.datetime.combine(day, dt.time(), NEW_YORK)) - (field == "end")
        elif _TIME.fullmatch(text):
            seconds, *fraction = re.split(r"\.(\d{1,6})\d*", text.upper().replace(" ", "T"))
            time_us = to_us(dt.datetime.fromisoformat(seconds + "".join(fraction[1:])))
            time_us += int(fraction[0].ljust(6, "0")) if fraction else 0
        else:
            raise ValueError
    except (ValueError, OverflowError):
        raise invalid(
            field, "time", "is an RFC 3339 time with its zone (2024-01-02T09:30:00-05:00) or a day (2024-01-02)"
        ) from None
    if not FIRST_YEAR <= dt.datetime.fromtimestamp(time_us // 1_000_000, dt.UTC).year <= LAST_YEAR:
        raise invalid(field, "time_range", f"is from {FIRST_YEAR} to {LAST_YEAR}")
    return time_us
