"""Read topics up to frozen ends, in bounded memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings

FETCH_BYTES = 8 << 20


@asynccontextmanager
async def reading(config: Settings, *, committed: bool = True) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer without a group that sees committed records only, or the ends of open transactions too."""
    consumer = AIOKafkaConsumer(
        **kafka_connection(config),
        isolation_level="read_committed" if committed else "read_uncommitted",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=FETCH_BYTES,
        fetch_max_wait_ms=50,
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()


async def ends(config: Settings, topics: list[str]) -> dict[TopicPartition, int]:
    """Ends of what is committed now, of every partition of the topics."""
    return await _offsets(config, topics, lambda consumer: consumer.end_offsets)


async def begins(config: Settings, topics: list[str]) -> dict[TopicPartition, int]:
    """First offsets that the log still has."""
    return await _offsets(config, topics, lambda consumer: consumer.beginning_offsets)


async def open_ends(config: Settings, topics: list[str]) -> dict[TopicPartition, int]:
    """Ends of everything that was written, open transactions included."""
    return await _offsets(config, topics, lambda consumer: consumer.end_offsets, committed=False)


async def _offsets(
    config: Settings, topics: list[str], question: Callable[[AIOKafkaConsumer], Any], *, committed: bool = True
) -> dict[TopicPartition, int]:
    asked = partitions(config, topics)
    async with reading(config, committed=committed) as consumer:
        consumer.assign(asked)  # all topics' metadata at once; asked for one after another they cost 100 ms each
        return dict(await question(consumer)(asked))


def partitions(config: Settings, topics: list[str]) -> list[TopicPartition]:
    return [TopicPartition(topic, number) for topic in topics for number in range(config.partitions)]


async def records(config: Settings, at: TopicPartition, end: int, start: int | None = None) -> AsyncIterator[Any]:
    """Committed records of a partition from its beginning (or `start`) up to a frozen end."""
    async with reading(config) as consumer:
        consumer.assign([at])
        first = (await consumer.beginning_offsets([at]))[at]
        consumer.seek(at, max(first, start or 0))
        while await consumer.position(at) < end:
            for record in (await consumer.getmany(at, timeout_ms=200)).get(at, ()):
                if record.offset < end:
                    yield record
