"""Our own book as a venue, on a real broker: what matching says is consolidated once, though the feed is killed."""

import asyncio
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from config.settings import settings
from feeds.hours import hours_at, hours_of
from feeds.producer import place, producing
from proof.log_reader import ends, records
from topics import catalogue
from topics.codec import decode
from topics.messages import CorrectedTrade, FeedPosition, Instrument, Quote, Trade, VenueTrade

E6 = 1_000_000
DAY_US = 24 * 3600 * E6
SYMBOL = "OWNBOOK"
ROUNDS = 40


@pytest.mark.filterwarnings("ignore:Series.values returning an ndarray")  # exchange_calendars under this pandas
@pytest.mark.parametrize(
    ("calendar", "now", "session", "begins", "ends_at"),
    [
        ("always", "2026-11-25T23:59:59", "2026-11-25", "2026-11-25T00:00", "2026-11-26T00:00"),
        ("always", "2026-11-26T00:00:00", "2026-11-26", "2026-11-26T00:00", "2026-11-27T00:00"),
        ("XNYS", "2026-11-25T20:59:59", "2026-11-25", "2026-11-25T14:30", "2026-11-25T21:00"),
        ("XNYS", "2026-11-26T00:59:59", "2026-11-25", "2026-11-25T14:30", "2026-11-25T21:00"),
        ("XNYS", "2026-11-26T05:00:00", "2026-11-27", "2026-11-27T14:30", "2026-11-27T18:00"),
        ("XNZE", "2026-01-14T11:44:59", "2026-01-14", "2026-01-13T21:00", "2026-01-14T03:45"),  # over before noon UTC
    ],
)
def test_a_moment_belongs_to_a_day(calendar, now, session, begins, ends_at):
    found = hours_at(calendar, int(dt.datetime.fromisoformat(now + "+00:00").timestamp()) * E6)
    assert hours_of(calendar, found.session_id) == found
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


async def write(said):
    """Records as matching would write them: (topic, record)."""
    async with producing(settings()) as producer:
        sent = [await producer.send(topic, **place(each.symbol, each, settings().partitions)) for topic, each in said]
        await asyncio.gather(*sent)


async def said(topic, symbol=SYMBOL):
    found = []
    for at, end in (await ends(settings(), [topic])).items():
        async for record in records(settings(), at, end):
            if record.key == symbol.encode():
                found.append(decode(record.value))
    return found


def listed(symbol):
    return catalogue.INSTRUMENTS, Instrument(symbol, "made", "Active", "Rule612", 100_000, 1, 1, now_us())


def trade(symbol, seq, price_e4, at_us):
    amount_e4 = price_e4
    return catalogue.TRADES, Trade(f"{symbol}-{seq}", symbol, seq, price_e4, E6, amount_e4, "Buy", "m", "t", at_us)


def corrected(symbol, seq, of, traded_us, at_us, price_e4=None):
    """A bust, or with a price a correction, of the trade with the number `of`."""
    kind, qty_e6 = ("TradeCancel", 0) if price_e4 is None else ("TradeCorrect", E6)
    terms = kind, price_e4 or 1, qty_e6, price_e4 or 0
    return catalogue.TRADE_CORRECTIONS, CorrectedTrade(f"{symbol}-{of}", symbol, seq, *terms, traded_us, at_us)


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


@pytest.fixture
def following(stack):
    """The feed and the worker of market data run."""
    children = [start(stack, "streams", "single-market-data"), start(stack, "feeds", "own-book")]
    yield
    for child in children:
        child.terminate()
        child.wait(timeout=30)


