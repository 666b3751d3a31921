"""Publishes a feed to Kafka, exactly once: its records and the position behind them are one transaction.

The transactional id is the feed's name. Whoever starts it bars the publisher before, ends what that left open, and then
reads the position; so a publisher that is killed anywhere goes on behind the last record that anybody can see. Whatever
the source gives during one transaction is the next one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings
from feeds.feed import Feed, Unit
from topics import catalogue
from topics.codec import decode, encode
from topics.message import Message
from topics.messages import FeedHeartbeat, FeedPosition, RejectedCount
from topics.partition import partition_of

TRANSACTION_UNITS_MAX = 2000  # bounds its time and memory
TOLD_MAX = 20  # rejected rows of a run that are logged one by one

log = logging.getLogger(__name__)


def clock_us() -> int:
    """The time now, microseconds since the epoch UTC."""
    return time.time_ns() // 1000


def transactional_id(feed: str) -> str:
    """The id that only one publisher of a feed at a time may write under."""
    return f"feed-{feed}"


class Publisher:
    """How far a feed has come, and the producer that moves it on."""

    def __init__(self, config: Settings, feed: str, producer: AIOKafkaProducer, state: FeedPosition) -> None:
        self.config, self.feed, self.producer, self.state = config, feed, producer, state
        self._told = 0

    async def publish(self, units: list[Unit]) -> None:
        """Write what units become, and the position behind the last one. Any exception is final."""
        sent = []
        async with self.producer.transaction():
            for unit in units:
                for message in unit.messages:
                    sent += [await self._send(message, partition) for partition in self._partitions(message)]
                self._count(unit)
            key, value = self.feed.encode(), encode(self.state)
            home = partition_of(self.feed, self.config.partitions)
            sent.append(await self.producer.send(catalogue.FEED_POSITIONS, value=value, key=key, partition=home))
            await asyncio.gather(*sent)

    async def _send(self, message: Message, partition: int) -> asyncio.Future[object]:
        key = getattr(message, "symbol", self.feed).encode()
        sent: asyncio.Future[object] = await self.producer.send(
            catalogue.MARKET_DATA, value=encode(message), key=key, partition=partition
        )
        return sent

    def _partitions(self, message: Message) -> range:
        """A heartbeat is for every partition."""
        if isinstance(message, FeedHeartbeat):
            return range(self.config.partitions)
        home = partition_of(getattr(message, "symbol", ""), self.config.partitions)
        return range(home, home + 1)

    def _count(self, unit: Unit) -> None:
        state = self.state
        state.position = unit.position
        state.read_rows += unit.rows
        state.published_rows += unit.rows - len(unit.rejected)
        state.record_count += len(unit.messages)
        state.transact_time_us = max(state.transact_time_us, unit.time_us)
        state.receive_time_us = clock_us()
        for each in unit.rejected:
            known = next((kind for kind in state.rejected if kind.kind == each.kind), None)
            if known is None:
                known = RejectedCount(each.kind, 0)
                state.rejected.append(known)
            known.count += 1
            self._told += bool(each.text)
            if each.text and self._told <= TOLD_MAX:
                log.warning("%s: %s: %s", self.feed, each.kind, each.text)


@asynccontextmanager
async def publishing(config: Settings, feed: str) -> AsyncIterator[Publisher]:
    """A publisher that stands where the last one of this feed ended. Raises KafkaError when no broker answers."""
    producer = AIOKafkaProducer(
        **kafka_connection(config),
        transactional_id=transactional_id(feed),
        transaction_timeout_ms=config.transaction_timeout_ms,
        acks="all",
        linger_ms=2,
        max_batch_size=256_000,
    )
    await producer.start()
    try:
        yield Publisher(config, feed, producer, await read_position(config, feed))
    finally:
        await producer.stop()


async def read_position(config: Settings, feed: str) -> FeedPosition:
    """Where a feed stands; at its beginning where nothing was published."""
    at = TopicPartition(catalogue.FEED_POSITIONS, partition_of(feed, config.partitions))
    found = FeedPosition(feed, "", 0, 0, 0, [], 0, 0)
    consumer = AIOKafkaConsumer(
        **kafka_connection(config),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=50,
    )
    await consumer.start()
    try:
        consumer.assign([at])
        end = (await consumer.end_offsets([at]))[at]
        while await consumer.position(at) < end:
            for record in (await consumer.getmany(at, timeout_ms=100)).get(at, ()):
                if record.key == feed.encode():
                    found = decode(record.value)
    finally:
        await consumer.stop()
    return found


async def run(
    config: Settings,
    feed: Feed,
    *,
    speed: float | None = None,
    progress: Callable[[FeedPosition], None] = lambda _: None,
) -> FeedPosition:
    """Publish a feed to its end, at `speed` times its recorded speed where one is given; how far it came."""
    async with publishing(config, feed.name) as publisher:
        progress(publisher.state)
        source = feed.units(publisher.state.position)
        waiting: asyncio.Queue[Unit | Exception | None] = asyncio.Queue(TRANSACTION_UNITS_MAX)
        reading = asyncio.create_task(_read(source if speed is None else paced(source, speed), waiting))
        try:
            end: Exception | None = None
            ended = False
            while not ended:
                units: list[Unit] = []
                while not ended and len(units) < TRANSACTION_UNITS_MAX and not (units and waiting.empty()):
                    given = await waiting.get()
                    if isinstance(given, Unit):
                        units.append(given)
                    else:
                        end, ended = given, True
                if units:
                    await publisher.publish(units)
                    progress(publisher.state)
        finally:
            reading.cancel()
        if end is not None:
            raise end
        return publisher.state


async def _read(source: AsyncIterator[Unit], waiting: asyncio.Queue[Unit | Exception | None]) -> None:
    """Hand over a source's units, then its end: None, or why it broke off."""
    try:
        async for unit in source:
            await waiting.put(unit)
    except Exception as error:  # handed over, and raised where it is published
        await waiting.put(error)
    else:
        await waiting.put(None)


async def paced(source: AsyncIterator[Unit], speed: float) -> AsyncIterator[Unit]:
    """Units at the times at which they came, `speed` times as fast, from the first one on."""
    loop = asyncio.get_running_loop()
    first_us, began = None, loop.time()
    async for unit in source:
        if unit.rows and first_us is None:
            first_us, began = unit.time_us, loop.time()
        if first_us is not None:
            await asyncio.sleep(max(0.0, began + (unit.time_us - first_us) / 1e6 / speed - loop.time()))
        yield unit
