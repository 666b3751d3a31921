"""A recorded day: its hours in New York, the definition that begins it, and the heartbeats that go with its events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from topics.messages import ConditionTable, FeedHeartbeat, SecurityDefinition

NEW_YORK = ZoneInfo("America/New_York")
OPEN, CLOSE = dt.time(9, 30), dt.time(16)
BEAT_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a file does not say of its symbol. Prices in 1e-4."""

    tier: int | None = None
    primary_venue: str = ""
    previous_close_e4: int | None = None
    condition_table: ConditionTable = "Opaque"


def time_us(date: dt.date, time: dt.time) -> int:
    """A time of a day in New York, in microseconds since the epoch UTC."""
    return int(dt.datetime.combine(date, time, NEW_YORK).timestamp()) * 1_000_000


def definition(
    feed: str, symbol: str, date: dt.date, terms: Terms, at_us: int, receive_time_us: int
) -> SecurityDefinition:
    """Begins a symbol's day, with regular hours of a full day."""
    return SecurityDefinition(
        symbol=symbol,
        session_id=date.isoformat(),
        open_time_us=time_us(date, OPEN),
        close_time_us=time_us(date, CLOSE),
        tier=terms.tier,
        primary_venue=terms.primary_venue,
        previous_close_e4=terms.previous_close_e4,
        condition_table=terms.condition_table,
        stale_after_us=None,
        day_margin_us=None,
        feed=feed,
        feed_position=0,
        transact_time_us=at_us,
        receive_time_us=receive_time_us,
    )


class Beats:
    """Heartbeats by event time: one as soon as a second has passed since the last."""

    def __init__(self, feed: str) -> None:
        self.feed = feed
        self._last_us = 0

    def due(self, time_us: int, receive_time_us: int) -> list[FeedHeartbeat]:
        """The heartbeat before an event, where one is due."""
        if time_us < self._last_us + BEAT_US:
            return []
        self._last_us = time_us // BEAT_US * BEAT_US
        return [FeedHeartbeat(self.feed, self._last_us, receive_time_us)]
