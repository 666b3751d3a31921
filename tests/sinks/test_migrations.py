"""Migrations: the rules of order and checksum, and both stores brought to the newest schema."""

from __future__ import annotations

import dataclasses

import psycopg
import pytest
from psycopg import sql

from sinks.clickhouse import tables as clickhouse_tables
from sinks.clickhouse.connect import connect
from sinks.errors import MigrationError
from sinks.migrations import Migration, pending, read
from sinks.postgres import read as postgres_read
from sinks.postgres import tables as postgres_tables
from sinks.postgres.convert import rows_of
from sinks.postgres.migrate import FOLDER
from tests.sinks.making import INSTRUCTIONS, made, order_event

INSTRUCTED = {*dataclasses.asdict(INSTRUCTIONS), "high_water_e4"}
ONE, TWO, THREE = (Migration(f"00{n}_x", "SELECT 1;\n", f"sum{n}") for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("applied", "left"),
    [
        ({}, [ONE, TWO, THREE]),
        ({"001_x": "sum1"}, [TWO, THREE]),
        ({"001_x": "sum1", "002_x": "sum2", "003_x": "sum3"}, []),
    ],
)
def test_what_is_left_to_apply(applied, left):
    assert pending([ONE, TWO, THREE], applied) == left


@pytest.mark.parametrize(
    ("applied", "says"),
    [
        ({"001_x": "other"}, "001_x was applied in another form"),
        ({"000_gone": "sum"}, "000_gone was applied to this store, but"),
        ({"001_x": "sum1", "003_x": "sum3"}, "002_x would come before 003_x"),
    ],
)
def test_what_was_applied_must_be_what_is_on_disk(applied, says):
    with pytest.raises(MigrationError, match=says):
        pending([ONE, TWO, THREE], applied)


def test_files_are_split_into_statements(tmp_path):
    (tmp_path / "002_b.sql").write_text("-- why; and how\nSELECT 1;\n\nSELECT ';' AS x,\n  2;\n")
    (tmp_path / "001_a.sql").write_text("SELECT 3")
    found = read(tmp_path)
    assert [(migration.name, migration.statements()) for migration in found] == [
        ("001_a", ["SELECT 3"]),
        ("002_b", ["SELECT 1", "SELECT ';' AS x,\n  2"]),
    ]


@pytest.mark.stack
def test_running_them_again_changes_nothing(stores):
    assert stores.run("migrate").stdout == "nothing to apply\n"


@pytest.mark.stack
def test_two_at_once_apply_each_file_once(stores):
    with psycopg.connect(stores.config.postgres_dsn, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated_at_once")
    both = [stores.start("migrate", TAPELINE_POSTGRES_DATABASE="migrated_at_once") for _ in range(2)]
    for process in both:
        _, text = process.communicate(timeout=60)
        assert process.returncode == 0, text
    with psycopg.connect(stores.config.postgres_dsn.replace(stores.config.postgres_database, "migrated_at_once")) as at:
        assert at.execute("SELECT count(*) FROM public.tapeline_migrations").fetchone() == (len(read(FOLDER)),)


@pytest.mark.stack
def test_orders_from_before_there_were_instructions_have_none(stores):
    """A store of the first three migrations with an order in it."""
    with psycopg.connect(stores.config.postgres_dsn, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated_later")
    dsn = stores.config.postgres_dsn.replace(stores.config.postgres_database, "migrated_later")
    row = next(row for name, row in rows_of(made("order-events", order_event())) if name == "orders")
    before = {
        name: value
        for name, value in zip(postgres_tables.ORDERS.columns, row, strict=True)
        if name not in (*INSTRUCTED, "extended_hours", "contingency_type", "parent_order_id")
    }
    with psycopg.connect(dsn, autocommit=True) as connection:
        for migration in read(FOLDER)[:3]:
            connection.execute(migration.sql.encode())
        insert = sql.SQL("INSERT INTO projection.orders ({}) VALUES ({})").format(
            sql.SQL(", ").join(map(sql.Identifier, before)), sql.SQL(", ").join(map(sql.Placeholder, before))
        )
        connection.execute(insert, before)
        for migration in read(FOLDER)[3:]:
            connection.execute(migration.sql.encode())
        assert list(postgres_read.rows(connection, postgres_tables.ORDERS)) == [row]
        assert connection.execute("SELECT quantity, notional FROM public.orders").fetchone() == (10, None)


@pytest.mark.stack
@pytest.mark.parametrize(
    ("variable", "says"),
    [
        ("TAPELINE_POSTGRES_PORT", "sinks: Postgres at 127.0.0.1:1 does not answer"),
        ("TAPELINE_CLICKHOUSE_PORT", "sinks: ClickHouse at 127.0.0.1:1 does not answer"),
    ],
)
def test_a_store_that_is_down_is_named(stores, variable, says):
    done = stores.try_run("migrate", **{variable: "1"})
    assert done.returncode == 1
    assert done.stderr.startswith(says)
    assert "Traceback" not in done.stderr


@pytest.mark.stack
def test_the_sinks_know_every_column(stores):
    with stores.postgres() as connection:
        for name, table in postgres_tables.TABLES.items():
            found = connection.execute(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema = 'projection' AND table_name = %s",
                [name],
            ).fetchall()
            assert sorted(column for (column,) in found) == sorted(table.columns)  # later ones stand at the table's end
    with connect(stores.config) as client:
        for name, table in clickhouse_tables.TABLES.items():
            found = client.query(
                "SELECT name, type, comment FROM system.columns WHERE database = {db:String} "
                "AND table = {name:String} ORDER BY position",
                parameters={"db": stores.config.clickhouse_database, "name": name},
            ).result_rows
            assert tuple((column, kind) for column, kind, _ in found) == table.fields
            assert all(comment for _, _, comment in found), name


@pytest.mark.stack
def test_the_requirements_names_are_there_for_people(stores):
    asked = {
        ("identity", "users"): "user_id email password_hash first_name last_name profile_picture_url "
        "created_at updated_at",
        ("public", "orders"): "order_id user_id order_type status price quantity created_at updated_at",
        ("public", "order_items"): "order_item_id order_id symbol instrument_type price quantity",
        ("public", "trades"): "trade_id order_id execution_price execution_quantity timestamp",
        ("public", "risk_checks"): "check_id user_id check_type check_value status created_at",
    }
    with stores.postgres() as connection:
        for (schema, name), columns in asked.items():
            found = connection.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s",
                [schema, name],
            ).fetchall()
            assert set(columns.split()) <= {column for (column,) in found}, name
