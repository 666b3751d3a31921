"""A REST client that trades at random and remembers every answer; an unknown outcome is asked for again until known.

The memory is what the platform is held against afterwards, so a client notes an order before it sends it.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

import httpx

from api.accounts.service import OpenedAccount
from feeds.demo_market import REFERENCE_E4
from feeds.rest_trader import price_text

SYMBOLS = tuple(REFERENCE_E4)[:4]
PAUSE_S = 0.05  # mean time between two requests of one client
RETRY_PAUSE_S = 0.5
OPEN_MAX = 12  # orders that a client keeps in mind to cancel or replace


@dataclass(slots=True)
class Sent:
    """An order as its client knows it. `outcome` is one of acknowledged, refused, unavailable, unknown."""

    client_order_id: str
    outcome: str = "unknown"
    order_id: str | None = None


@dataclass(slots=True)
class Memory:
    """Everything that all clients have sent, by account and client_order_id."""

    orders: dict[tuple[str, str], Sent] = field(default_factory=dict)
    acknowledged: int = 0
    retried: int = 0  # orders whose outcome was unknown at first


class Client:
    """One account. A client_order_id is used for one order only, however often that one is sent."""

    def __init__(self, http: httpx.AsyncClient, account: OpenedAccount, memory: Memory, seed: str) -> None:
        self.http, self.account_id, self.memory = http, account.account_id, memory
        self.headers = {"APCA-API-KEY-ID": account.key.key_id, "APCA-API-SECRET-KEY": account.key.secret}
        self.random, self.name, self.number = random.Random(seed), seed, 0
        self.open: list[str] = []

    async def run(self, stopping: asyncio.Event) -> None:
        """Trade until told to stop, then find out what became of the last order."""
        while not stopping.is_set():
            kind = self.random.random()
            if kind < 0.75 or not self.open:
                await self._submit()
            elif kind < 0.9:
                await self._call("DELETE", f"/v2/orders/{self._some_open()}")
            else:
                change = {"qty": str(self.random.randint(1, 50))}
                await self._call("PATCH", f"/v2/orders/{self._some_open()}", change)
            await asyncio.sleep(self.random.expovariate(1 / PAUSE_S))

    def _some_open(self) -> str:
        return self.open.pop(self.random.randrange(len(self.open)))

    def _order(self, client_order_id: str) -> dict[str, Any]:
        symbol = self.random.choice(SYMBOLS)
        order = {
            "symbol": symbol,
            "side": self.random.choice(("buy", "sell")),
            "qty": str(self.random.randint(1, 50)),
            "type": "limit",
            "time_in_force": self.random.choice(("day", "day", "gtc", "ioc")),
            "limit_price": price_text(REFERENCE_E4[symbol] + self.random.randint(-5, 5) * 100),
            "client_order_id": client_order_id,
        }
        if self.random.random() < 0.2:
            order |= {"type": "market", "time_in_force": "ioc"}
            del order["limit_price"]
        return order

    async def _submit(self) -> None:
        self.number += 1
        sent = Sent(f"{self.name}-{self.number}")
        self.memory.orders[self.account_id, sent.client_order_id] = sent
        order = self._order(sent.client_order_id)
        tries = 0
        while sent.outcome == "unknown":
            tries += 1
            self._note(sent, await self._call("POST", "/v2/orders", order), first=tries == 1)
            if sent.outcome == "unknown":
                self.memory.retried += tries == 1
                await asyncio.sleep(RETRY_PAUSE_S)

    def _note(self, sent: Sent, answer: httpx.Response | None, *, first: bool) -> None:
        """What an answer says of an order. Only an order that was never sent before is known to be nowhere on 503."""
        if answer is None or answer.status_code == 504:
            return
        found = answer.json()
        if answer.status_code == 200:
            sent.outcome, sent.order_id = "acknowledged", found["id"]
        elif "existing_order_id" in found:  # an earlier try, whose answer was lost, has placed it
            sent.outcome, sent.order_id = "acknowledged", found["existing_order_id"]
        elif answer.status_code in (403, 422):
            sent.outcome = "refused"
        elif answer.status_code == 503 and first:
            sent.outcome = "unavailable"
        if sent.outcome == "acknowledged":
            self.memory.acknowledged += 1
            self.open = [*self.open[1 - OPEN_MAX :], str(sent.order_id)]

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response | None:
        try:
            return await self.http.request(method, path, json=body, headers=self.headers)
        except httpx.TransportError:
            return None
