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
from typing import Final, Protocol

from streams.processor import At, Headers, Outputs, OutRecord, Processor, SourceRecord

ROUNDS_MAX: Final = 6  # writes to own sources that one transaction folds; bounds its time


@dataclass(frozen=True, slots=True)
class Run:
    """Records that were written one after another; `base` is the first one's offset, -1 when the broker did not say."""

    at: At
    base: int
    records: Sequence[OutRecord]


class Journal(Protocol):
    """A transactional producer. Raises when a newer owner has fenced it, and when anything is not certain."""

    async def begin(self, likely: Iterable[At]) -> None:
        """Open a transaction over the partitions that will probably be written to: cheaper than one by one."""

    async def append(self, outputs: Outputs) -> list[Run]:
        """Write into the open transaction; ends when the broker has all of it."""

    async def commit(self) -> None:
        """Its end takes an offset in every partition that it was opened over or has written to."""


class Reader(Protocol):
    """Delivers the sources' committed records."""

    async def read_below(self, at: At, offset: int) -> tuple[Sequence[SourceRecord], int]:
        """What is there of a partition below an offset, and the position reached; may give up before it is there."""


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
        self._written_end = -1
        self._ends = (
            0  # of transactions, that are sure to lie at or after the next offset, and before any write to come
        )
        self._ends_at = -1

    def read_up_to(self, position: int) -> None:
        """The reader has delivered everything below its position."""
        self.known = max(self.known, position)

    def wrote(self, run: Run) -> None:
        """A run is in the open transaction."""
        self._written_end = run.base + len(run.records)

    def due(self, run: Run) -> list[Appended]:
        """The run's records to be folded now; none unless it is their turn: unless nothing but ends of this worker's
        own transactions lies between what is known and the run."""
        if run.base != self.known + (self._ends if self.known == self._ends_at else 0):
            return []
        self.known = run.base + len(run.records)
        return [
            Appended(run.base + index, record.key, record.value, record.headers)
            for index, record in enumerate(run.records)
        ]

    def ended(self) -> None:
        """The transaction has ended, with this partition in it. Had it written here, all ends before it have passed."""
        if self._written_end >= 0:
            self._ends_at, self._ends = self._written_end, 1
        elif self._ends_at == self.known:
            self._ends += 1
        else:
            self._ends_at, self._ends = self.known, 1
        self._written_end = -1


class Turns:
    """Folds what has arrived and makes all its consequences durable, a transaction a turn. Any exception is final."""

    def __init__(self, processors: Mapping[At, Processor], journal: Journal, reader: Reader) -> None:
        self.sources = {at: Source(processor) for at, processor in processors.items()}
        self.journal, self.reader = journal, reader
        self._likely: frozenset[At] = frozenset()  # what the last transaction wrote to

    async def take(self, fetched: Mapping[At, Iterable[SourceRecord]], positions: Mapping[At, int]) -> bool:
        """One turn; False when everything fetched had been folded before. `positions` are the reader's."""
        folded: set[At] = set()
        outputs = self._fold(fetched, folded)
        for at, position in positions.items():
            self.sources[at].read_up_to(position)
        if not folded:
            return False
        await self.journal.begin(self._likely)
        last: Outputs = {}
        written: set[At] = set()
        rounds = 0
        while own := {at: outputs.pop(at) for at in self.sources if at in outputs and rounds < ROUNDS_MAX}:
            _merge(last, outputs)
            outputs = await self._fold_own(await self._append(own), folded)
            written |= own.keys()
            rounds += 1
        _merge(last, outputs)
        for at, source in self.sources.items():
            if at in folded:
                _merge(last, {(source.processor.role.changelog, at[1]): source.processor.entries()})
        await self._append(last)
        await self.journal.commit()
        written |= last.keys()
        for at in self.sources:
            if at in written or at in self._likely:
                self.sources[at].ended()
        self._likely = frozenset(written)
        return True

    async def _fold_own(self, runs: Iterable[Run], folded: set[At]) -> Outputs:
        """Fold what was just written, and first what others wrote before it."""
        outputs: Outputs = {}
        for run in runs:
            source = self.sources[run.at]
            due = source.due(run)
            if not due and source.known < run.base:
                records, position = await self.reader.read_below(run.at, run.base)
                _merge(outputs, self._fold({run.at: records}, folded))
                source.read_up_to(position)
                due = source.due(run)
            _merge(outputs, self._fold({run.at: due}, folded))
        return outputs

    async def _append(self, outputs: Outputs) -> list[Run]:
        runs = await self.journal.append(outputs)
        for run in runs:
            if run.at in self.sources:
                self.sources[run.at].wrote(run)
        return runs

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
