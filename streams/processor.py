"""A source partition's records to the transaction they cause. Deterministic, knows no Kafka client: the workers and
the simulator run this same code.

Every output gets two headers: `origin` (topic/partition/offset of the record that caused it, and its index among that
record's outputs) and `correlation-id` (copied along, so that a fill can be walked back to its POST).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from streams.fold import Refused, Step
from streams.roles import Role
from topics import catalogue
from topics.codec import Undecodable, decode, encode
from topics.letters import dead_letter
from topics.messages import DeadLetter, Mark, Span
from topics.partition import partition_of

MARK_NAME: Final = "mark"
CORRELATION_BYTES_MAX: Final = 128
TIME_US_BELOW: Final = 7_258_118_400_000_000  # 2200-01-01
Headers = Sequence[tuple[str, bytes | None]]


class SourceRecord(Protocol):
    """What is read of a consumed record; aiokafka's ConsumerRecord is one."""

    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass(slots=True)
class OutRecord:
    """A record to be written; `value` None deletes an entry."""

    key: bytes
    value: bytes | None
    headers: Headers = field(default_factory=list)


At = tuple[str, int]  # topic, partition
Outputs = dict[At, list[OutRecord]]


@dataclass(slots=True)
class Transaction:
    """All that one batch of one source partition causes; written whole or not at all."""

    mark: int
    records: Outputs


class Carried(Protocol):
    """Anything with headers."""

    @property
    def headers(self) -> Headers: ...


def origin_of(record: Carried) -> bytes:
    """Origin header of an output; empty when it has none, as a client's own record."""
    return next((value for name, value in record.headers if name == "origin" and value is not None), b"")


def correlation_of(record: SourceRecord) -> bytes:
    """The record's correlation id; empty where a producer sent none, or one that no store could keep."""
    for name, value in record.headers:
        if name == "correlation-id" and value is not None:
            return value if len(value) <= CORRELATION_BYTES_MAX and value.isascii() and b"\0" not in value else b""
    return b""


class GapError(Exception):
    """Records of the source were stepped over; nothing may be folded after them."""


