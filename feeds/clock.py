"""The clock, a named producer: tells accounts the time and books their sessions. Everything it sends is idempotent.

A restarted clock sends the last day's end again; a book ignores what it has had (symbol, session, kind, time). With the
`always` calendar the market never closes and a day ends at midnight UTC; otherwise days end at the closes of a calendar
of the exchange_calendars library, XNYS by default.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Iterator

import exchange_calendars
from aiokafka import AIOKafkaProducer

from config.settings import Settings
from feeds.producer import instruments, place, producing
from topics.catalogue import COMMANDS, ORDERS
from topics.codec import encode
from topics.messages import AdvanceTime, SessionCommand, SessionKind

ADVANCE_EVERY_S = 10
EXPIRE_EVERY_S = 60
NAME = "clock"

log = logging.getLogger(__name__)


def day_ends(calendar: str, after: dt.datetime) -> Iterator[tuple[str, int]]:
    """Sessions whose end comes after a moment, in order: (session as YYYY-MM-DD, end in microseconds)."""
    if calendar == "always":
        day = after.astimezone(dt.UTC).date()
        while True:
            end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
            yield day.isoformat(), int(end.timestamp()) * 1_000_000
            day += dt.timedelta(days=1)
    sessions = exchange_calendars.get_calendar(calendar, start=after.date() - dt.timedelta(days=7))
    for session, close in sessions.closes.items():
        if close > after:
            yield session.date().isoformat(), int(close.timestamp()) * 1_000_000


class Clock:
    def __init__(self, config: Settings, producer: AIOKafkaProducer) -> None:
        self.config, self.producer = config, producer

    async def advance(self, now_us: int) -> None:
        """Tell every partition of accounts the time."""
        value = encode(AdvanceTime(NAME, now_us))
        for number in range(self.config.partitions):
            await self.producer.send_and_wait(COMMANDS, key=NAME.encode(), value=value, partition=number)

    async def tell_books(self, kind: SessionKind, session_id: str, time_us: int) -> None:
        """Send every listed book a session command."""
        commands = [
            SessionCommand(symbol, session_id, kind, NAME, time_us) for symbol in await instruments(self.config)
        ]
        places = [place(command.symbol, command, self.config.partitions) for command in commands]
        await asyncio.gather(*(self.producer.send_and_wait(ORDERS, **each) for each in places))

    async def run(self) -> None:
        """Until cancelled."""
        started = dt.datetime.now(dt.UTC)
        ends = day_ends(self.config.calendar, started - dt.timedelta(days=1))
        session_id, end_us = next(ends)
        expire_at = 0.0
        while True:
            now_us = time.time_ns() // 1000
            await self.advance(now_us)
            while end_us <= now_us:
                await self.tell_books("DayEnd", session_id, end_us)
                log.info("session %s has ended", session_id)
                session_id, end_us = next(ends)
            if time.monotonic() >= expire_at:
                await self.tell_books("Expire", session_id, now_us)
                expire_at = time.monotonic() + EXPIRE_EVERY_S
            await asyncio.sleep(ADVANCE_EVERY_S)


async def run(config: Settings) -> None:
    async with producing(config) as producer:
        await Clock(config, producer).run()
