"""A client of the API: one account's key, and waiting for what it expects."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx

from api.security.keys import NewKey

T = TypeVar("T")


class Client(httpx.AsyncClient):
    """An HTTP client that signs as one account."""

    def __init__(self, url: str, account_id: str, key: NewKey) -> None:
        headers = {"APCA-API-KEY-ID": key.key_id, "APCA-API-SECRET-KEY": key.secret}
        super().__init__(base_url=url, headers=headers, timeout=15, trust_env=False)
        self.account_id = account_id
        self.key = key

    async def place(self, symbol: str, side: str = "buy", qty: str | None = "10", **fields: Any) -> httpx.Response:
        """POST a limit order, or what the fields make of it; no quantity for an amount."""
        order = {"symbol": symbol, "side": side, "qty": qty, "type": "limit", "time_in_force": "day", **fields}
        return await self.post("/v2/orders", json=order)

    async def status_of(self, order_id: str) -> str:
        return (await self.get(f"/v2/orders/{order_id}")).json()["status"]


async def eventually(ask: Callable[[], Awaitable[T]], wanted: Callable[[T], bool], timeout_s: float = 10) -> T:
    """Ask again until the answer is as wanted; returns it."""
    deadline = time.monotonic() + timeout_s
    while True:
        answer = await ask()
        if wanted(answer):
            return answer
        assert time.monotonic() < deadline, f"still {answer!r}"
        await asyncio.sleep(0.02)
