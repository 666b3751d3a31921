"""The live feed: quotes appended to Kafka at a rate, and what it costs the API to bring them to many clients.

Load and clients are processes of their own; `messages_per_cpu_s` is what the clients got over the processor time of the
API's process alone. Delays are from the hand-over to the producer to the client's socket. `missing` is what clients
should have got and have not: with `skipped` (quotes that gave way because a client was slow) it is 0 where nothing fell
behind, and `drained_s` is how long after the last append the last of it came. In conflated mode what clients did not
ask for is `conflated` instead.

Two figures tell how much of a delay is not the API's: that of a bare consumer of the topic in this process
(`log_p50_ms`, `log_p99_ms`), and `api_waiting_pct`, how long the API had work and no core.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer

from bench.percentiles import percentiles_ms
from bench.usage import usage
from config.kafka import kafka_connection
from config.settings import Settings
from topics.catalogue import NBBO
from topics.codec import decode

DRAIN_S = 0.5  # clients that get nothing for so long have all there is
COLUMNS = {
    "clients": "clients",
    "symbols each": "follow",
    "messages/s": "messages_per_s",
    "API, % of a core": "api_cpu_pct",
    "waiting for a core, %": "api_waiting_pct",
    "messages per CPU-second": "messages_per_cpu_s",
    "p50 / p99 ms": "delay",
    "a bare consumer's": "log_delay",
    "conflated": "conflated",
    "skipped": "skipped",
    "missing": "missing",
    "API memory, MB": "api_memory_mb",
}


@dataclass(frozen=True, slots=True)
class Case:
    """How many clients, how many symbols each follows of how many, at so many quotes a second."""

    clients: int
    follow: int
    rate: float
    symbols: int
    interval_ms: int | None = None  # of conflated mode


class Load:
    """Cases one after the other on a running API; symbols are numbered on from one to the next."""

    def __init__(self, config: Settings, environment: Mapping[str, str]) -> None:
        self.config = config
        self.environment = {**os.environ, **environment}
        self._seq = 0

    async def measure(self, case: Case, seconds: float) -> dict[str, Any]:
        """One case. Raises RuntimeError where the clients do not come up."""
        await self._quotes(case, 1)  # every symbol is known
        clients = await self._start("bench.feed_clients", self._clients_of(case))
        try:
            if await _line(clients) != "ready":
                raise RuntimeError("the clients did not all come up")
            await self._quotes(case, max(1, round(case.rate / case.symbols)))  # warms up
            await _drained(clients, case)
            before, waited_s, began = usage(self.config.home)["api"], _waited_s(self.config.home), time.monotonic()
            rounds = max(1, round(seconds * case.rate / case.symbols))
            async with _bare_consumer(self.config) as log_delays_s:
                load = await self._quotes(case, rounds)
                got = await _drained(clients, case)
            after, took = usage(self.config.home)["api"], time.monotonic() - began
            waited_s = _waited_s(self.config.home) - waited_s
        finally:
            assert clients.stdin is not None
            clients.stdin.close()
            await clients.wait()
        figures = _figures(case, rounds, load, got, after[0] - before[0], after[1], took)
        figures["api_waiting_pct"] = round(100 * waited_s / took)
        return figures | {f"log_{name}": value for name, value in percentiles_ms(log_delays_s).items()}

    async def _quotes(self, case: Case, rounds: int) -> dict[str, float]:
        asked = {"symbols": case.symbols, "begin": self._seq, "rounds": rounds, "rate": case.rate}
        self._seq += 2 * rounds
        process = await self._start("bench.feed_quotes", asked)
        found: dict[str, float] = json.loads(await _line(process))
        await process.wait()
        return found

    def _clients_of(self, case: Case) -> dict[str, Any]:
        query = "" if case.interval_ms is None else f"&mode=conflated&interval_ms={case.interval_ms}"
        where = {"host": self.config.api_host, "port": self.config.api_port, "query": query}
        return {**where, "clients": case.clients, "follow": case.follow, "symbols": case.symbols}

    async def _start(self, module: str, asked: Mapping[str, Any]) -> Process:
        options = [f"--{name}={value}" for name, value in asked.items()]
        command = [sys.executable, "-m", module, *options]
        limit = 1 << 26  # a line with all delays
        return await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, env=self.environment, limit=limit
        )


def _waited_s(home: Path) -> float:
    """How long the API's main thread could have run and had no core, in seconds (schedstat of proc(5))."""
    rows = json.loads((home / "status.json").read_text())
    pid = next(row["pid"] for row in rows if row["name"] == "api")
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


