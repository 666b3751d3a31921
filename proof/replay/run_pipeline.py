"""A recorded day through the whole pipeline: commands in by Kafka, quotes out by Kafka, matched by correlation id.

The core beside it is folded a command ahead, so that the replayer knows whom NASDAQ's order would meet. Commands flow
without waiting, except that an order whose replace is on its way is not touched before the answer is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings
from feeds.lobster import Best, Day, Flow
from proof.replay.align import Addressed, Aligner
from proof.replay.books import Moments
from proof.replay.core import Core
from proof.replay.report import Report, best_of
from topics import catalogue
from topics.codec import decode, encode
from topics.messages import CancelOrder, Quote, ReplaceOrder
from topics.partition import partition_of

OPENING = "opening"
IN_FLIGHT_MAX = 2000  # commands sent and not answered yet


class PipelineReplay:
    """One replay, which looks at `books` random moments of its book.

    The stack must be fresh: the symbol's book empty and its clock not run past the recording."""

    def __init__(
        self, config: Settings, day: Day, speed: float | None, progress: Callable[[int], None], books: int = 0
    ) -> None:
        self.config, self.day, self.speed, self.progress = config, day, speed, progress
        self.report = Report()
        self.books = books
        self.moments: Moments | None = None
        self.quotes: dict[int, Best] = {}  # row -> best bid and offer after it, where it changed
        self.answered: set[str] = set()  # correlation ids that a final event has been seen for
        self.replacing: dict[str, str] = {}  # root order id -> correlation id of its replace
        self.sent = 0
        self.change = asyncio.Event()

    async def run(self, limit: int | None = None) -> Report:
        """Raises TimeoutError when the pipeline stops answering."""
        producer = AIOKafkaProducer(**kafka_connection(self.config), acks="all", linger_ms=2)
        consumer = AIOKafkaConsumer(
            **kafka_connection(self.config), isolation_level="read_committed", enable_auto_commit=False
        )
        await producer.start()
        await consumer.start()
        watched = [
            TopicPartition(topic, number)
            for topic in (catalogue.QUOTES, catalogue.ORDER_EVENTS)
            for number in range(self.config.partitions)
        ]
        consumer.assign(watched)
        await consumer.seek_to_end(*watched)
        for part in watched:
            await consumer.position(part)
        tail = asyncio.create_task(self._tail(consumer))
        try:
            await self._send_all(producer, limit)
        finally:
            tail.cancel()
            await consumer.stop()
            await producer.stop()
        return self.report

    async def _send_all(self, producer: AIOKafkaProducer, limit: int | None) -> None:
        core, rows = Core(), self.day.rows()
        first, first_best = next(rows)
        aligner = Aligner(self.day, core, first.time_us)
        last = await self._open(producer, core, aligner)
        expected: list[tuple[Flow, Best]] = [(first, first_best)]
        if self.books:
            steps = sum(1 for _ in self.day.rows())
            self.moments = Moments(core.matching.book(self.day.symbol), self.books, min(steps, limit or steps))
        loop = asyncio.get_running_loop()
        began, self.report = loop.time(), Report()
        for flow, best in rows:
            if limit is not None and flow.row >= limit:
                break
            if self.speed is not None:
                due = began + (flow.time_us - first.time_us) / 1e6 / self.speed
                await asyncio.sleep(max(0.0, due - loop.time()))
            addressed = aligner.command(flow)
            expected.append((flow, best))
            if addressed is not None:
                last = f"row-{flow.row}"
                await self._send(producer, core, addressed, last)
            if self.moments is not None:
                self.moments.after_row(flow.row)
            self.progress(flow.row)
        if self.moments is not None:
            self.moments.end()
        await self._until(lambda: last in self.answered)
        self.report.finish(self.sent)
        self._grade(expected)
        self.report.visible_executions = aligner.visible_executions
        self.report.fifo_head_hits = aligner.fifo_head_hits

    async def _open(self, producer: AIOKafkaProducer, core: Core, aligner: Aligner) -> str:
        """List the instrument, open the accounts and lay the seed book, each step answered before the next."""
        for number, addressed in enumerate(aligner.opening()):
            correlation = f"{OPENING}-{number}"
            await self._send(producer, core, addressed, correlation)
            if addressed.root_order_id is not None:
                await self._until(lambda sent=correlation: sent in self.answered)  # type: ignore[misc]
        self.sent = 0
        return correlation

    async def _send(self, producer: AIOKafkaProducer, core: Core, addressed: Addressed, correlation: str) -> None:
        root = addressed.root_order_id
        if isinstance(addressed.message, ReplaceOrder | CancelOrder) and root in self.replacing:
            waited = self.replacing.pop(root)
            await self._until(lambda: waited in self.answered)
        if self.moments is not None:
            message: Any = addressed.message
            self.moments.before(message.transact_time_us)
        outputs = core.submit(addressed.topic, addressed.key, addressed.message)
        if self.moments is not None:
            self.moments.after(outputs)
        if isinstance(addressed.message, ReplaceOrder) and root is not None:
            self.replacing[root] = correlation
        await self._until(lambda: self.sent - len(self.answered) < IN_FLIGHT_MAX)
        await producer.send(
            addressed.topic,
            key=addressed.key.encode(),
            value=encode(addressed.message),
            partition=partition_of(addressed.key, self.config.partitions),
            headers=[("correlation-id", correlation.encode())],
        )
        self.sent += 1

    async def _until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self.change.clear()
            await asyncio.wait_for(self.change.wait(), timeout=60)

    async def _tail(self, consumer: AIOKafkaConsumer) -> None:
        while True:
            for records in (await consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    self._take(dict(record.headers).get("correlation-id", b"").decode(), decode(record.value))
            self.change.set()

    def _take(self, correlation: str, message: Any) -> None:
        """Note a quote, or that a command has been answered for good (accounts' own pending states are not that)."""
        if isinstance(message, Quote):
            bbo = (message.bid_price_e4, message.bid_qty_e6, message.ask_price_e4, message.ask_qty_e6)
            row = -1 if correlation.startswith(OPENING) else int(correlation.removeprefix("row-"))
            self.quotes[row] = best_of(bbo)
        elif message.NAME == "OrderCancelReject" or not message.exec_type.startswith("Pending"):
            self.answered.add(correlation)

    def _grade(self, expected: list[tuple[Flow, Best]]) -> None:
        ours = self.quotes[-1]
        for flow, best in expected:
            ours = self.quotes.get(flow.row, ours)
            self.report.compare(ours, best)
