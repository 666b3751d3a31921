"""Questions to ClickHouse, each bounded in time, rows and memory by the server itself; nothing here can write."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any, NoReturn

import httpx

from api.problems import Problem, Unavailable, invalid
from config.settings import Settings

QUERIES_MAX = 8  # at a time; who waits longer than _WAIT_S for a turn is answered 503
FILES_MAX = 4  # as many besides, so that clients who take a file slowly hold up no page
ROWS_READ_MAX = 200_000_000
_WAIT_S = 2.0
_SECONDS_MAX = 20
_MEMORY_MAX = 500_000_000
_BOUNDS = {
    "readonly": "2",  # settings may be given, nothing may be written
    "max_execution_time": str(_SECONDS_MAX),
    "max_rows_to_read": str(ROWS_READ_MAX),
    "max_memory_usage": str(_MEMORY_MAX),
    "max_bytes_before_external_group_by": str(_MEMORY_MAX // 2),
    "max_bytes_before_external_sort": str(_MEMORY_MAX // 2),
    "max_threads": "2",
    "cancel_http_readonly_queries_on_client_close": "1",
    "do_not_merge_across_partitions_select_final": "1",  # the key of every table of bars holds its time
    "output_format_json_quote_64bit_integers": "0",
}
_TOO_MUCH = {"158", "307", "396"}  # TOO_MANY_ROWS, TOO_MANY_BYTES, TOO_MANY_ROWS_OR_BYTES
_MEMORY = "241"
_NOT_NOW = {"60", "81", "159", "202", _MEMORY}  # no table or database yet; too slow, too busy, out of memory

log = logging.getLogger(__name__)
Value = int | str | list[str] | list[int] | list[float]
Parameters = Mapping[str, Value]
Row = list[Any]


class Store:
    """A client of the store. A question raises Unavailable while it is away, and InvalidRequest beyond its bounds."""

    def __init__(self, config: Settings) -> None:
        self._pages, self._files = self._client(config, QUERIES_MAX), self._client(config, FILES_MAX)

    @staticmethod
    def _client(config: Settings, at_a_time: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=f"http://{config.clickhouse_host}:{config.clickhouse_port}",
            headers={
                "X-ClickHouse-User": config.clickhouse_user,
                "X-ClickHouse-Key": config.clickhouse_password.get_secret_value(),
            },
            params={"database": config.clickhouse_database, **_BOUNDS},
            trust_env=False,
            timeout=httpx.Timeout(_SECONDS_MAX + 5, connect=_WAIT_S, pool=_WAIT_S),
            limits=httpx.Limits(max_connections=at_a_time, keepalive_expiry=0.5),  # below the server's keep-alive
        )

    async def rows(self, query: str, parameters: Parameters) -> list[Row]:
        """Every row of a query that bounds them itself; read in a thread, so that orders do not wait for it."""
        asked = {**_encoded(parameters), "wait_end_of_query": "1"}
        try:
            answer = await self._pages.post("/", params=asked, content=f"{query} FORMAT JSONCompactEachRow")
        except httpx.HTTPError as error:
            raise _away(error) from error
        if not answer.is_success:
            _refused(answer)
        return await asyncio.to_thread(_parsed, answer.content)

    async def stream(self, query: str, parameters: Parameters, form: str) -> AsyncIterator[bytes]:
        """The rows in one of ClickHouse's own formats, as they come. It ends in the middle if the store does."""
        request = self._files.build_request("POST", "/", params=_encoded(parameters), content=f"{query} FORMAT {form}")
        try:
            answer = await self._files.send(request, stream=True)
        except httpx.HTTPError as error:
            raise _away(error) from error
        if not answer.is_success:
            await answer.aread()
            _refused(answer)
        return _chunks(answer)

    async def close(self) -> None:
        await self._pages.aclose()
        await self._files.aclose()


async def _chunks(answer: httpx.Response) -> AsyncIterator[bytes]:
    try:
        async for chunk in answer.aiter_bytes():
            yield chunk
    finally:
        await answer.aclose()


def _parsed(text: bytes) -> list[Row]:
    return [json.loads(line) for line in text.splitlines()]


def _encoded(parameters: Parameters) -> dict[str, str]:
    """As ClickHouse reads them. Text is of symbols and days, which have nothing in them to escape."""
    return {
        f"param_{name}": f"[{','.join(map(repr, value))}]" if isinstance(value, list) else str(value)
        for name, value in parameters.items()
    }


def _away(error: httpx.HTTPError) -> Unavailable:
    log.warning("clickhouse does not answer: %r", error)
    return Unavailable("the market's history does not answer")


def _refused(answer: httpx.Response) -> NoReturn:
    code = answer.headers.get("X-ClickHouse-Exception-Code", "")
    if code in _TOO_MUCH or (code == _MEMORY and "Query memory limit" in answer.text):
        raise invalid("end", "rows_max", "and start span more rows than a query may read; ask for less at a time")
    log.warning("clickhouse refused a query: %s", answer.text[:500])
    if code in _NOT_NOW or answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        raise Unavailable("the market's history cannot answer this now")
    raise Problem("this is a defect of the server; it has been logged")
