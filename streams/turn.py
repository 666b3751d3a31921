"""One transaction of a worker that owns every partition: an order is checked, matched and booked within it.

What a fold writes for another one lands in a source of this same worker, and the broker tells the offset of a write
long before the transaction ends. So it is folded at once, in the same transaction, where that is sure to be its turn:
when nothing lies between the last offset that is known of its partition and its own. Otherwise (a client's command came
in between) it is left to be read like any other record. The reader passes over what was folded already.

Either all of a turn is committed, or none of it: the offsets of an aborted write are never used again, and the marks
that name them are aborted with it. Knows no Kafka client: the simulator runs this same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from streams.processor import At, Headers, Outputs, OutRecord, Processor, SourceRecord

ROUNDS_MAX = 6  # writes to own sources that one transaction folds; bounds its time


@dataclass(frozen=True, slots=True)
class Run:
    """Records that were written one after another; `base` is the first one's offset, -1 when the broker did not say."""

    at: At
    base: int
    records: Sequence[OutRecord]


class Journal(Protocol):
    """A transactional producer. Raises when a newer owner has fenced it, and when anything is not certain."""

    async def begin(self) -> None: ...

    async def append(self, outputs: Outputs) -> list[Run]:
        """Write into the open transaction; ends when the broker has all of it."""

    async def commit(self) -> None: ...


@dataclass(slots=True)
class Appended:
    """A record of this worker's own as its source will deliver it."""

    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


class Source:
    """A source partition: everything below `known` is folded, or is no record."""

    def __init__(self, processor: Processor) -> None:
        self.processor = processor
        self.known = processor.mark + 1
        self._committed_end = -1  # where this worker's own records of the last transaction ended
        self._written_end = -1

    def read_up_to(self, position: int) -> None:
        """The reader has delivered everything below its position."""
        self.known = max(self.known, position)

    def wrote(self, run: Run) -> None:
        """A run is in the open transaction."""
        self._written_end = run.base + len(run.records)

    def due(self, run: Run) -> list[Appended]:
        """The run's records to be folded now; none unless it is their turn.

        A transaction's end takes an offset in each partition it wrote to. Where nothing is known beyond the last
        transaction's records, exactly that one offset has to lie before this run.
        """
        if run.base != self.known + (self.known == self._committed_end):
            return []
        self.known = run.base + len(run.records)
        return [
            Appended(run.base + index, record.key, record.value, record.headers)
            for index, record in enumerate(run.records)
        ]

    def committed(self) -> None:
        """The transaction that wrote here has ended."""
        self._committed_end = self._written_end


class Turns:
    """Folds what has arrived and makes all its consequences durable, a transaction a turn. Any exception is final."""

    def __init__(self, processors: Mapping[At, Processor], journal: Journal) -> None:
        self.sources = {at: Source(processor) for at, processor in processors.items()}
        self.journal = journal

    async def take(self, fetched: Mapping[At, Iterable[SourceRecord]], positions: Mapping[At, int]) -> bool:
        """One turn; False when everything fetched had been folded before. `positions` are the reader's."""
        folded: set[At] = set()
        outputs = self._fold(fetched, folded)
        for at, position in positions.items():
            self.sources[at].read_up_to(position)
        if not folded:
            return False
        await self.journal.begin()
        last: Outputs = {}
        rounds = 0
        while own := {at: outputs.pop(at) for at in self.sources if at in outputs and rounds < ROUNDS_MAX}:
            _merge(last, outputs)
            outputs = self._fold(self._due(await self._append(own)), folded)
            rounds += 1
        _merge(last, outputs)
        for at, source in self.sources.items():
            if at in folded:
                _merge(last, {(source.processor.role.changelog, at[1]): source.processor.entries()})
        await self._append(last)
        await self.journal.commit()
        for source in self.sources.values():
            source.committed()
        return True

    async def _append(self, outputs: Outputs) -> list[Run]:
        runs = await self.journal.append(outputs)
        for run in runs:
            if run.at in self.sources:
                self.sources[run.at].wrote(run)
        return runs

    def _due(self, runs: Iterable[Run]) -> dict[At, list[Appended]]:
        due: dict[At, list[Appended]] = {}
        for run in runs:
            due.setdefault(run.at, []).extend(self.sources[run.at].due(run))
        return due

    def _fold(self, records: Mapping[At, Iterable[SourceRecord]], folded: set[At]) -> Outputs:
        outputs: Outputs = {}
        for at, some in records.items():
            caused = self.sources[at].processor.fold_in(some)
            if caused is not None:
                folded.add(at)
                _merge(outputs, caused)
        return outputs


def _merge(into: Outputs, outputs: Outputs) -> None:
    for at, records in outputs.items():
        into.setdefault(at, []).extend(records)
