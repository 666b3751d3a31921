"""Trades as they count now: the last revision of each, and none that was canceled."""

from __future__ import annotations

import datetime as dt

import pytest

from sinks.clickhouse.connect import connect
from sinks.clickhouse.convert import rows_of
from sinks.clickhouse.tables import TABLES
from tests.sinks.making import made
from tests.sinks.making_market import printed

pytestmark = pytest.mark.stack

AFTERNOON_US = int(dt.datetime(2026, 3, 10, 20, tzinfo=dt.UTC).timestamp()) * 1_000_000
EVENING_US = AFTERNOON_US + 6 * 3600 * 1_000_000  # of the next day UTC, of the same in New York: numbers began anew

CASES = {
    "corrected": [(AFTERNOON_US, 1, 0, False, 10), (AFTERNOON_US, 1, 1, False, 11)],
    "corrected twice": [(AFTERNOON_US, 1, revision, False, 10 + revision) for revision in (0, 1, 2)],
    "canceled": [(AFTERNOON_US, 1, 0, False, 10), (AFTERNOON_US, 1, 1, True, 10)],
    "another day's number": [
        (AFTERNOON_US, 1, 0, False, 10),
        (EVENING_US, 1, 0, False, 12),
        (EVENING_US, 1, 1, True, 12),
    ],
}
LEFT = {"corrected": [11], "corrected twice": [12], "canceled": [], "another day's number": [10]}


@pytest.mark.parametrize("case", CASES)
def test_what_counts(stores, case):
    symbol = f"VIEW{list(CASES).index(case)}"
    with connect(stores.config) as client:
        for number, (at_us, print_seq, revision, is_canceled, dollars) in enumerate(CASES[case]):
            row = printed(
                symbol=symbol,
                seq=number,
                print_seq=print_seq,
                revision=revision,
                is_canceled=is_canceled,
                price_e4=dollars * 10_000,
                transact_time_us=at_us,
            )
            for name, values in rows_of(made("prints", row, offset=number)):
                table = TABLES[name]
                client.insert(name, [values], column_names=table.columns, column_type_names=table.column_types)
        found = client.query(f"SELECT price FROM trades_view WHERE symbol = '{symbol}'").result_rows
    assert [int(price) for (price,) in found] == LEFT[case]
