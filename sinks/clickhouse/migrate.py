"""Brings a ClickHouse database to the newest schema.

ClickHouse has no transactions over definitions, so every statement of a file can be run twice (IF NOT EXISTS), and the
file is recorded after its last statement. Whoever calls holds the lock of Postgres' migrations.
"""

from __future__ import annotations

from pathlib import Path

from clickhouse_connect.driver.binding import quote_identifier
from clickhouse_connect.driver.client import Client

from config.settings import Settings
from sinks import migrations
from sinks.clickhouse.connect import connect

FOLDER = Path(__file__).parent / "migrations"
FORGET = "TRUNCATE TABLE tapeline_migrations"  # every statement can be run again


def migrate(config: Settings) -> list[str]:
    """Create the database if need be and apply what is missing; returns the names applied."""
    with connect(config, "default") as client:
        client.command(f"CREATE DATABASE IF NOT EXISTS {quote_identifier(config.clickhouse_database)}")
    with connect(config) as client:
        return _apply(client)


def _apply(client: Client) -> list[str]:
    client.command(
        "CREATE TABLE IF NOT EXISTS tapeline_migrations ("
        "name String, checksum String, applied_at DateTime64(6, 'UTC') DEFAULT now64(6)"
        ") ENGINE = MergeTree ORDER BY name COMMENT 'files of migrations that were applied'"
    )
    rows = client.query("SELECT name, checksum FROM tapeline_migrations").result_rows
    applied = {str(name): str(checksum) for name, checksum in rows}
    left = migrations.pending(migrations.read(FOLDER), applied)
    for migration in left:
        for statement in migration.statements():
            client.command(statement)
        client.insert("tapeline_migrations", [[migration.name, migration.checksum]], column_names=["name", "checksum"])
    return [migration.name for migration in left]
