"""Pages of the history in Alpaca's form, of some symbols and of one."""

from __future__ import annotations

from typing import Any

from api.alpaca_data.shapes import Shape
from api.history.answer import Body
from api.history.pages import Page


def of_many(name: str, shape: Shape) -> Body:
    """`{"bars": {"AAPL": […]}}`; a symbol without rows on the page is left out."""

    def body(page: Page) -> dict[str, Any]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in page.rows:
            found.setdefault(row[0], []).append(shape(row))
        return {name: found}

    return body


def of_one(symbol: str, name: str, shape: Shape) -> Body:
    """`{"symbol": "AAPL", "bars": […]}`."""
    return lambda page: {"symbol": symbol, name: [shape(row) for row in page.rows]}
