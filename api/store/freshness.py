"""Read your writes, on every instance: a read waits until the projections hold all that was decided before it came.

What was decided is the committed end of the account's partition (ListOffsets, read committed), asked of the broker
after the request arrived; requests that arrive meanwhile share the next answer. What the projections hold is
`projection.offsets`, which the sink writes with its rows and announces by NOTIFY; it counts transaction markers, as the
committed end does.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable

import psycopg
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from api.log.stopping import stopped
from api.problems import Unavailable
from config.kafka import kafka_connection
from config.settings import Settings
from topics.catalogue import LEDGER, ORDER_EVENTS
from topics.partition import partition_of

WAIT_S = 2.0
_BEHIND = "the stored view is behind what was decided; try again"
_RESTART_S = 0.5
_LISTEN = "LISTEN projection_offsets"
_OFFSETS = 'SELECT topic, partition, "offset" FROM projection.offsets'

log = logging.getLogger(__name__)


class Ends:
    """The committed ends of `order-events` and `ledger`."""

    def __init__(self, config: Settings) -> None:
        self._config = config
        self._parts = [TopicPartition(topic, n) for topic in (ORDER_EVENTS, LEDGER) for n in range(config.partitions)]
        self._consumer: AIOKafkaConsumer | None = None
        self._asking: asyncio.Task[dict[TopicPartition, int]] | None = None
        self._next: asyncio.Task[dict[TopicPartition, int]] | None = None

    async def run(self) -> None:
        """Hold a connection to the broker until cancelled."""
        while True:
            consumer = AIOKafkaConsumer(
                **kafka_connection(self._config),
                isolation_level="read_committed",
                enable_auto_commit=False,
            )
            try:
                await consumer.start()
                self._consumer = consumer
                await asyncio.Event().wait()
            except (KafkaError, OSError) as error:
                log.warning("cannot ask for committed ends: %r", error)
            finally:
                self._consumer = None
                await stopped(consumer)
            await asyncio.sleep(_RESTART_S)

    async def now(self) -> dict[TopicPartition, int]:
        """Offset after the last committed record or marker of each partition, asked after this call began."""
        if self._next is None:
            self._next = asyncio.create_task(self._ask_after(self._asking))
        return await asyncio.shield(self._next)

    async def _ask_after(self, before: asyncio.Task[dict[TopicPartition, int]] | None) -> dict[TopicPartition, int]:
        if before is not None:
            await asyncio.wait([before])
        self._asking, self._next = self._next, None
        if self._consumer is None:
            raise Unavailable("the log cannot be reached")
        try:
            ends: dict[TopicPartition, int] = await self._consumer.end_offsets(self._parts)
            return ends
        except KafkaError as error:
            raise Unavailable("the log does not answer") from error


class Stored:
    """How far the projections have come, as announced by the sink."""

    def __init__(self, config: Settings) -> None:
        self._config = config
        self.passed: dict[tuple[str, int], int] = {}  # last offset by topic and partition
        self._waiting: dict[tuple[str, int], dict[asyncio.Future[None], int]] = defaultdict(dict)
        self.listening = asyncio.Event()

    async def run(self) -> None:
        """Listen until cancelled; after a lost connection read the table again."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._config.postgres_dsn, autocommit=True, connect_timeout=2
                ) as connection:
                    await connection.execute(_LISTEN)
                    rows = await (await connection.execute(_OFFSETS)).fetchall()
                    self.passed.clear()  # what is not there any more, a rebuild has removed
                    for topic, partition, offset in rows:
                        self._passes(topic, partition, offset)
                    self.listening.set()
                    async for notice in connection.notifies():
                        topic, partition, offset = notice.payload.split("/")
                        self._passes(topic, int(partition), int(offset))
            except psycopg.Error as error:
                log.warning("cannot follow the projections: %s", error)
            finally:
                self.listening.clear()
            await asyncio.sleep(_RESTART_S)

    def _passes(self, topic: str, partition: int, offset: int) -> None:
        """Note the last offset passed: a later one than before, or -1 when the schema was emptied."""
        at = (topic, partition)
        self.passed[at] = offset
        for future, needed in self._waiting[at].items():
            if needed <= offset and not future.done():
                future.set_result(None)

    async def reach(self, part: TopicPartition, offset: int) -> None:
        """Wait until the projections have passed an offset."""
        at = (part.topic, part.partition)
        if self.passed.get(at, -1) < offset:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting[at][future] = offset
            try:
                await future
            finally:
                del self._waiting[at][future]


class Freshness:
    """What a read waits for."""

    def __init__(self, ends: Ends, stored: Stored, partitions: int) -> None:
        self._ends = ends
        self._stored = stored
        self._partitions = partitions

    async def wait(self, account_id: str, topics: Iterable[str]) -> None:
        """Wait until the projections hold what these topics held of an account when this was called.

        Raises Unavailable when that takes longer than two seconds: better no answer than an old one.
        """
        partition = partition_of(account_id, self._partitions)
        try:
            async with asyncio.timeout(WAIT_S):
                ends = await self._ends.now()
                for topic in topics:
                    part = TopicPartition(topic, partition)
                    await self._stored.reach(part, ends[part] - 1)
        except TimeoutError as error:
            raise Unavailable(_BEHIND) from error

    async def wait_for(self, part: TopicPartition, offset: int) -> None:
        """Wait until the projections have passed an offset. Raises Unavailable as `wait` does."""
        try:
            async with asyncio.timeout(WAIT_S):
                await self._stored.reach(part, offset)
        except TimeoutError as error:
            raise Unavailable(_BEHIND) from error
