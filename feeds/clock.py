"""The clock, a named producer: tells accounts the time, books the phases of their day, all idempotent.

A restarted clock sends the last day again; a book ignores what it has had (symbol, session, kind, time). With the
`always` calendar the market never closes and a day ends at midnight UTC; otherwise `feeds/schedule.py` lays the day
around the sessions of a calendar of the exchange_calendars library, such as XNYS.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
import time
from collections.abc import Collection

from aiokafka import AIOKafkaProducer

from config.settings import Settings
from feeds.producer import instruments, place, producing
from feeds.schedule import Due, schedule
from topics.catalogue import COMMANDS, ORDERS
from topics.codec import encode
from topics.messages import AdvanceTime, SessionCommand

ADVANCE_EVERY_S = 10
EXPIRE_EVERY_S = 60
LATE_US = 2_000_000  # an indicative price that is older is not asked for any more
NAME = "clock"

log = logging.getLogger(__name__)


class Clock:
    def __init__(self, config: Settings, producer: AIOKafkaProducer) -> None:
        self.config, self.producer = config, producer
        self.phase: Due | None = None  # the last that fell due
        self.in_phase: set[str] = set()  # books that were told of it

    async def advance(self, now_us: int) -> None:
        """Tell every partition of accounts the time."""
        value = encode(AdvanceTime(NAME, now_us))
        for number in range(self.config.partitions):
            await self.producer.send_and_wait(COMMANDS, key=NAME.encode(), value=value, partition=number)

    async def tell_books(self, symbols: Collection[str], due: Due) -> None:
        """Send every one of some books a session command."""
        about = (due.session_id, due.kind, NAME, due.time_us, due.phase, self.config.auction_rules)
        places = [place(symbol, SessionCommand(symbol, *about), self.config.partitions) for symbol in symbols]
        await asyncio.gather(*(self.producer.send_and_wait(ORDERS, **each) for each in places))
        if due is self.phase:
            self.in_phase.update(symbols)

    async def run(self) -> None:
        """Until cancelled."""
        started = dt.datetime.now(dt.UTC)
        yesterday_us = int((started - dt.timedelta(days=1)).timestamp()) * 1_000_000
        coming = schedule(
            self.config.calendar, self.config.auction_rules, started - dt.timedelta(days=7), secrets.randbelow
        )
        due = next(coming)
        symbols: list[str] = list(await instruments(self.config))
        advance_at = expire_at = 0.0
        while True:
            now_us = time.time_ns() // 1000
            if time.monotonic() >= advance_at:
                await self.advance(now_us)
                advance_at = time.monotonic() + ADVANCE_EVERY_S
            while due.time_us <= now_us:
                if due.phase:
                    self.phase, self.in_phase = due, set()
                if due.time_us < yesterday_us:
                    pass  # only which phase it left the books in is of interest: none comes over a weekend
                elif due.kind != "Indicate":
                    symbols = list(await instruments(self.config))
                    await self.tell_books(symbols, due)
                    log.info("session %s: %s %s", due.session_id, due.kind, due.phase or "")
                elif now_us - due.time_us < LATE_US:
                    await self.tell_books(symbols, due)
                due = next(coming)
            if time.monotonic() >= expire_at:
                symbols = list(await instruments(self.config))
                await self.tell_books(symbols, Due(now_us, due.session_id, "Expire"))
                if self.phase is not None:  # to books that were listed meanwhile, or over a weekend
                    await self.tell_books([each for each in symbols if each not in self.in_phase], self.phase)
                expire_at = time.monotonic() + EXPIRE_EVERY_S
            await asyncio.sleep(max(min(advance_at - time.monotonic(), (due.time_us - now_us) / 1e6), 0.01))


async def run(config: Settings) -> None:
    async with producing(config) as producer:
        await Clock(config, producer).run()
