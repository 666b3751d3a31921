"""Who follows the log begins again after a consumer that failed in the background, and does not end with it."""

from __future__ import annotations

import logging

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from api.log.stopping import stopped


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
