"""The simulated market on a real stack: every symbol is quoted and trades, and no order is lost track of when the API
is killed or the simulator starts again.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from config.settings import Settings
from feeds.market_simulator import MarketSimulator
from feeds.rest_trader import RestTrader, load_credentials
from stack.own_stack import SERVED, own_stack
from stack.processes import SIMULATOR_ACCOUNTS, WIDEN_MARKET

pytestmark = pytest.mark.stack

SYMBOLS, RATE = 28, 8.0


@asynccontextmanager
async def simulating(config: Settings) -> AsyncIterator[MarketSimulator]:
    """A simulator that runs within."""
    async with httpx.AsyncClient(base_url=f"http://{config.api_host}:{config.api_port}", trust_env=False) as client:
        keys = load_credentials(config.home / "simulator-accounts.json")
        simulator = MarketSimulator(config, [RestTrader(client, key) for key in keys], seed=1)
        running = asyncio.create_task(simulator.run())
        try:
            yield simulator
            assert not running.done(), running
        finally:
            running.cancel()
            await asyncio.wait([running])


async def until(condition: Callable[[], bool], what: str, timeout_s: float = 60.0) -> None:
    deadline = asyncio.get_running_loop().time() + timeout_s
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, what
        await asyncio.sleep(0.1)


async def knows_its_orders(simulator: MarketSimulator) -> None:
    """At some moment at which nothing changes, the orders it has out are those that the API has open."""
    for _ in range(60):
        before = simulator.orders.client_ids()
        there = {o["client_order_id"] for maker in simulator.makers async for o in maker.open_orders()}
        if before == there == simulator.orders.client_ids():
            return
        await asyncio.sleep(0.2)
    pytest.fail(f"it does not know of {there - before} and believes in {before - there}")


def both_sides(simulator: MarketSimulator) -> bool:
    bests = [simulator.quotes.of(symbol) for symbol in simulator.symbols]
    return all(best.bid_e4 is not None and best.ask_e4 is not None for best in bests)


async def test_every_symbol_lives_and_no_order_is_lost_track_of() -> None:
    wanted = {"TAPELINE_SIMULATOR_SYMBOLS": str(SYMBOLS), "TAPELINE_SIMULATOR_RATE": str(RATE)}
    with own_stack((*SERVED, SIMULATOR_ACCOUNTS, WIDEN_MARKET), environment=wanted) as own:
        async with simulating(own.config) as simulator:
            await until(lambda: len(simulator.is_open) == SYMBOLS, "every symbol is open")
            await until(lambda: both_sides(simulator), "every symbol is quoted on both sides")
            assert not sum(len(trader.refused) for trader in (*simulator.makers, *simulator.takers))
            await knows_its_orders(simulator)

            placed = simulator.placed
            os.kill(own.running()["api"].pid, signal.SIGKILL)
            await until(lambda: simulator.placed >= placed + 50, "it goes on when the API is back")
            assert all(trader.placed for trader in simulator.takers)
            await knows_its_orders(simulator)

        async with simulating(own.config) as simulator:
            await until(lambda: len(simulator.is_open) == SYMBOLS, "every symbol is open again")
            assert simulator.placed < 2 * SYMBOLS, "what was there is adopted, not placed anew"
            await until(lambda: both_sides(simulator), "every symbol is quoted on both sides")
            await knows_its_orders(simulator)
