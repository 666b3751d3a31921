"""`tapeline chart` draws the bars of the day that was asked for, and says where there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from sinks.clickhouse.connect import connect
from sinks.clickhouse.convert import rows_of
from sinks.clickhouse.tables import TABLES
from tests.sinks.making import made
from tests.sinks.making_market import MINUTE_US, bar

pytestmark = pytest.mark.stack
FIRST_US, SECOND_US = 1_898_951_400_000_000, 1_899_037_800_000_000  # 09:30 in New York, 2030-03-05 and the day after


@pytest.fixture(scope="module")
def drawn(stores):
    """Runs the command against two days of bars."""
    bars = TABLES["bars"]
    made_of = ((FIRST_US, 0, 100_000), (SECOND_US, 0, 110_000), (SECOND_US, 1, 112_000), (SECOND_US, 7, 108_000))
    with connect(stores.config) as client:
        for offset, (day_us, minute, price) in enumerate(made_of):
            start_us = day_us + minute * MINUTE_US
            prices = dict.fromkeys(("open_e4", "high_e4", "low_e4", "close_e4"), price)
            message = bar(
                symbol="CHARTED", interval_us=MINUTE_US, start_time_us=start_us, transact_time_us=start_us, **prices
            )
            for name, row in rows_of(made("bars", message, offset=offset)):
                client.insert(name, [row], column_names=bars.columns, column_type_names=bars.column_types)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "stack", "chart", *arguments]
        return subprocess.run(command, env=stores.environment, capture_output=True, text=True, timeout=60)

    return run


def test_the_last_day_is_drawn_where_none_is_named(drawn):
    done = drawn("charted")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("CHARTED 2030-03-06: open 11.00, high 11.20, low 10.80, last 10.80 (-1.82%)")
    assert "█" in done.stdout or "│" in done.stdout
    assert "\x1b[" not in done.stdout, "no colors where no person looks"


def test_candles_of_a_named_day_and_length(drawn):
    assert json.loads(drawn("CHARTED", "--day", "2030-03-05", "--json").stdout) == {
        "symbol": "CHARTED",
        "day": str(date(2030, 3, 5)),
        "candles": [["2030-03-05T09:30:00", 10.0, 10.0, 10.0, 10.0]],
    }
    found = json.loads(drawn("CHARTED", "--timeframe", "5m", "--json").stdout)
    assert found["candles"] == [
        ["2030-03-06T09:30:00", 11.0, 11.2, 11.0, 11.2],
        ["2030-03-06T09:35:00", 10.8, 10.8, 10.8, 10.8],
    ]


def test_a_picture_is_written(drawn, tmp_path):
    out = tmp_path / "day.png"
    assert drawn("CHARTED", "--out", str(out)).returncode == 0
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("NOBODY",), 1, "NOBODY has no bars yet."),
        (("CHARTED", "--day", "2030-03-07"), 1, "CHARTED has no bars on 2030-03-07."),
        (("CHARTED", "--day", "yesterday"), 2, "yesterday is no day"),
        (("CHARTED", "--out", "/nowhere/day.png"), 1, "/nowhere/day.png cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_said(drawn, arguments, code, said):
    done = drawn(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
