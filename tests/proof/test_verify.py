"""Verify on a real stack: clean after trading, and not clean once anything was touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg
import pytest

from proof.verify import verify
from sinks.clickhouse.connect import connect
from tests.proof.traded import quiet

pytestmark = pytest.mark.stack


async def first_difference(own):
    found = await verify(own.config, quiet)
    assert not found.ok
    return found.as_dict()["differences"][0]


async def test_a_stack_that_was_left_alone_is_clean(own):
    found = (await verify(own.config, quiet)).as_dict()
    assert found["ok"], found
    assert found["conserved"]
    assert found["differences"] == found["other_versions"] == found["left_out"] == []
    assert found["commands"] > 1000
    assert found["outputs"] > 2000
    assert found["rows"] > 3000


def test_the_command_says_so(own):
    command = [sys.executable, "-m", "stack", "--home", str(own.home), "verify", "--json"]
    environment = {**os.environ, **own.environment}  # the session's own stack must not be the one that is verified
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["ok"]
    assert found["rows"] > 3000


# table, column, changed value, the value put back
UPDATES = [
    ("orders", "cum_qty_e6", "cum_qty_e6 + 1", "cum_qty_e6 - 1"),
    ("trades", "execution_price_e4", "execution_price_e4 + 100", "execution_price_e4 - 100"),
    ("ledger_entries", "amount", "amount - 1", "amount + 1"),
    ("balances", "cash_e4", "cash_e4 + 1", "cash_e4 - 1"),
    ("risk_checks", "status", "'failed'", "'passed'"),
]


@pytest.mark.parametrize(("table", "column", "changed", "back"), UPDATES)
async def test_a_changed_row_of_postgres_is_found(own, table, column, changed, back):
    last = f"record_offset = (SELECT max(record_offset) FROM projection.{table})"
    with psycopg.connect(own.config.postgres_dsn, autocommit=True) as connection:
        assert connection.execute(f"UPDATE projection.{table} SET {column} = {changed} WHERE {last}").rowcount
        difference = await first_difference(own)
        connection.execute(f"UPDATE projection.{table} SET {column} = {back} WHERE {last}")
    assert difference["where"] == f"postgres.{table}"
    assert difference["expected"].startswith(f"{column}=")
    assert difference["found"].startswith(f"{column}=")


@pytest.mark.parametrize("table", ["executions", "positions"])
async def test_a_deleted_row_of_postgres_is_found(own, table):
    first = f"record_offset = (SELECT min(record_offset) FROM projection.{table})"
    with psycopg.connect(own.config.postgres_dsn, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE kept AS SELECT * FROM projection.{table} WHERE {first}")
        assert connection.execute(f"DELETE FROM projection.{table} WHERE {first}").rowcount == 1
        difference = await first_difference(own)
        connection.execute(f"INSERT INTO projection.{table} SELECT * FROM kept")
        connection.execute("DROP TABLE kept")
    assert difference["where"] == f"postgres.{table}"
    assert "record_offset=" in difference["expected"]
    assert difference["found"] == "no row" or "record_offset=" in difference["found"]


async def test_it_is_clean_again_once_the_rows_are_back(own):
    found = await verify(own.config, quiet)
    assert found.ok, found.as_dict()


async def test_a_doubled_and_a_lost_row_of_clickhouse_are_found(own):
    with connect(own.config) as client:
        last = "record_offset = (SELECT max(record_offset) FROM book_quotes)"
        again = {"insert_deduplicate": 0}  # a store drops what it has had
        client.command(f"CREATE TABLE kept ENGINE = Memory AS SELECT * FROM book_quotes WHERE {last}")
        client.command("INSERT INTO book_quotes SELECT * FROM kept", settings=again)
        difference = await first_difference(own)
        assert (difference["where"], difference["expected"]) == ("clickhouse.book_quotes", "no row")
        client.command(f"ALTER TABLE book_quotes DELETE WHERE {last}", settings={"mutations_sync": 2})
        difference = await first_difference(own)
        assert (difference["where"], difference["found"]) == ("clickhouse.book_quotes", "no row")
        client.command("INSERT INTO book_quotes SELECT * FROM kept", settings=again)
        client.command("DROP TABLE kept")
    found = await verify(own.config, quiet)
    assert found.ok, found.as_dict()
