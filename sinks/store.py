"""What a store must do to receive every record exactly once. Knows no Kafka."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from sinks.record import Record


@dataclass(frozen=True, slots=True)
class Resume:
    """Where a partition goes on. `fixed_end` is set when the batch from there to it was begun and may be half stored:
    it has to be written again with exactly these records."""

    offset: int
    fixed_end: int | None = None


@dataclass(slots=True)
class Batch:
    """Rows by table of the records from offset `first` up to, not including, `next`, transaction markers included."""

    topic: str
    partition: int
    first: int
    next: int
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def add(self, rows: list[tuple[str, tuple[Any, ...]]]) -> None:
        for table, row in rows:
            self.rows.setdefault(table, []).append(row)


class Store(Protocol):
    """A store's own offsets, kept with its rows, are the only truth of how far it has come."""

    name: str
    topics: tuple[str, ...]
    pace_ms: int  # from the begin of one write of a partition to the begin of the next, at the least
    pause_max_ms: int  # and at the most, however long a write took: readers wait for what they wrote
    niceness: int  # how far the store stands back from the path of orders where processors are scarce (see nice(2))
    records_max: int  # a batch
    errors: tuple[type[Exception], ...]  # the store failed: the same batch is written again

    def rows_of(self, record: Record) -> list[tuple[str, tuple[Any, ...]]]:
        """Pure conversion; raises Unconvertible for a record that is no row of this store."""

    async def open(self) -> None:
        """Once, before anything else; works while the store is down."""

    async def resume(self, topic: str, partition: int, earliest: int) -> Resume:
        """Where to go on; at `earliest` when the store has nothing of this partition."""

    async def write(self, batch: Batch) -> None:
        """Store it whole. Called again with the same batch after an error, and then stores nothing twice.

        Raises Fenced when the store's offset is neither the batch's begin nor its end.
        """

    async def check(self, topic: str, partition: int, offset: int) -> None:
        """Raise Fenced unless the partition goes on at this offset; asked while nothing arrives."""

    async def close(self) -> None: ...
