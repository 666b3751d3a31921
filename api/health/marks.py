"""How far a fold has come, by the mark that it writes into its changelog behind the entries of each batch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.structs import TopicPartition

from topics.codec import decode
from topics.messages import Mark

TIMEOUT_S = 5.0
_BACK = 8  # offsets: the last batch's mark and marker, unless transactions were aborted since
_FARTHER = 32


async def has_waiting(
    consumer: AIOKafkaConsumer, source: TopicPartition, changelog: TopicPartition, ends: Mapping[TopicPartition, int]
) -> bool:
    """Whether a committed record of the source lies beyond the fold's mark.

    Raises KafkaError and TimeoutError; the consumer is to be stopped then, with what it is assigned: while aiokafka
    lets go of an assignment it does not hear that it is to stop.
    """
    async with asyncio.timeout(TIMEOUT_S):
        mark = await _mark(consumer, changelog, ends[changelog])
        is_beyond = False
        async for _ in committed(consumer, source, mark + 1, ends[source]):
            is_beyond = True
            break
    consumer.unsubscribe()
    return is_beyond


async def _mark(consumer: AIOKafkaConsumer, changelog: TopicPartition, end: int) -> int:
    """Last source offset folded in; -1 when there is none."""
    first = (await consumer.beginning_offsets([changelog]))[changelog]
    back = _BACK
    while True:
        start = max(first, end - back)
        mark: int | None = None
        async for record in committed(consumer, changelog, start, end):
            if record.value is not None and isinstance(message := decode(record.value), Mark):
                mark = message.offset
        if mark is not None:
            return mark
        if start == first:
            return -1
        back *= _FARTHER


async def committed(
    consumer: AIOKafkaConsumer, at: TopicPartition, start: int, end: int
) -> AsyncIterator[ConsumerRecord[bytes, bytes]]:
    """Committed records from an offset up to another."""
    consumer.assign([at])
    consumer.seek(at, start)
    while await consumer.position(at) < end:
        for record in (await consumer.getmany(at, timeout_ms=200)).get(at, ()):
            if record.offset < end:
                yield record
