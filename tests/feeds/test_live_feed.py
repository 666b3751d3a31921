"""The live feed on real servers: a backup that takes over and hands back, gaps in the consolidated market, kills."""

import asyncio
import contextlib
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from prometheus_client import REGISTRY

from config.settings import settings, settings_of
from feeds.live.feed import LiveFeed
from feeds.live.line import LineError
from feeds.publish import clock_us, read_position
from proof.log_reader import ends, records
from streams.market_data.fold import MarketDataFold
from tests.feeds.alpaca_server import KEY, SECRET, AlpacaServer, quote, trade
from topics import catalogue
from topics.codec import decode
from topics.messages import TradeCorrection, VenueQuote, VenueStatus, VenueTrade

pytestmark = pytest.mark.filterwarnings("ignore:Series.values returning an ndarray:pandas.errors.Pandas4Warning")
KILLS = 2
NOON_US = int(dt.datetime(2024, 5, 1, 16, tzinfo=dt.UTC).timestamp()) * 1_000_000  # a Wednesday, in regular hours


class Watched:
    """A feed of two servers, and what its messages make of the market. Its clock is of a trading day."""

    def __init__(self, primary, backup=None):
        terms = {"LIVE_URL": primary.url, "LIVE_KEY_ID": KEY, "LIVE_SECRET_KEY": SECRET, "LIVE_SILENT_MS": "150"}
        if backup is not None:
            terms["LIVE_BACKUP_URL"] = backup.url
        began_s = time.monotonic()
        self.clock_us = lambda: NOON_US + int((time.monotonic() - began_s) * 1e6)
        config = settings_of({f"TAPELINE_{name}": value for name, value in terms.items()})
        self.feed = LiveFeed(config, ["AAPL"], "", self.clock_us)
        self.fold = MarketDataFold()
        self.messages, self.rows, self.rejected = [], 0, 0
        self._changed = asyncio.Condition()

    async def __aenter__(self):
        self._task = asyncio.create_task(self.read())
        return self

    async def __aexit__(self, *_):
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def read(self):
        async for unit in self.feed.units(""):
            self.rows += unit.rows
            self.rejected += len(unit.rejected)
            async with self._changed:
                for message in unit.messages:
                    self.messages.append(message)
                    step = self.fold.apply(getattr(message, "symbol", ""), message)
                    assert step.refused is None, step.refused
                self._changed.notify_all()

    async def until(self, holds):
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(holds)

    def trades(self):
        return [int(message.trade_id) for message in self.messages if isinstance(message, VenueTrade)]

    @property
    def now_ns(self):
        return self.clock_us() * 1000

    @property
    def state(self):
        return self.fold.entry("security/AAPL")


async def test_a_backup_takes_over_and_hands_back_without_a_repetition():
    async with AlpacaServer() as primary, AlpacaServer() as backup, Watched(primary, backup) as seen:
        await asyncio.gather(primary.subscribed(), backup.subscribed())
        number = 0

        async def send_until(holds, *servers):
            """Trades through some of the servers, one after the other."""
            nonlocal number
            async with asyncio.timeout(20):
                while not holds():
                    number += 1
                    point = trade("AAPL", number, seen.now_ns)
                    for server in servers:
                        await server.send(point)
                    await asyncio.sleep(0.01)

        await send_until(lambda: len(seen.trades()) > 5, primary, backup)
        await send_until(lambda: seen.feed.failover.active == 1, backup)  # the primary is connected and says nothing
        await send_until(lambda: seen.feed.failover.active == 0, primary, backup)
        await send_until(lambda: len(seen.trades()) > number - 3, primary, backup)
        await primary.cut()
        await send_until(lambda: seen.feed.failover.active == 1, backup)  # at once
        await send_until(lambda: seen.feed.failover.active == 0, primary, backup)
        await seen.until(lambda: len(seen.trades()) == number)
    assert sorted(seen.trades()) == list(range(1, number + 1))
    assert seen.feed.counts["switches"] == 4
    assert seen.feed.counts["gaps"] == 0
    assert seen.rows - seen.rejected == number  # each row was published or counted as a repetition


async def test_a_gap_takes_quotes_out_of_the_market_until_they_come_again():
    async with AlpacaServer() as primary, Watched(primary) as seen:
        await primary.send(quote("AAPL", seen.now_ns, 99.5, 100.5, exchanges=("K", "Q")))
        await seen.until(lambda: seen.messages and seen.state and seen.state.bid_price_e4)
        assert (seen.state.bid_price_e4, seen.state.bid_venue, seen.state.ask_venue) == (995_000, "K", "Q")
        await primary.cut()
        await seen.until(lambda: seen.state.bid_price_e4 is None)
        stale = [message for message in seen.messages if isinstance(message, VenueStatus)]
        assert [(each.venue, each.kind, each.reason) for each in stale] == [
            ("K", "Stale", "Gap"),
            ("Q", "Stale", "Gap"),
        ]
        await primary.send(quote("AAPL", seen.now_ns, 99.7, 100.5, exchanges=("P", "Q")))
        await seen.until(lambda: seen.state.bid_price_e4 is not None)
        assert (seen.state.bid_price_e4, seen.state.bid_venue, seen.state.ask_price_e4) == (997_000, "P", 1_005_000)
        assert seen.feed.counts["gaps"] == 1


