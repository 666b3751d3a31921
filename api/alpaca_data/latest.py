"""The latest of each symbol: from memory where the live feed holds it, else the last that is stored.

An answer of the store names a symbol that has nothing by leaving it out.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from api.alpaca_data import shapes
from api.feed.follow import Followed
from api.history.bars import Bars
from api.history.clickhouse import Row, Store
from api.history.pages import page_of
from api.history.series import Asked, Series
from api.history.span import Span
from api.history.ticks import Quotes, Trades
from api.history.timeframe import Timeframe
from topics.messages import Bar, Nbbo, Print, Snapshot

AT_A_TIME = 4  # questions to the store of one request
_MINUTE, _DAY = Bars(Timeframe(1, "Min")), Bars(Timeframe(1, "Day"))
_Found = dict[str, dict[str, Any]]


class Latest:
    """Answers by symbol, in Alpaca's form."""

    def __init__(self, store: Store, live: Mapping[str, Followed]) -> None:
        self._store = store
        self._live = live

    async def quotes(self, symbols: list[str]) -> _Found:
        """Raises Unavailable when the store is needed and away, as all of these."""
        known = {symbol: _quote(quote) for symbol in symbols if (quote := self._followed(symbol).quote) is not None}
        return {symbol: shapes.quote(row) for symbol, row in (await self._rest(Quotes(), symbols, known)).items()}

    async def trades(self, symbols: list[str]) -> _Found:
        known = {symbol: _trade(sale) for symbol in symbols if (sale := self._followed(symbol).sale) is not None}
        return {symbol: shapes.trade(row) for symbol, row in (await self._rest(Trades(), symbols, known)).items()}

    async def bars(self, symbols: list[str]) -> _Found:
        """The last minute that has ended and had trades."""
        known = {symbol: _bar(bar) for symbol in symbols if (bar := self._followed(symbol).minute) is not None}
        for row in await self._last(_MINUTE, [symbol for symbol in symbols if symbol not in known], 1):
            known[row[0]] = row
        return {symbol: shapes.bar(row) for symbol, row in sorted(known.items())}

    async def snapshots(self, symbols: list[str]) -> _Found:
        """Trade, quote, minute, day and the day with trades before it; what there is not is null."""
        trades, quotes, minutes, rows = await asyncio.gather(
            self.trades(symbols), self.quotes(symbols), self.bars(symbols), self._last(_DAY, symbols, 2)
        )
        days: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            days.setdefault(row[0], []).append(shapes.bar(row))
        found = {}
        for symbol in symbols:
            day, before, *_ = [*days.get(symbol, []), None, None]
            parts = {
                "latestTrade": trades.get(symbol),
                "latestQuote": quotes.get(symbol),
                "minuteBar": minutes.get(symbol),
                "dailyBar": day,
                "prevDailyBar": before,
            }
            if any(part is not None for part in parts.values()):
                found[symbol] = parts
        return found

    def _followed(self, symbol: str) -> Followed:
        return self._live.get(symbol) or Followed()

    async def _rest(self, series: Series, symbols: list[str], known: dict[str, Row]) -> dict[str, Row]:
        """With what the store has of those that are not known. The end is open: a source's clock may be ahead."""
        turn, ever = asyncio.Semaphore(AT_A_TIME), Span(0, time.time_ns() // 1000 + 86_400_000_000)

        async def last(symbol: str) -> list[Row]:
            async with turn:
                return (await page_of(self._store, series, Asked([symbol], ever, descending=True), 1)).rows

        missing = [symbol for symbol in symbols if symbol not in known]
        found = await asyncio.gather(*map(last, missing))
        return dict(sorted([*known.items(), *((row[0], row) for rows in found for row in rows)]))

    async def _last(self, bars: Bars, symbols: list[str], count: int) -> list[Row]:
        """The last so many bars of each symbol, the latest first."""
        return await self._store.rows(bars.last(), {"symbols": symbols, "count": count}) if symbols else []


def _quote(quote: Nbbo | Snapshot) -> Row:
    return [
        quote.symbol,
        quote.transact_time_us,
        quote.seq,
        quote.ask_price_e4 or 0,
        quote.ask_qty_e6,
        quote.ask_venue,
        quote.bid_price_e4 or 0,
        quote.bid_qty_e6,
        quote.bid_venue,
        quote.condition,
    ]


def _trade(sale: Print) -> Row:
    return [
        sale.symbol,
        sale.transact_time_us,
        sale.print_seq,
        sale.price_e4,
        sale.qty_e6,
        sale.venue,
        sale.conditions,
    ]


def _bar(bar: Bar) -> Row:
    return [
        bar.symbol,
        bar.start_time_us,
        0,
        bar.open_e4,
        bar.high_e4,
        bar.low_e4,
        bar.close_e4,
        bar.qty_e6,
        bar.trade_count,
        bar.vwap_e4,
    ]
