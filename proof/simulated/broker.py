"""A log in memory with Kafka's rules for transactions: epochs that fence, aborts, markers that take an offset, and
readers that see committed records only, up to the first open transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streams.processor import Headers, OutRecord
from topics.partition import partition_of


class Fenced(RuntimeError):
    """A newer owner has started under the same transactional id."""


@dataclass(slots=True)
class Stored:
    """A record of a partition; `open_by` names the transaction that has not ended yet; a marker has no key."""

    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    open_by: str | None = None
    aborted: bool = False
    marker: bool = False


class Broker:
    def __init__(self, partitions: int) -> None:
        self.partitions = partitions
        self.logs: dict[tuple[str, int], list[Stored]] = {}
        self.epochs: dict[str, int] = {}
        self.touched: dict[str, list[tuple[str, int]]] = {}  # by an id's open transaction

    def log(self, topic: str, partition: int) -> list[Stored]:
        return self.logs.setdefault((topic, partition), [])

    def append(self, topic: str, key: str, value: bytes, headers: Headers = (), partition: int | None = None) -> None:
        """A plain, acknowledged write: what the API and the clock do."""
        to = partition_of(key, self.partitions) if partition is None else partition
        log = self.log(topic, to)
        log.append(Stored(len(log), key.encode(), value, headers))

    def begin_epoch(self, identity: str) -> int:
        """A producer starts: whatever its predecessor left open is aborted, and the predecessor is fenced."""
        self._end(identity, aborted=True)
        self.epochs[identity] = self.epochs.get(identity, -1) + 1
        return self.epochs[identity]

    def write(self, identity: str, epoch: int, topic: str, partition: int, records: Sequence[OutRecord]) -> int:
        """Write into the open transaction; returns the first record's offset."""
        self._check(identity, epoch)
        log = self.log(topic, partition)
        base = len(log)
        for record in records:
            log.append(Stored(len(log), record.key, record.value, record.headers, open_by=identity))
        self.touched.setdefault(identity, []).append((topic, partition))
        return base

    def touch(self, identity: str, epoch: int, at: tuple[str, int]) -> None:
        """Open a transaction over a partition: it gets a marker, also if nothing is written to it."""
        self._check(identity, epoch)
        self.log(*at)
        self.touched.setdefault(identity, []).append(at)

    def commit(self, identity: str, epoch: int) -> None:
        self._check(identity, epoch)
        self._end(identity, aborted=False)

    def durable(self, topic: str, partition: int, start: int = 0) -> list[Stored]:
        """What is committed for good, also where an open transaction before it still hides it from readers."""
        log = self.log(topic, partition)[start:]
        return [stored for stored in log if stored.open_by is None and not stored.aborted and not stored.marker]

    def committed(self, topic: str, partition: int, start: int = 0) -> list[Stored]:
        """What a read_committed reader sees from an offset on."""
        seen = []
        for stored in self.log(topic, partition)[start:]:
            if stored.open_by is not None:
                break
            if not stored.aborted and not stored.marker:
                seen.append(stored)
        return seen

    def live_rows(self, topic: str, partition: int) -> list[tuple[bytes, bytes]]:
        """What compaction keeps: the last value of each key."""
        rows: dict[bytes, bytes] = {}
        for stored in self.committed(topic, partition):
            if stored.key is not None:
                rows.pop(stored.key, None)
                if stored.value is not None:
                    rows[stored.key] = stored.value
        return list(rows.items())

    def position(self, topic: str, partition: int, start: int) -> int:
        """Where a reader stands that has taken every committed record from `start` on: past markers and aborted ones,
        before an open transaction."""
        log = self.log(topic, partition)
        return next((stored.offset for stored in log[start:] if stored.open_by is not None), len(log))

    def is_barred(self, identity: str, epoch: int) -> bool:
        """Whether a newer owner has started."""
        return self.epochs.get(identity) != epoch

    def _check(self, identity: str, epoch: int) -> None:
        if self.is_barred(identity, epoch):
            raise Fenced(f"{identity}: epoch {epoch} is not {self.epochs.get(identity)}")

    def _end(self, identity: str, aborted: bool) -> None:
        for at in dict.fromkeys(self.touched.pop(identity, ())):
            log = self.logs[at]
            for stored in reversed(log):
                if stored.open_by == identity:
                    stored.open_by, stored.aborted = None, aborted
            log.append(Stored(len(log), None, None, (), marker=True))
