"""Brings a Postgres database to the newest schema; runs of several processes wait for each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from config.settings import Settings
from sinks import migrations
from sinks.errors import StoreDown

FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x7A9E11  # any number that nobody else takes an advisory lock by


@contextmanager
def locked(config: Settings) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection that holds the lock of migrations; raises StoreDown when Postgres does not answer."""
    try:
        connection = psycopg.connect(config.postgres_dsn, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise StoreDown(
            f"Postgres at {config.postgres_host}:{config.postgres_port} does not answer ({str(error).strip()}). "
            "Start it, or name another by TAPELINE_POSTGRES_HOST and TAPELINE_POSTGRES_PORT."
        ) from error
    with connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield connection


def migrate(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """Apply what is missing, each file and its record in one transaction; returns the names applied."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS public.tapeline_migrations ("
        "name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    applied = {
        str(name): str(checksum)
        for name, checksum in connection.execute("SELECT name, checksum FROM public.tapeline_migrations")
    }
    left = migrations.pending(migrations.read(FOLDER), applied)
    for migration in left:
        with connection.transaction():
            connection.execute(migration.sql.encode())
            connection.execute(
                "INSERT INTO public.tapeline_migrations (name, checksum) VALUES (%s, %s)",
                [migration.name, migration.checksum],
            )
    return [migration.name for migration in left]


def admit_dictionaries(connection: psycopg.Connection[tuple[object, ...]], password: str) -> None:
    """Let ClickHouse's dictionaries in by this password; where it is empty, as they were let in before."""
    if password:
        connection.execute(sql.SQL("ALTER ROLE dictionaries LOGIN PASSWORD {}").format(sql.Literal(password)))