@pytest.mark.stack
def test_a_bust_and_a_correction_reach_tape_and_snapshot(following):
    symbol, at_us = "BUSTED", now_us()
    asyncio.run(write([listed(symbol), *(trade(symbol, seq, 100_000 + seq, at_us + seq) for seq in (1, 2, 3, 4))]))
    until(lambda: len(asyncio.run(said(catalogue.PRINTS, symbol))) == 4)
    bust = corrected(symbol, 5, 4, at_us + 4, now_us())
    moved = corrected(symbol, 6, 2, at_us + 2, now_us(), 100_500)
    asyncio.run(write([bust, moved]))
    until(lambda: len(asyncio.run(said(catalogue.PRINTS, symbol))) == 6)
    prints = asyncio.run(said(catalogue.PRINTS, symbol))
    assert [(each.trade_id, each.revision, each.is_canceled, each.price_e4) for each in prints[4:]] == [
        (f"{symbol}-4", 1, True, 100_004),
        (f"{symbol}-2", 1, False, 100_500),
    ]
    until(lambda: asyncio.run(said(catalogue.SNAPSHOTS, symbol))[-1].seq > prints[-1].seq)
    snapshot = asyncio.run(said(catalogue.SNAPSHOTS, symbol))[-1]
    assert (snapshot.last_price_e4, snapshot.high_e4, snapshot.low_e4) == (100_003, 100_500, 100_001)
    assert (snapshot.trade_count, snapshot.cum_qty_e6) == (3, 3 * E6)
    assert (snapshot.vwap_e4, snapshot.faults) == ((100_001 + 100_500 + 100_003) // 3, [])


@pytest.mark.stack
def test_a_bust_after_more_than_five_minutes_finds_its_print(following):
    symbol, now = "LATEBUST", now_us()
    at_us = now - 600 * E6
    asyncio.run(write([listed(symbol), *(trade(symbol, seq, 100_000 + seq, at_us + seq) for seq in (1, 2))]))
    until(lambda: len(asyncio.run(said(catalogue.PRINTS, symbol))) == 2)
    asyncio.run(write([corrected(symbol, 3, 1, at_us + 1, now_us(), 100_500)]))
    asyncio.run(write([corrected(symbol, 4, 1, at_us + 1, now_us())]))
    until(lambda: len(asyncio.run(said(catalogue.PRINTS, symbol))) == 4)
    prints = asyncio.run(said(catalogue.PRINTS, symbol))
    told = [(each.print_seq, each.revision, each.is_canceled, each.price_e4, each.transact_time_us) for each in prints]
    assert told[2:] == [(1, 1, False, 100_500, at_us + 1), (1, 2, True, 100_500, at_us + 1)]
    until(lambda: asyncio.run(said(catalogue.SNAPSHOTS, symbol))[-1].seq > prints[-1].seq)
    snapshot = asyncio.run(said(catalogue.SNAPSHOTS, symbol))[-1]
    assert snapshot.faults == []
    if at_us // DAY_US == now_us() // DAY_US:  # else it is a trade of yesterday, which today counts neither way
        assert (snapshot.trade_count, snapshot.vwap_e4, snapshot.last_price_e4) == (1, 100_002, 100_002)


@pytest.mark.stack
def test_a_late_bust_that_is_read_with_its_trade_waits_for_the_print(stack):
    """The feed was down, the tape still is, and the feed is killed while it waits."""
    symbol, now = "DOWNBUST", now_us()
    at_us = now - 600 * E6
    bust = corrected(symbol, 3, 1, at_us + 1, now)
    asyncio.run(write([listed(symbol), *(trade(symbol, seq, 100_000 + seq, at_us + seq) for seq in (1, 2)), bust]))
    children = [start(stack, "feeds", "own-book")]
    try:
        until(lambda: any(isinstance(each, VenueTrade) for each in asyncio.run(said(catalogue.MARKET_DATA, symbol))))
        children[0].kill()
        children[0].wait()
        children = [start(stack, "feeds", "own-book"), start(stack, "streams", "single-market-data")]
        until(lambda: len(asyncio.run(said(catalogue.PRINTS, symbol))) == 3)
        prints = asyncio.run(said(catalogue.PRINTS, symbol))
        assert [(each.trade_id, each.revision, each.is_canceled) for each in prints] == [
            (f"{symbol}-1", 0, False),
            (f"{symbol}-2", 0, False),
            (f"{symbol}-1", 1, True),
        ]
    finally:
        for child in children:
            child.terminate()
            child.wait(timeout=30)


async def stand_at(session):
    """The feed stands at the ends of its topics, and has told no later day than this one."""
    at = await ends(
        settings(), [catalogue.INSTRUMENTS, catalogue.QUOTES, catalogue.TRADES, catalogue.TRADE_CORRECTIONS]
    )
    position = json.dumps({"session": session} | {f"{part.topic}/{part.partition}": end for part, end in at.items()})
    async with producing(settings()) as producer:
        state = FeedPosition("own-book", position, 0, 0, 0, [], 0, 0)
        await producer.send_and_wait(catalogue.FEED_POSITIONS, **place("own-book", state, settings().partitions))


@pytest.mark.stack
def test_a_feed_that_was_down_for_two_days_tells_them_as_they_were(stack, request):
    symbol = "CAUGHTUP"
    day = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=2)
    noon_us = int(dt.datetime.combine(day, dt.time(12), dt.UTC).timestamp()) * E6
    asyncio.run(stand_at((day - dt.timedelta(days=1)).isoformat()))
    times = [noon_us + number * 100_000 for number in range(6000)]  # ten minutes
    quotes = [
        (catalogue.QUOTES, Quote(symbol, 2 * number, 99_000 + number, E6, None, 0, at_us))
        for number, at_us in enumerate(times)
    ]
    trades = [trade(symbol, 2 * number + 1, 100_000, at_us) for number, at_us in enumerate(times) if number % 10 == 0]
    bust = corrected(symbol, 12_001, 2001, times[1000], times[1000] + 60 * E6)
    asyncio.run(write([listed(symbol), bust, *quotes, *trades]))
    request.getfixturevalue("following")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    until(lambda: [each.session_id for each in asyncio.run(said(catalogue.SNAPSHOTS, symbol))[-1:]] == [today])
    days = {each.session_id: each for each in asyncio.run(said(catalogue.SNAPSHOTS, symbol))}
    then = days[day.isoformat()]
    assert (then.trade_count, then.cum_qty_e6, then.faults) == (len(trades) - 1, (len(trades) - 1) * E6, [])
    assert (days[today].trade_count, days[today].bid_price_e4, days[today].faults) == (
        0,
        quotes[-1][1].bid_price_e4,
        [],
    )
    minutes = [each for each in asyncio.run(said(catalogue.BARS, symbol)) if each.interval_us == 60 * E6]
    counts = {(each.start_time_us - noon_us) // (60 * E6): each.trade_count for each in minutes}
    assert counts == {minute: 59 if minute == 1 else 60 for minute in range(10)}
