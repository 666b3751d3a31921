"""From `kill -9` of the matching worker to its first new fill, with a large book to load.

Orders that fill come at a steady pace all the while; recovery is the time from the kill to the first fill of an order
that was sent after it. Two ways: the supervisor starts the worker again (it rejoins its group by its static
membership), or a second worker, running beside it, takes over once the frozen first one has missed its session.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.accounts import Trader, open_traders
from bench.flood import IN_FLIGHT_MAX, PRICE_E4, order_of
from config.kafka import kafka_connection
from config.settings import Settings
from proof.log_reader import partitions
from topics import catalogue
from topics.codec import decode, encode
from topics.messages import SubmitOrder
from topics.partition import partition_of

SYMBOL = "AAPL"
PROBE_EVERY_S = 0.02
WAIT_MAX_S = 90.0


def matching_pid(home: Path) -> int:
    """Process id of the running matching worker; the stack must be in cluster mode."""
    for row in json.loads((home / "status.json").read_text()):
        if row["name"].startswith("matching") and row["pid"]:
            return int(row["pid"])
    raise SystemExit(f"{home}: no matching worker is running; start the stack with --cluster")


class Recovery:
    def __init__(self, config: Settings, makers: list[Trader]) -> None:
        self.config, self.makers = config, makers
        self.resting = 0
        self.fills: list[str] = []  # order ids, in the order in which their fills were booked
        self.change = asyncio.Event()
        self.probes = 0
        self.random = random.Random(1)

    async def run(self, resting: int, progress: Callable[[str], None]) -> dict[str, float]:
        """`restarted_s` and `taken_over_s`, with so many orders resting."""
        producer = AIOKafkaProducer(**kafka_connection(self.config), acks="all", linger_ms=2)
        consumer = AIOKafkaConsumer(
            **kafka_connection(self.config), isolation_level="read_committed", enable_auto_commit=False
        )
        await producer.start()
        await consumer.start()
        watched = partitions(self.config, [catalogue.ORDER_EVENTS])
        consumer.assign(watched)
        await consumer.seek_to_end(*watched)
        for at in watched:
            await consumer.position(at)
        tail = asyncio.create_task(self._tail(consumer))
        try:
            await self._fill_book(producer, resting, progress)
            probing = asyncio.create_task(self._probe(producer))
            await self._next_fill()
            restarted = await self._restarted(progress)
            taken_over = await self._taken_over(progress)
            probing.cancel()
            return {"resting": self.resting, "restarted_s": restarted, "taken_over_s": taken_over}
        finally:
            tail.cancel()
            await consumer.stop()
            await producer.stop()

    async def _restarted(self, progress: Callable[[str], None]) -> float:
        progress("killing the matching worker; the supervisor starts it again")
        pid = matching_pid(self.config.home)
        os.kill(pid, signal.SIGKILL)
        seconds = await self._next_fill()
        while matching_pid(self.config.home) == pid:  # noqa: ASYNC110  (the supervisor tells by its status file)
            await asyncio.sleep(0.1)
        return seconds

    async def _taken_over(self, progress: Callable[[str], None]) -> float:
        progress("a second worker joins; the first one is frozen past its session")
        environment = {**os.environ, "TAPELINE_HOME": str(self.config.home)}
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "streams", "matching", "--instance", "standby", env=environment,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await asyncio.sleep(5)  # it joins, and the group settles with the first worker in possession
            await self._next_fill()
            pid = matching_pid(self.config.home)
            os.kill(pid, signal.SIGSTOP)
            seconds = await self._next_fill()
            os.kill(pid, signal.SIGCONT)
            return seconds
        finally:
            with suppress(ProcessLookupError):
                second.terminate()
            await second.wait()

    async def _next_fill(self) -> float:
        """Seconds until an order that is sent from now on fills."""
        from_now, began = self.probes, time.monotonic()
        async with asyncio.timeout(WAIT_MAX_S):
            while not any(int(order.split("-")[1]) >= from_now for order in self.fills[-200:]):
                self.change.clear()
                await self.change.wait()
        return round(time.monotonic() - began, 2)

    async def _fill_book(self, producer: AIOKafkaProducer, resting: int, progress: Callable[[str], None]) -> None:
        """Lay bids far below and one deep offer at the price, which the probes buy from."""
        for number in range(resting):
            order = order_of(self.makers[number % len(self.makers)], number, SYMBOL, "rest", self.random)
            order.side, order.limit_price_e4 = "Buy", PRICE_E4 - 100 * self.random.randint(100, 2000)
            await self._send(producer, order)
            while number - self.resting > IN_FLIGHT_MAX:
                self.change.clear()
                await asyncio.wait_for(self.change.wait(), timeout=60)
            if number % 10_000 == 0:
                progress(f"{number:,} of {resting:,} orders rest")
        offer = order_of(self.makers[0], resting, SYMBOL, "rest", self.random)
        offer.side, offer.limit_price_e4, offer.qty_e6 = "Sell", PRICE_E4, 1_000_000 * 1_000_000
        await self._send(producer, offer)
        async with asyncio.timeout(120):
            while self.resting <= resting:
                self.change.clear()
                await self.change.wait()

    async def _probe(self, producer: AIOKafkaProducer) -> None:
        while True:
            probe = order_of(self.makers[-1], self.probes, SYMBOL, "probe", self.random)
            probe.side, probe.limit_price_e4, probe.time_in_force = "Buy", PRICE_E4, "ImmediateOrCancel"
            self.probes += 1
            await self._send(producer, probe)
            await asyncio.sleep(PROBE_EVERY_S)

    async def _send(self, producer: AIOKafkaProducer, order: SubmitOrder) -> None:
        to = partition_of(order.account_id, self.config.partitions)
        await producer.send(catalogue.COMMANDS, encode(order), key=order.account_id.encode(), partition=to)

    async def _tail(self, consumer: AIOKafkaConsumer) -> None:
        while True:
            for records in (await consumer.getmany(timeout_ms=100)).values():
                for record in records:
                    event = decode(record.value)
                    if event.NAME == "OrderEvent" and event.order_id.startswith("rest-"):
                        self.resting += event.exec_type == "New"
                    elif event.NAME == "OrderEvent" and event.exec_type == "Trade":
                        self.fills.append(event.order_id)
            self.change.set()


async def measure(config: Settings, resting: int, progress: Callable[[str], None]) -> dict[str, Any]:
    """Measure on a running stack in cluster mode with one partition and no other load."""
    makers = await open_traders(config, 4, [SYMBOL], "replay")
    return await Recovery(config, makers).run(resting, progress)
