"""Reads stored rows back for comparison with what the log says; used by `tapeline verify` and by tests.

Rows come as `convert.rows_of` makes them. The order is that of the record they were made from (partition, offset, then
number within the record), which for a table that only grows is the order of the topic.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
from psycopg import sql

from sinks.postgres import statements
from sinks.postgres.tables import Row, Table

_CHUNK_ROWS = 5000


def offsets(connection: psycopg.Connection[tuple[object, ...]]) -> dict[tuple[str, int], int]:
    """Last offset stored of each source partition, transaction markers included."""
    rows = connection.execute('SELECT topic, partition, "offset" FROM projection.offsets').fetchall()
    return {(str(topic), int(str(partition))): int(str(offset)) for topic, partition, offset in rows}


def rows(connection: psycopg.Connection[tuple[object, ...]], table: Table) -> Iterator[Row]:
    """Every row of a table in the order of its records, a chunk at a time; in one transaction of the connection."""
    order = ("record_partition", "record_offset", *table.number, *table.key)
    query = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
        statements.columns(table), statements.target(table), sql.SQL(", ").join(map(sql.Identifier, order))
    )
    with connection.transaction(), connection.cursor(name=f"read_{table.name}") as cursor:
        cursor.itersize = _CHUNK_ROWS
        cursor.execute(query)
        for row in cursor:
            yield tuple(map(_as_made, row))


def _as_made(value: object) -> object:
    """Times in UTC whatever the server's time zone."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value
