"""A Faust transport that hands an agent one partition's fetched records as one event.

Faust spends its time per message before the stream (a task a message); a whole record batch as one event is 10 to 30
times the throughput. Registered as the broker scheme `batches://` by the entry point group `faust.transports`.

Changelog partitions still go record by record, since Faust's table recovery counts them. Deliveries may be acknowledged
in any order and are committed in the order they were made; the group's offsets only serve lag monitors (the truth is
the mark in the changelog, see `runner`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, cast

from aiokafka import ConsumerRecord
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, AppT, ConsumerMessage
from faust.types.transports import SchedulingStrategyT

FETCH_WAIT_MS = 100


class Batch(list[ConsumerRecord]):
    """Consecutive records of one partition. `start` is the position they were read from, so that a reader can prove
    that nothing was stepped over."""

    __slots__ = ("start",)
    start: int | None


class PartitionKeeper(Protocol):
    """What must happen at the edges of an assignment; the runner implements it."""

    async def assigned(self, partitions: set[TP]) -> None:
        """Fence and load, before anything of these partitions is read."""

    async def revoked(self) -> None:
        """Finish what is being written and take nothing new."""

    def resume_offsets(self, assigned: Iterable[TP]) -> dict[TP, int]:
        """Where to read the source partitions from."""


class Scheduler(SchedulingStrategyT):
    def __init__(self, consumer: Consumer) -> None:
        self.consumer = consumer

    def iterate(self, records: Mapping[TP, list[ConsumerRecord]]) -> Iterator[tuple[TP, Any]]:
        """Source partitions as one batch each, then changelog partitions record by record."""
        for tp, fetched in records.items():
            if not self.consumer._is_changelog_tp(tp):
                yield tp, Batch(fetched)
        for tp, fetched in records.items():
            if self.consumer._is_changelog_tp(tp):
                for record in fetched:
                    yield tp, record


class Thread(driver.AIOKafkaConsumerThread):
    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        # Faust hard-codes 1500 ms: a busy partition would wait behind an in-flight long poll for the idle ones.
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        consumer._isolation_level = "read_committed"
        return consumer

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        # aiokafka itself begins only when this returns, and a book that took longer to load than the session lasts
        # would be taken away while it loads, again and again. This thread is free while the folds' own thread loads.
        self._ensure_consumer()._coordinator._start_heartbeat_task()
        await super().on_partitions_assigned(assigned, generation_id)


class Consumer(driver.Consumer):
    keeper: PartitionKeeper

    def __init__(self, transport: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(transport, *args, **kwargs)
        self.keeper = transport.keeper
        self.scheduler = Scheduler(self)
        self._position: dict[TP, int] = {}
        self._delivered: dict[TP, deque[int]] = {}  # last offsets of the batches handed out, in order

    def _new_consumer_thread(self) -> Thread:
        return Thread(self, loop=self.loop, beacon=self.beacon)

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:
        # A copy: Faust passes its live set and empties it at the end of recovery while the fetch waits; aiokafka reads
        # an empty set as "all partitions", and source records would leak out before the seek.
        if active_partitions is not None and not active_partitions:
            return {}
        return await super()._getmany(active_partitions and set(active_partitions), timeout)

    def _to_message(self, tp: TP, record: Any) -> ConsumerMessage:
        if not isinstance(record, Batch):
            return super()._to_message(tp, record)
        last = record[-1]
        self._delivered.setdefault(tp, deque()).append(last.offset)
        record.start, self._position[tp] = self._position.get(tp), last.offset + 1
        return ConsumerMessage(
            last.topic,
            last.partition,
            last.offset,
            last.timestamp / 1000.0,
            last.timestamp_type,
            [],
            None,
            cast("bytes", record),
            None,
            -1,
            -1,
            tp,
            generation_id=self.app.consumer_generation_id,
        )

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Faust's gap list would commit 1 for ever after a first batch of one record; `_delivered` replaces it."""

    def _new_offset(self, tp: TP) -> int | None:
        if tp not in self._delivered:
            offset: int | None = super()._new_offset(tp)
            return offset
        acknowledged = self._acked_index[tp]
        delivered, last = self._delivered[tp], None
        while delivered and delivered[0] in acknowledged:
            last = delivered.popleft()
            acknowledged.discard(last)
        if last is None:
            return None
        self._acked[tp] = [offset for offset in self._acked[tp] if offset > last]
        return last + 1

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        await self.keeper.revoked()
        for tp in revoked:
            self._delivered.pop(tp, None)
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        await self.keeper.assigned(assigned)
        await super().on_partitions_assigned(assigned, generation_id)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        offsets = dict(await super().seek_to_committed())
        resumed = self.keeper.resume_offsets(self.assignment())
        await self.seek_wait(resumed)
        return offsets | resumed

    async def perform_seek(self) -> None:
        self._delivered.clear()
        self._acked.clear()
        self._acked_index.clear()
        await super().perform_seek()
        positions = {tp: offset for tp, offset in self._read_offset.items() if offset is not None}
        self._position.update({TP(tp.topic, tp.partition): offset for tp, offset in positions.items()})


class Transport(driver.Transport):
    Consumer = Consumer
    driver_version = f"{driver.Transport.driver_version}+batches"

    def __init__(self, transport: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(transport, *args, **kwargs)
        self.keeper: PartitionKeeper


def install(app: AppT, keeper: PartitionKeeper) -> None:
    """Give an app this transport. Must come before its consumer is made."""
    app.transport = Transport(app.conf.broker_consumer, app)
    app.transport.keeper = keeper
