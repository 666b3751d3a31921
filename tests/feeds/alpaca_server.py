"""A server of Alpaca's stream protocol for tests: welcome, authentication, subscription, errors by code, data points.

Speaks JSON or msgpack, as the client's content type says. A test sends data points, goes silent, cuts the connection or
refuses it. `sessions` has what each client subscribed to.
"""

import asyncio
import contextlib
import json
from datetime import UTC, datetime

import msgpack
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

KEY, SECRET = "key", "a secret that is in no log"
ERRORS = {402: "auth failed", 405: "symbol limit exceeded", 406: "connection limit exceeded", 500: "internal error"}


def rfc3339(time_ns):
    """A time as JSON has it, with nanoseconds."""
    seconds, fraction = divmod(time_ns, 10**9)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{fraction:09d}Z"


def trade(symbol, number, time_ns, price=100.5, size=10, exchange="V", conditions=("@",), tape="C"):
    point = {"T": "t", "S": symbol, "i": number, "x": exchange, "p": price, "s": size, "c": list(conditions)}
    return point | {"z": tape, "t": time_ns}


def quote(symbol, time_ns, bid, ask, sizes=(3, 4), exchanges=("K", "Q"), tape="C"):
    point = {"T": "q", "S": symbol, "bx": exchanges[0], "bp": bid, "bs": sizes[0], "ax": exchanges[1], "ap": ask}
    return point | {"as": sizes[1], "c": ["R"], "z": tape, "t": time_ns}


class AlpacaServer:
    """Listens on a free port while it is entered."""

    def __init__(self, *, refuse=None):
        self.refuse = refuse  # an error code that answers an authentication or, for 405, a subscription
        self.sessions = []
        self.port = 0
        self._clients = {}  # connection and whether it speaks msgpack
        self._subscribed = asyncio.Event()

    async def __aenter__(self):
        self._server = await serve(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self):
        return f"ws://127.0.0.1:{self.port}/v2/sip"

    async def send(self, *points):
        """To every client that has subscribed, in one frame; waits for the first."""
        await self._subscribed.wait()
        for socket, binary in list(self._clients.items()):
            with contextlib.suppress(ConnectionClosed):
                await socket.send(self._packed(list(points), binary))

    async def cut(self):
        """End every connection without a word."""
        for socket in list(self._clients):
            socket.transport.abort()
        self._clients.clear()
        self._subscribed.clear()

    async def subscribed(self):
        await self._subscribed.wait()

    async def _serve(self, socket):
        binary = socket.request.headers.get("Content-Type") == "application/msgpack"
        with contextlib.suppress(ConnectionClosed):
            await self._say(socket, binary, {"T": "success", "msg": "connected"})
            asked = self._unpacked(await socket.recv())
            right = asked == {"action": "auth", "key": KEY, "secret": SECRET}
            if not right or self.refuse in (402, 406, 500):
                code = self.refuse if right else 402
                await self._say(socket, binary, {"T": "error", "code": code, "msg": ERRORS[code]})
                return
            await self._say(socket, binary, {"T": "success", "msg": "authenticated"})
            asked = self._unpacked(await socket.recv())
            if self.refuse == 405:
                await self._say(socket, binary, {"T": "error", "code": 405, "msg": ERRORS[405]})
                return
            assert asked.pop("action") == "subscribe"
            self.sessions.append(asked)
            await self._say(socket, binary, {"T": "subscription", **asked, "corrections": asked["trades"]})
            self._clients[socket] = binary
            self._subscribed.set()
            await socket.wait_closed()
        self._clients.pop(socket, None)

    async def _say(self, socket, binary, message):
        await socket.send(self._packed([message], binary))

    def _packed(self, messages, binary):
        if binary:
            return msgpack.packb([_timed(each, msgpack.Timestamp.from_unix_nano) for each in messages])
        return json.dumps([_timed(each, rfc3339) for each in messages])

    def _unpacked(self, frame):
        return json.loads(frame) if isinstance(frame, str) else msgpack.unpackb(frame)


def _timed(message, time):
    return message | {"t": time(message["t"])} if isinstance(message.get("t"), int) else message
