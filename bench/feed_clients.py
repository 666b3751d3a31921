"""Many cheap clients of the live feed in a process of their own: `python -m bench.feed_clients`.

Each is a socket whose bytes are searched for the ends of events; nothing is decoded but the time in a few quotes. Says
`ready` when every client is live; at a line on its input it says what it has counted, and ends with its input.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import Sequence
from datetime import datetime

import uvloop

from bench.feed_quotes import names

QUOTE = b"event: nbbo\n"
LIVE = b"event: live\n"
SKIPPED = re.compile(rb": slow consumer, (\d+) updates")
STAMP = re.compile(rb'"receive_time":"([^"]+)"')
SAMPLED = 100  # clients' worth of pieces whose quotes have their delays taken
OF_ADDRESS = 1000  # clients from one loopback address, as many as the API lets in
CONNECTING = 100  # at a time


class Counts:
    """What all clients together have got."""

    def __init__(self) -> None:
        self.quotes = self.bytes = self.skipped = self.lost = 0
        self.delays_s: list[float] = []

    def said(self) -> str:
        """As JSON, and from nothing on."""
        found = {"quotes": self.quotes, "bytes": self.bytes, "skipped": self.skipped, "lost": self.lost}
        text = json.dumps({**found, "delays_s": [round(each, 5) for each in self.delays_s]})
        self.__init__()  # type: ignore[misc]
        return text


class Client(asyncio.Protocol):
    """One stream."""

    def __init__(self, number: int, every: int, request: bytes, counts: Counts, live: asyncio.Future[None]) -> None:
        self.every, self.request, self.counts, self.live = every, request, counts, live
        self.tail, self.pieces = b"", number  # clients take their samples at different pieces

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        counts, whole = self.counts, self.tail + data
        self.tail = whole[1 - len(QUOTE) :]  # too short to hold an event's name again
        counts.bytes += len(data)
        counts.quotes += whole.count(QUOTE)
        if not self.live.done():
            if LIVE in whole:
                self.live.set_result(None)
            return
        self.pieces += 1
        if self.pieces % self.every == 0:
            now = time.time()
            counts.delays_s += [now - _seconds(stamp) for stamp in STAMP.findall(data)]
        if b": slow" in data:
            counts.skipped += sum(map(int, SKIPPED.findall(data)))

    def connection_lost(self, exc: Exception | None) -> None:
        self.counts.lost += 1
        if not self.live.done():
            self.live.set_exception(exc or ConnectionError("closed before it was live"))


def _seconds(stamp: bytes) -> float:
    return datetime.fromisoformat(stamp.decode()).timestamp()


async def run(host: str, port: int, clients: int, follow: int, symbols: Sequence[str], query: str) -> None:
    """Connect all of them, then count until the input ends."""
    counts, loop = Counts(), asyncio.get_running_loop()
    every = max(1, clients // SAMPLED)
    room = asyncio.Semaphore(CONNECTING)

    async def connect(number: int) -> None:
        followed = [symbols[(number * follow + each) % len(symbols)] for each in range(follow)]
        path = f"/marketdata/stream?types=nbbo&symbols={','.join(followed)}{query}"
        request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
        live: asyncio.Future[None] = loop.create_future()
        own = (f"127.0.0.{1 + number // OF_ADDRESS}", 0)
        async with room:
            await loop.create_connection(
                lambda: Client(number, every, request, counts, live), host, port, local_addr=own
            )
            await live

    await asyncio.gather(*map(connect, range(clients)))
    counts.said()
    print("ready", flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(counts.said(), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    for name in ("port", "clients", "follow", "symbols"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--query", default="")
    asked = parser.parse_args()
    uvloop.run(run(asked.host, asked.port, asked.clients, asked.follow, names(asked.symbols), asked.query))


if __name__ == "__main__":
    main()
