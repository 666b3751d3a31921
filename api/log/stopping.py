"""Stops a consumer that may have failed already."""

from __future__ import annotations

import logging

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

log = logging.getLogger(__name__)


async def stopped(consumer: AIOKafkaConsumer) -> None:
    """Stop it. A fetch that failed in the background raises here, where it is of no use to anybody any more: who
    follows the log begins again with a new consumer."""
    try:
        await consumer.stop()
    except KafkaError as error:
        log.warning("a consumer had failed before it was stopped: %r", error)
