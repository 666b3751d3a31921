"""Postgres as a store: the rows of a batch and the offset it reaches in one transaction.

The transaction first locks the partition's offset and holds it against the batch's begin, so a second sink, or a
rebuild under a running one, ends this one instead of mixing with it. Readers are told by NOTIFY on channel
`projection_offsets` (payload topic/partition/offset, the last one passed), which Postgres sends with the commit.

Commits do not wait for the disk (synchronous_commit off): a crash of Postgres can lose the last of them, rows and
offset together, and the sink writes them again.
"""

from __future__ import annotations

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from config.settings import Settings
from sinks.errors import Fenced
from sinks.postgres import convert, statements
from sinks.postgres.tables import TABLES, Row, Table
from sinks.store import Batch, Resume

CHANNEL = "projection_offsets"
_CONNECTIONS_MAX = 8
_SELECT = 'SELECT "offset" FROM projection.offsets WHERE topic = %s AND partition = %s FOR UPDATE'


class PostgresStore:
    name = "postgres"
    topics = convert.TOPICS
    pace_ms = 50
    pause_max_ms = 500
    niceness = 5
    records_max = 2000
    errors: tuple[type[Exception], ...] = (psycopg.Error, OSError)
    rows_of = staticmethod(convert.rows_of)

    def __init__(self, config: Settings) -> None:
        self._pool: AsyncConnectionPool[AsyncConnection[tuple[object, ...]]] = AsyncConnectionPool(
            config.postgres_dsn,
            min_size=1,
            max_size=min(_CONNECTIONS_MAX, len(self.topics) * config.partitions),
            timeout=5,
            kwargs={"options": "-c synchronous_commit=off", "application_name": "tapeline sink", "connect_timeout": 5},
            configure=_prepare,
            open=False,
        )
        self._types: dict[str, list[int]] = {}

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    async def resume(self, topic: str, partition: int, earliest: int) -> Resume:
        async with self._pool.connection() as connection:
            await connection.execute(
                'INSERT INTO projection.offsets (topic, partition, "offset") VALUES (%s, %s, %s) '
                "ON CONFLICT DO NOTHING",
                [topic, partition, earliest - 1],
            )
            return Resume(await _stored(connection, topic, partition) + 1)

    async def write(self, batch: Batch) -> None:
        async with self._pool.connection() as connection:
            at = await _stored(connection, batch.topic, batch.partition) + 1
            if at == batch.next:
                return  # an earlier try was committed, only its answer was lost
            if at != batch.first:
                raise _fenced(batch.topic, batch.partition, at, batch.first)
            for table in TABLES.values():
                if rows := batch.rows.get(table.name):
                    await self._copy(connection, table, rows)
            await connection.execute(
                'WITH moved AS (UPDATE projection.offsets SET "offset" = %s, updated_at = now() '
                "WHERE topic = %s AND partition = %s) SELECT pg_notify(%s, %s)",
                [
                    batch.next - 1,
                    batch.topic,
                    batch.partition,
                    CHANNEL,
                    f"{batch.topic}/{batch.partition}/{batch.next - 1}",
                ],
            )

    async def check(self, topic: str, partition: int, offset: int) -> None:
        async with self._pool.connection() as connection:
            at = await _stored(connection, topic, partition) + 1
        if at != offset:
            raise _fenced(topic, partition, at, offset)

    async def _copy(self, connection: AsyncConnection[tuple[object, ...]], table: Table, rows: list[Row]) -> None:
        async with connection.cursor() as cursor:
            if table.name not in self._types:
                described = (await cursor.execute(statements.none(table))).description or ()
                self._types[table.name] = [column.type_code for column in described]
            async with cursor.copy(statements.copy(table)) as copy:
                copy.set_types(self._types[table.name])  # binary: numbers are packed, not checked; `convert` has
                for row in table.latest(rows):
                    await copy.write_row(row)
            if table.key:
                await cursor.execute(statements.merge(table))


def _fenced(topic: str, partition: int, at: int, ours: int) -> Fenced:
    return Fenced(
        f"{topic}/{partition}: Postgres goes on at offset {at}, this sink at {ours}; another sink or a rebuild moved it"
    )


async def _prepare(connection: AsyncConnection[tuple[object, ...]]) -> None:
    for table in TABLES.values():
        if table.key:
            await connection.execute(statements.create_staged(table))
    await connection.commit()


async def _stored(connection: AsyncConnection[tuple[object, ...]], topic: str, partition: int) -> int:
    """Last offset stored, its row locked until the transaction ends."""
    row = await (await connection.execute(_SELECT, [topic, partition])).fetchone()
    if row is None:
        raise Fenced(f"{topic}/{partition}: its offset is gone from Postgres; a rebuild removed it")
    return int(str(row[0]))
