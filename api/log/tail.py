"""Follows the end of a topic of accounts (`order-events`, `ledger`): answers whoever waits, and feeds subscribers.

Every API process reads every partition, without a group. A record is decoded only when somebody waits for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord, TopicPartition

from api.log.stopping import stopped
from config.kafka import kafka_connection
from config.settings import Settings
from topics.codec import decode

_RESTART_S = 0.5
CORRELATION = "correlation-id"

log = logging.getLogger(__name__)


class Heard:
    """A record of an account; decoded once, however many look at it."""

    __slots__ = ("_message", "_value", "offset")

    def __init__(self, offset: int, value: bytes) -> None:
        self.offset = offset
        self._value = value
        self._message: Any = None

    @property
    def message(self) -> Any:
        if self._message is None:
            self._message = decode(self._value)
        return self._message


class Subscriber:
    """What one client has not taken yet. Once it holds more than its bound it is `lagging` and gets no more."""

    def __init__(self, key: bytes, bound: int) -> None:
        self.key = key
        self.queue: asyncio.Queue[Heard] = asyncio.Queue(bound)
        self.lagging = False

    def offer(self, heard: Heard) -> None:
        if not self.lagging:
            try:
                self.queue.put_nowait(heard)
            except asyncio.QueueFull:
                self.lagging = True


class Tail:
    """The end of one topic."""

    def __init__(self, config: Settings, topic: str) -> None:
        self._config = config
        self._parts = [TopicPartition(topic, number) for number in range(config.partitions)]
        self.positions: dict[int, int] = {}  # of each partition, the offset that comes next
        self.reading = asyncio.Event()
        self._waiting: dict[bytes, asyncio.Queue[Any]] = {}
        self._subscribers: dict[bytes, set[Subscriber]] = {}

    @contextmanager
    def expect(self, correlation_id: str) -> Iterator[asyncio.Queue[Any]]:
        """The messages that carry this correlation id from now on, decoded."""
        name = correlation_id.encode()
        answers: asyncio.Queue[Any] = asyncio.Queue()
        self._waiting[name] = answers
        try:
            yield answers
        finally:
            del self._waiting[name]

    def subscribe(self, account_id: str, bound: int) -> Subscriber:
        """The account's records from `positions` on, until `unsubscribe`."""
        subscriber = Subscriber(account_id.encode(), bound)
        self._subscribers.setdefault(subscriber.key, set()).add(subscriber)
        return subscriber

    def unsubscribe(self, subscriber: Subscriber) -> None:
        fellows = self._subscribers[subscriber.key]
        fellows.remove(subscriber)
        if not fellows:
            del self._subscribers[subscriber.key]

    async def run(self) -> None:
        """Read until cancelled; after a failure go on where it stopped, so that no subscriber misses a record."""
        while True:
            consumer = AIOKafkaConsumer(
                **kafka_connection(self._config),
                isolation_level="read_committed",
                enable_auto_commit=False,
                auto_offset_reset="none",
            )
            try:
                await consumer.start()
                consumer.assign(self._parts)
                if not self.positions:
                    ends = await consumer.end_offsets(self._parts)
                    self.positions = {part.partition: ends[part] for part in self._parts}
                for part in self._parts:
                    consumer.seek(part, self.positions[part.partition])
                await self._read(consumer)
            except (KafkaError, OSError) as error:
                log.warning("cannot follow %s: %r", self._parts[0].topic, error)
            finally:
                self.reading.clear()
                await stopped(consumer)
            await asyncio.sleep(_RESTART_S)

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        self.reading.set()
        while True:
            for part, records in (await consumer.getmany(timeout_ms=1000, max_records=1000)).items():
                for record in records:
                    self._dispatch(record)
                self.positions[part.partition] = records[-1].offset + 1

    def _dispatch(self, record: ConsumerRecord) -> None:
        answers = self._waiting.get(next((value for name, value in record.headers if name == CORRELATION), b""))
        subscribers = self._subscribers.get(record.key)
        if answers is None and subscribers is None:
            return
        heard = Heard(record.offset, record.value)
        if answers is not None:
            answers.put_nowait(heard.message)
        for subscriber in subscribers or ():
            subscriber.offer(heard)
