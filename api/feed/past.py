"""What the log has of a partition between two places: for a client that was away longer than memory reaches."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from api.feed.frames import TOPICS, Frame
from api.log.stopping import stopped
from config.kafka import kafka_connection
from config.settings import Settings
from topics.codec import decode


class Gone(Exception):
    """The log does not reach back to the place any more, or never came to it."""


async def read_between(
    config: Settings, partition: int, start: list[int], end: list[int], symbols: frozenset[str]
) -> AsyncIterator[list[Frame]]:
    """Frames of some symbols from one place up to another, in pieces. Raises Gone before the first one."""
    parts = [TopicPartition(topic, partition) for topic in TOPICS]
    consumer = AIOKafkaConsumer(
        **kafka_connection(config), isolation_level="read_committed", enable_auto_commit=False, auto_offset_reset="none"
    )
    await consumer.start()
    try:
        consumer.assign(parts)
        begins = await consumer.beginning_offsets(parts)
        if any(not begins[part] <= asked <= to for asked, part, to in zip(start, parts, end, strict=True)):
            raise Gone
        positions = list(start)
        for part, offset in zip(parts, start, strict=True):
            consumer.seek(part, offset)
        wanted = {symbol.encode() for symbol in symbols}
        while not all([await consumer.position(part) >= to for part, to in zip(parts, end, strict=True)]):
            frames = []
            for part, records in (await consumer.getmany(timeout_ms=200, max_records=2000)).items():
                topic = TOPICS.index(part.topic)
                for record in records:
                    if record.offset < end[topic]:
                        positions[topic] = record.offset + 1
                        if record.key in wanted:
                            frames.append(Frame(decode(record.value), partition, topic, record.offset, positions))
            if frames:
                yield frames
    finally:
        await stopped(consumer)
