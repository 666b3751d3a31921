"""The two stores in databases of their own, filled from now on, and the sinks' processes that fill them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import psycopg

from config.settings import Settings, settings
from sinks.clickhouse import convert as clickhouse_convert
from sinks.clickhouse import read as clickhouse_read
from sinks.clickhouse import tables as clickhouse_tables
from sinks.clickhouse.connect import connect
from sinks.errors import Unconvertible
from sinks.postgres import convert as postgres_convert
from sinks.postgres import read as postgres_read
from sinks.postgres import tables as postgres_tables
from sinks.reader import Reader
from tests.sinks.making import encoded, life_of_orders, produce

REPOSITORY = Path(__file__).parents[2]
DEADLINE_S = 40
TOPICS = {"postgres": postgres_convert.TOPICS, "clickhouse": clickhouse_convert.TOPICS}


def until(true: Callable[[], object], what: str) -> None:
    """Poll until something is true."""
    deadline = time.monotonic() + DEADLINE_S
    while not true():
        assert time.monotonic() < deadline, f"{what}: not within {DEADLINE_S} s"
        time.sleep(0.05)


class Stores:
    """Databases of one test module. `starts` are the offsets where its records begin."""

    def __init__(self, name: str) -> None:
        self.config: Settings = settings().model_copy(update={"postgres_database": name, "clickhouse_database": name})
        with psycopg.connect(settings().postgres_dsn, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        self.run("migrate")
        self.starts = asyncio.run(self._ends())
        self.from_start("postgres")
        self.from_start("clickhouse")

    @property
    def environment(self) -> dict[str, str]:
        names = {"TAPELINE_POSTGRES_DATABASE": self.config.postgres_database}
        names |= {"TAPELINE_CLICKHOUSE_DATABASE": self.config.clickhouse_database}
        return {**os.environ, **names, "TAPELINE_LOG_LEVEL": "WARNING"}

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = self.try_run(*arguments, **environment)
        assert done.returncode == 0, done.stderr
        return done

    def try_run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sinks", *arguments],
            env={**self.environment, **environment},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "sinks", *arguments],
            env={**self.environment, **environment},
            cwd=REPOSITORY,
            stderr=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def running(self, *arguments: str, **environment: str):
        """A sink that is stopped by SIGTERM at the end, and must then end well."""
        process = self.start(*arguments, **environment)
        try:
            yield process
            process.terminate()
            _, text = process.communicate(timeout=20)
            assert process.returncode == 0, text
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()

    def postgres(self) -> psycopg.Connection:
        return psycopg.connect(self.config.postgres_dsn, autocommit=True)

    def from_start(self, store: str) -> None:
        """Let an empty store begin where this module's records begin, whatever other tests left in the topics."""
        starts = {at: offset for at, offset in self.starts.items() if at[0] in TOPICS[store]}
        if store == "postgres":
            with self.postgres() as connection:
                for (topic, partition), offset in starts.items():
                    connection.execute(
                        "INSERT INTO projection.offsets VALUES (%s, %s, %s)", [topic, partition, offset - 1]
                    )
        else:
            rows = [(topic, part, at, at, 1, at * 2 + 1) for (topic, part), at in starts.items()]
            with connect(self.config) as client:
                client.insert("batches", rows, settings={"async_insert": 0})

    async def _ends(self) -> dict[tuple[str, int], int]:
        ends = {}
        for topic in {*TOPICS["postgres"], *TOPICS["clickhouse"]}:
            for partition in range(self.config.partitions):
                async with Reader(self.config, topic, partition) as reader:
                    ends[topic, partition] = await reader.end()
        return ends

    def offsets(self, store: str) -> dict[tuple[str, int], int]:
        if store == "postgres":
            with self.postgres() as connection:
                return postgres_read.offsets(connection)
        with connect(self.config) as client:
            return clickhouse_read.offsets(client)

    def wait_stored(self, store: str) -> None:
        """Until the store has passed everything that is in its topics now, markers included."""
        ends = {at: end for at, end in asyncio.run(self._ends()).items() if at[0] in TOPICS[store]}
        until(
            lambda: all(self.offsets(store)[at] >= end - 1 for at, end in ends.items()),
            f"{store} passes {ends}, is at {self.offsets(store)}",
        )

    def produce(self, account: str, orders: int, batch: int = 50) -> None:
        records = encoded(account, life_of_orders(account, orders))
        asyncio.run(produce(self.config.kafka_bootstrap, account, records, batch))

    async def _records(self, topics: tuple[str, ...]) -> list:
        records = []
        for (topic, partition), start in self.starts.items():
            if topic in topics:
                async with Reader(self.config, topic, partition) as reader:
                    end = await reader.end()
                    await reader.start(start)
                    records += await reader.read_to(end)
        return records

    def expected(self, store: str) -> dict[str, list[tuple]]:
        """Rows that the topics say each table must have, in the order in which `read.rows` gives them."""
        rows_of = postgres_convert.rows_of if store == "postgres" else clickhouse_convert.rows_of
        made = defaultdict(list)
        for record in asyncio.run(self._records(TOPICS[store])):
            try:
                for table, row in rows_of(record):
                    made[table].append(row)
            except Unconvertible:
                continue
        if store == "clickhouse":
            return {name: _sorted(table, table.latest(made[name])) for name, table in clickhouse_tables.TABLES.items()}
        return {name: _sorted(table, table.latest(made[name])) for name, table in postgres_tables.TABLES.items()}

    def stored(self, store: str) -> dict[str, list[tuple]]:
        if store == "postgres":
            with self.postgres() as connection:
                return {name: list(postgres_read.rows(connection, t)) for name, t in postgres_tables.TABLES.items()}
        with connect(self.config) as client:
            return {name: list(clickhouse_read.rows(client, t)) for name, t in clickhouse_tables.TABLES.items()}

    def assert_equal_to_log(self, store: str) -> None:
        expected, stored = self.expected(store), self.stored(store)
        for name, rows in expected.items():
            assert len(stored[name]) == len(rows), name
            for made, found in zip(rows, stored[name], strict=True):
                assert found == made, name


def _sorted(table, rows: list[tuple]) -> list[tuple]:
    names = ("record_partition", "record_offset", *table.number, *getattr(table, "key", ()))
    places = [table.columns.index(name) for name in names]
    return sorted(rows, key=lambda row: tuple(row[place] for place in places))
