"""A partition that is let go lets go of who waits for room in it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

from streams import runner
from streams.runner import Partition
from streams.transport import Batch


class Writing:
    """Owner and log of a partition whose transaction is on its way."""

    def __init__(self):
        self.has_begun, self.may_end, self.started = asyncio.Event(), asyncio.Event(), []

    def check_start(self, start, last):
        self.started.append(start)

    async def step(self, records):
        self.has_begun.set()
        await self.may_end.wait()

    async def close(self):
        pass


def batch(start):
    records = Batch([SimpleNamespace(offset=start)])
    records.start = start
    return records


async def test_a_batch_that_waits_for_room_is_left_to_the_successor(monkeypatch):
    monkeypatch.setattr(runner, "WAITING_MAX", 0)
    writing = Writing()
    partition = Partition(writing, writing, 0.0)
    await partition.put(batch(0))
    await writing.has_begun.wait()
    await partition.put(batch(1))
    blocked = asyncio.create_task(partition.put(batch(2)))
    await asyncio.sleep(0)
    stopping = asyncio.create_task(partition.stop())
    await asyncio.wait([blocked], timeout=10)
    writing.may_end.set()
    await asyncio.wait([blocked, stopping], timeout=10)
    assert (blocked.done(), stopping.done()) == (True, True)
    assert (writing.started, partition.waiting) == ([0, 1], [])
