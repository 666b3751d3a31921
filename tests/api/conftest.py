"""The whole path behind a real API process: broker, worker of both folds, sink, Postgres."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from decimal import Decimal

import pytest

from api.accounts.opening import account_desk
from api.accounts.service import AccountDesk, Shares
from api.store.pool import Pool
from config.settings import settings
from feeds.list_instruments import list_instruments
from tests.api.client import Client
from tests.api.processes import Processes

REFERENCE_E4 = 1_000_000  # every symbol's reference price is 100.00
SYMBOLS = tuple(f"API{number:03d}" for number in range(200))

OpenClient = Callable[..., Awaitable[Client]]


@pytest.fixture(scope="package")
async def processes(stack, tmp_path_factory) -> AsyncIterator[Processes]:
    """Worker and sink run, and 200 symbols are listed."""
    running = Processes(tmp_path_factory.mktemp("logs"))
    try:
        running.start("streams", "streams", "single")
        running.start("sink", "sinks", "postgres")
        await list_instruments(settings(), tuple((symbol, symbol, REFERENCE_E4, "") for symbol in SYMBOLS))
        yield running
    finally:
        running.stop_all()


@pytest.fixture(scope="package")
async def url(processes: Processes) -> str:
    """Where the API answers: a port of its own, which no other stack on this machine has chosen too."""
    os.environ["TAPELINE_API_PORT"] = str(unused_port())
    settings.cache_clear()
    return processes.start_api("api", settings().api_port)


@pytest.fixture(scope="package")
def symbols() -> Iterator[str]:
    return iter(SYMBOLS)


@pytest.fixture
def symbol(symbols) -> str:
    """A listed symbol that no other test uses; its reference price is 100.00."""
    return next(symbols)


@pytest.fixture(scope="package")
async def desk_and_pool(processes: Processes) -> AsyncIterator[tuple[AccountDesk, Pool]]:
    async with account_desk(settings()) as found:
        yield found


@pytest.fixture
async def open_client(url: str, desk_and_pool) -> AsyncIterator[OpenClient]:
    """Opens an account with cash and shares and returns a client that signs as it."""
    async with AsyncExitStack() as clients:

        async def open_one(cash: str = "100000", account_class: str = "standard", **shares: str) -> Client:
            held = {symbol: Shares(Decimal(qty), Decimal(100)) for symbol, qty in shares.items()}
            opened = await desk_and_pool[0].open_account(Decimal(cash), held, account_class)
            return await clients.enter_async_context(Client(url, opened.account_id, opened.key))

        yield open_one


@pytest.fixture
def free_port() -> int:
    return unused_port()


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
