"""The queries of /v2/stocks/…, under Alpaca's names."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.history.query import SYMBOLS_MAX, BarsQuery, PastQuery


class Now(BaseModel):
    """What every query of one symbol may have."""

    model_config = ConfigDict(extra="forbid")

    feed: Literal["sip"] = Field("sip", description="`sip`: all venues consolidated, and nothing else here")
    currency: Literal["USD"] = Field("USD", description="of all prices")


class OfMany(BaseModel):
    """Some symbols."""

    symbols: str = Field(
        max_length=20_000, description=f"comma-separated, at most {SYMBOLS_MAX}", examples=["AAPL,MSFT"]
    )


class _Past(Now):
    asof: Literal["-"] = Field("-", description="`-`: symbols are not looked up under other names")


class NowOfMany(Now, OfMany):
    """The query of a route of the latest of some symbols."""


class Past(_Past, PastQuery):
    """The query of quotes or trades of one symbol."""


class PastOfMany(Past, OfMany):
    """The query of quotes or trades of some symbols."""


class PastBars(_Past, BarsQuery):
    """The query of the bars of one symbol."""


class PastBarsOfMany(PastBars, OfMany):
    """The query of the bars of some symbols."""
