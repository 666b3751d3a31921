"""Faust to fold: fence, load, group commit, quiesce, watchdog. Holds no rule of the market.

Each owned partition has a bounded list of waiting records and one task that commits whatever arrived during the last
transaction as the next one. Any failure, a gap, or a partition that stands still while records wait ends the process at
once: it must not acknowledge, half-write or go on; the supervisor starts it again and the new life fences the old.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Iterable
from typing import Any, cast

from faust.types import TP, AppT

from config.settings import Settings
from streams.kafka_log import KafkaLog
from streams.processor import GapError, Owner
from streams.roles import Role
from streams.table import FoldStore, FoldTable
from streams.transport import Batch, Consumer
from streams.watchdog import Watchdog

WAITING_MAX = 20_000  # records a partition may have waiting before the stream is held back
EXIT_FAILED = 70

log = logging.getLogger(__name__)


def die(reason: object) -> None:
    """End the process without running anything more."""
    log.critical("worker stops: %s", reason)
    logging.shutdown()
    os._exit(EXIT_FAILED)


class Partition:
    """One owned partition: its records that wait, and the task that folds them."""

    def __init__(self, owner: Owner, kafka_log: KafkaLog, pace_s: float) -> None:
        self.owner, self.kafka_log, self.pace_s = owner, kafka_log, pace_s
        self.waiting: list[Any] = []
        self.arrived, self.room = asyncio.Event(), asyncio.Event()
        self.quiet = asyncio.Event()  # set while no transaction is open
        self.quiet.set()
        self.is_stopped = False
        self.watchdog = Watchdog()
        self.task = asyncio.create_task(self._work())

    async def put(self, batch: Batch) -> None:
        """Take a batch, waiting while too many records are waiting already. Stopped, it leaves it to its successor."""
        while len(self.waiting) > WAITING_MAX:
            self.room.clear()
            await self.room.wait()
        if self.is_stopped:
            return
        if batch.start is not None:
            self.owner.check_start(batch.start, batch[-1].offset)
        self.waiting.extend(batch)
        self.arrived.set()

    async def _work(self) -> None:
        while True:
            await self.arrived.wait()
            self.arrived.clear()
            started = time.monotonic()
            batch, self.waiting = self.waiting, []
            self.room.set()
            self.quiet.clear()
            try:
                await asyncio.shield(self.owner.step(batch))
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # fenced, or anything else: this process may write nothing more
                log.critical("step failed", exc_info=True)
                die(f"{type(error).__name__}: {error}")
            finally:
                self.quiet.set()
            await asyncio.sleep(max(0.0, self.pace_s - (time.monotonic() - started)))

    async def stop(self) -> None:
        """Let an open transaction end, then take nothing more; who waits for room in vain is let go."""
        self.waiting, self.is_stopped = [], True
        self.room.set()
        await self.quiet.wait()
        self.task.cancel()
        await self.kafka_log.close()


class Runner:
    """Keeps the partitions of one role in one worker process; a `transport.PartitionKeeper`."""

    def __init__(self, app: AppT, role: Role, table: FoldTable, config: Settings) -> None:
        self.app, self.role, self.config = app, role, config
        self.store = cast(FoldStore, table.data)
        self.partitions: dict[int, Partition] = {}

    async def assigned(self, partitions: set[TP]) -> None:
        """Fence and load everything assigned; the transport keeps the membership meanwhile, however long it takes."""
        await self.revoked()
        owned = [tp.partition for tp in partitions if tp.topic == self.role.source]
        try:
            await asyncio.gather(*map(self._take, owned))
        except Exception as error:
            log.critical("could not take partitions %s", owned, exc_info=True)
            die(f"{type(error).__name__}: {error}")

    async def _take(self, partition: int) -> None:
        kafka_log = KafkaLog(self.config, self.role, partition)
        owner = Owner(self.role, partition, self.config.partitions, kafka_log)
        started, offset = time.monotonic(), await owner.take()
        self.store.folds[partition] = owner.processor.fold
        if kafka_log.changelog_end:
            self.store.set_persisted_offset(TP(self.role.changelog, partition), kafka_log.changelog_end - 1)
        self.partitions[partition] = Partition(owner, kafka_log, self.config.pace_ms / 1000)
        log.info("%s/%d from %d, loaded in %.2f s", self.role.source, partition, offset, time.monotonic() - started)

    async def revoked(self) -> None:
        """Quiesce: whatever is being written is written, then every partition is let go."""
        gone, self.partitions = self.partitions, {}
        await asyncio.gather(*(partition.stop() for partition in gone.values()))
        self.store.folds.clear()

    def resume_offsets(self, assigned: Iterable[TP]) -> dict[TP, int]:
        return {
            TP(self.role.source, tp.partition): self.partitions[tp.partition].owner.mark + 1
            for tp in assigned
            if tp.topic == self.role.source and tp.partition in self.partitions
        }

    async def accept(self, message: Any) -> None:
        """Hand a delivered batch to its partition, unless it is from before a rebalance."""
        partition = self.partitions.get(message.partition)
        if partition is not None and message.generation_id == self.app.consumer_generation_id:
            try:
                await partition.put(message.value)
            except GapError as error:
                die(error)

    async def commit_marks(self) -> None:
        """Tell the group how far the marks are, for lag monitors."""
        marks = {TP(self.role.source, n): p.owner.mark + 1 for n, p in self.partitions.items() if p.owner.mark >= 0}
        if marks and not self.app.rebalancing:
            await cast(Consumer, self.app.consumer)._commit(marks)

    async def watch(self) -> None:
        """Stop the process when records wait and nothing moves."""
        owned = {TP(self.role.source, number): partition for number, partition in self.partitions.items()}
        ends = await self.app.consumer.highwaters(*owned) if owned else {}
        for tp, partition in owned.items():
            mark, end = partition.owner.mark, ends.get(tp) or 0
            if partition.watchdog.is_stalled(time.monotonic(), mark, end):
                die(f"{tp.topic}/{tp.partition} stands still at {mark} while its end has moved to {end}")
