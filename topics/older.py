"""Records that were written under an earlier schema: resolved to today's by Avro's rules."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import fastavro

from topics import schemas
from topics.frame import FRAME, FRAME_BYTES


def name_of(data: bytes) -> str:
    """Name of the record that a frame announces. Raises ValueError where it is no frame, or of no released schema."""
    magic, schema_id = FRAME.unpack_from(data)
    if magic != 0:
        raise ValueError(f"first byte is {magic}, not 0: not Confluent framing")
    return _schemas(schema_id)[0]


def todays(data: bytes) -> bytes:
    """The same record as it would be written today, frame included.

    Raises ValueError for bytes that are not one record under the schema of their frame, and what fastavro raises.
    """
    _, schema_id = FRAME.unpack_from(data)
    name, written, today = _schemas(schema_id)
    body = io.BytesIO(data)
    body.seek(FRAME_BYTES)
    record: Any = fastavro.schemaless_reader(body, written, today)
    if body.tell() != len(data):
        raise ValueError(f"{len(data) - body.tell()} bytes follow the record")
    out = io.BytesIO()
    out.write(FRAME.pack(0, schemas.schema_id(name)))
    fastavro.schemaless_writer(out, today, record)
    return out.getvalue()


@cache
def _schemas(schema_id: int) -> tuple[str, Any, Any]:
    """Record name, the schema that it was written with, and today's."""
    written = schemas.released().get(schema_id)
    if written is None:
        raise ValueError(f"schema id {schema_id} was never released")
    name = written["name"]
    return name, fastavro.parse_schema(written), fastavro.parse_schema(schemas.current()[name])
