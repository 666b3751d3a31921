"""From `POST /v2/orders` to the fill on the client's event stream, at a fixed rate, open loop.

Orders are due at fixed times whatever happened to the earlier ones, and a latency counts from when its order was due:
a stall is charged to every order that came due during it (no coordinated omission). `by_hop` is read afterwards off the
times at which each record of an order was written (in whole milliseconds).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import aiohttp

from bench.accounts import Trader, open_traders
from bench.order_client import NO_ANSWER, OrderClient
from bench.percentiles import percentiles_ms
from bench.usage import shares, usage
from config.settings import Settings
from proof.log_reader import ends, partitions, records
from topics import catalogue
from topics.codec import decode

TAKERS = 4
DEEP = "4000000"  # shares of each of the maker's quotes
ROUNDS_OF_QUOTES = 4
WAIT_AFTER_S = 10.0


@dataclass(slots=True)
class Run:
    """What was due and what came back, by client order id, on the loop's clock."""

    due: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    filled: dict[str, float] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)


class Load:
    """Takers that buy and sell one share in turn against a maker's deep quotes, at a rate."""

    def __init__(self, config: Settings, symbol: str, price: str, session: aiohttp.ClientSession) -> None:
        self.base = f"http://{config.api_host}:{config.api_port}"
        self.client = OrderClient(config.api_host, config.api_port)
        self.symbol, self.price, self.session = symbol, price, session
        self.run = Run()

    async def quote(self, maker: Trader) -> None:
        """Lay the maker's quotes one tick apart, the bid at the price."""
        above = f"{float(self.price) + 0.01:.2f}"
        for _ in range(ROUNDS_OF_QUOTES):
            for side, price in (("buy", self.price), ("sell", above)):
                await self._post(maker, f"quote-{side}-{time.time_ns()}", side, price, DEEP, "gtc")

    async def listen(self, trader: Trader, ready: asyncio.Event) -> None:
        """Note the time of every fill on a trader's event stream."""
        clock = asyncio.get_running_loop().time
        async with self.session.get(f"{self.base}/v2/events/trades", headers=trader.headers) as stream:
            ready.set()
            async for line in stream.content:
                if line.startswith(b"data:") and b'"event":"fill"' in line:
                    now, event = clock(), json.loads(line[5:])
                    self.run.filled.setdefault(event["order"]["client_order_id"], now)

    async def fire(self, traders: list[Trader], rate: float, seconds: float, name: str) -> None:
        """Send at the rate; returns when the last order has been answered."""
        clock = asyncio.get_running_loop().time
        began, tasks = clock() + 0.1, []
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - clock()))
            client_order_id = f"{name}-{number}"
            self.run.due[client_order_id] = due
            side = ("buy", "sell")[number // len(traders) % 2]
            price = f"{float(self.price) + 0.01:.2f}" if side == "buy" else self.price
            order = self._post(traders[number % len(traders)], client_order_id, side, price, "1", "day")
            tasks.append(asyncio.create_task(order))
        await asyncio.gather(*tasks)

    async def _post(self, trader: Trader, client_order_id: str, side: str, price: str, qty: str, force: str) -> None:
        body = {
            "symbol": self.symbol,
            "qty": qty,
            "side": side,
            "type": "limit",
            "time_in_force": force,
            "limit_price": price,
            "client_order_id": client_order_id,
        }
        status = await self.client.post(trader.headers, body)
        if status != NO_ANSWER:
            self.run.answered[client_order_id] = asyncio.get_running_loop().time()
        self.run.statuses[status] += 1


async def measure(config: Settings, rate: float, seconds: float, warm_up_s: float = 10.0) -> dict[str, Any]:
    """Measure on a running stack that lists AAPL and has no other load.

    Returns `p50_ms`, `p99_ms`, `max_ms` of order to fill, `answer` (order to the POST's answer), `by_hop`, and how many
    orders were sent, how they were answered, how many were left unfilled, and `cpu_pct` of a core by process.
    """
    symbol, price = "AAPL", "230.00"
    takers = await open_traders(config, TAKERS, [symbol], "market_maker")
    (maker,) = await open_traders(config, 1, [symbol], "replay")
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        load = Load(config, symbol, price, session)
        await load.quote(maker)
        streams = []
        for trader in takers:
            ready = asyncio.Event()
            streams.append(asyncio.create_task(load.listen(trader, ready)))
            await ready.wait()
        await load.fire(takers, rate, warm_up_s, "warm")
        before = await ends(config, [catalogue.COMMANDS, catalogue.ORDERS, catalogue.ORDER_EVENTS])
        load.run = Run()
        used, own, began = usage(config.home), time.process_time(), time.monotonic()
        await load.fire(takers, rate, seconds, f"bench-{time.time_ns()}")
        took = time.monotonic() - began
        cpu_pct = shares(used, usage(config.home), took) | {"load": round(100 * (time.process_time() - own) / took)}
        deadline = time.monotonic() + WAIT_AFTER_S
        while load.run.due.keys() - load.run.filled.keys() and time.monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
        await load.client.close()
    run = load.run
    fills = [run.filled[order] - due for order, due in run.due.items() if order in run.filled]
    answers = [run.answered[order] - due for order, due in run.due.items() if order in run.answered]
    return {
        "rate": rate,
        **percentiles_ms(fills),
        "answer": percentiles_ms(answers),
        "by_hop": await by_hop(config, before, run),
        "orders": len(run.due),
        "answers_by_status": dict(sorted(run.statuses.items())),
        "unfilled": len(run.due) - len(fills),
        "cpu_pct": cpu_pct,
    }


async def by_hop(config: Settings, before: dict[Any, int], run: Run) -> dict[str, dict[str, float]]:
    """Times between the records of a run's orders, by correlation id, of everything written since `before`."""
    epoch = time.time() - asyncio.get_running_loop().time()
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for at in partitions(config, [catalogue.COMMANDS, catalogue.ORDERS, catalogue.ORDER_EVENTS]):
        end = (await ends(config, [at.topic]))[at]
        async for record in records(config, at, end, before[at]):
            message = decode(record.value)
            correlation = dict(record.headers).get("correlation-id", b"").decode()
            times = seen[correlation]
            if message.NAME == "SubmitOrder":
                due, heard = run.due.get(message.client_order_id), run.filled.get(message.client_order_id)
                if due is not None and heard is not None:
                    times["due"], times["heard"] = int(1000 * (epoch + due)), int(1000 * (epoch + heard))
                times["stamped"] = message.transact_time_us // 1000
                times["appended"] = record.timestamp
            elif message.NAME == "NewOrder":
                times["checked"] = record.timestamp
            elif message.NAME == "ExecutionReport" and message.exec_type == "Trade":
                times["matched"] = record.timestamp
            elif message.NAME == "OrderEvent" and message.exec_type == "Trade":
                times["booked"] = record.timestamp
    steps = ("due", "stamped", "appended", "checked", "matched", "booked", "heard")
    hops = {}
    for earlier, later in pairwise(steps):
        gaps = [(t[later] - t[earlier]) / 1000 for t in seen.values() if earlier in t and later in t]
        hops[f"{earlier}_to_{later}"] = percentiles_ms(gaps)
    return hops
