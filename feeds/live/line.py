"""A line to a provider that speaks Alpaca's stream protocol: connect, authenticate, subscribe, receive; and again.

Text frames are JSON, binary ones msgpack; each is an array of messages, of which control messages come alone. What is
lost is connected again after a wait that doubles each time, with jitter; the first wait is short again once data came.
The socket's own log would hold the secret where everything is logged, so it starts at warnings.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import msgpack
from pydantic import SecretStr
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_exponential_jitter
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from feeds.live.errors import LiveError

Point = Mapping[str, Any]
Codec = Literal["json", "msgpack"]

CHANNELS = ("trades", "quotes", "bars", "statuses", "lulds")  # corrections and cancels come with trades
FIRST_WAIT_S, LAST_WAIT_S = 0.25, 30.0
ANSWER_S = 10.0  # the provider ends a session that has not authenticated by then
FRAME_MAX_BYTES = 1 << 24
UNAUTHORIZED = 402
# What to do, by the protocol's error code. Those that are not in LASTING may pass by themselves.
REMEDIES = {
    400: "A symbol is not written as the provider writes it.",
    402: "Check {settings}_KEY_ID and {settings}_SECRET_KEY: they belong together, and paper and live accounts differ.",
    404: "The provider had no answer in time: check the network between.",
    405: "Ask for fewer symbols, or for a larger subscription.",
    406: "Another program is connected with this key: end it, or give this one a key of its own in {settings}_KEY_ID.",
    407: "This machine does not keep up with the stream: ask for fewer symbols.",
    409: "The subscription of this key has no such stream: {settings}_URL names it; one that ends in /iex is free.",
    410: "The stream has no such channel: {settings}_URL is not one of stocks.",
}
LASTING = frozenset({400, 401, 402, 403, 405, 409, 410})

log = logging.getLogger(__name__)
_socket_log = logging.getLogger(f"{__name__}.socket")
_socket_log.setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Terms:
    """Where a line leads and what it asks for. `settings` begins the names of those that an error tells of."""

    name: str
    url: str
    key_id: str
    secret_key: SecretStr
    symbols: tuple[str, ...]
    codec: Codec
    settings: str


class LineError(LiveError):
    """The provider refused."""

    def __init__(self, terms: Terms, code: int, said: str) -> None:
        self.code = code
        problem = f"The {terms.name} line: {terms.url} says: {said} ({code})."
        super().__init__(problem, REMEDIES.get(code, "").format(settings=terms.settings))


class Lost(Exception):
    """A connection that ended, or none at all."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a line reports: data points, none when it has just subscribed; or that it is lost."""

    line: str
    points: list[Point] = field(default_factory=list)
    is_up: bool = True


Tell = Callable[[Heard], Awaitable[None]]


async def follow(terms: Terms, tell: Tell) -> None:
    """Keep a line up until cancelled. Raises LineError where the provider never let it in and will not."""
    was_up = False

    def may_pass(error: BaseException) -> bool:
        return isinstance(error, Lost) or (isinstance(error, LineError) and (was_up or error.code not in LASTING))

    def warn(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        log.warning("%s; trying again in %.1f s", error, state.upcoming_sleep)

    wait = wait_exponential_jitter(multiplier=FIRST_WAIT_S, max=LAST_WAIT_S, jitter=FIRST_WAIT_S)
    while True:
        tries = AsyncRetrying(retry=retry_if_exception(may_pass), wait=wait, before_sleep=warn, reraise=True)
        async for attempt in tries:
            with attempt:
                had_data = False
                try:
                    async for points in _session(terms):
                        was_up = True
                        had_data = had_data or bool(points)
                        await tell(Heard(terms.name, points))
                except (Lost, LineError) as error:
                    await tell(Heard(terms.name, is_up=False))
                    if not had_data or not may_pass(error):
                        raise
                    log.warning("%s; connecting again", error)


async def _session(terms: Terms) -> AsyncIterator[list[Point]]:
    """One connection: an empty list when it is subscribed, then data points. Raises Lost at its end, and LineError."""
    mime = {"json": "application/json", "msgpack": "application/msgpack"}[terms.codec]
    try:
        async with connect(
            terms.url, additional_headers={"Content-Type": mime}, max_size=FRAME_MAX_BYTES, logger=_socket_log
        ) as socket:
            async with asyncio.timeout(ANSWER_S):
                await _open(socket, terms)
            yield []
            async for frame in socket:
                points = _messages(frame)
                _refused(terms, points)
                yield points
    except InvalidStatus as error:
        status = error.response.status_code
        if status in (401, 403):
            raise LineError(terms, UNAUTHORIZED, f"HTTP {status}") from None
        raise Lost(f"The {terms.name} line: {terms.url} answers HTTP {status}") from None
    except (OSError, WebSocketException, TimeoutError) as error:
        raise Lost(f"The {terms.name} line to {terms.url} is lost: {error or type(error).__name__}") from None
    raise Lost(f"The {terms.name} line was closed by {terms.url}")


async def _open(socket: ClientConnection, terms: Terms) -> None:
    """Welcome, authentication, subscription. The socket answers in the encoding in which it is asked."""
    await _answer(socket, terms, "success", "connected")
    secret = terms.secret_key.get_secret_value()
    await socket.send(_packed({"action": "auth", "key": terms.key_id, "secret": secret}, terms.codec))
    await _answer(socket, terms, "success", "authenticated")
    await socket.send(_packed({"action": "subscribe"} | {each: list(terms.symbols) for each in CHANNELS}, terms.codec))
    await _answer(socket, terms, "subscription")


async def _answer(socket: ClientConnection, terms: Terms, kind: str, said: str | None = None) -> None:
    messages = _messages(await socket.recv())
    _refused(terms, messages)
    if not messages or messages[0].get("T") != kind or (said is not None and messages[0].get("msg") != said):
        raise Lost(f"The {terms.name} line: {terms.url} does not speak the protocol: {str(messages)[:200]}")


def _refused(terms: Terms, messages: list[Point]) -> None:
    """Raises LineError for an error message."""
    for message in messages:
        if message.get("T") == "error":
            raise LineError(terms, int(message.get("code", 0)), str(message.get("msg", "")))


def _packed(message: dict[str, Any], codec: Codec) -> str | bytes:
    if codec == "json":
        return json.dumps(message)
    packed: bytes = msgpack.packb(message)
    return packed


def _messages(frame: str | bytes) -> list[Point]:
    """Messages of a frame. Raises Lost for what is no frame of the protocol."""
    try:
        found = json.loads(frame, parse_float=Decimal) if isinstance(frame, str) else msgpack.unpackb(frame)
    except (ValueError, msgpack.UnpackException) as error:
        raise Lost(f"a frame cannot be read: {error!r}") from None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Lost(f"a frame is no array of messages: {str(found)[:200]}")
    return found
