"""A trader's side of the public REST API: one account, its key, and the few calls that simulated traders need."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

RETRY_AFTER_MAX_S = 10.0

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


class RestTrader:
    """Places and cancels orders of one account; waits when told to, and says so when refused."""

    def __init__(self, client: httpx.AsyncClient, credentials: Credentials) -> None:
        self.client = client
        self.placed = 0  # orders that passed the pre-trade checks
        self.headers = {"APCA-API-KEY-ID": credentials.key_id, "APCA-API-SECRET-KEY": credentials.secret}

    async def submit(self, order: dict[str, Any]) -> dict[str, Any] | None:
        """Place an order; the order as answered, or None when it was refused or its outcome is unknown."""
        response = await self._call("POST", "/v2/orders", order)
        if response is None or response.status_code != 200:
            return None
        self.placed += 1
        placed: dict[str, Any] = response.json()
        return placed

    async def cancel(self, order_id: str) -> None:
        """Ask to cancel an order; one that is gone already is nothing to speak of."""
        await self._call("DELETE", f"/v2/orders/{order_id}")

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response | None:
        try:
            response = await self.client.request(method, path, json=body, headers=self.headers)
        except httpx.TransportError as error:  # the API is restarting: the market goes on when it is back
            log.warning("%s %s: %s", method, path, type(error).__name__)
            await asyncio.sleep(1)
            return None
        if response.status_code in (429, 503):
            await asyncio.sleep(min(float(response.headers.get("Retry-After", "1")), RETRY_AFTER_MAX_S))
        elif response.status_code >= 400 and response.status_code != 422:
            log.warning("%s %s: %d %s", method, path, response.status_code, response.text[:200])
        return response
