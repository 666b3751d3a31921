"""A stack of its own that has traded a small day, and ways to touch what it has."""

from __future__ import annotations

from contextlib import asynccontextmanager

from aiokafka import AIOKafkaProducer

from feeds.lobster import open_day
from proof.replay.run_pipeline import PipelineReplay
from stack.own_stack import PIPELINE, own_stack
from tests.replay.generated_day import GeneratedDay
from topics import catalogue
from topics.codec import encode
from topics.messages import AdvanceTime


def quiet(_text):
    """A progress that nobody watches."""


@asynccontextmanager
async def traded(folder):
    """It has also had garbage, and a command on the wrong topic."""
    day = open_day(GeneratedDay(2, 500).write_lobster(folder, "XYZ"))
    with own_stack(PIPELINE) as running:
        await produce(running.config, catalogue.COMMANDS, b"garbage", [])
        await PipelineReplay(running.config, day, None, quiet).run()
        await produce(running.config, catalogue.ORDERS, encode(AdvanceTime("clock", 1)), [])
        yield running


async def produce(config, topic, value, headers):
    """One record onto partition 0, as nobody but a test may."""
    producer = AIOKafkaProducer(bootstrap_servers=config.kafka_bootstrap)
    await producer.start()
    try:
        await producer.send_and_wait(topic, value, key=b"XYZ", partition=0, headers=headers)
    finally:
        await producer.stop()
