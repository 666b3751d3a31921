"""Messages to bytes and back: Confluent wire framing (a zero byte, the schema id, the Avro body).

Today's schemas are written and read by the generated functions of `wire/`; what was written under an older one,
named by its id, becomes a record of today's first. Whatever cannot be read raises `Undecodable`, which a consumer
turns into a dead letter; nothing else may be raised for bad bytes.
"""

from __future__ import annotations

from typing import Any, Final

from librt.strings import BytesWriter

from topics import older, schemas, wire
from topics.avro_body import Body
from topics.frame import FRAME, FRAME_BYTES
from topics.message import Message

_FRAMES: Final = {kind: FRAME.pack(0, schemas.schema_id(kind.__name__)) for kind in wire.WRITERS}
_NAMES: Final = {
    FRAME.pack(0, schema_id): schema["name"]
    for schema_id, schema in schemas.released().items()
    if schema == schemas.current()[schema["name"]]
}
_UNREADABLE: Final = (EOFError, ValueError, IndexError, KeyError, TypeError, OverflowError, MemoryError)


class Undecodable(ValueError):
    """Bytes that are not a record we know; says why."""


def encode(message: Message) -> bytes:
    """Bytes of a message as they go on a topic. Raises OverflowError for a number that 64 bits do not hold."""
    kind = type(message)
    out = BytesWriter()
    out.write(_FRAMES[kind])
    wire.WRITERS[kind](out, message)
    return out.getvalue()


def decode(data: bytes | None) -> Any:
    """Message of bytes off a topic: an instance of its class in `topics.messages`.

    Raises Undecodable for anything that is not exactly one record under a released schema id.
    """
    if data is None or len(data) < FRAME_BYTES:
        raise Undecodable("too short for the Confluent frame (a zero byte and a schema id)")
    written_today = _NAMES.get(data[:FRAME_BYTES])
    name = _older_name(data) if written_today is None else written_today
    try:
        if written_today is None:
            data = older.todays(data)
        body = Body(data, FRAME_BYTES)
        message = wire.READERS[name](body)
    except _UNREADABLE as error:
        raise Undecodable(f"not a {name} record: {error}") from error
    if body.at != len(data):
        raise Undecodable(f"{len(data) - body.at} bytes follow the {name} record")
    return message


def _older_name(data: bytes) -> str:
    try:
        return older.name_of(data)
    except ValueError as error:
        raise Undecodable(str(error)) from error
