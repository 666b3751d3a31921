"""Carries the source partitions of a store: read, convert, write, each partition on its own.

Nothing is remembered here. A process that is killed at any instant starts again from what the store says it has.
A store that fails gets the same batch again, for ever; a record that cannot be a row becomes a dead letter; anything
else ends the process.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from aiokafka.errors import KafkaError
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential_jitter

from config.settings import Settings
from sinks import metrics
from sinks.dead_letters import DeadLetters
from sinks.errors import Unconvertible
from sinks.reader import Reader
from sinks.record import Record
from sinks.store import Batch, Store

log = logging.getLogger("sinks")
_T = TypeVar("_T")
_IDLE_MS = 500  # a read without records ends after this; also how late markers alone are noticed
_CHECK_S = 5.0  # a rebuild under a sink is noticed after this where nothing arrives
# Of a partition's time a tenth goes into writing while no whole batch waits and the store's own bound allows it: on a
# busy machine writes take longer, so they come seldomer and are larger, and orders get the processors (docs/decisions).
_WRITING_SHARE = 0.1
_RETRY_MAX_S = 5.0  # also bounds how many batches of others pass ClickHouse's deduplication window meanwhile


async def run(store: Store, config: Settings) -> None:
    """Fill a store until cancelled."""
    await store.open()
    letters = DeadLetters(config, store.name)
    try:
        async with asyncio.TaskGroup() as group:
            for topic in store.topics:
                for partition in range(config.partitions):
                    group.create_task(Partition(store, letters, topic, partition).run(config))
    finally:
        await letters.close()
        await store.close()


class Partition:
    """One source partition on its way into one store."""

    def __init__(self, store: Store, letters: DeadLetters, topic: str, partition: int) -> None:
        self.store, self.letters, self.topic, self.partition = store, letters, topic, partition
        self.labels = (store.name, topic, str(partition))
        self._due_s = self._check_due_s = 0.0

    async def run(self, config: Settings) -> None:
        """Go on from where the store is, until cancelled."""
        async with Reader(config, self.topic, self.partition) as reader:
            earliest = await reader.earliest()
            resume = await self._insist(lambda: self.store.resume(self.topic, self.partition, earliest))
            await reader.start(resume.offset)
            log.info("%s: %s/%d goes on at offset %d", *self.labels[:2], self.partition, resume.offset)
            if resume.fixed_end is not None:
                await self._store(resume.offset, resume.fixed_end, await reader.read_to(resume.fixed_end))
            while True:
                first = reader.next
                records = await self._gather(reader)
                if reader.next != first:
                    await self._store(first, reader.next, records)
                    metrics.lag.labels(*self.labels).set(reader.lag())
                elif time.monotonic() > self._check_due_s:
                    await self._insist(lambda: self.store.check(self.topic, self.partition, reader.next))
                    self._check_due_s = time.monotonic() + _CHECK_S

    async def _gather(self, reader: Reader) -> list[Record]:
        """What a batch holds: everything that arrived since the last one, when it is due or a whole one waits."""
        if reader.lag() < self.store.records_max:
            await asyncio.sleep(max(0.0, self._due_s - time.monotonic()))
        records: list[Record] = [*await reader.read(self.store.records_max, _IDLE_MS)]
        while reader.lag() and (left := self.store.records_max - len(records)) > 0:
            more = await reader.read(left, _IDLE_MS)
            if not more:
                break
            records += more
        self._due_s = time.monotonic() + self.store.pace_ms / 1000
        return records

    async def _store(self, first: int, end: int, records: Sequence[Record]) -> None:
        """Convert, then write until it is written."""
        batch = Batch(self.topic, self.partition, first, end)
        refused: list[tuple[Record, str]] = []
        for record in records:
            try:
                batch.add(self.store.rows_of(record))
            except Unconvertible as error:
                log.error("%s: %s/%d/%d is a dead letter: %s", *self.labels[:2], self.partition, record.offset, error)
                refused.append((record, str(error)))
        if refused:
            await self._insist(lambda: self.letters.write(refused))
            metrics.dead_letters.labels(*self.labels).inc(len(refused))
        with metrics.write_seconds.labels(*self.labels).time():
            await self._insist(lambda: self._write(batch))
        metrics.records.labels(*self.labels).inc(len(records))
        metrics.offset.labels(*self.labels).set(end)

    async def _write(self, batch: Batch) -> None:
        began_s = time.monotonic()
        await self.store.write(batch)
        took_s = time.monotonic() - began_s
        pause_s = min(took_s / _WRITING_SHARE, self.store.pause_max_ms / 1000)
        self._due_s = max(self._due_s, began_s + pause_s)

    async def _insist(self, do: Callable[[], Awaitable[_T]]) -> _T:
        """Do it until neither the store nor the broker fails; each failure is logged and raises the alarm."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type((*self.store.errors, KafkaError)),
            wait=wait_exponential_jitter(initial=0.05, max=_RETRY_MAX_S, jitter=0.05),
            before_sleep=self._alarm,
        )
        async for attempt in retrying:
            with attempt:
                result = await do()
        metrics.failing.labels(*self.labels).set(0)
        return result

    def _alarm(self, state: RetryCallState) -> None:
        metrics.failing.labels(*self.labels).set(1)
        metrics.retries.labels(*self.labels).inc()
        error = state.outcome.exception() if state.outcome else None
        log.warning(
            "%s: %s/%d is tried again after failure %d: %s",
            *self.labels[:2],
            self.partition,
            state.attempt_number,
            str(error).strip() or repr(error),
        )
