"""Who follows the log begins again after a consumer that failed in the background, and does not end with it; nor does
it wait for ever for one that does not hear that it is to stop."""

from __future__ import annotations

import asyncio
import logging

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from api.health.marks import has_waiting
from api.log.stopping import stopped
from config.kafka import kafka_connection
from config.settings import settings
from topics.catalogue import ACCOUNTS_CHANGELOG, COMMANDS


class Failed(AIOKafkaConsumer):
    """One whose fetch routine has ended with an error, as aiokafka tells it at the stop."""

    def __init__(self, error):
        self.error = error
        self._closed = True

    async def stop(self):
        raise self.error


async def test_a_failure_of_before_is_said_and_no_more(caplog):
    with caplog.at_level(logging.WARNING):
        await stopped(Failed(KafkaError("Unexpected error during data retrieval")))
    assert "Unexpected error during data retrieval" in caplog.text


async def test_a_defect_is_not_hidden():
    with pytest.raises(AttributeError):
        await stopped(Failed(AttributeError()))


@pytest.fixture
async def fetching(stack):
    """A consumer in the middle of a fetch: the topic has nothing more."""
    consumer = AIOKafkaConsumer(**kafka_connection(settings()), enable_auto_commit=False, fetch_max_wait_ms=5000)
    await consumer.start()
    consumer.assign([TopicPartition(COMMANDS, 0)])
    await consumer.seek_to_end()
    await consumer.getmany(timeout_ms=200)
    return consumer


async def test_a_consumer_that_lets_go_of_its_assignment_is_stopped(fetching):
    """It loses the first call to stop: aiokafka takes it for the end of the fetch that it gives up."""
    fetching.unsubscribe()
    stopping = asyncio.create_task(stopped(fetching))
    await asyncio.wait([stopping], timeout=30)
    assert stopping.done()
    assert not any(connection.connected() for connection in fetching._client._conns.values())


async def test_a_look_that_is_cancelled_leaves_a_consumer_that_hears(fetching, caplog):
    source, changelog = TopicPartition(COMMANDS, 0), TopicPartition(ACCOUNTS_CHANGELOG, 0)

    async def look() -> None:
        try:
            await has_waiting(fetching, source, changelog, {source: 10**12, changelog: 0})
        finally:
            await stopped(fetching)

    looking = asyncio.create_task(look())
    await asyncio.sleep(1)
    looking.cancel()
    await asyncio.wait([looking])
    assert looking.cancelled()
    assert caplog.text == ""
