"""What the clock sends to every book, and when: the days of a calendar, with their phases and auctions. Pure.

Times of a day are laid around the open and the close of the calendar's session, so that an early close moves what hangs
on it. A time with a random part is drawn once, by whoever asks, and goes into the log as the command's own time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import exchange_calendars

from topics.messages import AuctionRules, SessionKind, TradingPhase

HOUR_S = 3600
SECOND_US = 1_000_000
Draw = Callable[[int], int]
"""A number from 0 to below a bound, that nobody can foresee."""


@dataclass(frozen=True, slots=True)
class Row:
    """A command by its distance from an anchor, and the most that is drawn on top."""

    anchor: Literal["open", "close"]
    after_s: int
    kind: SessionKind
    phase: TradingPhase | None = None
    random_s: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A command of the clock; `time_us` is its stamp."""

    time_us: int
    session_id: str
    kind: SessionKind
    phase: TradingPhase | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often the indicative price is published, from and until a distance from an anchor."""

    anchor: Literal["open", "close"]
    from_s: int
    until_s: int
    every_s: int


# Nasdaq Equity 4 Rules 4752 and 4754: hours 4:00 to 20:00; no cancel of on-open orders from 9:25, no market orders from
# 9:28, late limit orders until 9:29:30; on-close orders are not canceled, and no market orders taken, from 15:55, late
# limit orders until 15:58.
_NASDAQ = (
    Row("open", -5 * HOUR_S - 1800, "Phase", "PreTrading"),
    Row("open", -300, "Phase", "OpeningAuction"),
    Row("open", -300, "NoCancel"),
    Row("open", -120, "NoMarket"),
    Row("open", -30, "NoEntry"),
    Row("open", 0, "Phase", "Continuous"),
    Row("close", -300, "NoMarket"),
    Row("close", -120, "NoEntry"),
    Row("close", 0, "Phase", "ClosingAuction"),
    Row("close", 0, "Phase", "PostTrading"),
    Row("close", 4 * HOUR_S, "Phase", "Quiescent"),
)


def _called(call_s: int, random_s: int, extension_s: int) -> tuple[Row, ...]:
    """A day whose auctions call before the open and after the close, end at random, and may be extended once."""
    return (
        Row("open", -call_s, "Phase", "OpeningAuction"),
        Row("open", 0, "Phase", "Continuous", random_s),
        Row("open", random_s + extension_s, "Phase", "Continuous", random_s),
        Row("close", 0, "Phase", "ClosingAuction"),
        Row("close", 300, "Phase", "PostTrading", random_s),
        Row("close", 300 + random_s + extension_s, "Phase", "PostTrading", random_s),
        Row("close", 2 * HOUR_S, "Phase", "Quiescent"),
    )


DAYS: dict[AuctionRules, tuple[Row, ...]] = {
    "Nasdaq": _NASDAQ,
    "Xetra": _called(600, 30, 300),
    "Euronext": _called(600, 30, 180),
    "Jse": _called(1800, 30, 300),
}
"""Lengths of calls and extensions, but Nasdaq's, are ours: venues set them by segment."""

CADENCES: dict[AuctionRules, tuple[Cadence, ...]] = {
    "Nasdaq": (
        Cadence("open", -300, -120, 10),
        Cadence("open", -120, 0, 1),
        Cadence("close", -600, -300, 10),
        Cadence("close", -300, 0, 1),
    ),
    **{rules: (Cadence("open", -600, 0, 5), Cadence("close", 5, 300, 5)) for rules in ("Xetra", "Euronext", "Jse")},
}


def schedule(calendar: str, rules: AuctionRules, after: dt.datetime, draw: Draw) -> Iterator[Due]:
    """Commands that are due after a moment, in the order of their times, no two of a day at one time.

    `always` never closes: its days end at midnight UTC, and it has no phases.
    """
    if calendar == "always":
        day = after.astimezone(dt.UTC).date()
        while True:
            end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
            yield Due(int(end.timestamp()) * SECOND_US, day.isoformat(), "DayEnd")
            day += dt.timedelta(days=1)
    after_us = int(after.timestamp()) * SECOND_US
    sessions = exchange_calendars.get_calendar(calendar, start=after.date() - dt.timedelta(days=7))
    for (session, opens), closes in zip(sessions.opens.items(), sessions.closes, strict=True):
        anchors = {"open": int(opens.timestamp()) * SECOND_US, "close": int(closes.timestamp()) * SECOND_US}
        for due in _day(session.date().isoformat(), anchors, rules, draw):
            if due.time_us > after_us:
                yield due


def _day(session_id: str, anchors: dict[str, int], rules: AuctionRules, draw: Draw) -> list[Due]:
    wanted = [
        Due(_at(anchors, row.anchor, row.after_s) + draw(row.random_s * SECOND_US + 1), session_id, row.kind, row.phase)
        for row in DAYS[rules]
    ]
    for each in CADENCES[rules]:
        seconds = range(each.from_s, each.until_s, each.every_s)
        wanted += [Due(_at(anchors, each.anchor, second), session_id, "Indicate") for second in seconds]
    wanted.sort(key=lambda due: due.time_us)
    spaced: list[Due] = []
    for due in wanted:
        earliest = spaced[-1].time_us + 1 if spaced else 0
        spaced.append(Due(max(due.time_us, earliest), session_id, due.kind, due.phase))
    return spaced


def _at(anchors: dict[str, int], anchor: str, after_s: int) -> int:
    return anchors[anchor] + after_s * SECOND_US
