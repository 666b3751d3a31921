"""Rows in the API's own ClickHouse as the sink would store them, and what the routes must make of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import count

from api.units import time_text
from config.settings import settings
from sinks.clickhouse.connect import connect
from sinks.clickhouse.convert import rows_of
from sinks.clickhouse.tables import TABLES
from tests.sinks.making import made
from tests.sinks.making_market import MINUTE_US, OPEN_US, day_of_market

START = time_text(OPEN_US)
NAMES = (f"PAST{number:03d}" for number in count())
"""Symbols that nobody trades and no other test uses."""


def store(records) -> None:
    """(topic, message) pairs, as rows of the tables; bars of every length follow."""
    rows = defaultdict(list)
    for offset, (topic, message) in enumerate(records):
        for table, row in rows_of(made(topic, message, offset=offset)):
            rows[table].append(row)
    with connect(settings()) as client:
        for name, found in rows.items():
            table = TABLES[name]
            client.insert(name, found, column_names=table.columns, column_type_names=table.column_types)


def store_market(symbol: str, minutes: int) -> list[tuple[str, object]]:
    records = day_of_market(symbol, minutes)
    store(records)
    return records


def store_quotes(symbol: str, rows: int) -> None:
    """So many quotes, a microsecond apart, of the sizes 0, 1, 2…"""
    with connect(settings()) as client:
        client.command(
            "INSERT INTO nbbo (symbol, seq, bid_qty_e6, transact_time) SELECT {symbol:String}, number, "
            "number * 1000000, fromUnixTimestamp64Micro({begin_us:Int64} + toInt64(number), 'UTC') "
            "FROM numbers({rows:UInt32})",
            parameters={"symbol": symbol, "begin_us": OPEN_US, "rows": rows},
        )


def of_topic(records, topic):
    return [message for each, message in records if each == topic]


def bars_of(records, minutes: int = 1) -> list[dict]:
    """Bars in Alpaca's form, made anew of the minutes' latest revisions; their lengths divide an hour."""
    latest = {}
    for bar in of_topic(records, "bars"):
        if bar.interval_us == MINUTE_US:
            latest[bar.start_time_us] = bar
    groups = defaultdict(list)
    for start_us, bar in sorted(latest.items()):
        groups[start_us // (minutes * MINUTE_US) * minutes * MINUTE_US].append(bar)
    return [
        {
            "o": bars[0].open_e4 / 10_000,
            "h": max(bar.high_e4 for bar in bars) / 10_000,
            "l": min(bar.low_e4 for bar in bars) / 10_000,
            "c": bars[-1].close_e4 / 10_000,
            "v": sum(bar.qty_e6 for bar in bars) // 1_000_000,
            "n": sum(bar.trade_count for bar in bars),
        }
        for _, bars in sorted(groups.items())
    ]


def trade_at(records, number: int, **changes):
    """A print of a market, changed."""
    return replace(of_topic(records, "prints")[number], **changes)
