"""`tapeline bench sink` stores every row that it counts; what it measures is for the command, not for a test."""

from __future__ import annotations

import asyncio

import pytest

from bench.sink import into_store, recorded, repeated
from config.settings import settings
from sinks.clickhouse.connect import connect

pytestmark = [pytest.mark.stack, pytest.mark.lobster]


def test_every_row_is_stored_and_measured(stores):
    quotes = recorded(settings().data / "taq_2013")[:1000]
    with connect(stores.config) as client:
        client.command("TRUNCATE TABLE batches")
        figures = asyncio.run(into_store(stores.config, list(repeated(quotes, 2500))))
        stored = client.query("SELECT symbol, count() FROM quotes GROUP BY symbol ORDER BY symbol").result_rows
    assert stored == [("TAQ0", 1000), ("TAQ1", 1000), ("TAQ2", 500)]
    assert figures["rows"] == 2500
    assert min(figures[name] for name in ("rows_per_s", "server_rows_per_s", "conversions_per_s", "bytes_per_row")) > 0
