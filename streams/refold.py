"""Fold a source's log again and compare with what was written: the core of `tapeline verify` and of the simulator.

"The same" means: per output topic and source partition, in the order of origin, the same key, value and index. Record
timestamps and the interleaving of different sources are not part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from streams.processor import Headers, OutRecord, Processor, SourceRecord, origin_of
from streams.roles import Role
from topics import catalogue

OutRecordAt = tuple[str, OutRecord]
OriginKey = tuple[int, int]  # source offset, index among the outputs of that record


class Written(Protocol):
    """What is compared of an output: as it was refolded, or as it was read off its topic."""

    @property
    def key(self) -> bytes | None: ...

    @property
    def value(self) -> bytes | None: ...

    @property
    def headers(self) -> Headers: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where the log and its refold part."""

    topic: str
    origin: str
    expected: str
    found: str


def parse_origin(header: bytes) -> tuple[str, int, int, int]:
    """`topic/partition/offset/index` of an origin header."""
    topic, partition, offset, index = header.decode().rsplit("/", 3)
    return topic, int(partition), int(offset), int(index)


def refold(role: Role, partition: int, partitions: int, source: Iterable[SourceRecord]) -> Iterator[OutRecordAt]:
    """All outputs that the source's records cause from the first one on, changelog entries left out."""
    processor = Processor(role, partition, partitions)
    for record in source:
        transaction = processor.process([record])
        if transaction is not None:
            for (topic, _), records in transaction.records.items():
                if topic != role.changelog:
                    for out in records:
                        yield topic, out


def compare(
    role: Role, partition: int, expected: Iterable[OutRecordAt], found: Iterable[tuple[str, Written]]
) -> list[Difference]:
    """Differences between a refold's outputs and those on the topics, the first of each topic."""
    wanted = _by_origin(role, partition, expected)
    actual = _by_origin(role, partition, found)
    differences = []
    for topic in catalogue.BY_NAME:
        one, other = wanted.get(topic, []), actual.get(topic, [])
        for index in range(max(len(one), len(other))):
            left = one[index] if index < len(one) else None
            right = other[index] if index < len(other) else None
            if left != right:
                at = min(side[0] for side in (left, right) if side)  # what is missing, or what is too much
                origin = f"{role.source}/{partition}/{at[0]}/{at[1]}"
                differences.append(Difference(topic, origin, repr(left), repr(right)))
                break
    return differences


def _by_origin(
    role: Role, partition: int, outputs: Iterable[tuple[str, Written]]
) -> dict[str, list[tuple[OriginKey, bytes | None, bytes | None]]]:
    """Outputs of one source partition by topic, sorted by origin; duplicates stay and so differ."""
    grouped: dict[str, list[tuple[OriginKey, bytes | None, bytes | None]]] = {}
    for topic, record in outputs:
        header = origin_of(record)
        if header:
            source, number, offset, index = parse_origin(header)
            if source == role.source and number == partition:
                grouped.setdefault(topic, []).append(((offset, index), record.key, record.value))
    for rows in grouped.values():
        rows.sort(key=lambda row: row[0])
    return grouped
