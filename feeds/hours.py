"""Days of a market: their names, their regular hours, and when one gives way to the next. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import exchange_calendars

AFTER = dt.timedelta(hours=8)  # after its close a day is over: what is traded after hours is of the day that was
_SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Hours:
    """A day: its name, its regular hours, and its end. Microseconds since the epoch UTC."""

    session_id: str
    open_time_us: int
    close_time_us: int
    end_time_us: int


def hours_at(calendar: str, time_us: int) -> Hours:
    """The day that a moment belongs to: of a calendar the session that is not over, of `always` the day UTC."""
    now = dt.datetime.fromtimestamp(time_us // _SECOND_US, dt.UTC)
    if calendar == "always":
        midnight = dt.datetime.combine(now.date(), dt.time(), dt.UTC)
        end_us = _us(midnight + dt.timedelta(days=1))
        return Hours(midnight.date().isoformat(), _us(midnight), end_us, end_us)
    days = _calendar(calendar, now.date())
    return _hours(days, next(day for day, close in days.closes.items() if close + AFTER > now))


def hours_of(calendar: str, session_id: str) -> Hours:
    """The day of a name; where a calendar has no session of that name, the next one."""
    date = dt.date.fromisoformat(session_id)
    if calendar == "always":
        return hours_at(calendar, _us(dt.datetime.combine(date, dt.time(), dt.UTC)))
    days = _calendar(calendar, date)
    return _hours(days, days.date_to_session(session_id, direction="next"))


def _calendar(name: str, around: dt.date) -> exchange_calendars.ExchangeCalendar:
    return exchange_calendars.get_calendar(name, start=around - dt.timedelta(days=7))


def _hours(days: exchange_calendars.ExchangeCalendar, session: dt.datetime) -> Hours:
    opens, closes = days.opens[session], days.closes[session]
    return Hours(session.date().isoformat(), _us(opens), _us(closes), _us(closes + AFTER))


def _us(time: dt.datetime) -> int:
    return int(time.timestamp()) * _SECOND_US
