"""What this process depends on, and whether it answers now."""

from __future__ import annotations

import asyncio

import psycopg
from aiokafka.errors import KafkaError

from api.health.progress import Progress
from api.log.commands import Commands
from api.log.market import Market
from api.log.tail import Tail
from api.problems import Unavailable
from api.store.freshness import Ends, Stored
from api.store.pool import Pool, fetch_one

_TIMEOUT_S = 1.5


class HealthService:
    """Asks every server itself: a flag would tell of yesterday. What is no server is watched (`progress.py`)."""

    def __init__(
        self,
        pool: Pool,
        commands: Commands,
        ends: Ends,
        stored: Stored,
        tail: Tail,
        market: Market,
        progress: Progress,
    ) -> None:
        self._pool = pool
        self._commands = commands
        self._ends = ends
        self._stored = stored
        self._tail = tail
        self._market = market
        self._progress = progress

    async def dependencies(self) -> dict[str, str]:
        """`ok`, or what is wrong, by name."""
        kafka, postgres = await asyncio.gather(self._kafka(), self._postgres())
        return {
            "kafka": kafka,
            "postgres": postgres,
            "order-events": "ok" if self._tail.reading.is_set() else "not followed",
            "market": "ok" if self._market.caught_up.is_set() else "not read yet",
            "projection": "ok" if self._stored.listening.is_set() else "not followed",
            **self._progress.behind_orders,
        }

    def beside(self) -> dict[str, str]:
        """The same of what else belongs to the platform, and no order needs."""
        return self._progress.beside_orders

    async def _kafka(self) -> str:
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                if not await self._commands.connected(""):
                    return "cannot be reached"
                await self._ends.now()
        except (TimeoutError, Unavailable, KafkaError):
            return "does not answer"
        return "ok"

    async def _postgres(self) -> str:
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                await fetch_one(self._pool, "SELECT 1", {})
        except (TimeoutError, psycopg.Error):
            return "does not answer"
        return "ok"
