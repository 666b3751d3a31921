"""Reads an event stream as a client does: ids and data, comments aside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from api.events.schemas import TradeEvent
from tests.api.client import Client


class Stream:
    """Events in the order in which they came."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.comments: list[str] = []
        self._changed = asyncio.Condition()
        self.ended = False

    async def read(self, lines: AsyncIterator[str]) -> None:
        event_id = None
        async for line in lines:
            name, _, value = line.partition(": ")
            if name == "id":
                event_id = value
            elif name == "data":
                self.events.append(json.loads(value))
                TradeEvent.model_validate(self.events[-1])
            elif line.startswith(":"):
                self.comments.append(line)
            if not line and self.events:
                assert self.events[-1]["event_id"] == event_id
            async with self._changed:
                self._changed.notify_all()
        async with self._changed:
            self.ended = True
            self._changed.notify_all()

    async def until(self, wanted: Any, timeout_s: float = 15) -> list[dict[str, Any]]:
        """Wait until the events are as wanted; returns them."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: wanted(self))
        return self.events

    async def until_count(self, count: int) -> None:
        """Wait for so many events."""
        await self.until(lambda stream: len(stream.events) >= count)

    @property
    def ids(self) -> list[str]:
        return [event["event_id"] for event in self.events]

    @property
    def names(self) -> list[str]:
        return [event["event"] for event in self.events]


@asynccontextmanager
async def following(client: Client, *, headers: dict[str, str] | None = None, **cursors: str) -> AsyncIterator[Stream]:
    """GET /v2/events/trades."""
    stream = Stream()
    async with client.stream("GET", "/v2/events/trades", params=cursors, headers=headers, timeout=60) as answer:
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["content-type"].startswith("text/event-stream")
        reading = asyncio.create_task(stream.read(answer.aiter_lines()))
        try:
            yield stream
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
