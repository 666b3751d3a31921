"""The market's history of a test: its records, and whether the views are what the tables say."""

from __future__ import annotations

import asyncio

from sinks.clickhouse.connect import connect
from tests.sinks.bars import expected_bars
from tests.sinks.making import encoded, produce
from tests.sinks.making_market import day_of_market


def produce_market(stores, symbol: str, minutes: int, batch: int = 50) -> None:
    records = encoded(symbol, day_of_market(symbol, minutes))
    asyncio.run(produce(stores.config.kafka_bootstrap, symbol, records, batch))


def assert_views_equal_to_tables(stores) -> None:
    """Bars of every length, and trades as they count now."""
    with connect(stores.config) as client:
        found = client.query(
            "SELECT timeframe, symbol, toInt64(toUnixTimestamp(timestamp)) * 1000000, open * 10000, high * 10000, "
            "low * 10000, close * 10000, volume * 1000000, amount * 10000, trade_count FROM bars_view"
        ).result_rows
        trades = client.query("SELECT count(), sum(volume) FROM market_data").result_rows
        counted = client.query("SELECT count(), toDecimal128(sum(qty_e6), 6) / 1000000 FROM trades").result_rows
    bars = {tuple(row[:3]): tuple(map(int, row[3:])) for row in found}
    assert len(bars) == len(found), "one row a bar"
    assert bars == expected_bars(stores.stored("clickhouse")["bars"])
    assert trades == counted
