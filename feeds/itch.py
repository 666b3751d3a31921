"""Reads NASDAQ TotalView-ITCH 5.0 as NASDAQ's files hold it: each message behind its length in two bytes, gz or not.

Nothing is copied and no object made but the tuple of a message's fields, for that is the whole cost. What is wrong is
told with its byte offset and passed over by its length: an unknown type, a length that its type does not have. A frame
that the end cuts off, and an archive that breaks off, end the file.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from feeds.itch_spec import KINDS

CHUNK = 1 << 20
_HEADER = ">xHHHI"  # type, locate, tracking, time as its upper 16 and lower 32 bits
_STRUCTS = {
    ord(code): struct.Struct(_HEADER + "".join(each for _, each in kind.fields)) for code, kind in KINDS.items()
}
_SIZES = [_STRUCTS[code].size if code in _STRUCTS else -1 for code in range(256)]
_UNPACK = [_STRUCTS[code].unpack_from if code in _STRUCTS else None for code in range(256)]

Fields = tuple[int | bytes, ...]
Message = tuple[int, Fields]  # type as its byte; locate, tracking, upper and lower time, then the type's own fields


class Fault(NamedTuple):
    """A frame that is no message: where, of which kind, and why."""

    offset: int
    kind: str
    text: str


def frames(stream: IO[bytes]) -> Iterator[Message | Fault]:
    """Messages of a stream in their order, with the faults between them."""
    start, rest = 0, b""  # offset of `rest` in the stream
    while True:
        try:
            read = stream.read(CHUNK)
        except (EOFError, OSError, zlib.error) as error:
            yield Fault(start + len(rest), "truncated", f"cannot be read on: {error}")
            return
        data = rest + read
        end, at = len(data), 0
        while at + 2 < end:
            length = data[at] << 8 | data[at + 1]
            after = at + 2 + length
            if after > end:
                break
            kind = data[at + 2]
            unpack = _UNPACK[kind]
            if unpack is not None and length == _SIZES[kind]:
                yield kind, unpack(data, at + 2)
            else:
                yield _fault(start + at, kind, length)
            at = after
        rest = data[at:]
        start += at
        if not read:
            if rest:
                yield Fault(start, "truncated", f"{len(rest)} bytes of a frame that is longer")
            return


def open_itch(path: Path) -> IO[bytes]:
    """A file's bytes, unpacked where its name ends in .gz."""
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def time_ns(fields: Fields) -> int:
    """Nanoseconds after midnight of a message."""
    return cast(int, fields[2]) << 32 | cast(int, fields[3])


def named(message: Message) -> dict[str, int | str]:
    """A message's fields by name, text without its padding: to look at, not for speed."""
    kind, fields = KINDS[chr(message[0])], message[1]
    found: dict[str, int | str] = {"locate": cast(int, fields[0]), "tracking": cast(int, fields[1])}
    found["time_ns"] = time_ns(fields)
    for (name, _), value in zip(kind.fields, fields[4:], strict=True):
        found[name] = value.decode("latin-1").rstrip() if isinstance(value, bytes) else value
    return found


def _fault(offset: int, kind: int, length: int) -> Fault:
    if length == 0:
        return Fault(offset, "corrupt", "a frame of no bytes")
    if _SIZES[kind] < 0:
        return Fault(offset, "unknown-type", f"type {chr(kind)!r} of {length} bytes")
    return Fault(offset, "corrupt", f"type {chr(kind)!r} has {_SIZES[kind]} bytes, not {length}")
