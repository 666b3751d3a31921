"""What the API takes at most, kept before anything is parsed: the size of a body, how long it takes to come, and how
much is in flight.

FastAPI's own `max_body_size` answers plain text where a client announces the size, so the body is read here. A pure
ASGI layer: it also counts and times requests for /metrics, by route and status.
"""

from __future__ import annotations

import asyncio
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import metrics
from api.problems import BodyTooLarge, Problem, RequestTimeout, TooManyRequests, response_of

BODY_BYTES_MAX = 64 * 1024
BODY_TIMEOUT_S = 10.0  # whoever holds a half-sent body holds one of those in flight
IN_FLIGHT_MAX = 2000
_NOT_COUNTED = ("/health/", "/metrics", "/v2/events/", "/marketdata/stream")


class Limits:
    """Wraps the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_NOT_COUNTED):
            await self._app(scope, receive, send)
        elif self._in_flight >= IN_FLIGHT_MAX:
            await response_of(TooManyRequests("too many requests are in flight; nothing was done"))(
                scope, receive, send
            )
        else:
            self._in_flight += 1
            try:
                await self._handle(scope, receive, send)
            finally:
                self._in_flight -= 1

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        status = 500

        async def send_counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            if scope["method"] in ("POST", "PUT", "PATCH"):
                try:
                    receive = _Replay(await _read(receive), receive)
                except Problem as problem:
                    response = response_of(problem)
                    response.headers["Connection"] = "close"  # the rest of the body is not read
                    await response(scope, receive, send_counted)
                    return
            await self._app(scope, receive, send_counted)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            metrics.REQUESTS.labels(scope["method"], route, str(status)).inc()
            metrics.REQUEST_SECONDS.labels(scope["method"], route).observe(time.perf_counter() - started)


async def _read(receive: Receive) -> bytes:
    """The body. Raises BodyTooLarge, and RequestTimeout; the rest of such a body is never read."""
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            return await _joined(receive)
    except TimeoutError:
        raise RequestTimeout(f"the body did not come within {BODY_TIMEOUT_S:g} s") from None


async def _joined(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(chunks)
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > BODY_BYTES_MAX:
            raise BodyTooLarge(f"a body has at most {BODY_BYTES_MAX} bytes")
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


class _Replay:
    """Gives the body that was read already, then what the server has."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        return await self._receive()
