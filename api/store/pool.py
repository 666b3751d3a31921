"""Connections to Postgres. A request that gets none in time is answered 503 (psycopg's OperationalError)."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from config.settings import Settings

Pool = AsyncConnectionPool[AsyncConnection[DictRow]]

CONNECTIONS_MAX = 8
WAIT_S = 2.0


def make_pool(config: Settings) -> Pool:
    """A pool that is not open yet; it opens even while the server is away, and connects when it is back."""
    return AsyncConnectionPool(
        config.postgres_dsn,
        connection_class=AsyncConnection[DictRow],
        kwargs={"row_factory": dict_row, "autocommit": True, "connect_timeout": 2},
        min_size=1,
        max_size=CONNECTIONS_MAX,
        timeout=WAIT_S,
        check=AsyncConnectionPool.check_connection,
        open=False,
    )


async def fetch_all(pool: Pool, query: str, parameters: dict[str, Any]) -> list[DictRow]:
    """Every row of a query."""
    async with pool.connection() as connection:
        return await (await connection.execute(query.encode(), parameters)).fetchall()


async def fetch_one(pool: Pool, query: str, parameters: dict[str, Any]) -> DictRow | None:
    """The first row of a query, if there is one."""
    async with pool.connection() as connection:
        return await (await connection.execute(query.encode(), parameters)).fetchone()
