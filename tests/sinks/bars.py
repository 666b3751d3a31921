"""Bars of every length as plain Python makes them of the topic's records: what the views must say."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sinks.clickhouse.market_tables import BARS

SECOND, MINUTE = 1_000_000, 60_000_000
E6 = 1_000_000
NEW_YORK = ZoneInfo("America/New_York")
LENGTHS = {"1s": SECOND, "1m": MINUTE, "5m": 5 * MINUTE, "15m": 15 * MINUTE, "1h": 60 * MINUTE}


def start_of(timeframe: str, time_us: int) -> int:
    """Begin of the bar that a time is in, in microseconds since the epoch."""
    if timeframe != "1d":
        return time_us // LENGTHS[timeframe] * LENGTHS[timeframe]
    day = datetime.fromtimestamp(time_us // E6, UTC).astimezone(NEW_YORK)
    return int(day.replace(hour=0, minute=0, second=0).timestamp()) * E6


def expected_bars(rows: list[tuple]) -> dict[tuple[str, str, int], tuple[int, ...]]:
    """Open, high, low, close, volume, amount, trades by timeframe, symbol and start, from rows of table `bars`."""
    latest: dict[tuple[str, int, int], dict] = {}
    for row in rows:
        bar = dict(zip(BARS.columns, row, strict=True))
        key = bar["symbol"], bar["interval_us"], bar["start_time"]
        if key not in latest or bar["revision"] > latest[key]["revision"]:
            latest[key] = bar
    groups = defaultdict(list)
    for (symbol, interval_us, start_us), bar in sorted(latest.items()):
        for timeframe in ("1s",) if interval_us == SECOND else ("1m", "5m", "15m", "1h", "1d"):
            groups[timeframe, symbol, start_of(timeframe, start_us)].append(bar)
    made = {}
    for key, bars in groups.items():
        traded, priced = [bar for bar in bars if bar["trade_count"]], [bar for bar in bars if bar["open_e4"]]
        if traded and priced:
            made[key] = (
                priced[0]["open_e4"],
                max(bar["high_e4"] for bar in priced),
                min(bar["low_e4"] for bar in priced),
                priced[-1]["close_e4"],
                *(sum(bar[name] for bar in traded) for name in ("qty_e6", "amount_e4", "trade_count")),
            )
    return made
