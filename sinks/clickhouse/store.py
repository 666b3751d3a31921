"""ClickHouse as a store. It has no transactions, so a batch is fixed before any of it is inserted:

1. table `batches` gets its first and next offset, not stored yet;
2. each table gets its rows in one insert under the token topic-partition-first-last: a repeated insert of the same
   batch, by a retry or after a restart, is dropped by the table (`non_replicated_deduplication_window`);
3. `batches` gets it as stored.

A batch that a restart finds unfinished is read again from the log with the same ends, converted again by the same pure
function, and inserted again under the same token. One that is stored is never inserted again, however many others have
gone through the window since.
"""

from __future__ import annotations

import asyncio
from threading import Lock

from clickhouse_connect.driver.client import Client

from config.settings import Settings
from sinks.clickhouse import convert
from sinks.clickhouse.connect import ERRORS, connect
from sinks.clickhouse.tables import TABLES
from sinks.errors import Fenced, StoreDown
from sinks.store import Batch, Resume

# The token needs one block at once; with it the materialized views drop what they had and take what they had not.
_SETTINGS = {
    "async_insert": 0,
    "max_partitions_per_insert_block": 0,
    "deduplicate_blocks_in_dependent_materialized_views": 1,
}
_Plan = tuple[int, int, int]  # first offset, next offset, stored


class ClickHouseStore:
    name = "clickhouse"
    topics = convert.TOPICS
    pace_ms = 1000
    pause_max_ms = 3000
    niceness = 10
    records_max = 50_000
    errors: tuple[type[Exception], ...] = (*ERRORS, StoreDown)
    rows_of = staticmethod(convert.rows_of)

    def __init__(self, config: Settings) -> None:
        self._config = config
        self._connected: Client | None = None
        self._connecting = Lock()  # partitions write from threads of their own

    async def open(self) -> None:
        """Connects with the first use."""

    async def close(self) -> None:
        if self._connected is not None:
            await asyncio.to_thread(self._connected.close)

    async def resume(self, topic: str, partition: int, earliest: int) -> Resume:
        return await asyncio.to_thread(self._resume, topic, partition, earliest)

    async def write(self, batch: Batch) -> None:
        await asyncio.to_thread(self._write, batch)

    async def check(self, topic: str, partition: int, offset: int) -> None:
        plan = await asyncio.to_thread(self._plan, topic, partition)
        if plan is None or plan[1:] != (offset, 1):
            raise _fenced(topic, partition, offset, plan)

    def _resume(self, topic: str, partition: int, earliest: int) -> Resume:
        plan = self._plan(topic, partition)
        if plan is None:
            self._record(Batch(topic, partition, earliest, earliest), stored=1)
            return Resume(earliest)
        first, end, stored = plan
        return Resume(end) if stored else Resume(first, fixed_end=end)

    def _write(self, batch: Batch) -> None:
        plan = self._plan(batch.topic, batch.partition)
        if plan == (batch.first, batch.next, 1):
            return  # an earlier try was finished, only its answer was lost
        if plan != (batch.first, batch.next, 0):
            if plan is None or plan[1:] != (batch.first, 1):
                raise _fenced(batch.topic, batch.partition, batch.first, plan)
            self._record(batch, stored=0)
        token = f"{batch.topic}-{batch.partition}-{batch.first}-{batch.next - 1}"
        for name, rows in batch.rows.items():
            table = TABLES[name]
            self._client.insert(
                name,
                list(zip(*rows, strict=True)),
                column_names=table.columns,
                column_type_names=table.column_types,
                column_oriented=True,
                settings={**_SETTINGS, "insert_deduplication_token": token},
            )
        self._record(batch, stored=1)

    @property
    def _client(self) -> Client:
        with self._connecting:
            if self._connected is None:
                self._connected = connect(self._config)
            return self._connected

    def _plan(self, topic: str, partition: int) -> _Plan | None:
        rows = self._client.query(
            "SELECT first_offset, next_offset, stored FROM batches FINAL "
            "WHERE topic = {topic:String} AND partition = {partition:Int32}",
            parameters={"topic": topic, "partition": partition},
        ).result_rows
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def _record(self, batch: Batch, stored: int) -> None:
        self._client.insert(
            "batches",
            [(batch.topic, batch.partition, batch.first, batch.next, stored, batch.next * 2 + stored)],
            column_names=("topic", "partition", "first_offset", "next_offset", "stored", "version"),
            column_type_names=("LowCardinality(String)", "Int32", "Int64", "Int64", "UInt8", "Int64"),
            settings=_SETTINGS,
        )


def _fenced(topic: str, partition: int, offset: int, plan: _Plan | None) -> Fenced:
    return Fenced(
        f"{topic}/{partition}: this sink goes on at offset {offset}, but ClickHouse has "
        f"(first, next, stored) {plan}; another sink or a rebuild moved it"
    )
