"""The session's stack: every server answers its own real client at the address the settings name."""

from __future__ import annotations

import clickhouse_connect
import psycopg
import pytest
import redis.asyncio
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from config.settings import settings
from stack.embedded import versions
from stack.embedded.stack import Stack
from topics.catalogue import TOPICS

pytestmark = pytest.mark.stack


async def test_postgres(stack: Stack) -> None:
    async with await psycopg.AsyncConnection.connect(settings().postgres_dsn) as connection:
        row = await (await connection.execute("SHOW server_version")).fetchone()
    assert row is not None
    assert row[0].split(".")[0] == versions.POSTGRES


def test_clickhouse(stack: Stack) -> None:
    client = clickhouse_connect.get_client(host=settings().clickhouse_host, port=settings().clickhouse_port)
    try:
        assert str(client.command("SELECT version()")).startswith(versions.CLICKHOUSE)
    finally:
        client.close()


async def test_valkey(stack: Stack) -> None:
    async with redis.asyncio.Redis.from_url(settings().redis_url) as client:
        information = await client.info("server")
    assert information["valkey_version"].startswith(versions.VALKEY)


async def test_kafka_commits_a_transaction(stack: Stack) -> None:
    bootstrap = settings().kafka_bootstrap
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic("stack-test", 1, 1)])
    await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, transactional_id="stack-test")
    async with producer, producer.transaction():
        await producer.send_and_wait("stack-test", b"hello")
    consumer = AIOKafkaConsumer(
        "stack-test", bootstrap_servers=bootstrap, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    async with consumer:
        assert (await consumer.getone()).value == b"hello"


async def test_every_topic_of_the_catalogue_exists(stack: Stack) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=settings().kafka_bootstrap)
    await admin.start()
    try:
        partitions = {topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics()}
    finally:
        await admin.close()
    wanted = {topic.name: topic.partitions(settings().partitions) for topic in TOPICS}
    assert partitions | wanted == partitions
