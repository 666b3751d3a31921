"""The stream of an account's order events: what was, from the projection, then what comes, from the log, without a gap.

A client is subscribed to the live tail first; the tail's position at that moment divides past from future. The past is
read from `projection.executions` up to there, once the sink has passed it, and the subscription holds all the rest.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiokafka.structs import TopicPartition
from psycopg import OperationalError
from pydantic_core import to_json
from sse_starlette import ServerSentEvent

from api import metrics
from api.events import repository
from api.events.disconnect import Disconnects
from api.events.translate import concerns_no_order, event_of
from api.log.tail import Subscriber, Tail
from api.problems import TooManyRequests, Unavailable
from api.security.service import Authenticator, Caller
from api.store.freshness import Freshness
from api.store.pool import Pool
from api.units import time_of
from topics.catalogue import ORDER_EVENTS
from topics.codec import decode
from topics.partition import partition_of

STREAMS_MAX = 2000
STREAMS_OF_ACCOUNT_MAX = 20
WAITING_MAX = 1000  # events a client may be behind
TOGETHER_MAX = 100  # events sent in one piece
KEY_CHECKED_S = 5.0
LATE_S = 0.5  # so long after `until` its last events may still be on their way
Record = tuple[int, Any]  # offset, message


@dataclass(frozen=True, slots=True)
class Span:
    """What of the events a client wants. `first` None: only what comes from now on."""

    first: int | None = None  # offset
    since: datetime | None = None
    last: int | None = None  # offset
    until: datetime | None = None


class Stream:
    """One client's stream; `close` it."""

    def __init__(self, service: EventService, caller: Caller, span: Span, subscriber: Subscriber, joined: int) -> None:
        self._service = service
        self._caller = caller
        self._span = span
        self._subscriber = subscriber
        self._joined = joined
        self._partition = service.partition_of(caller.account_id)
        self._key_checked_s = time.monotonic()

    def close(self) -> None:
        self._service.leave(self._caller, self._subscriber)
        self._service.disconnects.ended(self)

    async def events(self) -> AsyncGenerator[bytes, None]:
        """Every event once, in order; what is there at once is sent at once."""
        async for records in self._records():
            events = [self._encoded(*record) for record in records if self._is_wanted(*record)]
            if events:
                yield b"".join(events)
            if self._span.last is not None and records[-1][0] >= self._span.last:
                return
        if self._subscriber.lagging:
            metrics.STREAMS_DROPPED.inc()
            yield ServerSentEvent(comment="slow consumer, disconnected; resume with Last-Event-ID").encode()

    def _is_wanted(self, offset: int, message: Any) -> bool:
        """Times do not always grow with offsets: an event after `until` may lie before one that is not."""
        span = self._span
        return (
            (span.last is None or offset <= span.last)
            and (span.until is None or time_of(message.transact_time_us) <= span.until)
            and not concerns_no_order(message)
        )

    def _encoded(self, offset: int, message: Any) -> bytes:
        event_id = f"{self._partition}-{offset}"
        # in ASCII: some clients take U+2028, which is plain text in JSON, for the end of a line
        data = to_json(event_of(event_id, message), ensure_ascii=True)
        return b"id: %b\ndata: %b\n\n" % (event_id.encode(), data)

    async def _records(self) -> AsyncIterator[list[Record]]:
        first = self._span.first
        while first is not None and first < self._joined:
            rows = await repository.page(self._service.pool, self._caller.account_id, first, self._joined)
            if rows:
                yield [(row["record_offset"], decode(bytes(row["event"]))) for row in rows]
            first = rows[-1]["record_offset"] + 1 if len(rows) == repository.PAGE else None
        queue, over_at = self._subscriber.queue, None
        while not (self._subscriber.lagging and queue.empty()):
            try:
                async with asyncio.timeout(self._patience_s()):
                    heard = [await queue.get()]
            except TimeoutError:
                if self._is_over() or not await self._is_key_in_force():
                    return
                continue
            while len(heard) < TOGETHER_MAX and not queue.empty():
                heard.append(queue.get_nowait())
            yield [(each.offset, each.message) for each in heard]
            if self._is_over():
                # what had been heard by then may still wait here, for a client that is slow to take it
                over_at = over_at or self._service.tail.positions[self._partition]
                if queue.empty() or heard[-1].offset + 1 >= over_at:
                    return
            if self._key_checked_s + KEY_CHECKED_S < time.monotonic() and not await self._is_key_in_force():
                return

    def _patience_s(self) -> float:
        if self._span.until is None:
            return KEY_CHECKED_S
        left_s = (self._span.until - datetime.now(UTC)).total_seconds()
        return min(KEY_CHECKED_S, max(left_s, 0.0) + LATE_S)

    def _is_over(self) -> bool:
        span = self._span
        past_last = span.last is not None and self._service.tail.positions[self._partition] > span.last
        late = timedelta(seconds=LATE_S)
        return past_last or (span.until is not None and datetime.now(UTC) >= span.until + late)

    async def _is_key_in_force(self) -> bool:
        """A database that is away keeps no stream from going on: nothing can be revoked in it meanwhile."""
        self._key_checked_s = time.monotonic()
        try:
            return await self._service.authenticator.in_force(self._caller.key_id)
        except OperationalError:
            return True


