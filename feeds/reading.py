"""Reads single records by their place, and what a topic has or gets from a moment on; committed records only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings

_EMPTY_ROUNDS_MAX = 50  # of 200 ms without a record where there should be one


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a record is."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


class Found(Protocol):
    """A record as it was read; aiokafka's ConsumerRecord is one."""

    topic: str
    partition: int
    offset: int
    timestamp: int  # milliseconds since the epoch
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


def header(record: Found, name: str) -> str | None:
    """Text of a header, None when there is none."""
    for known, value in record.headers:
        if known == name and value is not None:
            return value.decode(errors="replace")
    return None


class Reading:
    """A consumer without a group."""

    def __init__(self, consumer: AIOKafkaConsumer, partitions: int) -> None:
        self._consumer, self._partitions = consumer, partitions

    async def at(self, place: Place) -> Found | None:
        """The record of a place; None when it is not there: never written, or no longer kept."""
        if place.partition >= self._partitions:
            return None
        part = TopicPartition(place.topic, place.partition)
        self._consumer.assign([part])
        ends, begins = await self._consumer.end_offsets([part]), await self._consumer.beginning_offsets([part])
        if not begins[part] <= place.offset < ends[part]:
            return None
        async for record in self._from(part, place.offset, place.offset + 1):
            return record
        return None

    async def since(self, topic: str, time_ms: int = 0, partition: int | None = None) -> AsyncIterator[Found]:
        """Every record of a topic, or of one partition, that is there now and was written at the time or later."""
        numbers = range(self._partitions) if partition is None else (partition,)
        parts = [TopicPartition(topic, number) for number in numbers]
        self._consumer.assign(parts)
        starts = await self._consumer.offsets_for_times(dict.fromkeys(parts, time_ms))
        ends = await self._consumer.end_offsets(parts)
        for part in parts:
            if starts[part] is not None:
                async for record in self._from(part, starts[part].offset, ends[part]):
                    yield record

    async def ends(self, topic: str) -> list[Place]:
        """Where the next record of each partition will be."""
        parts = [TopicPartition(topic, number) for number in range(self._partitions)]
        ends = await self._consumer.end_offsets(parts)
        return [Place(topic, part.partition, ends[part]) for part in parts]

    async def following(self, starts: Sequence[Place]) -> AsyncIterator[Found]:
        """Every record from these places on, as it comes; without an end."""
        self._consumer.assign([TopicPartition(start.topic, start.partition) for start in starts])
        for start in starts:
            self._consumer.seek(TopicPartition(start.topic, start.partition), start.offset)
        while True:
            for records in (await self._consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    yield record

    async def _from(self, part: TopicPartition, start: int, end: int) -> AsyncIterator[Found]:
        self._consumer.assign([part])
        self._consumer.seek(part, start)
        empty = 0
        while await self._consumer.position(part) < end:
            records = (await self._consumer.getmany(part, timeout_ms=200)).get(part, [])
            empty = 0 if records else empty + 1
            if empty > _EMPTY_ROUNDS_MAX:
                raise TimeoutError(f"the broker does not deliver {part.topic}/{part.partition} from {start} on")
            for record in records:
                if record.offset < end:
                    yield record


@asynccontextmanager
async def reading(config: Settings) -> AsyncIterator[Reading]:
    """Raises aiokafka's KafkaError when no broker answers."""
    consumer = AIOKafkaConsumer(
        **kafka_connection(config),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=50,
    )
    try:
        await consumer.start()
        await consumer.topics()  # one that is stopped before it has asked anything raises CancelledError
        yield Reading(consumer, config.partitions)
    finally:
        await consumer.stop()
