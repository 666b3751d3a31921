"""The one way in which feeds append to a topic: idempotent, keyed, one message at a time or many awaited together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings
from topics import catalogue
from topics.codec import decode, encode
from topics.message import Message
from topics.messages import Instrument
from topics.partition import partition_of


@asynccontextmanager
async def producing(config: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A started idempotent producer."""
    producer = AIOKafkaProducer(**kafka_connection(config), enable_idempotence=True, acks="all", linger_ms=2)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def instruments(config: Settings) -> dict[str, Instrument]:
    """Current terms of every listed instrument, read off the compacted topic."""
    consumer = AIOKafkaConsumer(
        **kafka_connection(config),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",  # and no seek: the client's own reset to the default, the end, can come after it
    )
    await consumer.start()
    try:
        parts = [TopicPartition(catalogue.INSTRUMENTS, number) for number in range(config.partitions)]
        consumer.assign(parts)
        ends = await consumer.end_offsets(parts)
        found: dict[str, Instrument] = {}
        while any([await consumer.position(part) < ends[part] for part in parts]):
            for records in (await consumer.getmany(timeout_ms=100)).values():
                found |= {(record.key or b"").decode(): decode(record.value) for record in records}
        return found
    finally:
        await consumer.stop()


def place(topic_key: str, message: Message, partitions: int) -> dict[str, object]:
    """Key, value and partition of a message, as arguments of a producer's send."""
    return {"key": topic_key.encode(), "value": encode(message), "partition": partition_of(topic_key, partitions)}


def missing(wanted: Iterable[str], listed: dict[str, Instrument]) -> list[str]:
    """Symbols that are not listed yet, in the order they were given."""
    return [symbol for symbol in wanted if symbol not in listed]
