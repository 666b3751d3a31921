"""The producer of letters, of which a sink has one, however many partitions need it first."""

from __future__ import annotations

import asyncio
import gc

import pytest
from aiokafka import AIOKafkaProducer

from config.settings import settings
from sinks.dead_letters import DeadLetters
from tests.sinks.making import Made
from topics.catalogue import LEDGER

pytestmark = pytest.mark.stack


def open_producers():
    return [each for each in gc.get_objects() if isinstance(each, AIOKafkaProducer) and not each._closed]


async def test_partitions_that_write_their_first_letters_together_share_a_producer(stack):
    before = len(open_producers())
    letters = DeadLetters(settings(), "test")
    records = [Made(LEDGER, b"no record", offset=10**12 + number) for number in range(5)]
    await asyncio.gather(*(letters.write([(record, "no record")]) for record in records))
    assert len(open_producers()) == before + 1
    await letters.close()
    assert len(open_producers()) == before
