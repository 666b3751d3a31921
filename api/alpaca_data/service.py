"""Pages of the history in Alpaca's form. Bars that have settled may be kept a while; all have an ETag."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

from fastapi import Response

from api.alpaca_data import shapes
from api.alpaca_data.shapes import Shape
from api.history.bars import Bars
from api.history.clickhouse import Store
from api.history.pages import Page, page_of
from api.history.series import Asked, Series
from api.history.ticks import Quotes, Trades

SETTLED_AFTER_US = 360_000_000  # bars are corrected for five minutes of event time; one more to be stored
KEPT_S = 60  # a recorded day may still come in
_SHAPES: dict[type[Series], tuple[str, Shape]] = {
    Bars: ("bars", shapes.bar),
    Quotes: ("quotes", shapes.quote),
    Trades: ("trades", shapes.trade),
}


async def of_many(store: Store, series: Series, asked: Asked, limit: int, known: str | None = None) -> Response:
    """`{"bars": {"AAPL": […]}, "next_page_token": …}`; a symbol without rows on the page is left out.

    `known` is the header If-None-Match. Raises Unavailable and InvalidRequest.
    """

    def body(page: Page) -> dict[str, Any]:
        name, shape = _SHAPES[type(series)]
        found: dict[str, list[dict[str, Any]]] = {}
        for row in page.rows:
            found.setdefault(row[0], []).append(shape(row))
        return {name: found}

    return await _answer(store, series, asked, limit, known, body)


async def of_one(store: Store, series: Series, asked: Asked, limit: int, known: str | None = None) -> Response:
    """`{"symbol": "AAPL", "bars": […], "next_page_token": …}`, else as `of_many`."""

    def body(page: Page) -> dict[str, Any]:
        name, shape = _SHAPES[type(series)]
        return {"symbol": asked.symbols[0], name: [shape(row) for row in page.rows]}

    return await _answer(store, series, asked, limit, known, body)


async def _answer(
    store: Store,
    series: Series,
    asked: Asked,
    limit: int,
    known: str | None,
    body: Callable[[Page], dict[str, Any]],
) -> Response:
    page = await page_of(store, series, asked, limit)
    text = await asyncio.to_thread(_encoded, body, page)
    if not isinstance(series, Bars):
        return Response(text, media_type="application/json")
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    settled_us = asked.span.end_us + series.timeframe.longest_s * 1_000_000 + SETTLED_AFTER_US
    kept = f"private, max-age={KEPT_S}" if settled_us < time.time_ns() // 1000 else "private, no-cache"
    headers = {"ETag": tag, "Cache-Control": kept, "Vary": "Accept, APCA-API-KEY-ID"}
    if known is not None and (known.strip() == "*" or tag in known):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="application/json", headers=headers)


def _encoded(body: Callable[[Page], dict[str, Any]], page: Page) -> bytes:
    token = None if page.after is None else page.after.token()
    return json.dumps({**body(page), "next_page_token": token}, separators=(",", ":")).encode()
