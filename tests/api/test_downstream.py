"""Strangers read the topics with their own tools: they know the broker's address and the API's, and nothing of ours."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
import subprocess
import sys

import pytest
from aiokafka import AIOKafkaProducer
from confluent_kafka import Consumer, KafkaException, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient, SchemaRegistryError
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext, SerializationError

from config.settings import settings
from tests.api import java_client
from tests.api.client import Client, eventually
from tests.api.made import empty
from topics import catalogue, messages
from topics.codec import Undecodable, decode, encode
from topics.page import PAGE

NEVER_DECODED = object()


@pytest.fixture
def registry(url):
    with SchemaRegistryClient({"url": url}) as client:
        yield client


MADE = (catalogue.TRADE_CORRECTIONS, catalogue.AUCTIONS, catalogue.TRADING_STATUS)
"""Topics on which nothing is written here unless an operator or a clock asks for it: a made record is put there."""


@pytest.fixture(scope="module")
async def consolidated(url, processes):
    """Our own book is consolidated, and `MADE` have a record."""
    processes.start("market-data", "streams", "single-market-data")
    processes.start("own-book", "feeds", "own-book")
    producer = AIOKafkaProducer(bootstrap_servers=settings().kafka_bootstrap)
    await producer.start()
    for topic in MADE:
        for name in catalogue.BY_NAME[topic].records:
            value = encode(empty(getattr(messages, name), symbol="MADE"))
            await producer.send_and_wait(topic, value, key=b"MADE", partition=0)
    await producer.stop()
    yield
    processes.stop("own-book")
    processes.stop("market-data")


@pytest.fixture
async def traded(open_client, symbol) -> Client:
    """An order that filled, and a record that nobody can read: now every topic has something."""
    seller, buyer = await open_client("0", **{symbol: "10"}), await open_client()
    await seller.place(symbol, "sell", "10", limit_price="100")
    order = (await buyer.place(symbol, "buy", "4", limit_price="100")).json()
    await eventually(lambda: buyer.status_of(order["id"]), "filled".__eq__)
    producer = AIOKafkaProducer(bootstrap_servers=settings().kafka_bootstrap)
    await producer.start()
    await producer.send_and_wait(catalogue.COMMANDS, b"not a record", key=buyer.account_id.encode(), partition=0)
    await producer.stop()
    return buyer


def read_all(topic: str, deserialize) -> list[tuple[bytes | None, object]]:
    """Every committed record of a topic: (raw value, what the stranger made of it)."""
    consumer = Consumer(
        {
            "bootstrap.servers": settings().kafka_bootstrap,
            "group.id": "stranger",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "auto.offset.reset": "earliest",
        }
    )
    consumer.assign([TopicPartition(topic, number, 0) for number in range(settings().partitions)])
    ended, found = 0, []
    try:
        while ended < settings().partitions:
            record = consumer.poll(20)
            assert record is not None, f"{topic} does not answer"
            if record.error() is not None:
                assert record.error().name() == "_PARTITION_EOF", record.error()
                ended += 1
            else:
                found.append((record.value(), deserialize(record)))
    except KafkaException as error:
        pytest.fail(str(error))
    finally:
        consumer.close()
    return found


@pytest.mark.parametrize("topic", [topic.name for topic in catalogue.TOPICS])
async def test_confluents_client_reads_every_topic(registry, consolidated, traded, topic):
    deserializer = AvroDeserializer(registry)

    def deserialize(record):
        try:
            return deserializer(record.value(), SerializationContext(record.topic(), MessageField.VALUE))
        except (SerializationError, SchemaRegistryError, EOFError, ValueError, IndexError):
            return NEVER_DECODED

    async def read():
        return await asyncio.to_thread(read_all, topic, deserialize)

    found = await eventually(read, lambda found: any(value is not NEVER_DECODED for _, value in found), timeout_s=60)
    for raw, value in found:
        assert value == ours(raw)


async def test_avro_for_java_reads_every_topic(url, consolidated, traded, tmp_path):
    """With Confluent's own client of the registry, and Kafka's consumer."""
    topics = [topic.name for topic in catalogue.TOPICS]

    async def read():
        return await java_client.read_topics(url, topics, tmp_path)

    def has_all(found) -> bool:
        return {topic for topic, _, text in found if text is not None} == set(topics)

    for _, raw, text in await eventually(read, has_all, timeout_s=60):
        assert (NEVER_DECODED if text is None else json.loads(text)) == in_json(ours(raw))


def in_json(value: object) -> object:
    """Bytes as Avro has them in JSON: a character each."""
    if isinstance(value, dict):
        return {name: in_json(each) for name, each in value.items()}
    if isinstance(value, list):
        return [in_json(each) for each in value]
    return value.decode("latin-1") if isinstance(value, bytes) else value


def ours(raw: bytes | None) -> object:
    """What our own codec reads: a stranger reads the same, and cannot read what we cannot."""
    try:
        return None if raw is None else dataclasses.asdict(decode(raw))
    except Undecodable:
        return NEVER_DECODED


async def test_confluents_client_finds_its_way_about(registry):
    """What a user types who explores a registry."""
    assert "trades-value" in registry.get_subjects()
    latest = registry.get_latest_version("trades-value")
    assert registry.get_version("trades-value", latest.version).schema_id == latest.schema_id
    assert registry.lookup_schema("trades-value", latest.schema).schema_id == latest.schema_id
    assert registry.get_compatibility() == "BACKWARD_TRANSITIVE"
    assert json.loads(latest.schema.schema_str)["name"] == "Trade"


async def test_the_printed_consumer_reads_a_trade(url, traded, symbol):
    """The first listing of docs/topics.md, character for character."""
    printed, *_ = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert len(printed.splitlines()) <= 20
    command = [sys.executable, "-c", printed, settings().kafka_bootstrap, url, catalogue.TRADES]
    consumer = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(60):
            line = ""
            while f"'symbol': '{symbol}'" not in line:
                line = (await consumer.stdout.readline()).decode()
                assert line, "it ended"
    finally:
        consumer.kill()
        await consumer.wait()
    assert "'price_e4': 1000000, 'qty_e6': 4000000" in line


async def kcat(*arguments: str) -> str:
    """Its output; kcat ends at the end of the topic."""
    command = ["kcat", "-C", "-q", "-e", "-o", "beginning", "-X", "isolation.level=read_committed", *arguments]
    ended = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.kcat
@pytest.mark.parametrize("topic", [catalogue.TRADES, catalogue.ORDER_EVENTS, catalogue.LEDGER])
async def test_kcat_unpacks_the_frame_and_the_registry_knows_its_ids(registry, traded, topic):
    """Any build of kcat can: a zero byte, then the id of the schema."""
    read = await kcat("-b", settings().kafka_bootstrap, "-t", topic, "-f", "%s\n", "-s", "value=>bI")
    frames = set(read.split())  # kcat prints what it unpacked without a blank between
    assert frames
    for frame in frames:
        assert frame[0] == "0"
        schema = json.loads(registry.get_schema(int(frame[1:])).schema_str)
        assert schema["name"] in catalogue.BY_NAME[topic].records


@pytest.mark.kcat_avro
@pytest.mark.parametrize("topic", [catalogue.TRADES, catalogue.ORDER_EVENTS, catalogue.LEDGER])
async def test_kcat_reads_avro(url, traded, topic):
    """As documented: `kcat -s value=avro -r URL`."""
    read = await kcat("-b", settings().kafka_bootstrap, "-t", topic, "-J", "-s", "value=avro", "-r", url)
    rows = [json.loads(line) for line in read.splitlines()]
    assert rows
    assert all("payload_error" not in row and row["payload"] for row in rows)
