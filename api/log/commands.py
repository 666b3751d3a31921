"""Appends commands: an idempotent producer that never sends anything a second time under a new number.

The producer retries a record until the broker has it, and the broker drops repeats of it. So after a record is handed
over there are three ends: it is there, it is not known, and (before it is handed over) it is not there.
"""

from __future__ import annotations

import asyncio
import logging

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from api.log.stopping import STOP_TIMEOUT_S
from api.problems import Unavailable
from config.kafka import kafka_connection
from config.settings import Settings
from topics.catalogue import COMMANDS
from topics.codec import encode
from topics.message import Message
from topics.partition import partition_of

CONNECT_TIMEOUT_S = 1.0
_RESTART_S = 0.5

log = logging.getLogger(__name__)

Delivery = asyncio.Future[object]


class Commands:
    """Topic `commands`, written by this process."""

    def __init__(self, config: Settings) -> None:
        self._config = config
        self._producer: AIOKafkaProducer | None = None
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Keep a producer started until cancelled; a broken one is exchanged, and its records are not sent again."""
        while True:
            producer = AIOKafkaProducer(
                **kafka_connection(self._config),
                enable_idempotence=True,
                acks="all",
                linger_ms=2,
                retry_backoff_ms=50,
            )
            try:
                await producer.start()
                self._producer = producer
                self.ready.set()
                log.info("ready to append commands")
                await asyncio.wait([producer._sender.sender_task])
                log.error("the producer of commands has failed; starting another")
            except (KafkaError, OSError) as error:
                log.warning("cannot append commands: %r", error)
            finally:
                self._producer = None
                self.ready.clear()
                await _stop(producer)
            await asyncio.sleep(_RESTART_S)

    async def connected(self, account_id: str) -> bool:
        """Whether the broker that leads the account's partition is reached; connects to it if it is not."""
        return await self._connected(partition_of(account_id, self._config.partitions)) is not None

    async def append(self, account_id: str, command: Message, correlation_id: str) -> Delivery:
        """Hand a command over; the future ends when the broker has it, or with an error when that is not known.

        Raises Unavailable when nothing was handed over.
        """
        partition = partition_of(account_id, self._config.partitions)
        producer = await self._connected(partition)
        if producer is None:
            raise Unavailable("the log cannot be reached; nothing was recorded")
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                delivery: Delivery = await producer.send(
                    COMMANDS,
                    value=encode(command),
                    key=account_id.encode(),
                    partition=partition,
                    headers=[("correlation-id", correlation_id.encode())],
                )
        except (KafkaError, TimeoutError) as error:
            raise Unavailable("the log takes no more commands; nothing was recorded") from error
        delivery.add_done_callback(_retrieve)
        return delivery

    async def _connected(self, partition: int) -> AIOKafkaProducer | None:
        producer = self._producer
        if producer is None:
            return None
        leader = producer.client.cluster.leader_for_partition(TopicPartition(COMMANDS, partition))
        if leader is None:  # its topics are learned with the first question
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT_S):
                    await producer.partitions_for(COMMANDS)
            except (KafkaError, TimeoutError):
                return None
            leader = producer.client.cluster.leader_for_partition(TopicPartition(COMMANDS, partition))
        if leader is None or leader == -1:
            return None
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                return producer if await producer.client.ready(leader) else None
        except TimeoutError:
            return None


def _retrieve(delivery: Delivery) -> None:
    if not delivery.cancelled() and delivery.exception() is not None:
        log.warning("a command may not have been recorded: %r", delivery.exception())


async def _stop(producer: AIOKafkaProducer) -> None:
    try:
        async with asyncio.timeout(STOP_TIMEOUT_S):
            await producer.stop()
    except (KafkaError, TimeoutError) as error:
        log.warning("the producer of commands did not stop cleanly: %r", error)
