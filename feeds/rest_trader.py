"""A trader's side of the public REST API: one account, its key, and the few calls that simulated traders need.

Every order has a client_order_id of its own and is asked for until its outcome is known, so that an API that restarts
neither loses an order nor places it twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

RETRY_AFTER_MAX_S = 10.0
PAUSE_S = 1.0  # after a connection that failed
SILENCE_MAX_S = 15.0  # a stream beats every 5 s
PAGE = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account and its API key."""

    account_id: str
    key_id: str
    secret: str


def load_credentials(path: Path) -> list[Credentials]:
    """Credentials of the accounts that `tapeline up` opened for the simulator.

    Raises SystemExit, naming the file, when there are none.
    """
    if not path.exists():
        raise SystemExit(f"{path} is missing: start the stack with `tapeline up`, which opens the simulator's accounts")
    return [Credentials(row["account_id"], row["key_id"], row["secret"]) for row in json.loads(path.read_text())]


def price_text(price_e4: int) -> str:
    """A price in 1e-4 as the REST surface writes it."""
    return f"{price_e4 // 10_000}.{price_e4 % 10_000 // 100:02d}"


class RestTrader:
    """Places and cancels orders of one account; waits when told to, and counts what was refused, by its reason."""

    def __init__(self, client: httpx.AsyncClient, credentials: Credentials) -> None:
        self.client = client
        self.placed = 0  # orders that passed the pre-trade checks
        self.refused: Counter[str] = Counter()
        self.headers = {"APCA-API-KEY-ID": credentials.key_id, "APCA-API-SECRET-KEY": credentials.secret}

    async def submit(self, order: dict[str, Any]) -> str | None:
        """Place an order that has a client_order_id; its id, or None when it was refused."""
        response = await self._call("POST", "/v2/orders", order)
        if response.status_code == 200:
            self.placed += 1
            return str(response.json()["id"])
        problem = response.json()
        if "existing_order_id" in problem:  # an earlier try, whose answer was lost, has placed it
            self.placed += 1
            return str(problem["existing_order_id"])
        self.refused[_reason(problem)] += 1
        return None

    async def cancel(self, order_id: str) -> None:
        """Ask to cancel an order; one that is gone already is nothing to speak of."""
        await self._call("DELETE", f"/v2/orders/{order_id}")

    async def positions(self) -> set[str]:
        """Symbols of which the account has shares."""
        return {row["symbol"] for row in (await self._call("GET", "/v2/positions")).json()}

    async def open_orders(self) -> AsyncIterator[dict[str, Any]]:
        """Every open order, oldest first."""
        query = {"status": "open", "direction": "asc", "limit": str(PAGE)}
        while True:
            page = (await self._call("GET", "/v2/orders", query=query)).json()
            for order in page:
                yield order
            if len(page) < PAGE:
                return
            query["after_order_id"] = page[-1]["id"]

    async def events(self, connected: asyncio.Event) -> AsyncIterator[dict[str, Any]]:
        """The account's order events from now on, without end; a broken stream is resumed behind its last event."""
        last_id: str | None = None
        while True:
            headers = self.headers | ({} if last_id is None else {"Last-Event-ID": last_id})
            timeout = httpx.Timeout(10, read=SILENCE_MAX_S)
            try:
                async with self.client.stream("GET", "/v2/events/trades", headers=headers, timeout=timeout) as stream:
                    stream.raise_for_status()
                    connected.set()
                    async for line in stream.aiter_lines():
                        if line.startswith("data:"):
                            event = json.loads(line[5:])
                            last_id = event["event_id"]
                            yield event
            except httpx.HTTPError as error:
                log.warning("event stream: %s", type(error).__name__)
            await asyncio.sleep(PAUSE_S)

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None, query: dict[str, str] | None = None
    ) -> httpx.Response:
        """The answer, once there is one that says what became of the request."""
        while True:
            try:
                response = await self.client.request(method, path, json=body, params=query, headers=self.headers)
            except httpx.TransportError as error:  # the API is restarting: the market goes on when it is back
                log.warning("%s %s: %s", method, path, type(error).__name__)
                await asyncio.sleep(PAUSE_S)
                continue
            if response.status_code == 429 or response.status_code >= 500:
                await asyncio.sleep(min(float(response.headers.get("Retry-After", PAUSE_S)), RETRY_AFTER_MAX_S))
                continue
            if response.status_code == 401:
                raise SystemExit("the simulator's key is not in force any more; a new start of the stack gives another")
            return response


def _reason(problem: dict[str, Any]) -> str:
    """The rules that an order broke, or the title of what was wrong."""
    rules = sorted({str(error.get("rule")) for error in problem.get("errors", [])})
    return ", ".join(rules) or str(problem.get("title"))
