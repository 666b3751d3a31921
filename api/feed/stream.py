"""One client's stream of the consolidated market, and the service that opens it.

A client is subscribed first; where the feed stands at that moment divides past from future. Without an id it gets the
state of each symbol as of then. With one it gets what came between the id and then, from memory or from the log, or is
told by a `reset` that this is not to be had any more.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from dataclasses import dataclass

from api import metrics
from api.feed.follow import Feed, Followed
from api.feed.frames import TOPICS, Frame, Kind, body_of, place_of
from api.feed.past import Gone, read_between
from api.feed.subscriber import Subscriber
from api.problems import InvalidRequest, TooManyRequests, Unavailable
from topics.partition import partition_of

STREAMS_MAX = 10_000
STREAMS_OF_ADDRESS_MAX = 1_000
RETRY_MS = 1000
REACH_TRIES, REACH_S = 100, 0.02
Places = dict[int, list[int]]
"""Of each partition that a stream reads, the offset that comes next of each topic."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client asked for. `interval_ms` None: every update."""

    symbols: frozenset[str]
    kinds: frozenset[Kind]
    interval_ms: int | None
    after: str | None  # id of the last event that it has


class FeedStream:
    """`events()` once; then `close`."""

    def __init__(self, service: FeedService, wanted: Wanted, address: str, resumed: Places | None) -> None:
        self._service = service
        self._wanted = wanted
        self._address = address
        self._resumed = resumed
        self._subscriber = Subscriber(wanted.symbols, wanted.kinds)
        service.feed.subscribe(self._subscriber)
        numbers = service.partitions_of(wanted.symbols)
        self._joined: Places = {number: list(service.feed.partitions[number].positions) for number in numbers}
        self._opening = self._state() if resumed is None else []
        self._remembered = None if resumed is None else self._memory(resumed)
        self._places = _named(resumed or self._joined)

    def close(self) -> None:
        self._service.leave(self._subscriber, self._address)

    async def events(self) -> AsyncGenerator[bytes, None]:
        """Every event once, in the order of each topic; what is there at once is sent at once."""
        yield f"retry: {RETRY_MS}\n\n".encode()
        if self._resumed is None:
            yield b"".join([*self._opening, self._live()])
        elif self._remembered is not None:
            yield self._replayed(self._remembered, self._resumed)
        else:
            async for piece in self._from_log(self._resumed):
                yield piece
        interval_ms = self._wanted.interval_ms
        while True:
            await self._subscriber.wait()
            if interval_ms is not None:
                await asyncio.sleep(interval_ms / 1000)
            frames, skipped = self._subscriber.take(conflated=interval_ms is not None)
            if skipped:
                metrics.FEED_CONFLATED.inc(skipped)
                yield f": slow consumer, {skipped} updates conflated\n\n".encode()
            yield self._encoded(frames)

    async def _from_log(self, resumed: Places) -> AsyncIterator[bytes]:
        """What the log has up to where memory reaches back to, then what memory has.

        Meanwhile more comes than may wait for a client, who would be told of a slowness that is the log's.
        """
        symbols, kinds = self._wanted.symbols, self._wanted.kinds
        remembered: list[Frame] | None = None
        while remembered is None:
            for number, start in resumed.items():
                try:
                    async for frames in read_between(
                        self._service.feed.config, number, start, self._joined[number], symbols
                    ):
                        yield self._encoded(frame for frame in frames if frame.kind in kinds)
                except Gone:
                    why = json.dumps(
                        {"reason": "the log does not reach back to this id; here is the state as it is now"}
                    )
                    yield b"".join([f"event: reset\ndata: {why}\n\n".encode(), *self._opening_now(), self._live()])
                    return
            resumed = self._joined
            remembered = self._memory(resumed)
            self._join()
        yield self._replayed(remembered, resumed)

    def _opening_now(self) -> list[bytes]:
        """The state now; the frames that wait for the client and are in it are not sent again."""
        self._join()
        self._places = _named(self._joined)
        return self._state()

    def _join(self) -> None:
        """Here the past ends anew; of what waits for the client nothing is of the future."""
        self._subscriber.take(conflated=False)
        self._joined = {number: list(self._service.feed.partitions[number].positions) for number in self._joined}

    def _state(self) -> list[bytes]:
        """A snapshot of each symbol and what is newer, without ids: who is cut off within it begins anew."""
        pieces = []
        for symbol in sorted(self._wanted.symbols):
            followed = self._service.feed.symbols.get(symbol)
            if followed is not None:
                if followed.snapshot is not None:
                    pieces.append(body_of("snapshot", followed.snapshot) + b"\n")
                pieces += [frame.body + b"\n" for frame in followed.newer if frame.kind in self._wanted.kinds]
        return pieces

    def _memory(self, resumed: Places) -> list[Frame] | None:
        """Frames since a place, of all partitions; None when memory does not reach back to it."""
        found: list[Frame] = []
        for number, positions in resumed.items():
            frames = self._service.feed.partitions[number].since(positions)
            if frames is None:
                return None
            found += frames
        return [f for f in found if f.symbol in self._wanted.symbols and f.kind in self._wanted.kinds]

    def _live(self) -> bytes:
        """Ends the opening, and gives the client an id to resume from although nothing has happened yet."""
        return f"event: live\ndata: {{}}\nid: {self._id()}\n\n".encode()

    def _id(self) -> str:
        return ",".join(self._places[number] for number in sorted(self._places))

    def _replayed(self, frames: list[Frame], places: Places) -> bytes:
        """Frames of memory with ids that go on from the client's own: elsewhere topics met in another order."""
        pieces = []
        for frame in frames:
            positions = places[frame.partition]
            positions[frame.topic] = frame.offset + 1
            self._places[frame.partition] = place_of(frame.partition, positions)
            pieces += [frame.body, f"id: {self._id()}\n\n".encode()]
        return b"".join(pieces)

    def _encoded(self, frames: Iterable[Frame]) -> bytes:
        if len(self._places) == 1:
            return b"".join([frame.whole for frame in frames])
        pieces = []
        for frame in frames:
            self._places[frame.partition] = frame.place
            pieces += [frame.body, f"id: {self._id()}\n\n".encode()]
        return b"".join(pieces)