class Processor:
    """The fold of one source partition, and how far it has come."""

    def __init__(self, role: Role, partition: int, partitions: int) -> None:
        self.role, self.partition, self.partitions = role, partition, partitions
        self.fold = role.fold()
        self.mark = -1
        self.spans: list[Span] = []
        self._changed: dict[str, None] = {}  # names of entries, in the order in which they changed first

    def load(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Build the state back from the changelog's live rows."""
        entries: list[tuple[str, Any]] = []
        for key, value in rows:
            name, message = key.decode(), decode(value)
            if name == MARK_NAME:
                self.mark, self.spans = message.offset, message.spans
            else:
                entries.append((name, message))
        self.fold.load(entries)

    def process(self, records: Iterable[SourceRecord]) -> Transaction | None:
        """Fold records in; None when all of them had been folded before (a redelivery after a seek)."""
        outputs = self.fold_in(records)
        if outputs is None:
            return None
        transaction = Transaction(self.mark, outputs)
        transaction.records[self.role.changelog, self.partition] = self.entries()
        return transaction

    def fold_in(self, records: Iterable[SourceRecord]) -> Outputs | None:
        """Fold records in and return their outputs alone; the entries that they changed are due until `entries`."""
        outputs: Outputs = {}
        folded = False
        for record in records:
            if record.offset <= self.mark:
                continue
            folded = True
            step, letter = self._apply(record)
            origin = f"{self.role.source}/{self.partition}/{record.offset}/"
            correlation = correlation_of(record)
            for index, output in enumerate(step.outputs):
                headers = [("origin", f"{origin}{index}".encode()), ("correlation-id", correlation)]
                at = (output.topic, partition_of(output.key, self.partitions))
                outputs.setdefault(at, []).append(OutRecord(output.key.encode(), encode(output.message), headers))
            if letter is not None:
                headers = [("origin", f"{origin}0".encode()), ("correlation-id", correlation)]
                at = (catalogue.DEAD_LETTERS, partition_of(self.role.source, self.partitions))
                outputs.setdefault(at, []).append(OutRecord(self.role.source.encode(), encode(letter), headers))
            self._changed.update(step.changed)
            self._advance(record.offset)
        return outputs if folded else None

    def entries(self) -> list[OutRecord]:
        """Changelog records of all that has changed since the last call, each entry once, the mark last."""
        records = []
        for name in self._changed:
            entry = self.fold.entry(name)
            records.append(OutRecord(name.encode(), None if entry is None else encode(entry)))
        self._changed.clear()
        return [*records, OutRecord(MARK_NAME.encode(), encode(Mark(self.mark, self.spans)))]

    def _apply(self, record: SourceRecord) -> tuple[Step, DeadLetter | None]:
        """The step of a record, or the dead letter that it becomes."""
        try:
            message = decode(record.value)
            if message.NAME not in self.role.records:
                raise Refused(f"{message.NAME} does not belong on {self.role.source}")
            self._check_cause(record, message)
            step = self.fold.apply(self._key(record, message), message)
            return step, None if step.refused is None else self._letter(record, step.refused)
        except (Undecodable, Refused) as error:
            return Step(), self._letter(record, error)

    def _letter(self, record: SourceRecord, error: Undecodable | Refused) -> DeadLetter:
        reason = error.reason if isinstance(error, Refused) else "undecodable"
        return dead_letter(record, self.role.source, self.partition, reason, str(error))

    def _check_cause(self, record: SourceRecord, message: Any) -> None:
        """A report must come from matching, an order from accounts, and a time from an age that stores can write."""
        cause = self.role.caused_by.get(message.NAME)
        if cause is not None and not origin_of(record).startswith(f"{cause}/".encode()):
            raise Refused(f"a {message.NAME} on {self.role.source} must have its origin on {cause}")
        if not 0 <= message.transact_time_us < TIME_US_BELOW:
            raise Refused(f"time {message.transact_time_us} is not between 1970 and 2200")

    def _key(self, record: SourceRecord, message: Any) -> str:
        """The record's key, which must belong in this partition, or a key would have a second, empty state."""
        if record.key is None:
            raise Refused("a record without a key")
        try:
            key = record.key.decode()
        except UnicodeDecodeError as error:
            raise Refused("the key is not UTF-8") from error
        home = partition_of(key, self.partitions)
        if home != self.partition and message.NAME not in self.role.partition_wide:
            raise Refused(f"key {key!r} belongs in partition {home}: it was not partitioned by murmur2 of the key")
        return key

    def _advance(self, offset: int) -> None:
        self.mark = offset
        if not self.spans or self.spans[-1].fold_version != self.fold.VERSION:
            self.spans.append(Span(self.fold.VERSION, offset))


class Log(Protocol):
    """Where a partition's state and outputs are kept durably: Kafka, or the simulator's memory."""

    async def fence(self) -> None:
        """Bar every former owner from writing, and end what it left open."""

    async def entries(self) -> list[tuple[bytes, bytes]]:
        """The live rows of the partition's changelog, committed ones only."""

    async def commit(self, transaction: Transaction) -> None:
        """Write all of it, or raise."""


class Owner:
    """Ownership of one source partition: take it, then step by step fold and commit. Any exception is final."""

    def __init__(self, role: Role, partition: int, partitions: int, log: Log) -> None:
        self.processor = Processor(role, partition, partitions)
        self.log = log
        self._due = 0

    @property
    def mark(self) -> int:
        """Offset of the last source record whose effects are durable or being made so."""
        return self.processor.mark

    async def take(self) -> int:
        """Fence, then load; returns the source offset to read from."""
        await self.log.fence()
        self.processor.load(await self.log.entries())
        self._due = self.processor.mark + 1
        return self._due

    def check_start(self, start: int, last: int) -> None:
        """Hold that a batch read from position `start` to offset `last` leaves nothing out."""
        if start > self._due:
            raise GapError(f"{self.processor.role.source}: offset {self._due} was due, the batch starts at {start}")
        self._due = max(self._due, last + 1)

    async def step(self, records: Iterable[SourceRecord]) -> None:
        """Fold records and make their effects durable in one transaction."""
        transaction = self.processor.process(records)
        if transaction is not None:
            await self.log.commit(transaction)
