"""A flood of orders straight onto `commands`, and a count of what accounts have answered: the pipeline's limit."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.accounts import Trader
from config.kafka import kafka_connection
from config.settings import Settings
from proof.log_reader import partitions
from topics import catalogue
from topics.codec import decode, encode
from topics.messages import Side, SubmitOrder
from topics.partition import partition_of

PRICE_E4 = 2_300_000
IN_FLIGHT_MAX = 4000


@dataclass(slots=True)
class Counts:
    """Orders sent, orders answered by the book (each once), fills booked (each side once)."""

    sent: int = 0
    answered: int = 0
    fills: int = 0


def order_of(trader: Trader, number: int, symbol: str, name: str, chance: random.Random) -> SubmitOrder:
    """A limit order of one to five shares within five ticks of the price: about half of them meet another."""
    side: Side = "Buy" if chance.random() < 0.5 else "Sell"
    order_id = f"{name}-{number}"
    return SubmitOrder(
        account_id=trader.account_id,
        user_id=trader.user_id,
        order_id=order_id,
        client_order_id=order_id,
        symbol=symbol,
        side=side,
        order_type="Limit",
        time_in_force="Day",
        qty_e6=chance.randint(1, 5) * 1_000_000,
        limit_price_e4=PRICE_E4 + chance.randint(-5, 5) * 100,
        stop_price_e4=None,
        expire_time_us=None,
        post_only=False,
        self_match_prevention="Off",
        instrument_version=1,
        instrument_status="Active",
        tick_rule="Rule612",
        reference_price_e4=PRICE_E4,
        bid_price_e4=None,
        ask_price_e4=None,
        transact_time_us=time.time_ns() // 1000,
    )


class Flood:
    """Keeps so many orders in flight for so long."""

    def __init__(self, config: Settings, traders: list[Trader], symbols: list[str], seed: int = 1) -> None:
        self.config, self.traders, self.symbols = config, traders, symbols
        self.random = random.Random(seed)
        self.counts = Counts()
        self.room = asyncio.Event()

    async def run(self, seconds: float, on_second: Callable[[Counts], None] = lambda counts: None) -> float:
        """Returns the orders answered a second, over the time from the first to the last answer."""
        producer = AIOKafkaProducer(**kafka_connection(self.config), acks="all", linger_ms=5)
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
        began = time.monotonic()
        try:
            await self._send(producer, began + seconds, on_second)
            while self.counts.answered < self.counts.sent:
                self.room.clear()
                await asyncio.wait_for(self.room.wait(), timeout=60)
            return self.counts.answered / (time.monotonic() - began)
        finally:
            tail.cancel()
            await consumer.stop()
            await producer.stop()

    async def _send(self, producer: AIOKafkaProducer, until: float, on_second: Callable[[Counts], None]) -> None:
        name, told = f"flood-{time.time_ns()}", time.monotonic()
        while (now := time.monotonic()) < until:
            while self.counts.sent - self.counts.answered >= IN_FLIGHT_MAX:
                self.room.clear()
                await asyncio.wait_for(self.room.wait(), timeout=60)
            for _ in range(50):
                trader = self.traders[self.counts.sent % len(self.traders)]
                symbol = self.random.choice(self.symbols)
                order = order_of(trader, self.counts.sent, symbol, name, self.random)
                key = order.account_id
                to = partition_of(key, self.config.partitions)
                await producer.send(catalogue.COMMANDS, encode(order), key=key.encode(), partition=to)
                self.counts.sent += 1
            if now - told >= 1:
                told = now
                on_second(self.counts)

    async def _tail(self, consumer: AIOKafkaConsumer) -> None:
        while True:
            for records in (await consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    event = decode(record.value)
                    if event.NAME == "OrderEvent":
                        self.counts.answered += event.exec_type in ("New", "Rejected")
                        self.counts.fills += event.exec_type == "Trade"
            self.room.set()