class EventService:
    """Opens streams."""

    def __init__(
        self,
        pool: Pool,
        freshness: Freshness,
        tail: Tail,
        authenticator: Authenticator,
        disconnects: Disconnects,
        partitions: int,
    ) -> None:
        self.pool = pool
        self.tail = tail
        self.authenticator = authenticator
        self.disconnects = disconnects
        self._freshness = freshness
        self._partitions = partitions
        self._open: Counter[str] = Counter()

    def partition_of(self, account_id: str) -> int:
        return partition_of(account_id, self._partitions)

    async def open(self, caller: Caller, span: Span, *, cancel_on_disconnect: bool) -> Stream:
        """Subscribe, and make sure that the past is there. Raises TooManyRequests and Unavailable."""
        partition = self.partition_of(caller.account_id)
        if self._open.total() >= STREAMS_MAX:
            raise TooManyRequests("too many event streams are open")
        if self._open[caller.account_id] >= STREAMS_OF_ACCOUNT_MAX:
            raise TooManyRequests(f"an account has at most {STREAMS_OF_ACCOUNT_MAX} event streams")
        if partition not in self.tail.positions:
            raise Unavailable("the log cannot be reached")
        subscriber = self.tail.subscribe(caller.account_id, WAITING_MAX)
        self._open[caller.account_id] += 1
        metrics.STREAMS.set(self._open.total())
        try:
            joined = self.tail.positions[partition]
            if span.first is not None or span.since is not None:
                await self._freshness.wait_for(TopicPartition(ORDER_EVENTS, partition), joined - 1)
            if span.since is not None:
                first = await repository.first_since(self.pool, caller.account_id, span.since)
                span = Span(first, None, span.last, span.until)
        except BaseException:
            self.leave(caller, subscriber)
            raise
        stream = Stream(self, caller, span, subscriber, joined)
        if cancel_on_disconnect:
            self.disconnects.watch(stream, caller.account_id)
        return stream

    def leave(self, caller: Caller, subscriber: Subscriber) -> None:
        self.tail.unsubscribe(subscriber)
        self._open[caller.account_id] -= 1
        if not self._open[caller.account_id]:
            del self._open[caller.account_id]
        metrics.STREAMS.set(self._open.total())


def to_offset(event_id: str, partition: int) -> int:
    """Offset of an event id. Raises ValueError when it is not one of this partition."""
    at, _, offset = event_id.partition("-")
    if not (event_id.isascii() and at.isdecimal() and offset.isdecimal() and len(at) <= 9 and len(offset) <= 18):
        raise ValueError("is not an event id (PARTITION-OFFSET)")
    if int(at) != partition:
        raise ValueError("is an event id of another account")
    return int(offset)
