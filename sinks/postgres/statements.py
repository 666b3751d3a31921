"""SQL made from the tables' declarations. Pure."""

from __future__ import annotations

from psycopg import sql

from sinks.postgres.tables import Table


def target(table: Table) -> sql.Composable:
    return sql.Identifier("projection", table.name)


def staged(table: Table) -> sql.Composable:
    """A connection's own copy of a table, empty in each transaction: rows go there before they meet earlier ones."""
    return sql.Identifier(f"staged_{table.name}")


def columns(table: Table) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, table.columns))


def create_staged(table: Table) -> sql.Composed:
    return sql.SQL("CREATE TEMP TABLE {} (LIKE {}) ON COMMIT DELETE ROWS").format(staged(table), target(table))


def none(table: Table) -> sql.Composed:
    """No row, but the columns' types."""
    return sql.SQL("SELECT {} FROM {} LIMIT 0").format(columns(table), target(table))


def copy(table: Table) -> sql.Composed:
    """COPY into the table itself, or into its staged copy where rows have to meet earlier ones."""
    into = staged(table) if table.key else target(table)
    return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(into, columns(table))


def merge(table: Table) -> sql.Composed:
    """Staged rows, one a key, into the table; does what `Table.latest` does within a batch."""
    key = sql.SQL(", ").join(map(sql.Identifier, table.key))
    insert = sql.SQL("INSERT INTO {} AS earlier ({}) SELECT {} FROM {} ON CONFLICT ({}) DO ").format(
        target(table), columns(table), columns(table), staged(table), key
    )
    if table.first_stays:
        return insert + sql.SQL("NOTHING")
    changes = [
        sql.SQL("{0} = COALESCE(EXCLUDED.{0}, earlier.{0})" if name in table.keep else "{0} = EXCLUDED.{0}").format(
            sql.Identifier(name)
        )
        for name in table.columns
        if name not in table.key
    ]
    return insert + sql.SQL("UPDATE SET {} WHERE EXCLUDED.account_seq > earlier.account_seq").format(
        sql.SQL(", ").join(changes)
    )
