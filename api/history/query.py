"""What every question about the past may be asked with."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.history.adjustment import Adjustment
from api.history.pages import PAGE_MAX
from api.history.position import position_of
from api.history.series import Asked
from api.history.span import Span, span_of
from api.problems import invalid

SYMBOLS_MAX = 1000
_SYMBOL = re.compile(r"[A-Z0-9./-]{1,16}")


class PastQuery(BaseModel):
    """A span, and pages of it. A name that is not known is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")

    start: str | None = Field(
        None,
        max_length=40,
        description="RFC 3339 with a zone, or a day of New York; in the span. Today's beginning if not given",
        examples=["2024-01-03T09:30:00-05:00"],
    )
    end: str | None = Field(
        None, max_length=40, description="as start; a day until its end. Now if not given", examples=["2024-01-03"]
    )
    limit: int = Field(1000, ge=1, le=PAGE_MAX, description="rows of a page, over all symbols")
    sort: Literal["asc", "desc"] = Field("asc", description="by symbol, then by time")
    page_token: str | None = Field(None, max_length=300, description="next_page_token of the page before")

    def asked(self, symbols: list[str]) -> Asked:
        """Raises InvalidRequest."""
        after = None if self.page_token is None else position_of(self.page_token, symbols)
        span = span_of(self.start, self.end) if after is None else Span(after.start_us, after.end_us)
        return Asked(symbols, span, self.sort == "desc", after)


class BarsQuery(PastQuery):
    """The same of bars."""

    timeframe: str = Field(
        description="1 to 59 Min, 1 to 23 Hour, 1Day, 1Week, or 1, 2, 3, 6, 12 Month", examples=["5Min"]
    )
    adjustment: Adjustment = Field("raw", description="of prices and quantities for splits, dividends or both")


def symbols_of(text: str, field: str = "symbols") -> list[str]:
    """In ascending order. Raises InvalidRequest."""
    found = {part.strip().upper() for part in text.split(",") if part.strip()}
    if not 1 <= len(found) <= SYMBOLS_MAX:
        raise invalid(field, "count", f"are 1 to {SYMBOLS_MAX}")
    if not all(_SYMBOL.fullmatch(symbol) for symbol in found):
        raise invalid(field, "symbol", "are of letters, digits and ./- each, at most 16")
    return sorted(found)


def symbol_of(text: str, field: str = "symbol") -> list[str]:
    """One. Raises InvalidRequest."""
    symbol = text.strip().upper()
    if not _SYMBOL.fullmatch(symbol):
        raise invalid(field, "symbol", "is of letters, digits and ./-, at most 16")
    return [symbol]
