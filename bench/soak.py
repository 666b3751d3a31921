"""A steady load for a long time, and what grows meanwhile: memory of each process, disk an order, lag of the stores.

The log keeps every command for ever, so disk grows with the orders; what must not grow is what an order costs. The
speed of the host is probed before and after, since a slower host looks like a slower Tapeline.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bench.accounts import open_traders
from bench.growth import SAMPLES_MIN, compared, rates, thirds, verdict
from bench.latency import TAKERS, Load, Run
from bench.percentiles import percentiles_ms
from bench.usage import usage
from config.settings import Settings
from proof.log_reader import ends
from proof.settling import to_store
from topics import catalogue

MEMORY_SHARE, MEMORY_MB = 0.10, 10.0  # a third later: a tenth and ten megabytes
LAG_SHARE, LAG_S = 0.5, 1.0  # half as much again and a second's records
DISK_SHARE, DISK_BYTES = 0.25, 200.0  # of what an order costs
PROBE_ROUNDS = 3_000_000
WAIT_AFTER_S = 10.0


@dataclass(slots=True)
class Samples:
    """One list a subject, a sample each time."""

    memory_mb: dict[str, list[float]] = field(default_factory=dict)
    disk_mb: list[float] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    lag: list[float] = field(default_factory=list)


def host_speed() -> float:
    """Millions of additions a second of one core, here and now."""
    began, total = time.process_time(), 0
    for number in range(PROBE_ROUNDS):
        total += number
    return round(PROBE_ROUNDS / (time.process_time() - began) / 1e6, 1)


def disk_mb(home: Path) -> float:
    """Megabytes below a folder; what goes away meanwhile counts nothing."""
    total = 0
    for folder, _, names in os.walk(home):
        for name in names:
            with suppress(FileNotFoundError):
                total += os.lstat(os.path.join(folder, name)).st_blocks * 512
    return total / 1e6


async def measure(config: Settings, minutes: float, rate: float, tell: Callable[[str], None]) -> dict[str, Any]:
    """Soak a running stack that lists AAPL. `ok` is false when something grows or an order was not filled.

    Returns the verdict of each subject, latencies of the middle and the last third, and the host's speed.
    """
    before = host_speed()
    symbol, price = "AAPL", "230.00"
    takers = await open_traders(config, TAKERS, [symbol], "market_maker")
    (maker,) = await open_traders(config, 1, [symbol], "replay")
    timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout) as session:
        load = Load(config, symbol, price, session)
        await load.quote(maker)
        streams = []
        for trader in takers:
            ready = asyncio.Event()
            streams.append(asyncio.create_task(load.listen(trader, ready)))
            await ready.wait()
        samples, run = Samples(), load.run
        sampler = asyncio.create_task(_sample(config, samples, run, minutes * 60, tell))
        await load.fire(takers, rate, minutes * 60, f"soak-{time.time_ns()}")
        deadline = time.monotonic() + WAIT_AFTER_S
        while run.due.keys() - run.filled.keys() and time.monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        while len(samples.lag) <= SAMPLES_MIN and not sampler.done():  # a short soak has few  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        if sampler.done():
            sampler.result()  # whatever ended it
        sampler.cancel()
        for stream in streams:
            stream.cancel()
        await load.client.close()
    return _figures(samples, run, rate, before)


async def _sample(config: Settings, samples: Samples, run: Run, seconds: float, tell: Callable[[str], None]) -> None:
    every_s = max(1.0, min(15.0, seconds / (4 * SAMPLES_MIN)))
    topics = [catalogue.ORDER_EVENTS, catalogue.LEDGER, catalogue.TRADES, catalogue.QUOTES, catalogue.BOOK_EVENTS]
    while True:
        await asyncio.sleep(every_s)
        for name, (_, resident) in usage(config.home).items():
            samples.memory_mb.setdefault(name, []).append(resident / 1e6)
        samples.disk_mb.append(await asyncio.to_thread(disk_mb, config.home))
        samples.orders.append(len(run.answered))
        left = await to_store(config, await ends(config, topics))
        samples.lag.append(float(sum(left.values())))
        tell(f"{len(run.answered):,} orders, {samples.lag[-1]:,.0f} records to store, {samples.disk_mb[-1]:,.0f} MB")


def _figures(samples: Samples, run: Run, rate: float, speed_before: float) -> dict[str, Any]:
    lasting = {name: row for name, row in samples.memory_mb.items() if len(row) >= SAMPLES_MIN}
    memory = {name: verdict(row, MEMORY_SHARE, MEMORY_MB) for name, row in lasting.items()}
    lag = verdict(samples.lag, LAG_SHARE, LAG_S * rate)
    bytes_used = [used * 1e6 for used in samples.disk_mb[: len(samples.lag)]]
    disk = compared(*rates(bytes_used, samples.orders[: len(samples.lag)]), DISK_SHARE, DISK_BYTES)
    fills = [run.filled[order] - due for order, due in run.due.items() if order in run.filled]
    third = len(fills) // 3
    unfilled = len(run.due) - len(fills)
    grown = [name for name, each in (*memory.items(), ("lag", lag), ("disk", disk)) if each["grows"]]
    return {
        "ok": not grown and not unfilled,
        "grows": grown,
        "orders": len(run.due),
        "unfilled": unfilled,
        "answers_by_status": dict(sorted(run.statuses.items())),
        "middle_third": percentiles_ms(fills[-2 * third : -third]),
        "last_third": percentiles_ms(fills[-third:]),
        "memory_mb": memory,
        "disk_bytes_per_order": disk,
        "disk_mb": round(thirds(samples.disk_mb)[1]),
        "records_to_store": lag,
        "host_speed_before": speed_before,
        "host_speed_after": host_speed(),
    }
