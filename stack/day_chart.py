"""A symbol's day as candles, for a terminal or as a PNG. Times are New York's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clickhouse_connect.driver.client import Client

MINUTES = {"1m": 1, "5m": 5, "15m": 15, "1h": 60}
RISE, FALL, INK, QUIET = "#0b6e99", "#d1495b", "#1f2933", "#9aa5b1"
CANDLE = 0.7  # of its interval


@dataclass(frozen=True, slots=True)
class Candle:
    """A bar: its begin, prices, and shares."""

    start: dt.datetime
    open: float
    high: float
    low: float
    close: float
    volume: float


@dataclass(frozen=True, slots=True)
class Day:
    """The bars of a symbol's day, and the average price of all its shares."""

    symbol: str
    date: dt.date
    timeframe: str
    candles: Sequence[Candle]
    vwap: float

    @property
    def title(self) -> str:
        prices, volume = self.candles, sum(candle.volume for candle in self.candles)
        change = prices[-1].close / prices[0].open - 1
        return (
            f"{self.symbol} {self.date}: open {prices[0].open:,.2f}, high {max(each.high for each in prices):,.2f}, "
            f"low {min(each.low for each in prices):,.2f}, last {prices[-1].close:,.2f} ({change:+.2%}), "
            f"volume {volume:,.0f}, average {self.vwap:,.2f}"
        )


def read_day(client: Client, symbol: str, date: dt.date | None, timeframe: str) -> Day | None:
    """The bars of a day, of the last one that has any where none is named; None where there are none."""
    last = client.query(
        "SELECT toDate(max(start_time), 'America/New_York'), count() FROM bars_1m WHERE symbol = {symbol:String}",
        parameters={"symbol": symbol},
    ).result_rows[0]
    if not last[1]:
        return None
    date = date or last[0]
    rows = client.query(
        "SELECT toTimeZone(timestamp, 'America/New_York'), open, high, low, close, volume, amount FROM bars_view "
        "WHERE symbol = {symbol:String} AND timeframe = {timeframe:String} "
        "AND toDate(timestamp, 'America/New_York') = {date:Date} ORDER BY timestamp",
        parameters={"symbol": symbol, "timeframe": timeframe, "date": date},
    ).result_rows
    if not rows:
        return None
    candles = [Candle(row[0].replace(tzinfo=None), *map(float, row[1:6])) for row in rows]
    volume = sum(candle.volume for candle in candles)
    return Day(symbol, date, timeframe, candles, float(sum(row[6] for row in rows)) / volume if volume else 0.0)


def as_text(day: Day, columns: int, lines: int, *, colored: bool) -> str:
    """A chart of so many characters."""
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.date_form("H:M")
    plotext.plotsize(columns, lines)
    prices = {name.title(): [getattr(each, name) for each in day.candles] for name in ("open", "high", "low", "close")}
    plotext.candlestick([f"{candle.start:%H:%M}" for candle in day.candles], prices)
    chart = str(plotext.build())
    return f"{day.title}\n{chart if colored else plotext.uncolorize(chart)}"


def as_png(day: Day, path: Path) -> None:
    """Candles over volume. Raises OSError where the file cannot be written."""
    from matplotlib.dates import DateFormatter, date2num
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 7), layout="constrained", facecolor="white")
    figure.suptitle(day.title, fontsize=12, color=INK, ha="left", x=0.012)
    prices, volumes = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
    at = [date2num(candle.start) for candle in day.candles]
    width = CANDLE * MINUTES[day.timeframe] / (24 * 60)
    colors = [RISE if candle.close >= candle.open else FALL for candle in day.candles]
    prices.vlines(
        at, [each.low for each in day.candles], [each.high for each in day.candles], color=colors, linewidth=1
    )
    least = (max(each.high for each in day.candles) - min(each.low for each in day.candles)) / 500
    heights = [max(abs(each.close - each.open), least) for each in day.candles]
    prices.bar(at, heights, width, [min(each.open, each.close) for each in day.candles], color=colors)
    prices.axhline(day.vwap, color=QUIET, linewidth=1, linestyle="--", label="average price")
    prices.legend(loc="upper left", frameon=False)
    volumes.bar(at, [each.volume for each in day.candles], width, color=QUIET)
    prices.set_ylabel("price")
    volumes.set(ylabel="shares", xlabel="New York")
    volumes.xaxis.set_major_formatter(DateFormatter("%H:%M"))
    for axes in (prices, volumes):
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=INK, labelsize=9)
    figure.savefig(path, dpi=110, format="png", metadata={"Software": None})
