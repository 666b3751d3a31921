"""Workers of the simulator: the real `Owner` over the in-memory broker, advanced a durable step at a time.

A worker is a coroutine that gives way before and after everything durable it does, so that the scheduler may crash it
(drop the coroutine: nothing more happens), leave it frozen while another takes its partition, or go on with it.
"""

from __future__ import annotations

import random
from collections.abc import Coroutine, Generator
from types import coroutine
from typing import Any

from proof.simulated.broker import Broker, Stored
from streams.processor import Owner, Transaction
from streams.roles import Role, transactional_id

BATCH_MAX = 12


@coroutine
def pause(label: str) -> Generator[str, None, None]:
    """Give way to the scheduler at a named point."""
    yield label


class SimulatedLog:
    """`processor.Log` on the in-memory broker."""

    def __init__(self, broker: Broker, role: Role, partition: int) -> None:
        self.broker, self.role, self.partition = broker, role, partition
        self.identity = transactional_id(role, partition)
        self.epoch = -1

    async def fence(self) -> None:
        await pause("before fence")
        self.epoch = self.broker.begin_epoch(self.identity)
        await pause("after fence")

    async def entries(self) -> list[tuple[bytes, bytes]]:
        rows = self.broker.live_rows(self.role.changelog, self.partition)
        await pause("loaded")
        return rows

    async def commit(self, transaction: Transaction) -> None:
        for (topic, partition), records in transaction.records.items():
            half = len(records) // 2
            for part in (records[:half], records[half:]):
                if part:
                    self.broker.write(self.identity, self.epoch, topic, partition, part)
                    await pause("written")
        self.broker.commit(self.identity, self.epoch)
        await pause("committed")


class Life:
    """One life of a worker, a durable step at a time."""

    def __init__(self, steps: Coroutine[Any, Any, None]) -> None:
        self._steps = steps
        self.idle = False  # found nothing to do

    def advance(self) -> None:
        """Go on to the next durable step. Raises Fenced when a newer life has taken over."""
        self._steps.send(None)

    def crash(self) -> None:
        self._steps.close()


class Worker(Life):
    """The owner of one source partition, as in a cluster."""

    def __init__(self, broker: Broker, role: Role, partition: int, seed: int) -> None:
        super().__init__(self._live())
        self.broker, self.role, self.partition = broker, role, partition
        self.random = random.Random(seed)
        self.log = SimulatedLog(broker, role, partition)
        self.owner = Owner(role, partition, broker.partitions, self.log)

    def is_barred(self) -> bool:
        return self.broker.is_barred(self.log.identity, self.log.epoch)

    def is_at_rest(self) -> bool:
        """Whether every record of its source is folded and durable."""
        return self.idle and not self.broker.committed(self.role.source, self.partition, self.owner.mark + 1)

    async def _live(self) -> None:
        position = await self.owner.take()
        while True:
            batch = self._fetch(position)
            self.idle = not batch
            if batch:
                self.owner.check_start(position, batch[-1].offset)
                position = batch[-1].offset + 1
                await self.owner.step(batch)
            await pause("turn")

    def _fetch(self, position: int) -> list[Stored]:
        """A piece of what is there; now and then some records that were delivered before."""
        again = self.random.randint(1, 8) if self.random.random() < 0.1 else 0
        start = max(0, position - again)
        seen = self.broker.committed(self.role.source, self.partition, start)
        batch = seen[: again + self.random.randint(1, BATCH_MAX)]
        return batch if batch and batch[-1].offset >= position else []
