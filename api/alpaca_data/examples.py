"""What the routes answer, for the API's own documentation."""

from __future__ import annotations

from typing import Any

from api.history.files import FILES

_BAR = {"t": "2024-01-03T14:30:00Z", "o": 184.22, "h": 184.26, "l": 183.43, "c": 183.9, "v": 8144, "n": 97, "vw": 183.8}
_QUOTE = {
    "t": "2024-01-03T14:30:00.000102Z",
    "ax": "XNAS",
    "ap": 184.26,
    "as": 200,
    "bx": "XNYS",
    "bp": 184.25,
    "bs": 100,
    "c": ["Regular"],
}
_TRADE = {"t": "2024-01-03T14:30:00.000102Z", "x": "XNAS", "p": 184.25, "s": 100, "c": ["@"], "i": 1}
Documented = dict[int | str, dict[str, Any]]


def example(body: dict[str, Any] | list[Any], *, files: bool = False) -> Documented:
    """The answer 200 of a route, and that it makes files."""
    content: dict[str, Any] = {"application/json": {"example": body}}
    if files:
        content |= FILES
    return {200: {"description": "Successful Response", "content": content}}


_TOKEN = "WzE3MDQyNTgwMDAwMDAwMDAsMTcwNDMxNTU5OTk5OTk5OSwiQUFQTCIsMTcwNDI5MjIwMDAwMDAwMCwwXQ"  # noqa: S105
_ROWS = {"bars": _BAR, "quotes": _QUOTE, "trades": _TRADE}
_NOT_MODIFIED: Documented = {304: {"description": "the bars are those of the ETag in If-None-Match"}}
_SNAPSHOT = {
    "latestTrade": _TRADE,
    "latestQuote": _QUOTE,
    "minuteBar": _BAR,
    "dailyBar": _BAR,
    "prevDailyBar": None,
}
SNAPSHOTS, SNAPSHOT = example({"AAPL": _SNAPSHOT}), example({"symbol": "AAPL", **_SNAPSHOT})


def past(name: str) -> Documented:
    """A page of some symbols."""
    return _page(name, {name: {"AAPL": [_ROWS[name]]}})


def past_of_one(name: str) -> Documented:
    """A page of one symbol."""
    return _page(name, {"symbol": "AAPL", name: [_ROWS[name]]})


def latest(name: str) -> Documented:
    """The latest of some symbols."""
    return example({name: {"AAPL": _ROWS[name]}})


def latest_of_one(name: str) -> Documented:
    """The latest of one symbol."""
    return example({"symbol": "AAPL", name.removesuffix("s"): _ROWS[name]})


def _page(name: str, body: dict[str, Any]) -> Documented:
    found = example({**body, "next_page_token": _TOKEN}, files=True)
    return {**found, **_NOT_MODIFIED} if name == "bars" else found
