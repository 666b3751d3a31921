"""Stops a consumer that may have failed already, or does not hear that it is to stop."""

from __future__ import annotations

import asyncio
import logging

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

STOP_TIMEOUT_S = 3.0

log = logging.getLogger(__name__)


async def stopped(consumer: AIOKafkaConsumer) -> None:
    """Stop it. A fetch that failed in the background raises here, where it is of no use to anybody any more: who
    follows the log begins again with a new consumer. The first call to stop is lost in a consumer that lets go of its
    assignment at that moment, so it is given up, which is a second call."""
    try:
        async with asyncio.timeout(STOP_TIMEOUT_S):
            await consumer.stop()
    except TimeoutError:
        log.warning("a consumer did not stop within %g s", STOP_TIMEOUT_S)
    except KafkaError as error:
        log.warning("a consumer had failed before it was stopped: %r", error)
