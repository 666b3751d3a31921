"""The Avro binary encoding of the types that the schemas use: what the generated functions of `wire/` are made of.

Readers raise IndexError where the bytes end too early and ValueError where they say what no writer writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from librt.strings import BytesWriter
from mypy_extensions import i64, u8

LONG_MIN: Final = -(1 << 63)
LONG_MAX: Final = (1 << 63) - 1
_NEAR: Final = 1 << 61  # compiled, what lies within needs no object a number
_LONG_BYTES_MAX: Final = 10
_T = TypeVar("_T")


class Body:
    """Bytes that are being read, and how far."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at


def write_long(out: BytesWriter, number: int) -> None:
    """Zigzag, then seven bits a byte, lowest first. Raises OverflowError for what 64 bits do not hold."""
    if -_NEAR <= number < _NEAR:
        near: i64 = number
        near = near << 1 if near >= 0 else ~(near << 1)
        while near > 127:
            out.append(u8(near & 127 | 128))
            near >>= 7
        out.append(u8(near))
    elif LONG_MIN <= number <= LONG_MAX:
        rest = number << 1 if number >= 0 else ~(number << 1)
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
    else:
        raise OverflowError(f"{number} does not fit into 64 bits")


def read_long(body: Body) -> int:
    data, at = body.data, body.at
    byte = data[at]
    rest = byte & 127
    shift = 7
    while byte > 127:
        at += 1
        byte = data[at]
        rest |= (byte & 127) << shift
        shift += 7
    body.at = at + 1
    if shift > 63 and (shift > 7 * _LONG_BYTES_MAX or rest >> 64):
        raise ValueError("a number of more than 64 bits")
    return ~(rest >> 1) if rest & 1 else rest >> 1


def write_bytes(out: BytesWriter, value: bytes) -> None:
    write_long(out, len(value))
    out.write(value)


def read_bytes(body: Body) -> bytes:
    size = read_long(body)
    begin = body.at
    end = begin + size
    if size < 0 or end > len(body.data):
        raise IndexError(f"{size} bytes are announced, {len(body.data) - begin} follow")
    body.at = end
    return body.data[begin:end]


def write_string(out: BytesWriter, text: str) -> None:
    value = text.encode()
    write_long(out, len(value))
    out.write(value)


def read_string(body: Body) -> str:
    return read_bytes(body).decode()


def write_boolean(out: BytesWriter, value: bool) -> None:
    out.append(1 if value else 0)


def read_boolean(body: Body) -> bool:
    at = body.at
    body.at = at + 1
    return body.data[at] != 0


def is_null(body: Body) -> bool:
    """Whether a union of null and another type holds null."""
    branch = read_long(body)
    if branch != 0 and branch != 1:
        raise ValueError(f"branch {branch} of a union of two")
    return branch == 0


def read_index(body: Body, count: int) -> int:
    """Place of an enumeration's symbol among so many."""
    index = read_long(body)
    if not 0 <= index < count:
        raise ValueError(f"symbol {index} of an enumeration of {count}")
    return index


def read_array(body: Body, read: Callable[[Body], _T]) -> list[_T]:
    """Items of all blocks; a negative count is followed by the block's size in bytes."""
    items: list[_T] = []
    while count := read_long(body):
        if count < 0:
            count = -count
            read_long(body)
        for _ in range(count):
            items.append(read(body))
    return items