class FeedService:
    """Opens streams."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self._open: Counter[str] = Counter()

    @property
    def symbols(self) -> dict[str, Followed]:
        """Every known symbol. Raises Unavailable while they are not known yet: none may be called unknown before."""
        if not self.feed.caught_up.is_set():
            raise Unavailable("the consolidated market is not known yet")
        return self.feed.symbols

    def partitions_of(self, symbols: Iterable[str]) -> list[int]:
        return sorted({partition_of(symbol, self.feed.config.partitions) for symbol in symbols})

    async def open(self, wanted: Wanted, address: str) -> FeedStream:
        """Raises InvalidRequest for an id of another subscription, and TooManyRequests."""
        if self._open.total() >= STREAMS_MAX:
            raise TooManyRequests("too many streams are open")
        if self._open[address] >= STREAMS_OF_ADDRESS_MAX:
            raise TooManyRequests(f"an address has at most {STREAMS_OF_ADDRESS_MAX} streams")
        resumed = None if wanted.after is None else places_of(wanted.after, self.partitions_of(wanted.symbols))
        self._open[address] += 1  # before the wait, in which others come
        try:
            if resumed is not None:
                await self._reach(resumed)
            stream = FeedStream(self, wanted, address, resumed)
        except BaseException:
            self._leave(address)
            raise
        metrics.FEED_STREAMS.set(self._open.total())
        return stream

    async def _reach(self, places: Places) -> None:
        """Wait for a place that another instance has reached before this one; in vain where the log was made anew."""
        for _ in range(REACH_TRIES):
            if all(map(self._has_reached, places.items())):
                return
            await asyncio.sleep(REACH_S)

    def _has_reached(self, place: tuple[int, list[int]]) -> bool:
        number, asked = place
        return all(at <= reached for at, reached in zip(asked, self.feed.partitions[number].positions, strict=True))

    def leave(self, subscriber: Subscriber, address: str) -> None:
        self.feed.unsubscribe(subscriber)
        self._leave(address)

    def _leave(self, address: str) -> None:
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]
        metrics.FEED_STREAMS.set(self._open.total())


def _named(places: Places) -> dict[int, str]:
    return {number: place_of(number, positions) for number, positions in places.items()}


def places_of(event_id: str, partitions: list[int]) -> Places:
    """Places that an id names. Raises InvalidRequest when it is none, or one of other partitions."""
    places: Places = {}
    for place in event_id.split(","):
        number, _, offsets = place.partition("-")
        numbers = [number, *offsets.split(".")]
        if len(numbers) != len(TOPICS) + 1 or not all(n.isascii() and n.isdecimal() and len(n) <= 18 for n in numbers):
            raise _not_an_id("is not an id of this stream")
        places[int(number)] = [int(offset) for offset in numbers[1:]]
    if sorted(places) != partitions:
        raise _not_an_id("is an id of a stream with other symbols")
    return places


def _not_an_id(message: str) -> InvalidRequest:
    errors = [{"field": "Last-Event-ID", "rule": "event_id", "message": message}]
    return InvalidRequest(f"Last-Event-ID {message}", errors=errors)
