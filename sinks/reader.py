"""Reads one partition of the log from a given offset, committed records only, without a gap.

A consumer of its own per partition: consumers of several partitions let a busy one wait for the long poll of an idle
one. Transaction markers and aborted records take offsets too, so offsets of records may jump; what must not jump is the
consumer's position. It is checked before every read, offsets out of range are an error and not a reset, and the first
position is checked against both ends of the log.
"""

from __future__ import annotations

from types import TracebackType

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings
from sinks.errors import Gap, KafkaDown

_FETCH_BYTES_MAX = 4 << 20  # of records waiting in memory, a partition


class Reader:
    """Use it as an async context manager, then `start`."""

    def __init__(self, config: Settings, topic: str, partition: int) -> None:
        self._at = TopicPartition(topic, partition)
        self._bootstrap = config.kafka_bootstrap
        self._consumer = AIOKafkaConsumer(
            **kafka_connection(config),
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="none",
            fetch_max_wait_ms=500,
            max_partition_fetch_bytes=_FETCH_BYTES_MAX,
        )
        self.next = 0  # offset after everything read, markers included

    async def __aenter__(self) -> Reader:
        try:
            await self._consumer.start()
        except KafkaError as error:
            await self._consumer.stop()
            raise KafkaDown(
                f"Kafka at {self._bootstrap} does not answer. Start it, or name another by TAPELINE_KAFKA_BOOTSTRAP."
            ) from error
        self._consumer.assign([self._at])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._consumer.stop()

    async def earliest(self) -> int:
        """First offset that the log still has."""
        offsets: dict[TopicPartition, int] = await self._consumer.beginning_offsets([self._at])
        return offsets[self._at]

    async def end(self) -> int:
        """Offset after the last committed record or marker."""
        offsets: dict[TopicPartition, int] = await self._consumer.end_offsets([self._at])
        return offsets[self._at]

    async def start(self, offset: int) -> None:
        """Read from an offset on; raises Gap when the log does not reach from there."""
        earliest, end = await self.earliest(), await self.end()
        where = f"{self._at.topic}/{self._at.partition}"
        if offset < earliest:
            raise Gap(f"{where}: offset {offset} is due, but the log begins at {earliest}; what lies between is lost")
        if offset > end:
            raise Gap(f"{where}: offset {offset} is due, but the log ends at {end}; rebuild the store if it is another")
        self._consumer.seek(self._at, offset)
        self.next = offset

    async def read(self, count_max: int, timeout_ms: int) -> list[ConsumerRecord[bytes, bytes]]:
        """Records that are there, waiting for the first so long; `next` moves on even when all were markers."""
        position = await self._consumer.position(self._at)
        if position != self.next:
            raise Gap(f"{self._at.topic}/{self._at.partition}: position {position}, but {self.next} is due")
        found = await self._consumer.getmany(self._at, timeout_ms=timeout_ms, max_records=count_max)
        self.next = await self._consumer.position(self._at)
        return list(found.get(self._at, ()))

    async def read_to(self, end: int) -> list[ConsumerRecord[bytes, bytes]]:
        """Exactly the records before an offset that the log is known to reach."""
        records: list[ConsumerRecord[bytes, bytes]] = []
        while self.next < end:
            records += await self.read(end - self.next, 500)
        if self.next > end:
            self._consumer.seek(self._at, end)
            self.next = end
        return [record for record in records if record.offset < end]

    def lag(self) -> int:
        """Offsets that the last answer of the broker showed beyond `next`."""
        end = self._consumer.last_stable_offset(self._at)
        return 0 if end is None else max(0, end - self.next)
