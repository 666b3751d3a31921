"""Alpaca's own client, as it comes from PyPI, against this API: history, pages, snapshots and the latest."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiokafka import AIOKafkaProducer
from alpaca.common.enums import Sort
from alpaca.common.exceptions import APIError
from alpaca.data.enums import Adjustment, DataFeed
from alpaca.data.historical import StockHistoricalDataClient
from alpaca.data.requests import (
    StockBarsRequest,
    StockLatestBarRequest,
    StockLatestQuoteRequest,
    StockLatestTradeRequest,
    StockQuotesRequest,
    StockSnapshotRequest,
    StockTradesRequest,
)
from alpaca.data.timeframe import TimeFrame, TimeFrameUnit

from api.history.pages import PAGE_MAX
from config.kafka import kafka_connection
from config.settings import settings
from feeds.producer import place
from tests.api.client import eventually
from tests.api.history import NAMES, bars_of, of_topic, store_market, store_quotes
from tests.sinks.making_market import OPEN_US, bar, nbbo, printed

pytestmark = pytest.mark.stack
MINUTES = 65
BEGIN = datetime.fromtimestamp(OPEN_US // 1_000_000, UTC)
SPAN = {"start": BEGIN, "end": BEGIN + timedelta(days=1)}


@pytest.fixture
async def alpaca(url, open_client):
    key = (await open_client()).key
    return StockHistoricalDataClient(key.key_id, key.secret, url_override=url)


@pytest.fixture
def market(url):
    """Two symbols with a day each: their records."""
    return {symbol: store_market(symbol, MINUTES) for symbol in (next(NAMES), next(NAMES))}


async def test_bars_of_two_symbols(alpaca, market):
    wanted = StockBarsRequest(
        symbol_or_symbols=list(market),
        timeframe=TimeFrame(5, TimeFrameUnit.Minute),
        adjustment=Adjustment.RAW,
        feed=DataFeed.SIP,
        **SPAN,
    )
    found = await asyncio.to_thread(alpaca.get_stock_bars, wanted)
    for symbol, records in market.items():
        bars = [
            {"o": each.open, "h": each.high, "l": each.low, "c": each.close, "v": each.volume, "n": each.trade_count}
            for each in found[symbol]
        ]
        assert bars == bars_of(records, 5)[1:]  # the first began before the span


async def test_more_quotes_than_a_page_has(alpaca):
    symbol = next(NAMES)
    rows = PAGE_MAX + 2000
    store_quotes(symbol, rows)
    found = await asyncio.to_thread(alpaca.get_stock_quotes, StockQuotesRequest(symbol_or_symbols=symbol, **SPAN))
    assert [each.bid_size for each in found[symbol]] == list(range(rows))


async def test_limit_and_sort_of_quotes(alpaca, market):
    symbol, records = next(iter(market.items()))
    wanted = StockQuotesRequest(symbol_or_symbols=symbol, limit=50, sort=Sort.DESC, **SPAN)
    found = (await asyncio.to_thread(alpaca.get_stock_quotes, wanted))[symbol]
    made = of_topic(records, "nbbo")[::-1][:50]
    assert [(each.bid_price, each.ask_price, each.bid_size, each.bid_exchange) for each in found] == [
        (each.bid_price_e4 / 10_000, (each.ask_price_e4 or 0) / 10_000, 100, "XNAS") for each in made
    ]
    assert [each.timestamp for each in found] == sorted((each.timestamp for each in found), reverse=True)


async def test_trades(alpaca, market):
    found = await asyncio.to_thread(alpaca.get_stock_trades, StockTradesRequest(symbol_or_symbols=list(market), **SPAN))
    for symbol, records in market.items():
        assert [(each.id, each.price, each.size, each.exchange, each.conditions) for each in found[symbol]] == [
            (each.print_seq, each.price_e4 / 10_000, 100, "XNAS", ["@"]) for each in of_topic(records, "prints")
        ]


async def test_the_latest_comes_from_the_store_where_the_live_feed_has_nothing(alpaca, market):
    symbols = {"symbol_or_symbols": [*market, "NOSUCH"]}
    quotes = await asyncio.to_thread(alpaca.get_stock_latest_quote, StockLatestQuoteRequest(**symbols))
    trades = await asyncio.to_thread(alpaca.get_stock_latest_trade, StockLatestTradeRequest(**symbols))
    bars = await asyncio.to_thread(alpaca.get_stock_latest_bar, StockLatestBarRequest(**symbols))
    snapshots = await asyncio.to_thread(alpaca.get_stock_snapshot, StockSnapshotRequest(**symbols))
    assert quotes.keys() == trades.keys() == bars.keys() == snapshots.keys() == market.keys()
    for symbol, records in market.items():
        assert quotes[symbol].bid_price == of_topic(records, "nbbo")[-1].bid_price_e4 / 10_000
        assert trades[symbol].id == MINUTES
        assert bars[symbol].timestamp == BEGIN + timedelta(minutes=MINUTES - 1)
        seen = snapshots[symbol]
        assert (seen.latest_quote, seen.latest_trade, seen.minute_bar) == (quotes[symbol], trades[symbol], bars[symbol])
        assert seen.daily_bar.volume == sum(each["v"] for each in bars_of(records))
        assert seen.previous_daily_bar is None


async def test_the_latest_comes_from_memory_where_the_live_feed_has_it(alpaca, market, url):
    """Told on the topics alone: the store has an older one."""
    symbol = next(iter(market))
    later_us = OPEN_US + 7_200_000_000
    at = {"symbol": symbol, "transact_time_us": later_us}
    told = [
        ("nbbo", nbbo(**at, seq=9001, bid_price_e4=770_000)),
        ("prints", printed(**at, seq=9002, print_seq=901, price_e4=771_100)),
        ("prints", printed(**at, seq=9003, print_seq=902, price_e4=1, updates_last=False)),
        ("bars", bar(symbol=symbol, seq=9004, start_time_us=later_us, close_e4=772_200)),
    ]
    await tell(told)

    async def snapshot():
        return (await asyncio.to_thread(alpaca.get_stock_snapshot, StockSnapshotRequest(symbol_or_symbols=symbol)))[
            symbol
        ]

    seen = await eventually(snapshot, lambda each: each.minute_bar.close == 77.22)
    assert (seen.latest_quote.bid_price, seen.latest_trade.price, seen.latest_trade.id) == (77, 77.11, 901)
    await tell([("prints", printed(**at, seq=9005, print_seq=901, revision=1, is_canceled=True, updates_last=False))])
    seen = await eventually(snapshot, lambda each: each.latest_trade.id != 901)
    assert seen.latest_trade.id == MINUTES  # the last that is stored


async def tell(records):
    async with AIOKafkaProducer(**kafka_connection(settings()), enable_idempotence=True) as producer:
        for topic, record in records:
            await producer.send_and_wait(topic, **place(record.symbol, record, settings().partitions))


async def test_what_is_wrong_is_told_as_alpaca_tells_it(alpaca, url):
    with pytest.raises(APIError) as raised:
        await asyncio.to_thread(
            alpaca.get_stock_trades, StockTradesRequest(symbol_or_symbols="AAPL", feed=DataFeed.IEX, **SPAN)
        )
    assert raised.value.code == 42210000
    assert "feed" in raised.value.message
    stranger = StockHistoricalDataClient("NOBODY", "nothing", url_override=url)
    with pytest.raises(APIError) as raised:
        await asyncio.to_thread(stranger.get_stock_snapshot, StockSnapshotRequest(symbol_or_symbols="AAPL"))
    assert raised.value.status_code == 401
