"""The one-machine worker: only one of a home, and it and a cluster's workers bar each other."""

import asyncio
import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import ProducerFenced
from aiokafka.structs import TopicPartition

from config.settings import settings
from streams.kafka_log import KafkaJournal, KafkaLog, bar, transactional_producer
from streams.processor import OutRecord, Transaction
from streams.roles import ACCOUNTS, SINGLE_OWNER_ID, TRADING, transactional_id
from streams.single import lock
from topics import catalogue

pytestmark = pytest.mark.stack
LETTERS = "dead-letters"


def harmless():
    """A transaction that nobody minds: an empty record."""
    return Transaction(0, {(LETTERS, 0): [OutRecord(b"test", None)]})


def test_a_second_worker_of_a_home_is_told_so(stack, tmp_path, monkeypatch):
    config = settings().model_copy(update={"home": tmp_path})
    with lock(config, TRADING):
        run = subprocess.run(
            [sys.executable, "-m", "streams", "single"],
            env={**stack.environment(), "TAPELINE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == 1
    assert run.stderr.strip().splitlines()[-1].startswith("another worker already owns")


def in_a_thread(work):
    """Run a coroutine in a thread and collect what it leaves: a fenced producer's unread failure is told when it is
    collected, and CPython 3.11 cannot bear that in the middle of parsing another module."""

    def run():
        asyncio.run(work)
        gc.collect()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()
        gc.collect()


def test_a_clusters_worker_bars_the_single_owner(stack):
    in_a_thread(cluster_bars_single())


def test_a_single_owner_bars_a_clusters_workers(stack):
    in_a_thread(single_bars_cluster())


async def cluster_bars_single():
    producer = transactional_producer(settings(), SINGLE_OWNER_ID)
    await producer.start()
    log = KafkaLog(settings(), ACCOUNTS, 0)
    await log.fence()
    journal = KafkaJournal(producer)
    await journal.begin()
    with pytest.raises(ProducerFenced):
        await journal.append(harmless().records)
    await log.close()
    await producer.stop()


async def single_bars_cluster():
    log = KafkaLog(settings(), ACCOUNTS, 0)
    await log.fence()
    await bar(settings(), [transactional_id(role, 0) for role in TRADING.roles])
    with pytest.raises(ProducerFenced):
        await log.commit(harmless())
    await log.close()


def test_a_readers_position_passes_the_end_of_a_transaction_without_records(stack):
    """What the watchdog relies on: a partition that was opened and not written to must not seem to stand still."""
    in_a_thread(position_passes_marker())


async def position_passes_marker():
    at = TopicPartition(LETTERS, 0)
    producer = transactional_producer(settings(), "opens-and-writes-nothing")
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings().kafka_bootstrap, isolation_level="read_committed", enable_auto_commit=False
    )
    await producer.start()
    await consumer.start()
    try:
        consumer.assign([at])
        await consumer.seek_to_end(at)
        before = await consumer.position(at)
        journal = KafkaJournal(producer)
        await journal.begin([(LETTERS, 0)])
        await journal.append({(catalogue.QUOTES, 0): [OutRecord(b"nobody", None)]})
        await journal.commit()
        async with asyncio.timeout(20):
            while await consumer.position(at) == before:
                assert await consumer.getmany(at, timeout_ms=200) == {}
    finally:
        await consumer.stop()
        await producer.stop()
