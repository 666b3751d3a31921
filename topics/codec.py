"""Messages to bytes and back: Confluent wire framing (a zero byte, the schema id, the Avro body).

A reader resolves the schema the bytes were written with, named by its id, to today's. Whatever cannot be read raises
`Undecodable`, which a consumer turns into a dead letter; nothing else may be raised for bad bytes.
"""

from __future__ import annotations

import dataclasses
import io
import struct
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Protocol

import fastavro

from topics import messages, schemas

FRAME = struct.Struct(">bI")


class Message(Protocol):
    """Any record class of `topics.messages`."""

    NAME: ClassVar[str]


class Undecodable(ValueError):
    """Bytes that are not a record we know; says why."""


def _each(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda rows: [*map(one, rows)]


def _unless_null(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: row and one(row)


def _inner(name: str, conversion: Callable[[str], Callable[[Any], Any]]) -> dict[str, Callable[[Any], Any]]:
    """Conversions of those fields of a record that hold other records, alone or in a list, by field."""
    found: dict[str, Callable[[Any], Any]] = {}
    for field in dataclasses.fields(getattr(messages, name)):
        inner = str(field.type).removeprefix("list[").removesuffix("]").removesuffix(" | None")
        if hasattr(getattr(messages, inner, None), "NAME"):
            many = str(field.type).startswith("list[")
            found[field.name] = _each(conversion(inner)) if many else _unless_null(conversion(inner))
    return found


@cache
def _to_dict(name: str) -> Callable[[Any], dict[str, Any]]:
    """Conversion of a message to what fastavro writes, made once a class."""
    fields = tuple(field.name for field in dataclasses.fields(getattr(messages, name)))
    values = attrgetter(*fields)
    inner = _inner(name, _to_dict)

    def convert(message: Any) -> dict[str, Any]:
        raw = dict(zip(fields, values(message), strict=True))
        for field, conversion in inner.items():
            raw[field] = conversion(raw[field])
        return raw

    return convert


@cache
def _from_dict(name: str) -> Callable[[dict[str, Any]], Any]:
    """Conversion of what fastavro reads to a message; the fields of both are in the order of today's schema."""
    make = getattr(messages, name)
    inner = _inner(name, _from_dict)

    def convert(raw: dict[str, Any]) -> Any:
        for field, conversion in inner.items():
            raw[field] = conversion(raw[field])
        return make(*raw.values())

    return convert


@cache
def _writer(name: str) -> tuple[bytes, Any, Callable[[Any], dict[str, Any]]]:
    frame = FRAME.pack(0, schemas.schema_id(name))
    return frame, fastavro.parse_schema(schemas.current()[name]), _to_dict(name)


@cache
def _reader(schema_id: int) -> tuple[str, Any, Any, Callable[[dict[str, Any]], Any]]:
    """Record name, the schema it was written with, today's (None where they are the same), and the conversion."""
    written = schemas.released().get(schema_id)
    if written is None:
        raise Undecodable(f"schema id {schema_id} was never released")
    name = written["name"]
    today = schemas.current()[name]
    if written == today:
        return name, fastavro.parse_schema(written), None, _from_dict(name)
    fields, convert = [field["name"] for field in today["fields"]], _from_dict(name)

    def in_todays_order(raw: dict[str, Any]) -> Any:
        return convert({field: raw[field] for field in fields})

    return name, fastavro.parse_schema(written), fastavro.parse_schema(today), in_todays_order


def encode(message: Message) -> bytes:
    """Bytes of a message as they go on a topic."""
    frame, schema, convert = _writer(message.NAME)
    out = io.BytesIO()
    out.write(frame)
    fastavro.schemaless_writer(out, schema, convert(message))
    return out.getvalue()


def decode(data: bytes | None) -> Any:
    """Message of bytes off a topic: an instance of its class in `topics.messages`.

    Raises Undecodable for anything that is not exactly one record under a released schema id.
    """
    if data is None or len(data) < FRAME.size:
        raise Undecodable("too short for the Confluent frame (a zero byte and a schema id)")
    magic, schema_id = FRAME.unpack_from(data)
    if magic != 0:
        raise Undecodable(f"first byte is {magic}, not 0: not Confluent framing")
    name, written, today, convert = _reader(schema_id)
    body = io.BytesIO(data)
    body.seek(FRAME.size)
    try:
        raw: Any = fastavro.schemaless_reader(body, written, today)
    except (EOFError, ValueError, IndexError, KeyError, TypeError, OverflowError, MemoryError) as error:
        raise Undecodable(f"not a {name} record: {error}") from error
    if body.tell() != len(data):
        raise Undecodable(f"{len(data) - body.tell()} bytes follow the {name} record")
    return convert(raw)
