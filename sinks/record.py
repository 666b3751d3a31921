"""What both stores take from any record: its message, its origin and its correlation id. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Protocol

from sinks.errors import Unconvertible
from topics.catalogue import BY_NAME
from topics.codec import Undecodable, decode

ID_LENGTH_MAX: Final = 256  # characters; two of them fit into an index entry of Postgres (2,704 bytes)
INT32_MAX: Final = 2**31 - 1
INT64_MAX: Final = 2**63 - 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = date(1970, 1, 1)

Origin = tuple[str, int, int, int]  # topic, partition, offset, index


class Record(Protocol):
    """What is read of a consumed record; aiokafka's ConsumerRecord is one."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes | None]]: ...


def message_of(record: Record, expected: Mapping[str, object]) -> Any:
    """The record's message; raises Unconvertible when it is not one of the names expected on its topic."""
    try:
        message = decode(record.value)
    except Undecodable as error:
        raise Unconvertible(str(error)) from error
    if message.NAME not in expected:
        raise Unconvertible(f"a {message.NAME} does not belong on {record.topic}")
    return message


def origin_of(record: Record) -> Origin:
    """Where the record comes from, by its header `origin` (topic/partition/offset/index)."""
    text = header(record, "origin")
    try:
        topic, partition, offset, index = text.split("/")
        numbers = int(partition), int(offset), int(index)
    except ValueError as error:
        raise Unconvertible(f"origin {text!r} is not topic/partition/offset/index") from error
    if topic not in BY_NAME:
        raise Unconvertible(f"origin {text!r} names no topic of ours")
    if not (0 <= numbers[0] <= INT32_MAX and 0 <= numbers[1] <= INT64_MAX and 0 <= numbers[2] <= INT32_MAX):
        raise Unconvertible(f"origin {text!r} is out of range")
    return topic, *numbers


def header(record: Record, name: str) -> str:
    """Text of a header; empty when it is missing, Unconvertible when it cannot be stored as text."""
    for each, value in record.headers:
        if each == name and value is not None:
            try:
                text = value.decode()
            except UnicodeDecodeError as error:
                raise Unconvertible(f"header {name} is not UTF-8") from error
            check_ids(text)
            return text
    return ""


def check_ids(*values: str | None) -> None:
    """Hold that each can be stored and indexed."""
    for value in values:
        if value is not None and len(value) > ID_LENGTH_MAX:
            raise Unconvertible(f"an id of {len(value)} characters, at most {ID_LENGTH_MAX} are stored")
    check_text(*values)


def check_text(*values: str | None) -> None:
    """Hold that each can be stored as text: Postgres has no NUL in it."""
    for value in values:
        if value is not None and "\0" in value:
            raise Unconvertible("a text with a NUL character")


def time_at(time_us: int) -> datetime:
    """Time of microseconds since the epoch."""
    try:
        return _EPOCH + timedelta(0, 0, time_us)
    except OverflowError as error:
        raise Unconvertible(f"time {time_us} us is beyond year 9999") from error


def date_at(day: int | None) -> date | None:
    """Date of days since the epoch."""
    try:
        return None if day is None else _EPOCH_DAY + timedelta(day)
    except OverflowError as error:
        raise Unconvertible(f"day {day} is beyond year 9999") from error


def require(name: str, value: int | str | None) -> Any:
    """A value that the record's kind must have."""
    if value is None:
        raise Unconvertible(f"{name} is missing")
    return value
