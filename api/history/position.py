"""Where a page ends: a row by what it is ordered by, not a count of rows: rows that come meanwhile move nothing.

A token carries the span too. Where a client left it to its defaults, all pages are of the one that the first was of.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import astuple, dataclass

from api.history.span import LAST_US
from api.problems import invalid

_INT64_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page, and the span of all pages. `tie` orders rows of one symbol and microsecond."""

    start_us: int
    end_us: int
    symbol: str
    time_us: int
    tie: int

    def token(self) -> str:
        return urlsafe_b64encode(json.dumps(astuple(self), separators=(",", ":")).encode()).decode().rstrip("=")


def position_of(token: str, symbols: list[str]) -> Position:
    """Raises InvalidRequest when it is no token, or not one of a query for these symbols."""
    try:
        match json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4))):
            case [start_us, end_us, str(symbol), time_us, tie] if (
                symbol in symbols
                and all(type(number) is int for number in (start_us, end_us, time_us, tie))
                and 0 <= start_us <= time_us <= end_us <= LAST_US
                and 0 <= tie <= _INT64_MAX
            ):
                return Position(start_us, end_us, symbol, time_us, tie)
    except (ValueError, binascii.Error):
        pass
    raise invalid("page_token", "page_token", "is the next_page_token of an answer to the same query")
