"""What the batch transport costs over a bare loop: records decoded a second by a Faust agent and by aiokafka alone.

Both read the same topic of a running broker in the same run and do the same work, decoding every record. The ratio is
the figure; the goal is 0.7.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Any

import faust
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.structs import TopicPartition
from faust.types import TP

from config.kafka import kafka_connection
from config.settings import Settings
from streams import transport
from topics.codec import decode, encode
from topics.messages import NewOrder

RECORDS = 200_000
ROUNDS = 3


def sample() -> bytes:
    """An order as accounts pass it to a book."""
    order = NewOrder(
        account_id="account-1",
        order_id=str(uuid.UUID(int=1)),
        symbol="AAPL",
        side="Buy",
        order_type="Limit",
        time_in_force="Day",
        qty_e6=1_000_000,
        limit_price_e4=2_300_000,
        stop_price_e4=None,
        expire_time_us=None,
        post_only=False,
        self_match_prevention="CancelNewest",
        worst_price_e4=2_300_000,
        instrument_version=1,
        transact_time_us=1_760_000_000_000_000,
    )
    return encode(order)


class FromTheStart:
    """A keeper of partitions that have no state: reads them from their beginning."""

    def __init__(self, topic: str) -> None:
        self.topic = topic

    async def assigned(self, partitions: set[TP]) -> None:
        """Nothing to fence or load."""

    async def revoked(self) -> None:
        """Nothing is being written."""

    def resume_offsets(self, assigned: Any) -> dict[TP, int]:
        return {TP(tp.topic, tp.partition): 0 for tp in assigned if tp.topic == self.topic}


async def fill(config: Settings, topic: str, records: int) -> None:
    """Make the topic and write its records."""
    admin = AIOKafkaAdminClient(**kafka_connection(config))
    await admin.start()
    await admin.create_topics([NewTopic(topic, 1, 1)])
    await admin.close()
    producer = AIOKafkaProducer(**kafka_connection(config), linger_ms=20, max_batch_size=500_000)
    await producer.start()
    value = sample()
    for _ in range(records):
        await producer.send(topic, value, key=b"AAPL", partition=0)
    await producer.stop()


async def bare(config: Settings, topic: str, records: int) -> float:
    """Records a second of a plain getmany loop."""
    consumer = AIOKafkaConsumer(
        **kafka_connection(config),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    consumer.assign([TopicPartition(topic, 0)])
    started, seen = time.perf_counter(), 0
    while seen < records:
        for batch in (await consumer.getmany(timeout_ms=500)).values():
            for record in batch:
                decode(record.value)
            seen += len(batch)
    rate = seen / (time.perf_counter() - started)
    await consumer.stop()
    return rate


async def by_agent(config: Settings, topic: str, records: int) -> float:
    """Records a second of a Faust agent on the batch transport, from its first batch to its last."""
    app = faust.App(
        f"bench-{uuid.uuid4().hex[:8]}",
        broker=f"kafka://{config.kafka_bootstrap}",
        datadir=str(config.home / "faust" / "bench"),
        stream_buffer_maxsize=8,
        topic_disable_leader=True,
        topic_allow_declare=False,
        web_enabled=False,
    )
    (config.home / "faust" / "bench").mkdir(parents=True, exist_ok=True)
    transport.install(app, FromTheStart(topic))
    source = app.topic(topic, acks=False, key_serializer="raw", value_serializer="raw")
    times: list[float] = []
    done = asyncio.Event()
    seen = 0

    @app.agent(source)
    async def count(stream: faust.StreamT[Any]) -> None:
        nonlocal seen
        async for event in stream.events():
            times.append(time.perf_counter())
            for record in event.message.value:
                decode(record.value)
            seen += len(event.message.value)
            if seen >= records:
                times.append(time.perf_counter())
                done.set()

    app.finalize()
    await app.start()
    await asyncio.wait_for(done.wait(), timeout=120)
    await app.stop()
    return records / (times[-1] - times[0])


async def measure(config: Settings, records: int = RECORDS) -> dict[str, float]:
    """`records_per_s` of the agent, `bare_records_per_s`, and their `ratio` (medians of the rounds, in turn)."""
    topic = f"bench-transport-{uuid.uuid4().hex[:8]}"
    await fill(config, topic, records)
    agents, loops = [], []
    for _ in range(ROUNDS):
        loops.append(await bare(config, topic, records))
        agents.append(await by_agent(config, topic, records))
    agent, loop = sorted(agents)[ROUNDS // 2], sorted(loops)[ROUNDS // 2]
    return {"records_per_s": round(agent), "bare_records_per_s": round(loop), "ratio": round(agent / loop, 3)}
