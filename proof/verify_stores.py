"""Hold the rows of Postgres and ClickHouse against what the topics' records make, by digests of chunks, then by rows.

Expected rows are made by the sinks' own pure conversion from the records, so this shows that each record is stored
exactly once and unchanged; that the conversion is right is shown by its own tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from aiokafka.structs import TopicPartition

from config.settings import Settings
from proof.log_reader import partitions, records
from proof.settling import Positions, Progress
from sinks.clickhouse import convert as clickhouse_convert
from sinks.clickhouse import read as clickhouse_read
from sinks.clickhouse import tables as clickhouse_tables
from sinks.clickhouse.connect import connect
from sinks.errors import Unconvertible
from sinks.postgres import convert as postgres_convert
from sinks.postgres import read as postgres_read
from sinks.postgres import tables as postgres_tables
from streams.refold import Difference
from topics import catalogue

CHUNK = 4096  # record offsets a digest stands for
FROM_LEDGER = ("ledger_entries", "balances", "positions", "accounts", "account_events")
Row = tuple[Any, ...]
Chunk = tuple[int, int]  # record partition, record offset // CHUNK


@dataclass(frozen=True)
class StoreSide:
    """A store as it is compared: its tables, how a record becomes rows, and how its rows are read back."""

    name: str
    topics: tuple[str, ...]
    tables: Mapping[str, Any]
    rows_of: Callable[[Any], list[tuple[str, Row]]]
    rows: Callable[[Any], Iterator[Row]]

    def topic_of(self, table: str) -> str:
        if self.name == "clickhouse":
            return str(self.tables[table].topic)
        return catalogue.LEDGER if table in FROM_LEDGER else catalogue.ORDER_EVENTS


@dataclass(slots=True)
class TableRows:
    """Expected rows of a table: digests by chunk, and the latest row of each key where a later one replaces it."""

    table: Any
    running: dict[Chunk, Any] = field(default_factory=dict)
    latest: dict[Row, Row] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        if not _key(self.table):
            self.digest(row)
            return
        key = self.key_of(row)
        earlier = self.latest.get(key)
        self.latest[key] = row if earlier is None else self.table.latest([earlier, row])[0]

    def digest(self, row: Row) -> None:
        running = self.running.setdefault(self.chunk_of(row), hashlib.blake2b(digest_size=16))
        running.update(repr(row).encode())

    def digests(self) -> dict[Chunk, bytes]:
        return {chunk: running.digest() for chunk, running in self.running.items()}

    def key_of(self, row: Row) -> Row:
        return tuple(row[self.table.columns.index(name)] for name in _key(self.table))

    def place_of(self, row: Row) -> tuple[int, int]:
        columns = self.table.columns
        return row[columns.index("record_partition")], row[columns.index("record_offset")]

    def chunk_of(self, row: Row) -> Chunk:
        partition, offset = self.place_of(row)
        return partition, offset // CHUNK


class StoreVerifier:
    """Compares one store with the records from `begins` up to `reached` of its topics."""

    def __init__(self, config: Settings, side: StoreSide, begins: Positions, reached: Positions) -> None:
        self.config, self.side, self.begins, self.reached = config, side, begins, reached
        self.wanted = {name: TableRows(table) for name, table in side.tables.items()}
        self.rows = 0

    async def run(self, progress: Progress) -> list[Difference]:
        """The first differing row of each table."""
        for at in partitions(self.config, list(self.side.topics)):
            progress(f"{self.side.name}: rows of {at.topic}/{at.partition}")
            async for name, row in self._made(at, 0, self.reached[at]):
                self.wanted[name].add(row)
        differences = []
        for name in self.side.tables:
            progress(f"{self.side.name}: comparing {name}")
            chunk = self._first_differing(name)
            if chunk is not None:
                differences.append(await self._look_closer(name, chunk))
        return differences

    async def _made(self, at: TopicPartition, start: int, end: int) -> Any:
        async for record in records(self.config, at, end, start):
            try:
                rows = self.side.rows_of(record)
            except Unconvertible:
                continue  # a dead letter of the sink
            for named in rows:
                yield named

    def _stored(self, name: str) -> Iterator[Row]:
        """Stored rows of records that the topics still have."""
        wanted, topic = self.wanted[name], self.side.topic_of(name)
        for row in self.side.rows(self.side.tables[name]):
            partition, offset = wanted.place_of(row)
            if offset >= self.begins.get(TopicPartition(topic, partition), 0):
                yield row

    def _first_differing(self, name: str) -> Chunk | None:
        wanted, stored = self.wanted[name], TableRows(self.side.tables[name])
        for row in self._stored(name):
            if self._is_later(name, row):
                wanted.latest.pop(wanted.key_of(row), None)  # moved on since; a later run compares it
                continue
            self.rows += 1
            stored.digest(row)
        for row in sorted(wanted.latest.values(), key=wanted.place_of):
            wanted.digest(row)
        expected, actual = wanted.digests(), stored.digests()
        differing = (chunk for chunk in expected.keys() | actual.keys() if expected.get(chunk) != actual.get(chunk))
        return min(differing, default=None)

    def _is_later(self, name: str, row: Row) -> bool:
        """Whether a row was made by a record beyond the ends that are compared."""
        partition, offset = self.wanted[name].place_of(row)
        end = self.reached.get(TopicPartition(self.side.topic_of(name), partition))
        return end is not None and offset >= end

    async def _look_closer(self, name: str, chunk: Chunk) -> Difference:
        wanted, at = self.wanted[name], TopicPartition(self.side.topic_of(name), chunk[0])
        if _key(wanted.table):
            made: Iterable[Row] = sorted(wanted.latest.values(), key=wanted.place_of)
        else:
            end = min(self.reached.get(at, 0), (chunk[1] + 1) * CHUNK)
            made = [row async for table, row in self._made(at, chunk[1] * CHUNK, end) if table == name]
        expected = [row for row in made if wanted.chunk_of(row) == chunk]
        found = [row for row in self._stored(name) if wanted.chunk_of(row) == chunk and not self._is_later(name, row)]
        place = next((i for i, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), None)
        if place is None:
            place = min(len(expected), len(found))
        sides = [dict(zip(wanted.table.columns, rows[place : place + 1][0], strict=True)) if rows[place:] else None
                 for rows in (expected, found)]  # fmt: skip
        known = next(side for side in sides if side is not None)
        caused = "origin_topic" in known  # what a feed brought has no cause but itself
        parts = [f"origin_{part}" for part in ("topic", "partition", "offset", "index")]
        itself = (at.topic, known["record_partition"], known["record_offset"], 0)
        origin = "/".join(map(str, [known[part] for part in parts] if caused else itself))
        return Difference(f"{self.side.name}.{name}", origin, *map(_shown, sides, reversed(sides)))


def _key(table: Any) -> tuple[str, ...]:
    return getattr(table, "key", ())


def _shown(row: dict[str, Any] | None, other: dict[str, Any] | None) -> str:
    """A row by the columns that differ, all of it where the other side has none."""
    if row is None:
        return "no row"
    return ", ".join(f"{name}={value!r}" for name, value in row.items() if other is None or other[name] != value)


async def verify_stores(
    config: Settings, begins: Positions, reached: Positions, progress: Progress
) -> tuple[list[Difference], int]:
    """The first differing row of each table of both stores, and how many stored rows were compared."""
    differences, rows = [], 0
    with psycopg.connect(config.postgres_dsn) as connection, connect(config) as client:
        for side in (
            StoreSide(
                "postgres",
                postgres_convert.TOPICS,
                postgres_tables.TABLES,
                postgres_convert.rows_of,
                lambda table: postgres_read.rows(connection, table),
            ),
            StoreSide(
                "clickhouse",
                clickhouse_convert.TOPICS,
                clickhouse_tables.TABLES,
                clickhouse_convert.rows_of,
                lambda table: clickhouse_read.rows(client, table),
            ),
        ):
            verifier = StoreVerifier(config, side, begins, reached)
            differences += await verifier.run(progress)
            rows += verifier.rows
    return differences, rows
