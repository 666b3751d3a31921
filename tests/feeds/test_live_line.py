"""A line on a real WebSocket server: the protocol in both encodings, what data points become, errors, coming back."""

import asyncio
import contextlib
import logging
from decimal import Decimal

import pytest
from pydantic import SecretStr

from feeds.live.line import LineError, Terms, follow
from feeds.live.points import Unusable, event_of, scaled, time_ns
from tests.feeds.alpaca_server import KEY, SECRET, AlpacaServer, quote, rfc3339, trade
from topics.messages import TradeCorrection, VenueBands, VenueStatus, VenueTrade

AT_NS = 1_700_000_000_123_456_789
BOTH = pytest.mark.parametrize("codec", ["json", "msgpack"])


def terms(server, codec="msgpack", secret=SECRET, symbols=("AAPL", "IBM")):
    return Terms("primary", server.url, KEY, SecretStr(secret), symbols, codec, "TAPELINE_LIVE")


@contextlib.asynccontextmanager
async def followed(asked):
    """What a line reports, on a queue."""
    heard = asyncio.Queue()
    task = asyncio.create_task(follow(asked, heard.put))
    try:
        async with asyncio.timeout(20):
            yield heard
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@BOTH
async def test_every_type_of_data_point_becomes_its_record(codec):
    common = {"S": "AAPL", "z": "C", "t": AT_NS}
    async with AlpacaServer() as server, followed(terms(server, codec)) as heard:
        assert (await heard.get()).points == []
        assert server.sessions == [
            {each: ["AAPL", "IBM"] for each in ("trades", "quotes", "bars", "statuses", "lulds")}
        ]
        await server.send(
            trade("AAPL", 96921, AT_NS, price=126.5501, size=1, exchange="D", conditions=("@", "I")),
            quote("AAPL", AT_NS, 87.66, 87.68),
            {"T": "s", "sc": "H", "sm": "Trading Halt", "rc": "T12", "rm": "", **common},
            {"T": "l", "u": 3.24, "d": 2.65, "i": "B", **common},
            {"T": "x", "i": 465, "x": "D", "p": 105.31, "s": 300, "a": "C", **common},
            {"T": "c", "x": "M", "oi": 5, "op": 39.1, "os": 4, "oc": [" "], "ci": 6, "cp": 39.1809, "cs": 44}
            | {"cc": [" ", "7"], **common},
        )
        said = [event_of(point, 100) for point in (await heard.get()).points]
    feed = {"symbol": "AAPL", "feed": "", "feed_position": 0, "transact_time_us": AT_NS // 1000, "receive_time_us": 0}
    none = {"venue_seq": None}
    assert [event.said for event in said] == [
        VenueTrade(
            venue="D", trade_id="96921", price_e4=1_265_501, qty_e6=1_000_000, conditions="@I", aggressor_side=None,
            suspicious=False, **none, **feed,
        ),
        (("K", 876_600, 300_000_000), ("Q", 876_800, 400_000_000)),
        VenueStatus(venue="UTP", kind="Halt", reason="T12", **feed),
        VenueBands(lower_price_e4=26_500, upper_price_e4=32_400, indicator="B", **feed),
        TradeCorrection(
            venue="D", kind="Cancel", trade_id="465", price_e4=None, qty_e6=None, conditions="", printed=None,
            **none, **feed,
        ),
        TradeCorrection(
            venue="M", kind="Correct", trade_id="5", price_e4=391_809, qty_e6=44_000_000, conditions=" 7",
            printed=None, **none, **feed,
        ),
    ]  # fmt: skip
    assert {event.time_ns for event in said} == {AT_NS}
    assert said[-1].renamed == "6"


@pytest.mark.parametrize(
    ("point", "kind"),
    [
        ({"T": "b", "S": "A"}, "bar"),
        ({"T": "n"}, "unknown-type"),
        ({"T": ["t"]}, "unknown-type"),
        ({}, "unknown-type"),
        ({"T": "s", "S": "A", "sc": "8", "t": rfc3339(AT_NS)}, "no-state"),
        (trade("A", 1, "yesterday"), "malformed"),
        (trade("A", 1, rfc3339(AT_NS), price="12"), "malformed"),
        (trade("A", 1, rfc3339(AT_NS), price=float("nan")), "malformed"),
        (trade("", 1, rfc3339(AT_NS)), "malformed"),
        ({"T": "t", "S": "A", "t": rfc3339(AT_NS)}, "malformed"),
    ],
)
def test_what_becomes_no_record_is_told_by_kind(point, kind):
    with pytest.raises(Unusable) as refused:
        event_of(point, 1)
    assert refused.value.kind == kind


def test_numbers_are_the_decimals_that_were_sent():
    assert scaled(388.985, 10_000) == scaled(Decimal("388.985"), 10_000) == 3_889_850
    assert scaled(0.1 + 0.2, 10_000) == 3000
    assert scaled(7, 1_000_000) == 7_000_000
    assert time_ns("2023-11-14T22:13:20.5Z") == 1_700_000_000_500_000_000
    assert time_ns("2023-11-14T22:13:20Z") == 1_700_000_000_000_000_000


def test_a_side_of_zeros_is_empty():
    event = event_of(quote("A", rfc3339(AT_NS), 0, 5, sizes=(0, 1), exchanges=(" ", "Q")), 1)
    assert event.said == (None, ("Q", 50_000, 1_000_000))


async def test_what_is_lost_is_connected_and_subscribed_again():
    async with AlpacaServer() as server, followed(terms(server)) as heard:
        await heard.get()
        for number in range(3):
            await server.send(trade("AAPL", number, AT_NS))
            assert (await heard.get()).points[0]["i"] == number
            await server.cut()
            assert not (await heard.get()).is_up
            assert (await heard.get()).points == []
        assert len(server.sessions) == 4
        assert server.sessions[0] == server.sessions[-1]


async def test_a_server_that_comes_later_is_found():
    server = AlpacaServer()
    async with server:
        pass
    async with followed(terms(server)) as heard:
        assert not (await heard.get()).is_up  # nobody listens there
        async with server:
            while not (await heard.get()).is_up:
                pass
            assert len(server.sessions) == 1


@pytest.mark.parametrize(
    ("refuse", "remedy"), [(402, "TAPELINE_LIVE_KEY_ID and TAPELINE_LIVE_SECRET_KEY"), (405, "fewer symbols")]
)
async def test_a_refusal_says_what_to_do(refuse, remedy):
    async with AlpacaServer(refuse=refuse) as server:
        with pytest.raises(LineError) as refused:
            await follow(terms(server), asyncio.Queue().put)
    assert remedy in refused.value.remedy
    assert str(refuse) in refused.value.problem
    assert SECRET not in str(refused.value)


async def test_a_session_of_another_program_is_waited_for(caplog):
    """The provider keeps a session for a while where its client was killed."""
    async with AlpacaServer(refuse=406) as server, followed(terms(server)) as heard:
        assert not (await heard.get()).is_up
        assert not (await heard.get()).is_up
        server.refuse = None
        while not (await heard.get()).is_up:
            pass
    assert "connection limit exceeded (406). Another program is connected with this key" in caplog.text


async def test_the_secret_is_in_no_log(caplog):
    with caplog.at_level(logging.DEBUG):
        async with AlpacaServer() as server, followed(terms(server, "json")) as heard:
            await heard.get()
    client = [record.getMessage() for record in caplog.records if not record.name.startswith("websockets.server")]
    assert [text for text in client if SECRET in text] == []
