"""What /health/ready is made of, where what it asks fails in a way of its own."""

from __future__ import annotations

import asyncio
import logging

import pytest
from aiokafka.structs import TopicPartition

from api.health import marks, progress
from api.health.live import LiveFeed
from api.health.market_data import MarketData
from api.store.freshness import Stored
from config.settings import settings
from tests.api.client import eventually
from topics.codec import encode
from topics.messages import FeedPosition


def position(text):
    return encode(FeedPosition("live", text, 0, 0, 0, [], 0, 0))


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (position('{"active": "primary", "gap_since_ns": null}'), "ok"),
        (position('{"active": "backup", "gap_since_ns": null}'), "the backup line is in force"),
        (
            position('{"active": "primary", "gap_since_ns": 0}'),
            "no line has brought anything since 1970-01-01T00:00:00Z",
        ),
        (position('{"active": "backup"}'), "the backup line is in force"),  # of a version before gaps were told
        (position("{}"), "ok"),
        (position(""), "its position cannot be read"),
        (position("primary"), "its position cannot be read"),
        (b"no record", "its position cannot be read"),
        (None, "its position cannot be read"),
    ],
)
def test_a_position_of_another_version_is_read_as_far_as_it_goes(record, said):
    feed = LiveFeed(0.0)
    feed.hear(record, 1.0)
    assert feed.said(2.0, 10.0) == said
    feed.hear(position('{"active": "primary", "gap_since_ns": null}'), 3.0)
    assert feed.said(4.0, 10.0) == "ok"


@pytest.mark.parametrize(
    "body", ["Code: 241. DB::Exception", '{"exception": "241"}', '{"data": [["trades", 0]]}', "[]"]
)
async def test_a_store_that_fails_behind_a_status_of_200_does_not_answer(body):
    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        at = {"clickhouse_host": "127.0.0.1", "clickhouse_port": port}
        market_data = MarketData(settings().model_copy(update=at))
        assert await market_data.offsets() is None
        await market_data.close()


async def test_who_waits_in_vain_leaves_nothing():
    """A sink that stands still for an hour is waited for by every read."""
    stored = Stored(settings())
    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await stored.reach(TopicPartition("ledger", 0), 5)
    assert not any(stored._waiting.values())


async def test_a_look_that_takes_too_long_excuses_nobody(stack, monkeypatch, caplog):
    monkeypatch.setattr(marks, "TIMEOUT_S", 0.0)
    monkeypatch.setattr(progress, "STALL_S", -1.0)
    watching = progress.Progress(settings(), Stored(settings()))
    watching.behind_orders["accounts"] = "stands still"

    async def said() -> str:
        return caplog.text

    with caplog.at_level(logging.WARNING):
        running = asyncio.create_task(watching.run())
        await eventually(said, lambda text: "cannot see" in text)
        running.cancel()
        await asyncio.wait([running])
    assert watching.behind_orders["accounts"] == "stands still"
