"""Our own book as one venue of the market: what matching says of a symbol becomes what a venue says.

Reads `instruments`, `quotes`, `trades` and `trade-corrections` without a group; its position is the next offset of each
partition, and the day that was last defined. Records go in the order of their times, so one that catches up after days
tells those days as they were, each with the definitions that begin it. The days are the clock's: until midnight UTC
with the `always` calendar, else sessions of that calendar.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings
from feeds import own_records
from feeds.cut import cut, order
from feeds.feed import Unit
from feeds.hours import Hours, hours_at, hours_of
from feeds.merged import Merged, Read
from feeds.own_records import NAME
from feeds.printed import WAIT_S, Printed, is_late
from feeds.producer import instruments
from feeds.publish import clock_us
from topics.catalogue import INSTRUMENTS, QUOTES, TRADE_CORRECTIONS, TRADES
from topics.codec import decode
from topics.message import Message
from topics.messages import CorrectedTrade, FeedHeartbeat, Instrument, PrintedTrade, Quote, Trade

BEAT_US = 1_000_000
TOPICS = (INSTRUMENTS, QUOTES, TRADES, TRADE_CORRECTIONS)
SESSION = "session"
PrintedBefore = Mapping[tuple[TopicPartition, int], PrintedTrade | None]  # by place of a correction


class OwnBook:
    """A feed without an end."""

    name = NAME

    def __init__(self, config: Settings) -> None:
        self.config = config
        self._listed: dict[str, Instrument] = {}
        self._beat_us = 0
        self._printed = Printed(config)
        self._hours: Hours | None = None  # of the day that was defined last

    async def units(self, position: str) -> AsyncIterator[Unit]:
        """What the book says, as it comes, and a heartbeat a second. Raises KafkaError when no broker answers."""
        known: dict[str, Any] = json.loads(position or "{}")
        self._listed = await instruments(self.config) if position else {}
        if SESSION in known:
            self._hours = hours_of(self.config.calendar, known[SESSION])
        consumer = AIOKafkaConsumer(
            **kafka_connection(self.config),
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=100,
        )
        await consumer.start()
        try:
            parts = [TopicPartition(topic, number) for topic in TOPICS for number in range(self.config.partitions)]
            consumer.assign(parts)
            for part in parts:
                if (offset := known.get(_name(part))) is not None:
                    consumer.seek(part, offset)
            merged = Merged(consumer, parts, _read)
            while True:
                read = await merged.more()
                offsets = {part: await merged.position(part) for part in parts}
                async for unit in self._told(cut(read, _waits), offsets, merged.behind_us):
                    yield unit
                await asyncio.sleep(0)
        finally:
            await consumer.stop()

    async def _told(
        self, pieces: list[list[Read]], ends: dict[TopicPartition, int], behind_us: int | None
    ) -> AsyncIterator[Unit]:
        """A piece after the other, as what the tape makes of one may be what the next one waits for."""
        until_s = asyncio.get_running_loop().time() + WAIT_S
        for number, piece in enumerate(pieces):
            printed = {
                (each.part, each.offset): await self._printed.before(each.message, until_s)
                for each in piece
                if isinstance(each.message, CorrectedTrade)
            }
            rest = [each for later in pieces[number + 1 :] for each in later]
            told_us = min((each.time_us for each in rest), default=behind_us)
            messages, now_us = self._messages(piece, printed, told_us), clock_us()
            if messages:
                offsets = ends | {each.part: each.offset for each in reversed(rest)}  # the first of each partition
                position = {_name(part): offset for part, offset in offsets.items()} | self._session()
                yield Unit(json.dumps(position), len(piece), now_us, messages)

    def _session(self) -> dict[str, str]:
        return {SESSION: self._hours.session_id} if self._hours else {}

    def _messages(self, read: list[Read], printed: PrintedBefore, behind_us: int | None) -> list[Message]:
        """What records become, with the days that begin, and a heartbeat at the time that all has been told up to."""
        now_us = clock_us()
        until_us = now_us if behind_us is None else min(behind_us, now_us)
        if not until_us:  # nothing is known of one of the topics yet
            return []
        terms = [each for each in read if isinstance(each.message, Instrument)]
        said = sorted((each for each in read if not isinstance(each.message, Instrument)), key=order)
        from_us = said[0].time_us if said else until_us
        messages = self._enter_day(from_us, now_us)
        for each in sorted(terms, key=lambda each: each.message.version):
            messages += self._list(each, from_us, now_us)
        for each in said:
            messages += self._enter_day(each.time_us, now_us)
            messages.append(_as_a_venue(each, printed, now_us))
        messages += self._enter_day(until_us, now_us)
        if until_us >= self._beat_us + BEAT_US:
            self._beat_us = until_us
            messages.append(FeedHeartbeat(NAME, until_us, now_us))
        return messages

    def _enter_day(self, time_us: int, now_us: int) -> list[Message]:
        """Begin the days up to a moment's, each with every symbol's terms; none that is past or older than the log."""
        found: list[Message] = []
        oldest_us = now_us - own_records.DAY_MARGIN_US
        if self._hours is None:
            self._hours = hours_at(self.config.calendar, max(time_us, oldest_us))
        while time_us >= self._hours.end_time_us:
            begins_us = max(self._hours.end_time_us, oldest_us)
            self._hours = hours_at(self.config.calendar, begins_us)
            for symbol in sorted(self._listed):
                found.append(own_records.definition(self._listed[symbol], self._hours, begins_us, now_us))
        return found

    def _list(self, read: Read, time_us: int, now_us: int) -> list[Message]:
        """A symbol's terms begin its day and say whether it trades."""
        assert self._hours is not None
        terms = self._listed[read.message.symbol] = read.message
        return [
            own_records.definition(terms, self._hours, time_us, now_us),
            own_records.status(terms, read.offset, time_us, now_us),
        ]


def _as_a_venue(read: Read, printed: PrintedBefore, now_us: int) -> Message:
    if isinstance(read.message, Quote):
        return own_records.quote(read.message, read.offset, now_us)
    if isinstance(read.message, Trade):
        return own_records.trade(read.message, read.offset, now_us)
    return own_records.correction(read.message, printed[read.part, read.offset], read.offset, now_us)


def _name(part: TopicPartition) -> str:
    return f"{part.topic}/{part.partition}"


def _read(value: bytes) -> tuple[int, Any]:
    """A record and its time; terms wait for nothing."""
    message = decode(value)
    return 0 if isinstance(message, Instrument) else message.transact_time_us, message


def _waits(read: Read) -> bool:
    return isinstance(read.message, CorrectedTrade) and is_late(read.message)