@asynccontextmanager
async def _bare_consumer(config: Settings) -> AsyncIterator[list[float]]:
    """Delays of quotes as a consumer without clients sees them, in seconds: of the first and last of each batch."""
    delays_s: list[float] = []
    consumer = AIOKafkaConsumer(
        NBBO, **kafka_connection(config), isolation_level="read_committed", auto_offset_reset="latest"
    )
    await consumer.start()

    async def read() -> None:
        while True:
            for records in (await consumer.getmany(timeout_ms=200, max_records=2000)).values():
                now_us = time.time_ns() // 1000
                delays_s.extend(
                    (now_us - decode(each.value).receive_time_us) / 1e6 for each in (records[0], records[-1])
                )

    reading = asyncio.create_task(read())
    try:
        yield delays_s
    finally:
        reading.cancel()
        await consumer.stop()


async def _line(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def _ask(process: Process) -> str:
    assert process.stdin is not None
    process.stdin.write(b"\n")
    return await _line(process)


async def _drained(process: Process, case: Case) -> dict[str, Any]:
    """What the clients have got since they were asked last, once nothing comes any more."""
    pause_s = max(DRAIN_S, (case.interval_ms or 0) / 1000)
    got, began = {"quotes": 0, "bytes": 0, "skipped": 0, "lost": 0, "delays_s": []}, time.monotonic()
    while True:
        await asyncio.sleep(pause_s)
        more = json.loads(await _ask(process))
        got = {name: got[name] + more[name] for name in got}
        if not more["quotes"]:
            return got | {"drained_s": round(time.monotonic() - began - pause_s, 1)}


def _figures(
    case: Case, rounds: int, load: dict[str, float], got: dict[str, Any], cpu_s: float, memory: int, took_s: float
) -> dict[str, Any]:
    left_out = case.clients * case.follow * rounds - got["quotes"] - got["skipped"]
    return {
        "clients": case.clients,
        "follow": case.follow,
        "quotes_per_s": round(load["sent"] / load["seconds"]),
        "load_late_ms": load["late_ms"],
        "messages": got["quotes"],
        "messages_per_s": round(got["quotes"] / load["seconds"]),
        "messages_per_cpu_s": round(got["quotes"] / cpu_s) if cpu_s else 0,
        "bytes_per_message": round(got["bytes"] / max(1, got["quotes"])),
        "api_cpu_pct": round(100 * cpu_s / took_s),
        "api_memory_mb": round(memory / 1e6),
        **percentiles_ms(got["delays_s"]),
        "skipped": got["skipped"],
        "conflated": 0 if case.interval_ms is None else left_out,
        "missing": left_out if case.interval_ms is None else 0,
        "lost": got["lost"],
        "drained_s": got["drained_s"],
        "host_load": round(os.getloadavg()[0], 1),
    }


async def measure(
    config: Settings,
    environment: Mapping[str, str],
    cases: list[Case],
    seconds: float,
    tell: Callable[[str], None],
) -> list[dict[str, Any]]:
    """Measure on a stack whose API runs alone."""
    load, found = Load(config, environment), []
    for case in cases:
        tell(f"{case.clients} clients, {case.follow} symbols each, {case.rate:g} quotes a second")
        found.append(await load.measure(case, seconds))
    return found


def table(measured: list[dict[str, Any]]) -> str:
    """The cost curve in Markdown."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    for row in measured:
        shown = {**row, "delay": _delay(row, ""), "log_delay": _delay(row, "log_")}
        cells = [shown[name] for name in COLUMNS.values()]
        lines.append("| " + " | ".join(f"{each:,}" if isinstance(each, int) else each for each in cells) + " |")
    loads = [row["host_load"] for row in measured]
    return "\n".join([*lines, "", f"Load average of the host meanwhile: {min(loads)} to {max(loads)}."])


def _delay(row: Mapping[str, Any], of: str) -> str:
    return f"{row.get(f'{of}p50_ms', '-')} / {row.get(f'{of}p99_ms', '-')}"
