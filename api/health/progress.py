"""Whether what stands behind this process moves: the folds, and the sinks. None of them is a server to be asked.

A process that is dead, frozen or stuck looks like one that has nothing to do. So each is held against the log: it
stands still when its place has not changed for STALL_S although records wait for it. A fold's place is the end of its
changelog, where its mark comes with every batch; a sink's is the offset in its store. All are looked at every SAMPLE_S,
whether anybody asks or not, so that the first question has its answer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from api.health.live import FEED, LiveFeed
from api.health.market_data import MarketData
from api.health.marks import TIMEOUT_S, committed, has_waiting
from api.log.stopping import stopped
from api.store.freshness import Stored
from config.kafka import kafka_connection
from config.settings import Settings
from topics import catalogue
from topics.partition import partition_of

STALL_S = 10.0  # longer than a killed worker takes to be back
SAMPLE_S = 2.0
_FOLDS = {  # source and changelog
    "accounts": (catalogue.COMMANDS, catalogue.ACCOUNTS_CHANGELOG),
    "matching": (catalogue.ORDERS, catalogue.MATCHING_CHANGELOG),
}
_MARKET_DATA = {"market-data": (catalogue.MARKET_DATA, catalogue.MARKET_DATA_CHANGELOG)}
_POSTGRES = (catalogue.ORDER_EVENTS, catalogue.LEDGER)
_CLICKHOUSE = (
    catalogue.TRADES,
    catalogue.TRADE_CORRECTIONS,
    catalogue.QUOTES,
    catalogue.BOOK_EVENTS,
    catalogue.AUCTIONS,
    catalogue.ORDER_EVENTS,
    catalogue.MARKET_DATA,
    catalogue.NBBO,
    catalogue.PRINTS,
    catalogue.BARS,
    catalogue.TRADING_STATUS,
)
Ends = Mapping[TopicPartition, int]

log = logging.getLogger(__name__)


class Watch:
    """One source partition on its way through one process."""

    def __init__(self) -> None:
        self._place: int | None = None
        self._since_s = 0.0
        self.settled_end = -1  # nothing waited before this end of the source

    def is_still(self, now_s: float, place: int, *, caught_up: bool) -> bool:
        """Whether the place has not changed for STALL_S, with something to do all the while."""
        if place != self._place or caught_up:
            self._place, self._since_s = place, now_s
        return now_s - self._since_s > STALL_S


class Progress:
    """What stands still now, by name; `ok` is what does not."""

    def __init__(self, config: Settings, stored: Stored) -> None:
        self._config = config
        self._stored = stored
        self._market_data = MarketData(config)
        self._watches: dict[tuple[str, TopicPartition], Watch] = {}
        self._positions = TopicPartition(catalogue.FEED_POSITIONS, partition_of(FEED, config.partitions))
        self._forget()

    def _forget(self) -> None:
        """Blame nobody."""
        self._watches.clear()
        self._live, self._positions_from = LiveFeed(time.monotonic()), -1
        self.behind_orders = dict.fromkeys((*_FOLDS, "sink-postgres"), "ok")
        live = ("live",) if self._config.follows_live else ()
        self.beside_orders = dict.fromkeys((*_MARKET_DATA, "sink-clickhouse", *live), "ok")

    async def run(self) -> None:
        """Look again and again until cancelled. While the broker is away nothing can move."""
        topics = {
            topic for names in (*_FOLDS.values(), *_MARKET_DATA.values(), _POSTGRES, _CLICKHOUSE) for topic in names
        }
        parts = [*self._parts(sorted(topics)), self._positions]
        try:
            await self._follow(parts)
        finally:
            await self._market_data.close()

    async def _follow(self, parts: list[TopicPartition]) -> None:
        while True:
            consumer = AIOKafkaConsumer(
                **kafka_connection(self._config),
                isolation_level="read_committed",
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                fetch_max_wait_ms=100,
            )
            try:
                await consumer.start()
                while True:
                    await self._look(consumer, await consumer.end_offsets(parts))
                    await asyncio.sleep(SAMPLE_S)
            except TimeoutError:  # of one look; who stood still before it is not excused by it
                log.warning("cannot see in time what moves")
            except (KafkaError, OSError) as error:
                log.warning("cannot see what moves: %r", error)
                self._forget()
            finally:
                await stopped(consumer)
            await asyncio.sleep(SAMPLE_S)

    def _parts(self, topics: Iterable[str]) -> list[TopicPartition]:
        return [TopicPartition(topic, number) for topic in topics for number in range(self._config.partitions)]

    async def _look(self, consumer: AIOKafkaConsumer, ends: Ends) -> None:
        now_s = time.monotonic()
        found = await self._folds(consumer, now_s, _FOLDS, ends)
        found["sink-postgres"] = self._sink(now_s, "sink-postgres", _POSTGRES, self._stored.passed, ends)
        self.behind_orders = found
        beside = await self._folds(consumer, now_s, _MARKET_DATA, ends)
        offsets = await self._market_data.offsets()
        if offsets is None:
            beside["sink-clickhouse"] = "its store does not answer"
        else:
            beside["sink-clickhouse"] = self._sink(now_s, "sink-clickhouse", _CLICKHOUSE, offsets, ends)
        if self._config.follows_live:
            beside["live"] = await self._follow_live(consumer, ends[self._positions])
        self.beside_orders = beside

    async def _follow_live(self, consumer: AIOKafkaConsumer, end: int) -> str:
        """Read what feeds have written of their positions since the last look; at the first look nothing."""
        start, self._positions_from = self._positions_from, end
        async with asyncio.timeout(TIMEOUT_S):
            if 0 <= start < end:
                async for record in committed(consumer, self._positions, start, end):
                    if record.key == FEED.encode():
                        self._live.hear(record.value, time.monotonic())
                consumer.unsubscribe()
        return self._live.said(time.monotonic(), STALL_S)

    async def _folds(
        self, consumer: AIOKafkaConsumer, now_s: float, folds: Mapping[str, tuple[str, str]], ends: Ends
    ) -> dict[str, str]:
        return {name: await self._fold(consumer, now_s, name, *topics, ends) for name, topics in folds.items()}

    async def _fold(
        self, consumer: AIOKafkaConsumer, now_s: float, name: str, source: str, changelog: str, ends: Ends
    ) -> str:
        """The source's end lies behind markers of transactions, so of a fold that seems to stand still the mark is
        read, and whether a record comes after it."""
        still = []
        for at, entries in zip(self._parts([source]), self._parts([changelog]), strict=True):
            watch = self._watches.setdefault((name, at), Watch())
            if watch.is_still(now_s, ends[entries], caught_up=ends[at] == watch.settled_end):
                if await has_waiting(consumer, at, entries, ends):
                    still.append(at)
                else:
                    watch.settled_end = ends[at]
        return _said(still)

    def _sink(
        self, now_s: float, name: str, topics: Iterable[str], offsets: Mapping[tuple[str, int], int], ends: Ends
    ) -> str:
        """`offsets` are the last ones stored; they count markers, as the ends do."""
        still = []
        for at in self._parts(topics):
            last = offsets.get((at.topic, at.partition), -1)
            watch = self._watches.setdefault((name, at), Watch())
            if watch.is_still(now_s, last, caught_up=last + 1 >= ends[at]):
                still.append(at)
        return _said(still)


def _said(still: list[TopicPartition]) -> str:
    places = ", ".join(f"{at.topic}/{at.partition}" for at in still)
    return f"stands still while records wait: {places}" if still else "ok"