async def test_a_provider_that_is_never_reached_is_told_as_a_gap():
    unreached = AlpacaServer()
    unreached.port = 1
    async with Watched(unreached) as seen:
        await seen.until(lambda: seen.feed.failover.gap_since_ns is not None)
    assert REGISTRY.get_sample_value("tapeline_live_silent") == 1
    assert NOON_US <= seen.feed.failover.gap_since_ns // 1000 <= seen.clock_us()


async def test_corrections_and_cancels_reach_the_trade_that_they_mean():
    async with AlpacaServer() as primary, Watched(primary) as seen:
        common = {"S": "AAPL", "x": "V", "z": "C"}
        correct = {"T": "c", "op": 1, "os": 1, "oc": ["@"], "cc": ["@"], **common}
        await primary.send(
            trade("AAPL", 1, seen.now_ns, price=50.0, size=10),
            trade("AAPL", 2, seen.now_ns, price=51.0, size=20),
            correct | {"oi": 2, "ci": 3, "cp": 52.0, "cs": 30, "t": seen.now_ns},
            correct | {"oi": 3, "ci": 4, "cp": 53.0, "cs": 40, "t": seen.now_ns},  # of the corrected one, by its new id
            {"T": "x", "i": 1, "p": 50.0, "s": 10, "a": "C", "t": seen.now_ns, **common},
        )
        await seen.until(lambda: sum(isinstance(each, TradeCorrection) for each in seen.messages) == 3)
        assert (seen.state.cum_qty_e6, seen.state.trade_count, seen.state.last.price_e4) == (40_000_000, 1, 530_000)


async def test_a_provider_that_refuses_ends_the_feed():
    """Also where it is the backup that is refused: it would be none."""
    async with AlpacaServer() as primary, AlpacaServer(refuse=402) as backup:
        seen = Watched(primary, backup)
        with pytest.raises(LineError) as refused:
            await seen.read()
    assert "TAPELINE_LIVE_BACKUP_KEY_ID" in refused.value.remedy


async def published(feed):
    found = []
    end = await ends(settings(), [catalogue.MARKET_DATA])
    for at in end:
        async for record in records(settings(), at, end[at]):
            message = decode(record.value)
            if message.feed == feed:
                found.append(message)
    return found


async def trade_ids():
    return [message.trade_id for message in await published("live") if isinstance(message, VenueTrade)]


def start(stack, terms):
    command = [sys.executable, "-m", "stack", "ingest", "live", "--symbols", "KILLED", "--suffix", ".X", "--json"]
    environment = {**os.environ, **stack.environment(), **terms}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.stack
async def test_kill_9_repeats_nothing_although_the_lines_do(stack):
    """After each kill the server says again what it has said lately, as a line that lags behind does."""
    trades, quotes = [], []
    async with AlpacaServer() as primary:
        terms = {"TAPELINE_LIVE_URL": primary.url, "TAPELINE_LIVE_KEY_ID": KEY, "TAPELINE_LIVE_SECRET_KEY": SECRET}

        async def send():
            number = len(trades) + 1
            trades.append(trade("KILLED", number, clock_us() * 1000))
            quotes.append(quote("KILLED", clock_us() * 1000, 50 + number / 100, 90, exchanges=("KP"[number % 2], "Q")))
            await primary.send(trades[-1], quotes[-1])
            await asyncio.sleep(0.002)

        for round_number in range(KILLS + 1):
            child = start(stack, terms)
            await primary.subscribed()
            await primary.send(*sorted(trades + quotes, key=lambda point: point["t"]))
            before = (await read_position(settings(), "live")).record_count
            while (await read_position(settings(), "live")).record_count < before + 50:
                for _ in range(20):
                    await send()
            last = round_number == KILLS
            while last and str(len(trades)) not in await trade_ids():
                pass
            child.send_signal(signal.SIGINT if last else signal.SIGKILL)
            told, _ = await asyncio.to_thread(child.communicate, timeout=30)
            await primary.cut()
    found = await published("live")
    assert sorted(map(int, await trade_ids())) == list(range(1, len(trades) + 1))
    quoted = [message for message in found if isinstance(message, VenueQuote)]
    bids = [message.bid_price_e4 for message in quoted if message.bid_price_e4]
    assert bids == sorted(set(bids))
    assert {message.symbol for message in [*quoted, *found] if hasattr(message, "symbol")} == {"KILLED.X"}
    rows = json.loads(told)["rows"]
    assert rows.pop("rows read") == sum(rows.values())
