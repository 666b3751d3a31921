"""The queries of /v2/stocks/…, under Alpaca's names. What is not known here is refused, never ignored."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.history.pages import PAGE_MAX
from api.history.position import position_of
from api.history.series import Asked
from api.history.span import Span, span_of
from api.problems import invalid

SYMBOLS_MAX = 1000
_SYMBOL = re.compile(r"[A-Z0-9./-]{1,16}")
_SYMBOLS = Field(max_length=20_000, description=f"comma-separated, at most {SYMBOLS_MAX}", examples=["AAPL,MSFT"])


class Now(BaseModel):
    """What every query of one symbol may have."""

    model_config = ConfigDict(extra="forbid")

    feed: Literal["sip"] = Field("sip", description="`sip`: all venues consolidated, and nothing else here")
    currency: Literal["USD"] = Field("USD", description="of all prices")


class NowOfMany(Now):
    """The query of a route of the latest of some symbols."""

    symbols: str = _SYMBOLS


class Past(Now):
    """The query of a series of one symbol."""

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
    asof: Literal["-"] = Field("-", description="`-`: symbols are not looked up under other names")

    def asked(self, symbols: list[str]) -> Asked:
        """Raises InvalidRequest."""
        after = None if self.page_token is None else position_of(self.page_token, symbols)
        span = span_of(self.start, self.end) if after is None else Span(after.start_us, after.end_us)
        return Asked(symbols, span, self.sort == "desc", after)


class PastOfMany(Past):
    """The query of a series of some symbols."""

    symbols: str = _SYMBOLS


_TIMEFRAME = Field(description="1 to 59 Min, 1 to 23 Hour, 1Day, 1Week, or 1, 2, 3, 6, 12 Month", examples=["5Min"])


class PastBars(Past):
    """The query of the bars of one symbol."""

    timeframe: str = _TIMEFRAME
    adjustment: Literal["raw"] = "raw"


class PastBarsOfMany(PastOfMany):
    """The query of the bars of some symbols."""

    timeframe: str = _TIMEFRAME
    adjustment: Literal["raw"] = "raw"


def symbols_of(text: str) -> list[str]:
    """In ascending order. Raises InvalidRequest."""
    found = {part.strip().upper() for part in text.split(",") if part.strip()}
    if not 1 <= len(found) <= SYMBOLS_MAX:
        raise invalid("symbols", "count", f"are 1 to {SYMBOLS_MAX}")
    if not all(_SYMBOL.fullmatch(symbol) for symbol in found):
        raise invalid("symbols", "symbol", "are of letters, digits and ./- each, at most 16")
    return sorted(found)
