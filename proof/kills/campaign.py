"""So many kills under load on a stack of its own, then verify and the audit of what the clients remember."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

import httpx

from api.accounts.opening import account_desk
from api.accounts.service import OpenedAccount, Shares
from config.settings import Settings
from proof.kills.audit import Audit, audit
from proof.kills.client import SYMBOLS, Client, Memory
from proof.kills.trouble import Troublemaker, troubles
from proof.kills.waiting import TIMEOUT_S, until
from proof.settling import Progress
from proof.verify import Verification, verify
from stack.own_stack import CLUSTER_SERVED, SERVED, OwnStack, own_stack

CLIENTS = 6
CASH = Decimal(100_000_000)
SHARES = Shares(Decimal(100_000))
CALM_S = 1.5  # mean time of trading between a recovery and the next kill, unless `seconds` asks for more


@dataclass(slots=True)
class Outcome:
    """What a campaign did and found."""

    seed: int
    kills: Counter[str]
    memory: Memory
    audit: Audit
    verification: Verification
    back_s: dict[str, float] = field(default_factory=dict)  # longest time to the next acknowledged order, by kind

    @property
    def ok(self) -> bool:
        return self.verification.ok and not self.audit.lost and not self.audit.duplicated

    def as_dict(self) -> dict[str, Any]:
        """Figures for a program to read."""
        return {
            "kills": self.kills.total(),
            "orders": self.audit.orders,
            "fills": self.audit.fills,
            "lost": len(self.audit.lost),
            "duplicated": len(self.audit.duplicated),
            "ok": self.ok,
            "seed": self.seed,
            "unknown_at_first": self.memory.retried,
            "killed": dict(self.kills),
            "back_s": {kind: round(seconds, 1) for kind, seconds in self.back_s.items()},
            "verify": self.verification.as_dict(),
            "faults": (self.audit.lost + self.audit.duplicated)[:10],
        }


def run(kills: int, seed: int, seconds: float, progress: Progress, *, cluster: bool) -> Outcome:
    """Start a stack, trade, kill, settle and compare.

    Raises NotBackError when something does not recover, StalledError when it does not settle.
    """
    with own_stack(CLUSTER_SERVED if cluster else SERVED) as own:
        return asyncio.run(Campaign(own, kills, seed, seconds, progress, cluster=cluster).run())


class Campaign:
    def __init__(
        self, own: OwnStack, kills: int, seed: int, seconds: float, progress: Progress, *, cluster: bool
    ) -> None:
        self.own, self.seed, self.progress = own, seed, progress
        self.random = random.Random(f"campaign {seed}")
        self.plan = list(islice(troubles(seed, cluster=cluster), kills))
        self.calm_s = max(CALM_S, seconds / kills)
        self.memory = Memory()
        self.kills: Counter[str] = Counter()
        self.back_s: dict[str, float] = {}

    async def run(self) -> Outcome:
        """Until everything is compared."""
        config, stopping = self.own.config, asyncio.Event()
        accounts = await _open_accounts(config)
        url = f"http://{config.api_host}:{config.api_port}"
        async with httpx.AsyncClient(base_url=url, timeout=15, trust_env=False) as http:
            clients = [Client(http, each, self.memory, f"{self.seed}-{n}") for n, each in enumerate(accounts)]
            trading = asyncio.gather(*(client.run(stopping) for client in clients))
            try:
                await self._trouble()
            finally:
                stopping.set()
                async with asyncio.timeout(TIMEOUT_S):
                    await trading
        self.progress("settling")
        verification = await verify(config, self.progress)
        found = await audit(config, self.memory)
        return Outcome(self.seed, self.kills, self.memory, found, verification, self.back_s)

    async def _trouble(self) -> None:
        maker = Troublemaker(self.own, self.random)
        for number, trouble in enumerate(self.plan, 1):
            await self._orders_flow(5, "trading goes on")
            await asyncio.sleep(self.random.expovariate(1 / self.calm_s))
            self.progress(f"kill {number} of {len(self.plan)}: {trouble}; {self.memory.acknowledged:,} orders so far")
            began = time.monotonic()
            await maker.make(trouble)
            self.kills[trouble] += 1
            await self._orders_flow(1, f"an order is acknowledged after {trouble}")
            self.back_s[trouble] = max(self.back_s.get(trouble, 0.0), time.monotonic() - began)
        await self._orders_flow(5, "trading goes on")

    async def _orders_flow(self, count: int, what: str) -> None:
        enough = self.memory.acknowledged + count
        await until(lambda: self.memory.acknowledged >= enough, what)


async def _open_accounts(config: Settings) -> list[OpenedAccount]:
    positions = dict.fromkeys(SYMBOLS, SHARES)
    async with account_desk(config) as (desk, _):
        return await asyncio.gather(*(desk.open_account(CASH, positions, "market_maker") for _ in range(CLIENTS)))
