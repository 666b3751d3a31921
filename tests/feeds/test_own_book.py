"""Our own book as a venue, on a real broker: what matching says is consolidated once, though the feed is killed."""

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
import time

import pytest

from config.settings import settings
from feeds.own_book import hours_at
from feeds.producer import place, producing
from proof.log_reader import ends, records
from topics import catalogue
from topics.codec import decode
from topics.messages import Instrument, Quote, Trade

E6 = 1_000_000
SYMBOL = "OWNBOOK"
ROUNDS = 40


@pytest.mark.filterwarnings("ignore:Series.values returning an ndarray")  # exchange_calendars under this pandas
@pytest.mark.parametrize(
    ("calendar", "now", "session", "begins", "ends_at"),
    [
        ("always", "2026-11-25T23:59:59", "2026-11-25", "2026-11-25T00:00", "2026-11-26T00:00"),
        ("always", "2026-11-26T00:00:00", "2026-11-26", "2026-11-26T00:00", "2026-11-27T00:00"),
        ("XNYS", "2026-11-25T20:59:59", "2026-11-25", "2026-11-25T14:30", "2026-11-25T21:00"),
        ("XNYS", "2026-11-25T21:00:00", "2026-11-27", "2026-11-27T14:30", "2026-11-27T18:00"),
    ],
)
def test_a_moment_belongs_to_a_day(calendar, now, session, begins, ends_at):
    found = hours_at(calendar, dt.datetime.fromisoformat(now + "+00:00"))
    times = (dt.datetime.fromtimestamp(us / E6, dt.UTC) for us in (found.open_time_us, found.close_time_us))
    assert (found.session_id, *(f"{time:%Y-%m-%dT%H:%M}" for time in times)) == (session, begins, ends_at)


def now_us():
    return time.time_ns() // 1000


async def say(rounds):
    """What matching would say: each round a trade, then the quote after it."""
    async with producing(settings()) as producer:
        for number in rounds:
            if number == 0:
                terms = Instrument(SYMBOL, "made", "Active", "Rule612", 100_000, 1, 1, now_us())
                await producer.send_and_wait(catalogue.INSTRUMENTS, **place(SYMBOL, terms, settings().partitions))
            at, seq = now_us(), 3 * number + 1
            trade = Trade(
                f"{SYMBOL}-{number}", SYMBOL, seq, 100_000 + number, E6, 100_000 + number, "Buy", "m", "t", at
            )
            quote = Quote(SYMBOL, seq + 1, 99_000 + number, E6, 101_000 + number, 2 * E6, at)
            await producer.send_and_wait(catalogue.TRADES, **place(SYMBOL, trade, settings().partitions))
            await producer.send_and_wait(catalogue.QUOTES, **place(SYMBOL, quote, settings().partitions))


async def said(topic):
    found = []
    for at, end in (await ends(settings(), [topic])).items():
        async for record in records(settings(), at, end):
            if record.key == SYMBOL.encode():
                found.append(decode(record.value))
    return found


def start(stack, *arguments):
    return subprocess.Popen([sys.executable, "-m", *arguments], env={**os.environ, **stack.environment()})


def until(holds):
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.stack
def test_the_book_is_consolidated_once_whatever_is_killed(stack):
    worker, feed = start(stack, "streams", "single-market-data"), start(stack, "feeds", "own-book")
    try:
        for part in range(4):
            asyncio.run(say(range(part * ROUNDS // 4, (part + 1) * ROUNDS // 4)))
            until(lambda part=part: len(asyncio.run(said(catalogue.PRINTS))) > part * ROUNDS // 4)
            victim = feed if part % 2 else worker
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            if victim is feed:
                feed = start(stack, "feeds", "own-book")
            else:
                worker = start(stack, "streams", "single-market-data")
        until(lambda: len(asyncio.run(said(catalogue.PRINTS))) >= ROUNDS)
        until(lambda: asyncio.run(said(catalogue.SNAPSHOTS))[-1].bid_price_e4 == 99_000 + ROUNDS - 1)
        prints, best = asyncio.run(said(catalogue.PRINTS)), asyncio.run(said(catalogue.NBBO))
        assert [each.trade_id for each in prints] == [f"{SYMBOL}-{number}" for number in range(ROUNDS)]
        bids = [each.bid_price_e4 for each in best if each.bid_price_e4 is not None]
        assert list(dict.fromkeys(bids)) == [99_000 + number for number in range(ROUNDS)]
        snapshot = asyncio.run(said(catalogue.SNAPSHOTS))[-1]
        assert (snapshot.trading_state, snapshot.trade_count, snapshot.faults) == ("Trading", ROUNDS, [])
        assert (snapshot.last_price_e4, snapshot.high_e4, snapshot.bid_venue) == (100_039, 100_039, "TAPE")
    finally:
        for child in (worker, feed):
            child.terminate()
            child.wait(timeout=30)
