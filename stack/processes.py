"""The application's own processes, in the order in which they start."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from stack.children import ChildSpec

_REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True)
class Process:
    name: str
    arguments: tuple[str, ...]  # after `python -m`
    one_shot: bool = False  # the next one starts when it has ended with 0
    awaited: bool = True  # of a one-shot: else the next one starts at once, and it is tried again until it ends with 0
    ready_path: str | None = None  # the next one starts when the API answers 200 here
    per_partition: bool = False  # as many copies as there are partitions
    serves_metrics: bool = False  # on a port of its own, at /metrics
    kafka_user: str = "downstream"  # where the broker asks; unless more is needed, who may only read what is public

    @property
    def port_name(self) -> str:
        """Its name in `ports.NAMES`, if it has a port."""
        return self.name.replace("-", "_")


MIGRATE = Process("migrate", ("sinks", "migrate"), one_shot=True)
SINGLE = Process("streams", ("streams", "single"), kafka_user="streams")
ACCOUNTS = Process("accounts", ("streams", "accounts"), per_partition=True, kafka_user="accounts")
MATCHING = Process("matching", ("streams", "matching"), per_partition=True, kafka_user="matching")
MARKET_DATA = Process("market-data", ("streams", "market-data"), per_partition=True, kafka_user="market-data")
SINGLE_MARKET_DATA = Process("single-market-data", ("streams", "single-market-data"), kafka_user="market-data")
SINK_POSTGRES = Process("sink-postgres", ("sinks", "postgres"), serves_metrics=True, kafka_user="sinks")
SINK_CLICKHOUSE = Process("sink-clickhouse", ("sinks", "clickhouse"), serves_metrics=True, kafka_user="sinks")
API = Process("api", ("api",), ready_path="/health/ready", kafka_user="api")
INSTRUMENTS = Process("instruments", ("feeds", "instruments"), one_shot=True, kafka_user="operator")
OWN_BOOK = Process("own-book", ("feeds", "own-book"), kafka_user="feeds")
LIVE = Process("live", ("feeds", "live"), serves_metrics=True, kafka_user="feeds")
CLOCK = Process("clock", ("feeds", "clock"), kafka_user="clock")
SIMULATOR_ACCOUNTS = Process("market-accounts", ("stack.simulator_accounts",), one_shot=True, kafka_user="operator")
SIMULATOR = Process("simulator", ("feeds", "simulator"))
WIDEN_MARKET = Process("widen-market", ("stack.widen_market",), one_shot=True, awaited=False, kafka_user="operator")
BY_NAME = {
    process.name: process
    for process in (
        MIGRATE,
        SINGLE,
        ACCOUNTS,
        MATCHING,
        MARKET_DATA,
        SINGLE_MARKET_DATA,
        SINK_POSTGRES,
        SINK_CLICKHOUSE,
        API,
        INSTRUMENTS,
        OWN_BOOK,
        LIVE,
        CLOCK,
        SIMULATOR_ACCOUNTS,
        SIMULATOR,
        WIDEN_MARKET,
    )
}


def processes(*, cluster: bool, simulator: bool, live: bool) -> tuple[Process, ...]:
    """What to run: a worker for orders and one for market data, or (`cluster`) a worker a role and partition.

    The live connector is the last: a provider that refuses must not keep the others from starting.
    """
    streams = (ACCOUNTS, MATCHING, MARKET_DATA) if cluster else (SINGLE, SINGLE_MARKET_DATA)
    market = (SIMULATOR_ACCOUNTS, SIMULATOR, WIDEN_MARKET) if simulator else ()
    outside = (LIVE,) if live else ()
    return (MIGRATE, *streams, SINK_POSTGRES, SINK_CLICKHOUSE, API, INSTRUMENTS, OWN_BOOK, CLOCK, *market, *outside)


def copies(process: Process, partitions: int) -> list[Process]:
    """Every copy to run; a worker keeps its number, so that a restarted one takes its partitions back at once."""
    if not process.per_partition:
        return [process]
    return [
        replace(process, name=f"{process.name}-{number}", arguments=(*process.arguments, "--instance", str(number)))
        for number in range(partitions)
    ]


def child_spec(process: Process, environment: dict[str, str], port: int | None) -> ChildSpec:
    """How to start it, with the port that is kept for it."""
    metrics = ("--metrics-port", str(port)) if process.serves_metrics else ()
    return ChildSpec(
        process.name,
        [sys.executable, "-m", *process.arguments, *metrics],
        env={**environment, "PYTHONPATH": str(_REPOSITORY), "PYTHONUNBUFFERED": "1"},
    )


def answers_ready(environment: dict[str, str], path: str) -> bool:
    """Whether the API says that it is ready."""
    url = f"http://{environment['TAPELINE_API_HOST']}:{environment['TAPELINE_API_PORT']}{path}"
    try:
        return httpx.get(url, timeout=2, trust_env=False).is_success
    except httpx.TransportError:
        return False
