"""Empties a store, so that its sink fills it again from the log. A running sink notices within seconds and ends; it is
started again by whoever supervises it."""

from __future__ import annotations

import psycopg
from clickhouse_connect.driver.binding import quote_identifier
from psycopg import sql

from config.settings import Settings
from sinks.clickhouse import convert as clickhouse_convert
from sinks.clickhouse import tables as clickhouse_tables
from sinks.clickhouse.connect import connect
from sinks.clickhouse.migrate import FORGET, migrate
from sinks.errors import Gap
from sinks.postgres import statements
from sinks.postgres import tables as postgres_tables
from sinks.postgres.store import CHANNEL
from sinks.reader import Reader


def postgres(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Empty schema `projection` and its offsets in one transaction. Its topics are kept for ever: nothing is lost.

    Readers are told with the commit, as of any offset, that the schema has passed none: they wait until it has.
    """
    names = sql.SQL(", ").join(statements.target(table) for table in postgres_tables.TABLES.values())
    with connection.transaction():
        connection.execute(sql.SQL("TRUNCATE {}").format(names))
        connection.execute(
            "WITH gone AS (DELETE FROM projection.offsets RETURNING topic, partition) "
            "SELECT pg_notify(%s, topic || '/' || partition || '/-1') FROM gone",
            [CHANNEL],
        )


async def require_whole_log(config: Settings) -> None:
    """Raise Gap when the log no longer has everything that ClickHouse may have: market data is kept for a week."""
    for topic in clickhouse_convert.TOPICS:
        for partition in range(config.partitions):
            async with Reader(config, topic, partition) as reader:
                earliest = await reader.earliest()
            if earliest > 0:
                raise Gap(
                    f"{topic}/{partition} begins at offset {earliest}: what came before is in ClickHouse only, and a "
                    "rebuild would lose it. Say --lose-history to do it nevertheless"
                )


def clickhouse(config: Settings) -> None:
    """Drop the tables and create them anew: with them go the tokens of their inserts, which would drop new ones."""
    with connect(config) as client:
        client.command("DROP TABLE IF EXISTS batches SYNC")
        views, made = zip(*clickhouse_tables.AGGREGATES, strict=True)
        for name in (*views, *made, *clickhouse_tables.TABLES):
            client.command(f"DROP TABLE IF EXISTS {quote_identifier(name)} SYNC")
        client.command(FORGET)
    migrate(config)
