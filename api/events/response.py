"""A stream of Server-Sent Events as a response: heartbeats, an end for who takes nothing, a stream told of its end.

sse-starlette's, with its lifecycle, but its way of one piece is ours: a timeout around each send costs more than the
send. So the heartbeat looks whether a send has not come back for too long, and ends the response.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Protocol

import anyio
from sse_starlette import EventSourceResponse
from sse_starlette.sse import SendTimeoutError
from starlette.types import Receive, Scope, Send

HEARTBEAT_S = 5
SEND_TIMEOUT_S = 30  # a client that takes nothing for so long is disconnected
HEARTBEAT = b": heartbeat\n\n"


class Streaming(Protocol):
    """What a stream is made of."""

    def events(self) -> AsyncGenerator[bytes, None]:
        """Encoded events."""

    def close(self) -> None:
        """Called once, however the stream ended."""


class StreamResponse(EventSourceResponse):
    """Ends its subscription however it ends."""

    def __init__(self, stream: Streaming) -> None:
        super().__init__(iter(()), ping=HEARTBEAT_S)  # its own way of sending is not used
        self._stream = stream
        self._sending_since_s: float | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._stream.close()

    async def _stream_response(self, send: Send) -> None:
        clock = asyncio.get_running_loop().time
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async with aclosing(self._stream.events()) as pieces:
            async for piece in pieces:
                self._sending_since_s = clock()
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                self._sending_since_s = None
        self.active = False
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _ping(self, send: Send) -> None:
        clock = asyncio.get_running_loop().time
        while self.active:
            await asyncio.sleep(HEARTBEAT_S)
            since_s = self._sending_since_s
            if since_s is None:
                with anyio.move_on_after(SEND_TIMEOUT_S) as patience:
                    await send({"type": "http.response.body", "body": HEARTBEAT, "more_body": True})
                if patience.cancelled_caught:
                    raise SendTimeoutError
            elif clock() > since_s + SEND_TIMEOUT_S:
                raise SendTimeoutError
