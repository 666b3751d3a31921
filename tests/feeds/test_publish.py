"""A feed on a real broker: killed at any moment and started again, its records are there once and in order."""

import asyncio
import gc
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import pytest

from config.settings import settings
from feeds.day import Terms
from feeds.publish import publishing, read_position
from feeds.taq import TaqFeed, open_taq
from proof.log_reader import ends, records
from sinks.clickhouse.connect import connect
from topics import catalogue
from topics.codec import decode
from topics.messages import FeedHeartbeat

pytestmark = pytest.mark.stack
ROWS = 12_000
KILLS = 6
PUBLISH = """
import asyncio, sys
from pathlib import Path
from config.settings import settings
from feeds.day import Terms
from feeds.publish import clock_us, run
from feeds.taq import TaqFeed, open_taq
day = open_taq(Path(sys.argv[1]))
asyncio.run(run(settings(), TaqFeed(day, day.symbol, Terms(), clock_us)))
"""


def made_day(folder, symbol, seed):
    """A day of pairs of quotes, and a trade after each fifth; some lines are none."""
    chance = random.Random(seed)
    quotes, trades = [], []
    for at in range(ROWS // 2):
        ms = 34_200_000 + 7 * at
        bid, ask = chance.randint(99_000, 99_900), chance.randint(100_100, 101_000)
        quotes += [f"{ms},{bid},100,0,0,N,1,0", f"{ms},0,0,{ask},200,P,1,0"]
        if at % 5 == 0:
            trades.append(f"{ms},{bid},{chance.randint(1, 9)},N,0,0" if at % 500 else f"{ms},?,1,N,0,0")
    for kind, lines in (("quote", quotes), ("trade", trades)):
        with zipfile.ZipFile(folder / f"{symbol}_20131007_{kind}.zip", "w") as archive:
            archive.writestr("day.csv", "\n".join(lines))
    return len(quotes) + len(trades)


def plain(message):
    """A message without the time at which this run of the feed had it."""
    return [value for name, value in zip(names_of(message), astuple(message), strict=True) if name != "receive_time_us"]


def names_of(message):
    return [field.name for field in fields(message)]


def astuple(message):
    return [getattr(message, name) for name in names_of(message)]


async def published(feed):
    end = await ends(settings(), [catalogue.MARKET_DATA])
    found = []
    for at in end:
        async for record in records(settings(), at, end[at]):
            message = decode(record.value)
            if message.feed == feed:
                found.append(message)
    return found


def start(stack, folder):
    command = [sys.executable, "-c", PUBLISH, str(folder)]
    return subprocess.Popen(command, env={**os.environ, **stack.environment()}, stderr=subprocess.PIPE, text=True)


def test_kill_9_repeats_and_loses_nothing(stack, tmp_path):
    rows = made_day(tmp_path, "kill", seed=1)
    day = open_taq(tmp_path)
    name = TaqFeed(day, "KILL", Terms(), lambda: 0).name
    chance, positions = random.Random(2), []
    for _ in range(KILLS):
        before = asyncio.run(read_position(settings(), name)).record_count
        child = start(stack, tmp_path)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:  # it has published something new
            position = asyncio.run(read_position(settings(), name))
            if position.record_count > before or child.poll() is not None:
                break
        time.sleep(chance.random() * 0.1)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stderr.close()
        positions.append(position.read_rows)
    assert 0 < positions[0] < positions[2], positions  # it was killed on its way
    last = start(stack, tmp_path)
    assert last.wait(timeout=120) == 0, last.stderr.read()
    last.stderr.close()
    expected = [message for unit in TaqFeed(day, "KILL", Terms(), lambda: 0).rows("") for message in unit.messages]
    found = asyncio.run(published(name))
    quiet = [[plain(each) for each in side if not isinstance(each, FeedHeartbeat)] for side in (expected, found)]
    assert quiet[0] == quiet[1]
    state = asyncio.run(read_position(settings(), name))
    rejected = {each.kind: each.count for each in state.rejected}
    assert rejected["malformed"] == ROWS // 2 // 500
    assert state.read_rows == rows == state.published_rows + sum(rejected.values())
    assert state.record_count == len(found)


def test_a_second_publisher_of_a_feed_bars_the_first(stack, tmp_path):
    made_day(tmp_path, "bar", seed=3)
    units = list(TaqFeed(open_taq(tmp_path), "BAR", Terms(), lambda: 0).rows(""))[:50]

    async def both():
        async with publishing(settings(), "barred") as first:
            await first.publish(units[:20])
            async with publishing(settings(), "barred") as second:
                assert second.state.read_rows == sum(unit.rows for unit in units[:20])
                with pytest.raises(Exception, match=r"(?i)fenced|epoch"):
                    await first.publish(units[20:])
                await second.publish(units[20:])
                return await read_position(settings(), "barred")

    assert in_a_thread(both()).read_rows == sum(unit.rows for unit in units)


def in_a_thread(work):
    """Run a coroutine in a thread and collect what it leaves: a fenced producer's unread failure is told when it is
    collected, and CPython 3.11 cannot bear that in the middle of parsing another module."""

    def run():
        found = asyncio.run(work)
        gc.collect()
        return found

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def ingested(folder, environment):
    command = [sys.executable, "-m", "stack", "ingest", "taq", str(folder), "--json"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=200)


def test_a_day_is_ingested_by_one_command_and_adds_up(stack, tmp_path):
    """Through the broker, a worker of market data and a sink; the second time it is only counted again."""
    rows = made_day(tmp_path, "adds", seed=4)
    environment = {**os.environ, **stack.environment(), "TAPELINE_LOG_LEVEL": "WARNING"}
    subprocess.run([sys.executable, "-m", "sinks", "migrate"], env=environment, check=True, timeout=60)
    programs = (("streams", "single-market-data"), ("sinks", "clickhouse"))
    running = [subprocess.Popen([sys.executable, "-m", *program], env=environment) for program in programs]
    try:
        for _ in range(2):
            told = ingested(tmp_path, environment)
            assert told.returncode == 0, told.stderr
            figures = json.loads(told.stdout)
            assert figures["faults"] == []
            counts = figures["rows"]
            assert counts["rows read"] == rows
            assert counts["rows malformed"] == ROWS // 2 // 500
            assert counts["records: VenueTrade"] == counts["prints"] == ROWS // 2 // 5 - ROWS // 2 // 500
            assert counts["stored: prints"] == counts["prints"]
            assert counts["stored: quotes"] == counts["records: VenueQuote"] > 0
        with connect(settings()) as client:
            client.command("DELETE FROM trades WHERE symbol = 'ADDS' AND price_e4 % 2")
        short = ingested(tmp_path, environment)
        assert short.returncode == 1
        assert [fault.split(",")[0] for fault in json.loads(short.stdout)["faults"]] == [f"{counts['prints']} prints"]
    finally:
        for process in running:
            process.terminate()
        assert [process.wait(timeout=30) for process in running] == [0, 0]
