"""Reads stored rows back for comparison with what the log says; used by `tapeline verify` and by tests."""

from __future__ import annotations

from collections.abc import Iterator

from clickhouse_connect.driver.client import Client

from sinks.clickhouse.table import Row, Table


def offsets(client: Client) -> dict[tuple[str, int], int]:
    """Last offset stored of each source partition, transaction markers included."""
    rows = client.query("SELECT topic, partition, stored ? next_offset : first_offset FROM batches FINAL").result_rows
    return {(topic, partition): end - 1 for topic, partition, end in rows}


def rows(client: Client, table: Table) -> Iterator[Row]:
    """Every row of a table in the order of its records, a block at a time, as `convert.rows_of` makes them."""
    shown = [f"toUnixTimestamp64Micro({name}) AS {name}_us" if name in table.times else name for name in table.columns]
    order = ", ".join(("record_partition", "record_offset", *table.number))
    final = "FINAL" if table.key else ""
    query = f"SELECT {', '.join(shown)} FROM {table.name} {final} ORDER BY {order}"  # noqa: S608 - names of ours, no input
    with client.query_row_block_stream(query) as blocks:
        for block in blocks:
            yield from map(tuple, block)
