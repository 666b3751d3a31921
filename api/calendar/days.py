"""Days of trading and their regular hours, by the setting `calendar`.

`always` is every day from midnight to midnight UTC. Any other is a calendar of the exchange_calendars library. Known
are the days from twenty years back to the end of next year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import exchange_calendars

ALWAYS = "always"
YEARS_BACK = 20


@dataclass(frozen=True, slots=True)
class Day:
    """A day and its regular hours, in the zone of the exchange. The end does not belong to it."""

    date: dt.date
    open: dt.datetime
    close: dt.datetime


def days(calendar: str, now: dt.datetime) -> list[Day]:
    """All that are known, in order. The first call of a year takes a good part of a second."""
    return _days(calendar, now.astimezone(dt.UTC).year)


@lru_cache(maxsize=2)
def _days(calendar: str, year: int) -> list[Day]:
    first, last = dt.date(year - YEARS_BACK, 1, 1), dt.date(year + 1, 12, 31)
    if calendar == ALWAYS:
        midnights = [
            dt.datetime.combine(first + dt.timedelta(days=number), dt.time(), dt.UTC)
            for number in range((last - first).days + 2)
        ]
        return [Day(begin.date(), begin, end) for begin, end in pairwise(midnights)]
    found = exchange_calendars.get_calendar(calendar, start=first, end=last)
    zone = ZoneInfo(str(found.tz))
    return [
        Day(session.date(), opens.to_pydatetime().astimezone(zone), closes.to_pydatetime().astimezone(zone))
        for (session, opens), closes in zip(found.opens.items(), found.closes, strict=True)
    ]
