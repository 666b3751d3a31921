"""A stream that has an end sends everything before it, however much waits when the end is reached."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from api.events.service import LATE_S, Span, Stream
from api.log.tail import Heard, Subscriber
from tests.api.made import empty
from topics.codec import encode
from topics.messages import OrderEvent


class Line:
    """A stream of one account, and the partition that it reads, moved on by hand."""

    def __init__(self, **span):
        self.positions, self.subscriber = {0: 0}, Subscriber(b"a", 1000)
        service = SimpleNamespace(partition_of=lambda _account: 0, tail=SimpleNamespace(positions=self.positions))
        self.stream = Stream(service, SimpleNamespace(account_id="a", key_id="k"), Span(**span), self.subscriber, 0)

    def hear(self, offsets):
        for offset in offsets:
            event = empty(OrderEvent, symbol="A", transact_time_us=time.time_ns() // 1000)
            self.subscriber.offer(Heard(offset, encode(event)))
            self.positions[0] = offset + 1

    async def sent(self, meanwhile=lambda: None, busy_s=0.0):
        """Ids of all that is sent; after the first piece the client is busy, and this happens."""
        pieces, wait_s = b"", busy_s
        async for piece in self.stream.events():
            pieces += piece
            meanwhile()
            meanwhile = lambda: None  # noqa: E731
            await asyncio.sleep(wait_s)
            wait_s = 0.0
        return [line.removeprefix("id: 0-") for line in pieces.decode().splitlines() if line.startswith("id: ")]


def ids(last):
    return [str(offset) for offset in range(last + 1)]


async def test_up_to_an_id_when_more_waits_than_goes_in_a_piece():
    line = Line(last=149)
    line.hear(range(200))
    assert await line.sent() == ids(149)


async def test_up_to_an_id_that_comes_while_the_client_is_busy():
    line = Line(last=5)
    line.hear([0])
    assert await line.sent(lambda: line.hear(range(1, 8))) == ids(5)


async def test_up_to_a_time_that_passes_while_the_client_is_busy():
    line = Line(until=datetime.now(UTC) + timedelta(seconds=0.5))
    line.hear([0])
    assert await line.sent(lambda: line.hear(range(1, 6)), busy_s=0.7 + LATE_S) == ids(5)
