"""Faust workers on a real broker: killed, frozen and joined by others, their outputs equal one undisturbed fold."""

import asyncio
import os
import signal
import sys
import time
import uuid
from contextlib import asynccontextmanager

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from config.settings import settings
from proof.log_reader import ends, records
from stack.children import Child, ChildSpec
from streams.refold import compare, refold
from tests.streams.chain import chain_role
from tests.streams.worker import SESSION_S
from topics.codec import decode, encode
from topics.messages import CancelOrder
from topics.partition import partition_of

pytestmark = pytest.mark.stack
KEYS = 20
RATE = 400


class Rig:
    """A role's topics, its workers, and a client that writes to it at a steady rate."""

    def __init__(self, logs, partitions):
        self.role = chain_role(f"chain-{uuid.uuid4().hex[:8]}")
        self.config = settings().model_copy(update={"partitions": partitions})
        self.partitions, self.logs, self.workers, self.sent = partitions, logs, {}, 0

    async def make_topics(self):
        admin = AIOKafkaAdminClient(bootstrap_servers=self.config.kafka_bootstrap)
        await admin.start()
        compact = {"cleanup.policy": "compact"}
        await admin.create_topics(
            [NewTopic(name, self.partitions, 1) for name in (self.role.source, f"{self.role.name}-out")]
            + [NewTopic(self.role.changelog, self.partitions, 1, topic_configs=compact)]
        )
        await admin.close()

    def start(self, instance, load_s=0.0):
        argv = [sys.executable, "-m", "tests.streams.worker", self.role.name, str(self.partitions), instance]
        argv.append(str(load_s))
        self.workers[instance] = Child(ChildSpec(instance, argv, env={}), self.logs / f"{instance}.log")

    def signal(self, instance, number):
        os.kill(self.workers[instance].pid, number)

    def stop_all(self):
        for child in self.workers.values():
            os.kill(child.pid, signal.SIGKILL)
            child.wait_stopped()

    async def write(self, seconds, value=None):
        producer = AIOKafkaProducer(bootstrap_servers=self.config.kafka_bootstrap, linger_ms=2)
        await producer.start()
        until = time.monotonic() + seconds
        while time.monotonic() < until or self.sent == 0:
            for _ in range(RATE // 50):
                key = f"K{self.sent % KEYS}"
                message = value or encode(CancelOrder(key, f"command {self.sent}", self.sent))
                to = partition_of(key, self.partitions)
                await producer.send(self.role.source, message, key=key.encode(), partition=to)
                self.sent += 1
            await asyncio.sleep(0.02)
        await producer.stop()

    async def read(self, topic):
        """All committed records of a topic by partition."""
        found = await ends(self.config, [topic])
        return {at.partition: [r async for r in records(self.config, at, end)] for at, end in found.items()}

    async def folded(self):
        """Number of source records whose effects are durable."""
        marks = {}
        for partition, rows in (await self.read(self.role.changelog)).items():
            marks[partition] = max((decode(r.value).offset for r in rows if r.key == b"mark"), default=-1)
        return sum(mark + 1 for mark in marks.values())

    async def settled(self, timeout_s=60):
        deadline = time.monotonic() + timeout_s
        while await self.folded() < self.sent:
            assert time.monotonic() < deadline, f"{await self.folded()} of {self.sent} folded after {timeout_s} s"
            await asyncio.sleep(0.2)

    async def owners_moved(self, before, timeout_s=40):
        """Wait until more than `before` records are folded: somebody is at work."""
        deadline = time.monotonic() + timeout_s
        while await self.folded() <= before:
            assert time.monotonic() < deadline, "nobody took the partitions"
            await asyncio.sleep(0.1)

    async def check_exact(self):
        """Every output there once, and the same bytes as from one fold that never stopped."""
        source, outputs = await self.read(self.role.source), await self.read(f"{self.role.name}-out")
        found = [(f"{self.role.name}-out", record) for rows in outputs.values() for record in rows]
        assert len(found) == self.sent
        for partition, rows in source.items():
            expected = list(refold(self.role, partition, self.partitions, rows))
            assert compare(self.role, partition, expected, found) == []


@asynccontextmanager
async def rig_of(tmp_path, partitions=2):
    rig = Rig(tmp_path, partitions)
    await rig.make_topics()
    try:
        yield rig
    finally:
        rig.stop_all()


async def test_kill_9_under_load_loses_and_doubles_nothing(stack, tmp_path):
    async with rig_of(tmp_path) as rig:
        rig.start("a")
        load = asyncio.create_task(rig.write(9))
        for _ in range(3):
            await rig.owners_moved(await rig.folded())
            rig.signal("a", signal.SIGKILL)
            rig.workers["a"].wait_stopped()
            rig.start("a")
        await load
        await rig.settled()
        await rig.check_exact()


async def test_a_frozen_worker_is_fenced_when_it_wakes(stack, tmp_path):
    async with rig_of(tmp_path) as rig:
        rig.start("a")
        load = asyncio.create_task(rig.write(8))
        await rig.owners_moved(0)
        rig.signal("a", signal.SIGSTOP)
        rig.start("b")
        await rig.owners_moved(await rig.folded())
        rig.signal("a", signal.SIGCONT)
        await load
        await rig.settled()
        await rig.check_exact()


async def test_workers_come_and_go(stack, tmp_path):
    async with rig_of(tmp_path) as rig:
        rig.start("a")
        load = asyncio.create_task(rig.write(9))
        await rig.owners_moved(0)
        rig.start("b")
        await rig.owners_moved(await rig.folded())
        rig.signal("a", signal.SIGTERM)
        await asyncio.to_thread(rig.workers.pop("a").wait_stopped)
        await load
        await rig.settled()
        await rig.check_exact()


async def test_what_loads_for_longer_than_a_session_is_loaded_once(stack, tmp_path):
    async with rig_of(tmp_path, partitions=1) as rig:
        rig.start("a", load_s=2 * SESSION_S)
        await rig.write(4 * SESSION_S)
        await rig.settled()
        await rig.check_exact()
        assert (tmp_path / "a.log").read_text().count("loaded in") == 1


async def test_what_cannot_be_read_is_a_dead_letter_and_the_partition_moves_on(stack, tmp_path):
    async with rig_of(tmp_path, partitions=1) as rig:
        rig.start("a")
        before = await ends(settings(), ["dead-letters"])
        await rig.write(0.1)
        await rig.write(0.05, value=b"\0\0\0garbage")
        await rig.write(0.05, value=encode(CancelOrder("K", "refuse me", 1)))
        await rig.write(0.1)
        await rig.settled()
        letters = []
        for at, end in (await ends(settings(), ["dead-letters"])).items():
            letters += [decode(r.value) async for r in records(settings(), at, end, before[at])]
        mine = [letter for letter in letters if letter.source_topic == rig.role.source]
        assert {letter.reason for letter in mine} == {"undecodable", "refused"}
        source = await rig.read(rig.role.source)
        for letter in mine:
            record = next(r for r in source[letter.source_partition] if r.offset == letter.source_offset)
            assert (letter.key, letter.value) == (record.key, record.value)
