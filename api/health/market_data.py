"""How far market data are stored. No order depends on it; who asks about the past of the market does."""

from __future__ import annotations

import httpx

from config.settings import Settings

_TIMEOUT_S = 1.5
_OFFSETS = "SELECT topic, partition, stored ? next_offset : first_offset FROM batches FINAL FORMAT JSONCompact"


class MarketData:
    """What ClickHouse says of its sink."""

    def __init__(self, config: Settings) -> None:
        self._url = f"http://{config.clickhouse_host}:{config.clickhouse_port}/"
        self._query = {"database": config.clickhouse_database, "query": _OFFSETS}
        self._headers = {
            "X-ClickHouse-User": config.clickhouse_user,
            "X-ClickHouse-Key": config.clickhouse_password.get_secret_value(),
        }
        self._client = httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT_S)

    async def offsets(self) -> dict[tuple[str, int], int] | None:
        """Last offset stored of each source partition; None when ClickHouse does not, or not with that."""
        try:
            answer = await self._client.get(self._url, params=self._query, headers=self._headers)
            answer.raise_for_status()
            return {(topic, int(partition)): int(end) - 1 for topic, partition, end in answer.json()["data"]}
        except (httpx.HTTPError, ValueError, LookupError, TypeError):  # it fails behind a status of 200, too
            return None

    async def close(self) -> None:
        await self._client.aclose()
