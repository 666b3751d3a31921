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
BARS: Documented = {
    **example({"bars": {"AAPL": [_BAR]}, "next_page_token": _TOKEN}, files=True),
    304: {"description": "the bars are those of the ETag in If-None-Match"},
}
QUOTES = example({"quotes": {"AAPL": [_QUOTE]}, "next_page_token": None}, files=True)
TRADES = example({"trades": {"AAPL": [_TRADE]}, "next_page_token": None}, files=True)
SNAPSHOTS = example(
    {
        "AAPL": {
            "latestTrade": _TRADE,
            "latestQuote": _QUOTE,
            "minuteBar": _BAR,
            "dailyBar": _BAR,
            "prevDailyBar": None,
        }
    }
)
