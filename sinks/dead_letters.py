"""Records that cannot be rows go to `dead-letters`, before the batch that steps over them is stored.

Letter and batch are in two systems, so a crash between the two writes the letter again. Both copies carry the same
headers `origin` (the record's own place) and `sink`: whoever counts letters counts them by these. None is ever missing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from config.kafka import kafka_connection
from config.settings import Settings
from sinks.record import Record
from topics.catalogue import DEAD_LETTERS
from topics.codec import encode
from topics.letters import dead_letter
from topics.partition import partition_of


class DeadLetters:
    """A producer that starts with the first letter: most sinks never write one."""

    def __init__(self, config: Settings, sink: str) -> None:
        self._config = config
        self._sink = sink
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()  # partitions write letters at once

    async def write(self, letters: Sequence[tuple[Record, str]]) -> None:
        """Write records with what is wrong with each; returns when the broker has them all."""
        producer = await self._started()
        for record, text in letters:
            letter = dead_letter(record, record.topic, record.partition, "unconvertible", text)
            origin = f"{record.topic}/{record.partition}/{record.offset}/0"
            await producer.send_and_wait(
                DEAD_LETTERS,
                encode(letter),
                key=record.topic.encode(),
                partition=partition_of(record.topic, self._config.partitions),
                headers=[("origin", origin.encode()), ("sink", self._sink.encode())],
            )

    async def _started(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(**kafka_connection(self._config), acks="all", enable_idempotence=True)
                try:
                    await producer.start()
                except KafkaError:
                    await producer.stop()
                    raise
                self._producer = producer
            return self._producer

    async def close(self) -> None:
        if self._producer is not None:
            await self._producer.stop()
