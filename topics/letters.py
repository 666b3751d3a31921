"""A dead letter of a record, bounded: unpacked and wrapped, a record may be larger than what a topic takes."""

from __future__ import annotations

from typing import Final, Protocol

from topics.messages import DeadLetter

KEPT_BYTES_MAX: Final = 100_000  # of a key and of a value each
TEXT_MAX: Final = 1000


class Unreadable(Protocol):
    """What a letter takes of a record; aiokafka's ConsumerRecord is one."""

    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...


def dead_letter(record: Unreadable, topic: str, partition: int, reason: str, text: str) -> DeadLetter:
    """The letter; its text says how much was cut off, and the origin leads to the whole record."""
    key, value = record.key, record.value
    cut = sum(max(0, len(part) - KEPT_BYTES_MAX) for part in (key, value) if part is not None)
    told = f"{text[:TEXT_MAX]} ({cut} bytes are cut off here)" if cut else text[:TEXT_MAX]
    return DeadLetter(
        source_topic=topic,
        source_partition=partition,
        source_offset=record.offset,
        key=None if key is None else key[:KEPT_BYTES_MAX],
        value=None if value is None else value[:KEPT_BYTES_MAX],
        reason=reason,
        text=told,
    )
