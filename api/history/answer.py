"""What answers a question about the past: a page, or a file by Accept. Bars have an ETag in either."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response

from api.history.adjuster import Adjuster
from api.history.bars import Bars
from api.history.clickhouse import Store
from api.history.files import digest_of, file_of, file_type
from api.history.pages import Page, page_of
from api.history.query import BarsQuery, PastQuery
from api.history.series import Asked, Series
from api.history.timeframe import timeframe_of
from api.problems import invalid

SETTLED_AFTER_US = 360_000_000  # bars are corrected for five minutes of event time; one more to be stored
KEPT_S = 60  # a recorded day may still come in
Body = Callable[[Page], dict[str, Any]]
"""A page as an object of JSON, to which `next_page_token` is added."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The store, and what the headers say: the type of file if one is asked for, and the answer that is known."""

    store: Store
    adjuster: Adjuster
    file: str | None
    known_tags: str | None

    async def bars(self, query: BarsQuery, symbols: list[str], body: Body) -> Response:
        """The same of bars, adjusted as asked."""
        timeframe = timeframe_of(query.timeframe)
        steps = await self.adjuster.steps(symbols, query.adjustment)
        return await self.answer(Bars(timeframe, steps), query, symbols, body)

    async def answer(self, series: Series, query: PastQuery, symbols: list[str], body: Body) -> Response:
        """Raises Unavailable and InvalidRequest."""
        asked = query.asked(symbols)
        if self.file is not None:
            for name in sorted({"limit", "page_token"} & query.model_fields_set):
                raise invalid(name, "pages_only", "is of pages of JSON; a file has all rows of its span")
            digest = await digest_of(self.store, series, asked)
            headers = self._headers(series, asked, f"{self.file} {query.sort} {digest}".encode())
            return self._unchanged(headers) or await file_of(self.store, series, asked, self.file, headers)
        page = await page_of(self.store, series, asked, query.limit)
        text = await asyncio.to_thread(_encoded, body, page)
        headers = self._headers(series, asked, text)
        return self._unchanged(headers) or Response(text, media_type="application/json", headers=headers)

    def _headers(self, series: Series, asked: Asked, content: bytes) -> dict[str, str]:
        """Of bars: quotes and trades are asked for once."""
        if not isinstance(series, Bars):
            return {}
        settled_us = asked.span.end_us + series.timeframe.longest_s * 1_000_000 + SETTLED_AFTER_US
        kept = f"private, max-age={KEPT_S}" if settled_us < time.time_ns() // 1000 else "private, no-cache"
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        # of a file weak: the same rows, which the server need not write with the same bytes
        tag = tag if self.file is None else f"W/{tag}"
        return {"ETag": tag, "Cache-Control": kept, "Vary": "Accept, APCA-API-KEY-ID"}

    def _unchanged(self, headers: dict[str, str]) -> Response | None:
        """304 when the client has it."""
        tag, known = headers.get("ETag"), self.known_tags
        if tag is None or known is None or not (known.strip() == "*" or tag in known):
            return None
        return Response(status_code=304, headers=headers)


async def asking(
    request: Request,
    accept: Annotated[str, Header(max_length=1000)] = "",
    if_none_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Asking:
    """FastAPI dependency."""
    parts = request.app.state.parts
    return Asking(parts.history, parts.adjuster, file_type(accept), if_none_match)


Headers = Annotated[Asking, Depends(asking)]


def _encoded(body: Body, page: Page) -> bytes:
    token = None if page.after is None else page.after.token()
    return json.dumps({**body(page), "next_page_token": token}, separators=(",", ":")).encode()
