"""The single owner of the simulator: the real `Turns` over the in-memory broker, advanced a durable step at a time."""

from __future__ import annotations

import random
from collections.abc import Iterable

from proof.simulated.broker import Broker, Stored
from proof.simulated.worker import BATCH_MAX, Life, pause
from streams.processor import At, Outputs, Processor
from streams.roles import SINGLE_OWNER_ID, TRADING
from streams.turn import Run, Turns


class SimulatedJournal:
    """`turn.Journal` on the in-memory broker. Others write between any two steps, so that runs are torn apart."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self.epoch = -1

    async def fence(self) -> None:
        await pause("before fence")
        self.epoch = self.broker.begin_epoch(SINGLE_OWNER_ID)
        await pause("after fence")

    async def begin(self, likely: Iterable[At]) -> None:
        for at in likely:
            self.broker.touch(SINGLE_OWNER_ID, self.epoch, at)
        await pause("begun")

    async def append(self, outputs: Outputs) -> list[Run]:
        runs = []
        for at, records in outputs.items():
            half = len(records) // 2
            for part in (records[:half], records[half:]):
                if part:
                    runs.append(Run(at, self.broker.write(SINGLE_OWNER_ID, self.epoch, *at, part), part))
                    await pause("written")
        return runs

    async def commit(self) -> None:
        self.broker.commit(SINGLE_OWNER_ID, self.epoch)
        await pause("committed")


class SingleWorker(Life):
    """The owner of every source partition."""

    def __init__(self, broker: Broker, seed: int) -> None:
        super().__init__(self._live())
        self.broker = broker
        self.random = random.Random(seed)
        self.journal = SimulatedJournal(broker)
        self.processors: dict[At, Processor] = {}
        self.positions: dict[At, int] = {}

    def is_barred(self) -> bool:
        return self.broker.is_barred(SINGLE_OWNER_ID, self.journal.epoch)

    def is_at_rest(self) -> bool:
        """Whether every record of its sources is folded and durable."""
        return self.idle and not any(
            self.broker.committed(*at, processor.mark + 1) for at, processor in self.processors.items()
        )

    async def _live(self) -> None:
        await self.journal.fence()
        for role in TRADING.roles:
            for partition in range(self.broker.partitions):
                processor = Processor(role, partition, self.broker.partitions)
                processor.load(self.broker.live_rows(role.changelog, partition))
                self.processors[role.source, partition] = processor
                self.positions[role.source, partition] = processor.mark + 1
        await pause("loaded")
        turns = Turns(self.processors, self.journal, self)
        while True:
            fetched = {at: records for at in self.processors if (records := self._fetch(at))}
            self.idle = not fetched
            if fetched:
                await turns.take(fetched, {at: self.positions[at] for at in fetched})
            await pause("turn")

    async def read_below(self, at: At, offset: int) -> tuple[list[Stored], int]:
        """`turn.Reader`: may find all of it, a part, or nothing."""
        records = self._fetch(at)
        await pause("read below")
        return records, self.positions[at]

    def _fetch(self, at: At) -> list[Stored]:
        """A piece of what is there. A reader's position may have passed the markers behind the last record, or not."""
        seen = self.broker.committed(*at, self.positions[at])
        batch = seen[: self.random.randint(0, BATCH_MAX)]
        if batch:
            self.positions[at] = batch[-1].offset + 1
            if len(batch) == len(seen) and self.random.random() < 0.5:
                self.positions[at] = self.broker.position(*at, self.positions[at])
        return batch
