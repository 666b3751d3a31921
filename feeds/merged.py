"""Several topics read as one, in the order of their records' times, also where one is far behind another.

A record waits until no topic can still have an earlier one: of a topic that is behind, that is up to the last record it
has given. When all have been read to their ends, nothing waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

WAITING_MAX = 1000  # records of a partition that is ahead of others


@dataclass(frozen=True, slots=True)
class Read:
    """A record with its place and the time by which it is ordered."""

    part: TopicPartition
    offset: int
    time_us: int
    message: Any


class Merged:
    """Partitions of an assigned consumer that reads committed records."""

    def __init__(
        self, consumer: AIOKafkaConsumer, parts: Iterable[TopicPartition], read: Callable[[bytes], tuple[int, Any]]
    ) -> None:
        """`read` gives a value's time and what it is."""
        self._consumer, self._read = consumer, read
        self._waiting: dict[TopicPartition, deque[Read]] = {part: deque() for part in parts}
        self.behind_us: int | None = None  # all before it has been given; None: all that there was

    async def more(self) -> list[Read]:
        """What need not wait, within a partition by offset; perhaps nothing. Raises KafkaError as its consumer does."""
        wanted = [part for part, waiting in self._waiting.items() if self._may_read(waiting)]
        for part, records in (await self._consumer.getmany(*wanted, timeout_ms=100, max_records=1000)).items():
            self._waiting[part] += [
                Read(part, record.offset, *self._read(record.value)) for record in records if record.value is not None
            ]
        ends = [self._known_until(waiting) for part, waiting in self._waiting.items() if await self._is_behind(part)]
        self.behind_us = min(ends, default=None)
        given = []
        for waiting in self._waiting.values():
            while waiting and (self.behind_us is None or waiting[0].time_us < self.behind_us):
                given.append(waiting.popleft())
        return given

    async def position(self, part: TopicPartition) -> int:
        """Offset of the next record of a partition to give."""
        waiting = self._waiting[part]
        return waiting[0].offset if waiting else await self._consumer.position(part)

    def _may_read(self, waiting: deque[Read]) -> bool:
        """Also one that is ahead, while it holds up the others."""
        return len(waiting) < WAITING_MAX or self._known_until(waiting) == self.behind_us

    async def _is_behind(self, part: TopicPartition) -> bool:
        end = self._consumer.last_stable_offset(part)
        return end is None or await self._consumer.position(part) < end

    @staticmethod
    def _known_until(waiting: deque[Read]) -> int:
        return waiting[-1].time_us if waiting else 0
