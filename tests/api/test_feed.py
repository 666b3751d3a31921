"""The live feed: a snapshot, then every change, whatever cuts a client off and wherever it comes back to."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from contextlib import asynccontextmanager
from dataclasses import fields

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from hypothesis import given
from hypothesis import strategies as st

from api.feed import follow, stream
from api.feed.encoding import json_of, shown
from api.feed.follow import Feed
from api.feed.frames import Frame
from api.feed.stream import FeedService, Wanted
from api.feed.subscriber import WAITING_MAX, Subscriber
from api.problems import TooManyRequests
from config.kafka import kafka_connection
from config.settings import settings
from feeds.producer import place
from tests.api.client import eventually
from tests.api.made import made
from topics.catalogue import NBBO, PRINTS, SNAPSHOTS
from topics.messages import Bar, FaultCount, Nbbo, Print, Snapshot, TradingStatus

TIME_US = 1_700_000_000_000_000


@pytest.fixture
async def tell(stack):
    """Writes records as the consolidation does."""
    producer = AIOKafkaProducer(**kafka_connection(settings()), enable_idempotence=True)
    await producer.start()

    async def send(topic, *records):
        for each in records:
            await producer.send(topic, **place(each.symbol, each, settings().partitions))
        await producer.flush()

    yield send
    await producer.stop()


NUMBERS = itertools.count()


@pytest.fixture
async def market(tell, url):
    """A symbol of which a snapshot is known, and which no venue quotes: what is told of it is all there is."""
    symbol = f"TOLD{next(NUMBERS)}"
    await tell(SNAPSHOTS, made(Snapshot, symbol, 1, bid_price_e4=1_000_000, bid_qty_e6=5_000_000, bid_venue="V"))
    async with httpx.AsyncClient(base_url=url) as client:
        await eventually(lambda: status_of(client, symbol), lambda status: status == 200)
    return symbol


async def status_of(client, symbol):
    return (await client.get(f"/marketdata/{symbol}")).status_code


@asynccontextmanager
async def events_of(url, symbols, after=None, **query):
    """(event, id, data) of a stream, as text."""
    headers = {} if after is None else {"Last-Event-ID": after}
    params = {"symbols": symbols, **query}
    async with (
        httpx.AsyncClient(base_url=url, timeout=20) as client,
        client.stream("GET", "/marketdata/stream", params=params, headers=headers) as answer,
    ):
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["access-control-allow-origin"] == "*"
        yield read(answer)


async def read(answer):
    event = {}
    async for line in answer.aiter_lines():
        if not line and "event" in event:
            yield event["event"], event.get("id"), event.get("data")
        if not line:
            event = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value


async def first(events, count):
    return [await anext(events) for _ in range(count)]


async def test_a_stream_begins_with_the_state_and_goes_on_with_each_change(url, market, tell):
    await tell(NBBO, made(Nbbo, market, 2, bid_price_e4=1_000_100))
    async with events_of(url, market) as events:
        await eventually_seen(events, "live")
        await tell(NBBO, made(Nbbo, market, 3, ask_price_e4=1_010_000, ask_qty_e6=1_500_000))
        kind, event_id, data = await anext(events)
    assert kind == "nbbo"
    assert event_id is not None
    assert '"ask_price":"101.00","ask_qty":"1.5"' in data


async def eventually_seen(events, wanted):
    seen = []
    async for kind, _, _ in events:
        seen.append(kind)
        if kind == wanted:
            return seen
    raise AssertionError(seen)


async def test_the_opening_has_what_is_newer_than_the_snapshot(url, market, tell):
    async with events_of(url, market) as events:
        await eventually_seen(events, "live")
        await tell(NBBO, made(Nbbo, market, 2, bid_price_e4=1_000_200))
        await anext(events)  # so this instance has it
    async with events_of(url, market) as events:
        kinds = await eventually_seen(events, "live")
    assert kinds == ["snapshot", "nbbo", "live"]


async def test_a_client_cut_off_a_hundred_times_between_two_instances_has_every_event_once(
    url, market, tell, processes, free_port
):
    other = processes.start_api("api-feed", free_port)
    chance = random.Random(7)
    total = 1500

    async def trade():
        for seq in range(2, total + 2, 3):
            await tell(NBBO, made(Nbbo, market, seq), made(Nbbo, market, seq + 1))
            await tell(PRINTS, made(Print, market, seq + 2))

    async with events_of(url, market) as steady:
        assert await eventually_seen(steady, "live")
        start = None
        async with events_of(url, market) as events:
            async for kind, event_id, _ in events:
                if kind == "live":
                    start = event_id
                    break
        trading = asyncio.create_task(trade())
        whole = [(kind, data) for kind, _, data in await first(steady, total)]
    await trading
    joined, last, cuts = [], start, 0
    while len(joined) < total:
        async with events_of((url, other)[cuts % 2], market, last) as events:
            many = min(chance.randint(1, total // 100), total - len(joined))
            for kind, event_id, data in await first(events, many):
                joined.append((kind, data))
                last = event_id
        cuts += 1
    assert cuts >= 100
    for kind in ("nbbo", "trades"):
        assert [data for each, data in joined if each == kind] == [data for each, data in whole if each == kind]
    assert processes.stop("api-feed")


async def test_an_id_that_the_log_does_not_have_is_reset(url, market):
    async with events_of(url, market, "0-999999999.0.0.0") as events:
        kinds = await eventually_seen(events, "live")
    assert kinds[:2] == ["reset", "snapshot"]


async def test_memory_that_does_not_reach_back_gives_way_to_the_log(url, market, tell):
    """Everything since the beginning of the topics, which is further back than a process that has just begun reads."""
    await tell(NBBO, *(made(Nbbo, market, seq) for seq in range(2, 12)))
    async with events_of(url, market, "0-0.0.0.0", types="nbbo") as events:
        found = await first(events, 10)
    assert [(kind, json.loads(data).get("seq")) for kind, _, data in found] == [("nbbo", seq) for seq in range(2, 12)]


@pytest.fixture
async def service(market, monkeypatch):
    """Opens streams in this process, whose memory begins now."""
    monkeypatch.setattr(follow, "READ_BACK", 0)
    feed = Feed(settings())
    running = asyncio.create_task(feed.run())
    await feed.caught_up.wait()
    yield FeedService(feed)
    running.cancel()
    await asyncio.wait([running])


def wanted(market, after):
    return Wanted(frozenset([market]), frozenset(["nbbo"]), None, after)


async def test_what_comes_while_the_log_is_read_is_all_there(service, market, tell):
    """More than may wait for a client who takes nothing."""
    await tell(NBBO, made(Nbbo, market, 2))
    opened = await service.open(wanted(market, "0-0.0.0.0"), "here")
    events, last = opened.events(), 2 + WAITING_MAX + 500
    assert (await anext(events)).startswith(b"retry:")
    await tell(NBBO, *(made(Nbbo, market, seq) for seq in range(3, last + 1)))

    async def heard():
        return service.symbols[market].best

    await eventually(heard, lambda best: best is not None and best.seq == last)
    told = b""
    while f'"seq":{last},'.encode() not in told:
        told += await anext(events)
    opened.close()
    seqs = [json.loads(line[6:])["seq"] for line in told.split(b"\n") if line.startswith(b"data: ")]
    assert (seqs, b"slow consumer" in told) == (list(range(2, last + 1)), False)


async def test_streams_that_are_opened_together_are_counted_together(service, market, monkeypatch):
    """Each waits for a place that this instance has not reached yet."""
    monkeypatch.setattr(stream, "STREAMS_OF_ADDRESS_MAX", 1)
    opening = [service.open(wanted(market, "0-999999999.0.0.0"), "here") for _ in range(3)]
    opened, *refused = sorted(
        await asyncio.gather(*opening, return_exceptions=True), key=lambda each: type(each).__name__
    )
    assert [type(each) for each in refused] == [TooManyRequests] * 2
    opened.close()
    (await service.open(wanted(market, None), "here")).close()


async def test_conflated_has_the_latest_quote_of_an_interval_and_every_trade(url, market, tell):
    async with events_of(url, market, mode="conflated", interval_ms=500) as events:
        await eventually_seen(events, "live")
        await tell(NBBO, *(made(Nbbo, market, seq) for seq in range(2, 40)))
        await tell(PRINTS, made(Print, market, 40), made(Print, market, 41))
        found = []
        while [kind for kind, _ in found].count("trades") < 2:
            kind, _, data = await anext(events)
            found.append((kind, data))
    quotes = [data for kind, data in found if kind == "nbbo"]
    assert len(quotes) < 38
    assert '"seq":39,' in quotes[-1]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"symbols": ""}, "symbols"),
        ({"symbols": "NOSUCH"}, "symbols"),
        ({"symbols": None}, "symbols"),
        ({"types": "depth"}, "types"),
        ({"mode": "some"}, "mode"),
        ({"interval_ms": "1"}, "interval_ms"),
        ({"since_id": "1"}, "Last-Event-ID"),
        ({"since_id": "7-0.0.0.0"}, "Last-Event-ID"),
        ({"since_id": "0-0.0.0.x"}, "Last-Event-ID"),
        ({"speed": "1"}, "speed"),
    ],
)
async def test_what_cannot_be_streamed_is_refused_by_name(url, market, query, field):
    params = {name: value for name, value in {"symbols": market, **query}.items() if value is not None}
    async with httpx.AsyncClient(base_url=url) as client:
        answer = await client.get("/marketdata/stream", params=params)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_the_latest_state_by_symbol(url, market):
    async with httpx.AsyncClient(base_url=url) as client:
        one = (await client.get(f"/marketdata/{market}")).json()
        some = (await client.get("/marketdata", params={"symbols": market})).json()
        assert (await client.get("/marketdata/NOSUCH")).status_code == 404
    assert one["bid_price"] == "100.00"
    assert some == {market: one}


RECORDS = (Nbbo, Print, Bar, TradingStatus, Snapshot)


def values_of(name, empty):
    """Values of a field, by its unit or else by what it is when it is empty."""
    if name.endswith(("_e4", "_e6", "time_us")):
        numbers = st.integers(0 if name.endswith("time_us") else -(10**15), 4 * 10**15)
        return numbers if isinstance(empty, int) else numbers | st.none()
    kinds = {str: st.text(), bool: st.booleans(), int: st.integers(-(10**12), 10**12)}
    return kinds.get(type(empty), st.just(empty))


@given(st.data())
def test_a_record_is_the_json_of_what_it_shows(data):
    kind = data.draw(st.sampled_from(RECORDS))
    record = made(kind, "A", 1)
    for field in fields(record):
        drawn = values_of(field.name, getattr(record, field.name))
        setattr(record, field.name, data.draw(drawn))
    if kind is Snapshot:
        record.faults = [FaultCount("Gap", 3), FaultCount('Stale\u2028"', 0)]
    assert json_of(record) == json.dumps(shown(record), separators=(",", ":"))


def frame(kind, symbol, seq):
    return Frame(made(Nbbo, symbol, seq), 0, ["nbbo", "trades"].index(kind), seq, [])


def test_a_slow_client_keeps_trades_and_is_told_what_was_left_out():
    slow = Subscriber(frozenset("AB"), frozenset(["nbbo", "trades"]))
    for seq in range(WAITING_MAX):
        slow.offer(frame("trades" if seq % 10 == 0 else "nbbo", "AB"[seq % 2], seq))
    slow.offer(frame("nbbo", "A", WAITING_MAX))
    frames, skipped = slow.take(conflated=False)
    trades = [each.seq for each in frames if each.kind == "trades"]
    assert trades == list(range(0, WAITING_MAX, 10))
    assert len(frames) + skipped == WAITING_MAX + 1
    assert slow.take(conflated=False) == ([], 0)


def test_a_client_that_is_too_slow_for_trades_loses_the_oldest_and_is_told():
    slow = Subscriber(frozenset("A"), frozenset(["trades"]))
    for seq in range(3 * WAITING_MAX):
        slow.offer(frame("trades", "A", seq))
    frames, skipped = slow.take(conflated=False)
    assert len(frames) <= WAITING_MAX
    assert len(frames) + skipped == 3 * WAITING_MAX
    assert [each.seq for each in frames] == list(range(3 * WAITING_MAX - len(frames), 3 * WAITING_MAX))
