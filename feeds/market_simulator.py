"""`python -m feeds simulator`: makers and takers on the demonstration's symbols, through the public order path.

Seeded: the same seed makes the same decisions (what it meets depends on the market). Each symbol has one maker, who
keeps quotes around a price that wanders, and takers that come at random times and trade against whatever is there.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress

import httpx

from config.settings import Settings
from feeds.demo_market import REFERENCE_E4
from feeds.rest_trader import RestTrader, load_credentials

LEVELS = 3  # quotes a maker keeps on each side
TICK_E4 = 100
MAKER_PAUSE_S = 20.0  # mean time between two requotes of one symbol
TAKER_PAUSE_S = 4.0  # mean time between two takers of one symbol
FIRST_QUOTES_S = 3.0  # all symbols are quoted within so long of the start


def price_text(price_e4: int) -> str:
    """A price in 1e-4 as the REST surface writes it."""
    return f"{price_e4 // 10_000}.{price_e4 % 10_000 // 100:02d}"


class Maker:
    """Quotes one symbol on both sides around a wandering price."""

    def __init__(self, trader: RestTrader, symbol: str, seed: int) -> None:
        self.trader, self.symbol = trader, symbol
        self.random = random.Random(f"maker {symbol} {seed}")
        self.price_e4 = REFERENCE_E4[symbol]
        self.quotes: list[str] = []

    async def run(self) -> None:
        await asyncio.sleep(self.random.random() * FIRST_QUOTES_S)
        while True:
            await self.requote()
            await asyncio.sleep(self.random.expovariate(1 / MAKER_PAUSE_S))

    async def requote(self) -> None:
        """Move the price a little, then replace all quotes."""
        reference = REFERENCE_E4[self.symbol]
        pull = (reference - self.price_e4) // 50
        self.price_e4 += pull + self.random.randint(-8, 8) * TICK_E4
        self.price_e4 -= self.price_e4 % TICK_E4
        stale, self.quotes = self.quotes, []
        for order_id in stale:
            await self.trader.cancel(order_id)
        for level in range(1, LEVELS + 1):
            for side, sign in (("buy", -1), ("sell", 1)):
                placed = await self.trader.submit(
                    {
                        "symbol": self.symbol,
                        "side": side,
                        "type": "limit",
                        "time_in_force": "day",
                        "qty": str(self.random.randint(1, 5) * 100),
                        "limit_price": price_text(self.price_e4 + sign * level * 2 * TICK_E4),
                    }
                )
                if placed is not None:
                    self.quotes.append(placed["id"])


class Taker:
    """Trades against the quotes of one symbol at random times."""

    def __init__(self, traders: list[RestTrader], symbol: str, seed: int) -> None:
        self.traders, self.symbol = traders, symbol
        self.random = random.Random(f"taker {symbol} {seed}")

    async def run(self) -> None:
        await asyncio.sleep(FIRST_QUOTES_S)
        while True:
            await asyncio.sleep(self.random.expovariate(1 / TAKER_PAUSE_S))
            await self.random.choice(self.traders).submit(
                {
                    "symbol": self.symbol,
                    "side": self.random.choice(("buy", "sell")),
                    "type": "market",
                    "time_in_force": self.random.choice(("day", "ioc")),
                    "qty": str(self.random.randint(1, 90)),
                }
            )


async def run(config: Settings, seed: int, seconds: float | None = None) -> int:
    """For so long, or until cancelled; returns the number of orders placed. The first half of the accounts make
    markets, the others take."""
    credentials = load_credentials(config.home / "simulator-accounts.json")
    async with httpx.AsyncClient(
        base_url=f"http://{config.api_host}:{config.api_port}", timeout=10, trust_env=False
    ) as client:
        traders = [RestTrader(client, each) for each in credentials]
        half = len(traders) // 2
        makers, takers = traders[:half], traders[half:]
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
                for number, symbol in enumerate(REFERENCE_E4):
                    group.create_task(Maker(makers[number % half], symbol, seed).run())
                    group.create_task(Taker(takers, symbol, seed).run())
        return sum(trader.placed for trader in traders)
