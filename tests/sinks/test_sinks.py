"""Both sinks as processes, on real servers: whatever happens, a store has what its topics say, once."""

from __future__ import annotations

import asyncio
import random
import socket
import subprocess
import urllib.request
from contextlib import suppress
from functools import partial

import psycopg
import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from sinks.clickhouse.connect import connect
from tests.sinks.making import encoded, life_of_orders, made, order_event, produce
from tests.sinks.proxy import Proxy
from tests.sinks.stores import TOPICS, until
from topics.catalogue import DEAD_LETTERS
from topics.codec import decode

pytestmark = pytest.mark.stack
BOTH = pytest.mark.parametrize("store", ["postgres", "clickhouse"])


@BOTH
def test_a_store_has_what_its_topics_say(stores, store):
    stores.produce(f"plain-{store}", 60)
    with stores.running(store):
        stores.wait_stored(store)
    stores.assert_equal_to_log(store)
    with stores.running(store):  # and again after a restart, with nothing and then with something new
        stores.wait_stored(store)
        stores.produce(f"more-{store}", 3)
        stores.wait_stored(store)
    stores.assert_equal_to_log(store)


@BOTH
def test_kill_9_at_any_moment_loses_and_doubles_nothing(stores, store):
    stores.produce(f"before-{store}", 100)
    chance = random.Random(4)
    for round_number in range(3):
        process, before = stores.start(store), stores.offsets(store)
        stores.produce(f"kill{round_number}-{store}", 150)
        until(partial(lambda at: stores.offsets(store) != at, before), "the sink stores something")
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.0, 0.3))
        assert process.poll() is None, "it ran until it was killed"
        process.kill()
        process.communicate()
    with stores.running(store):
        stores.produce(f"after-{store}", 1)
        stores.wait_stored(store)
    stores.assert_equal_to_log(store)
    assert stores.stored(store)["risk_checks"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@BOTH
def test_a_store_that_is_down_gets_everything_later(stores, store):
    port = stores.config.postgres_port if store == "postgres" else stores.config.clickhouse_port
    proxy, metrics_port = Proxy(port), free_port()
    variable = f"TAPELINE_{store.upper()}_PORT"

    def failing() -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{metrics_port}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return any(line.startswith("tapeline_sink_failing{") and line.endswith(" 1.0") for line in lines)

    try:
        with stores.running(store, f"--metrics-port={metrics_port}", **{variable: str(proxy.port)}):
            stores.produce(f"up-{store}", 3)
            stores.wait_stored(store)
            assert not failing()
            proxy.cut()
            stores.produce(f"down-{store}", 200, batch=20)
            until(failing, "the alarm is raised")
            proxy.mend()
            stores.wait_stored(store)
            until(lambda: not failing(), "the alarm ends")
    finally:
        proxy.close()
    stores.assert_equal_to_log(store)


@BOTH
def test_a_poisoned_record_is_a_dead_letter_and_the_partition_moves_on(stores, store):
    account = f"poison-{store}"
    good = encoded(account, life_of_orders(account, 2))
    headers = [("origin", b"commands/0/1/1")]
    poison = [
        ("order-events", f"not Avro at all, {account}".encode(), headers),
        ("order-events", made("order-events", order_event(account_id=account)).value, []),
    ]
    asyncio.run(produce(stores.config.kafka_bootstrap, account, [*good[:5], *poison, *good[5:]]))
    with stores.running(store):
        stores.wait_stored(store)
    stores.assert_equal_to_log(store)
    letters = [
        (letter, dict(record.headers))
        for record, letter in asyncio.run(dead_letters(stores))
        if record.key == b"order-events" and letter.value in (poison[0][1], poison[1][1])
    ]
    # Another room's sink of the same name may be running on the session's broker: a letter each, with the same origin.
    by_origin = {
        headers["origin"]: (letter, headers) for letter, headers in letters if headers["sink"] == store.encode()
    }
    ours = list(by_origin.values())
    assert [letter.text.split(":")[0].split(" is ")[0] for letter, _ in ours] == ["first byte", "origin ''"]
    for letter, found in ours:
        assert letter.reason == "unconvertible"
        assert found["origin"] == f"order-events/{letter.source_partition}/{letter.source_offset}/0".encode()


async def dead_letters(stores) -> list[tuple[object, object]]:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=stores.config.kafka_bootstrap, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        parts = [TopicPartition(DEAD_LETTERS, number) for number in range(stores.config.partitions)]
        consumer.assign(parts)
        ends = await consumer.end_offsets(parts)
        found = []
        while any([await consumer.position(part) < ends[part] for part in parts]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += [(record, decode(record.value)) for record in records]
        return found
    finally:
        await consumer.stop()


def test_readers_are_told_of_a_rebuild(stores):
    stores.produce("told", 1)
    with stores.running("postgres"):
        stores.wait_stored("postgres")
    before = stores.offsets("postgres")
    with psycopg.connect(stores.config.postgres_dsn, autocommit=True) as listener:
        listener.execute("LISTEN projection_offsets")
        stores.run("rebuild", "postgres")
        told = {notice.payload for notice in listener.notifies(timeout=5, stop_after=len(before))}
    assert told == {f"{topic}/{partition}/-1" for topic, partition in before}
    stores.from_start("postgres")


def test_readers_are_told_how_far_postgres_has_come(stores):
    with psycopg.connect(stores.config.postgres_dsn, autocommit=True) as listener, stores.running("postgres"):
        listener.execute("LISTEN projection_offsets")
        stores.produce("notified", 1)
        stores.wait_stored("postgres")
        told = {}
        for notice in listener.notifies(timeout=5):
            topic, partition, offset = notice.payload.split("/")
            told[topic, int(partition)] = int(offset)
            if all(told.get(at) == offset for at, offset in stores.offsets("postgres").items()):
                break
        assert told == stores.offsets("postgres")


@BOTH
def test_a_rebuild_ends_the_running_sink_and_the_next_fills_the_store_again(stores, store):
    """Also where nothing arrives that would make the sink write."""
    stores.produce(f"rebuilt-{store}", 20)
    process = stores.start(store)
    stores.wait_stored(store)
    before = stores.stored(store)
    assert stores.run("rebuild", store, *(["--lose-history"] if store == "clickhouse" else [])).stdout
    assert not any(stores.stored(store).values())
    _, text = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "another sink or a rebuild moved it" in text or "a rebuild removed it" in text
    stores.from_start(store)
    with stores.running(store):
        stores.wait_stored(store)
    stores.assert_equal_to_log(store)
    for name, rows in before.items():
        assert len(stores.stored(store)[name]) >= len(rows), name


@BOTH
def test_a_gap_stops_the_sink(stores, store):
    """Offsets beyond the end of the log: the topics are not those that the store was filled from."""
    topic = TOPICS[store][0]
    if store == "postgres":
        with stores.postgres() as connection:
            connection.execute('UPDATE projection.offsets SET "offset" = "offset" + 1000000 WHERE topic = %s', [topic])
    else:
        with connect(stores.config) as client:
            row = (topic, 0, 10**9, 10**9, 1, 10**12)
            client.insert("batches", [row], settings={"async_insert": 0})
    done = stores.try_run(store)
    assert done.returncode == 1
    assert f"{topic}/0: offset" in done.stderr
    assert "the log ends at" in done.stderr
    assert "Traceback" not in done.stderr
