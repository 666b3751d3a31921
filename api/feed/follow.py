"""Follows the consolidated market: the latest state of each symbol, the last frames of each partition, and who waits.

Every API process reads every partition, without a group. A place in the log, not in this process's memory, is what a
client resumes from, so any process can go on with any stream.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord, TopicPartition

from api.feed.frames import TOPICS, Frame
from api.feed.subscriber import Subscriber
from api.log.stopping import stopped
from config.kafka import kafka_connection
from config.settings import Settings
from topics.catalogue import SNAPSHOTS
from topics.codec import decode
from topics.messages import Bar, Nbbo, Print, Snapshot

REMEMBERED = 20_000  # frames of each partition that a client resumes from without the log
UNREAD_MAX = 100  # newer frames of a symbol; then its snapshot is decoded, since most of them are in it
MINUTE_US = 60_000_000
READ_BACK = 5_000  # offsets of each topic and partition that a start reads
_RESTART_S = 0.5

log = logging.getLogger(__name__)


class Followed:
    """A symbol: its last snapshot, the frames that are newer, and the last record of each kind that has been read.

    Snapshots come as often as quotes, and are asked for seldom: the last one is decoded when it is.
    """

    __slots__ = ("_newer", "_snapshot", "_told", "best", "minute", "sale")

    def __init__(self) -> None:
        self._told: bytes | None = None  # a snapshot that is not decoded yet
        self._snapshot: Snapshot | None = None
        self._newer: list[Frame] = []  # of those that came since it was told, some may be in it
        self.best: Nbbo | None = None
        self.sale: Print | None = None
        self.minute: Bar | None = None

    @property
    def snapshot(self) -> Snapshot | None:
        """The last one."""
        self._read()
        return self._snapshot

    @property
    def newer(self) -> list[Frame]:
        """Frames that the last snapshot has not."""
        self._read()
        return self._newer

    @property
    def quote(self) -> Nbbo | Snapshot | None:
        """Best bid and offer. The snapshot has them too, but the time of whatever came last."""
        return self.best or self.snapshot

    def note(self, record: Any) -> None:
        """Keep it if it is the latest. What a correction takes back leaves nothing: the one before is not kept."""
        if isinstance(record, Nbbo):
            self.best = record
        elif isinstance(record, Print):
            if record.updates_last:
                self.sale = record
            elif self.sale is not None and (record.print_seq, record.transact_time_us) == (
                self.sale.print_seq,
                self.sale.transact_time_us,
            ):
                self.sale = None
        elif (
            isinstance(record, Bar)
            and record.interval_us == MINUTE_US
            and (self.minute is None or record.start_time_us >= self.minute.start_time_us)
        ):
            self.minute = record if record.open_e4 and record.trade_count else None

    def heard(self, frame: Frame) -> None:
        """A frame of its symbol."""
        if self._snapshot is not None and frame.seq <= self._snapshot.seq:
            return
        self._newer.append(frame)
        if len(self._newer) >= UNREAD_MAX and self._told is not None:
            self._read()
        if len(self._newer) > REMEMBERED:  # without snapshots, which come within a heartbeat, nothing else bounds it
            del self._newer[: REMEMBERED // 2]

    def take(self, snapshot: bytes) -> None:
        """A snapshot as it lies in the log."""
        self._told = snapshot

    def _read(self) -> None:
        if self._told is None:
            return
        snapshot = self._snapshot = decode(self._told)
        self._told = None
        self._newer = [frame for frame in self._newer if frame.seq > snapshot.seq]


class Remembered:
    """One partition: where each topic is read to, and the last frames. From `first` on nothing is missing in them."""

    __slots__ = ("first", "frames", "positions")

    def __init__(self, positions: list[int]) -> None:
        self.positions = positions
        self.first = list(positions)
        self.frames: deque[Frame] = deque()

    def add(self, frame: Frame) -> None:
        self.frames.append(frame)
        if len(self.frames) > REMEMBERED:
            oldest = self.frames.popleft()
            self.first[oldest.topic] = oldest.offset + 1

    def since(self, positions: list[int]) -> list[Frame] | None:
        """Frames from a place on; None when some of them are forgotten, or the place is yet to come."""
        places = zip(positions, self.first, self.positions, strict=True)
        if any(not first <= asked <= reached for asked, first, reached in places):
            return None
        return [frame for frame in self.frames if frame.offset >= positions[frame.topic]]


class Feed:
    """The consolidated market as this process knows it."""

    def __init__(self, config: Settings) -> None:
        self.config = config
        self.symbols: dict[str, Followed] = {}
        self.partitions: dict[int, Remembered] = {}
        self.caught_up = asyncio.Event()
        self._snapshots_read: dict[int, int] = {}
        self._subscribers: dict[str, set[Subscriber]] = {}

    def subscribe(self, subscriber: Subscriber) -> None:
        """Every frame from now on, until `unsubscribe`."""
        for symbol in subscriber.symbols:
            self._subscribers.setdefault(symbol, set()).add(subscriber)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        for symbol in subscriber.symbols:
            fellows = self._subscribers[symbol]
            fellows.remove(subscriber)
            if not fellows:
                del self._subscribers[symbol]

    async def run(self) -> None:
        """Read until cancelled; after a failure go on where it stopped, so that no subscriber misses a record."""
        while True:
            consumer = AIOKafkaConsumer(
                **kafka_connection(self.config),
                isolation_level="read_committed",
                enable_auto_commit=False,
                auto_offset_reset="earliest",
            )
            try:
                await consumer.start()
                await self._read(consumer, await self._begin(consumer))
            except (KafkaError, OSError) as error:
                log.warning("cannot follow the consolidated market: %r", error)
            finally:
                await stopped(consumer)
            await asyncio.sleep(_RESTART_S)

    async def _begin(self, consumer: AIOKafkaConsumer) -> dict[TopicPartition, int]:
        """Seek; returns where each partition ends now."""
        numbers = range(self.config.partitions)
        parts = [TopicPartition(topic, number) for topic in (*TOPICS, SNAPSHOTS) for number in numbers]
        consumer.assign(parts)
        begins, ends = await consumer.beginning_offsets(parts), await consumer.end_offsets(parts)
        if not self.partitions:
            for number in numbers:
                topics = [TopicPartition(topic, number) for topic in TOPICS]
                self.partitions[number] = Remembered([max(begins[part], ends[part] - READ_BACK) for part in topics])
                self._snapshots_read[number] = begins[TopicPartition(SNAPSHOTS, number)]
        for part in parts:
            remembered = self.partitions[part.partition]
            is_snapshot = part.topic == SNAPSHOTS
            at = self._snapshots_read[part.partition] if is_snapshot else remembered.positions[TOPICS.index(part.topic)]
            consumer.seek(part, at)
        return dict(ends)

    async def _read(self, consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]) -> None:
        while True:
            for part, records in (await consumer.getmany(timeout_ms=200, max_records=2000)).items():
                for record in records:
                    if record.value is not None:
                        self._take(part, record)
                if part.topic == SNAPSHOTS:
                    self._snapshots_read[part.partition] = records[-1].offset + 1
            if not self.caught_up.is_set() and all([await consumer.position(at) >= end for at, end in ends.items()]):
                self.caught_up.set()

    def _take(self, part: TopicPartition, record: ConsumerRecord) -> None:
        symbol = record.key.decode()
        followed = self.symbols.get(symbol)
        if followed is None:
            followed = self.symbols[symbol] = Followed()
        if part.topic == SNAPSHOTS:
            followed.take(record.value)
            return
        message = decode(record.value)
        topic = TOPICS.index(part.topic)
        remembered = self.partitions[part.partition]
        remembered.positions[topic] = record.offset + 1
        frame = Frame(message, part.partition, topic, record.offset, remembered.positions)
        remembered.add(frame)
        followed.heard(frame)
        followed.note(message)
        for subscriber in self._subscribers.get(symbol, ()):
            subscriber.offer(frame)
