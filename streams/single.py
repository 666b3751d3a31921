"""The one-machine worker: owns every partition of its roles, and writes them all in one transaction (`turn.py`).

A transaction costs a broker more than its records do, so on a small machine one producer for everything takes a
fraction of the time (docs/decisions). It is safe because its transactional id is constant: a second worker fences the
first, which dies at its next write; and starting it bars the ids that a cluster of workers would write under, and the
other way round. A lock under the home folder says so sooner, in a sentence.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import signal
import time
from typing import IO

from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings
from streams.kafka_log import KafkaJournal, KafkaReader, bar, read_changelog, transactional_producer
from streams.processor import At, Processor
from streams.roles import Single, transactional_id
from streams.runner import die
from streams.turn import Turns
from streams.watchdog import Watchdog

WATCH_EVERY_S = 5.0
RECORDS_MAX = 4000  # records folded in one transaction; bounds its time and memory

log = logging.getLogger(__name__)


def lock(config: Settings, single: Single) -> IO[str]:
    """Hold the home folder's lock of these roles. Raises SystemExit when another worker of them is running."""
    config.home.mkdir(parents=True, exist_ok=True)
    held = (config.home / f"{single.name}.lock").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise SystemExit(f"another worker already owns {config.home}: stop it first (tapeline down)") from error
    return held


class SingleOwner:
    """All partitions of some roles in one loop: fetch, fold, commit, pace."""

    def __init__(self, config: Settings, single: Single) -> None:
        self.config, self.single = config, single
        self.processors: dict[At, Processor] = {}
        self.stopping = asyncio.Event()

    async def run(self) -> None:
        """Until `stopping` is set; raises on any failure, after which nothing may be written any more."""
        count = self.config.partitions
        await bar(self.config, [transactional_id(role, n) for role in self.single.roles for n in range(count)])
        producer = transactional_producer(self.config, self.single.transactional_id)
        await producer.start()
        consumer = AIOKafkaConsumer(
            **kafka_connection(self.config),
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="none",
            fetch_max_wait_ms=500,
            max_poll_records=RECORDS_MAX,
            max_partition_fetch_bytes=4 << 20,
        )
        await consumer.start()
        try:
            await self._load(consumer)
            turns = Turns(self.processors, KafkaJournal(producer), KafkaReader(consumer))
            async with asyncio.TaskGroup() as group:
                watching = group.create_task(self._watch(consumer))
                while not self.stopping.is_set():
                    await self._turn(consumer, turns)
                watching.cancel()
        finally:
            await consumer.stop()
            await producer.stop()

    async def _load(self, consumer: AIOKafkaConsumer) -> None:
        for role in self.single.roles:
            for number in range(self.config.partitions):
                started = time.monotonic()
                processor = Processor(role, number, self.config.partitions)
                rows, _ = await read_changelog(self.config, role.changelog, number)
                processor.load(rows)
                self.processors[role.source, number] = processor
                log.info("%s/%d from %d, loaded %d entries in %.2f s", role.source, number, processor.mark + 1,
                         len(rows), time.monotonic() - started)  # fmt: skip
        consumer.assign([TopicPartition(*at) for at in self.processors])
        for at, processor in self.processors.items():
            consumer.seek(TopicPartition(*at), processor.mark + 1)

    async def _watch(self, consumer: AIOKafkaConsumer) -> None:
        """Stop the process when records wait and nothing moves. The ends of transactions move an end without a record;
        the consumer's position passes them, a mark does not."""
        dogs = {TopicPartition(*at): Watchdog() for at in self.processors}
        while True:
            await asyncio.sleep(WATCH_EVERY_S)
            ends = await consumer.end_offsets(list(dogs))
            for tp, dog in dogs.items():
                position = await consumer.position(tp)
                if dog.is_stalled(time.monotonic(), position - 1, ends[tp]):
                    die(f"{tp.topic}/{tp.partition} stands still at {position} while its end has moved to {ends[tp]}")

    async def _turn(self, consumer: AIOKafkaConsumer, turns: Turns) -> None:
        """One transaction for whatever has arrived, no sooner than the pace after the last one began."""
        started = time.monotonic()
        fetched = await consumer.getmany(timeout_ms=200)
        positions = {(tp.topic, tp.partition): await consumer.position(tp) for tp in fetched}
        if await turns.take({(tp.topic, tp.partition): records for tp, records in fetched.items()}, positions):
            await asyncio.sleep(max(0.0, self.config.pace_ms / 1000 - (time.monotonic() - started)))


def main(config: Settings, single: Single) -> None:
    """Run until SIGTERM or SIGINT; any failure ends the process at once."""
    held = lock(config, single)

    async def run() -> None:
        owner = SingleOwner(config, single)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, owner.stopping.set)
        try:
            await owner.run()
        except Exception as error:
            log.critical("worker failed", exc_info=True)
            die(f"{type(error).__name__}: {error}")

    with held:
        asyncio.run(run())
