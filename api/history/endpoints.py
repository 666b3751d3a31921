"""GET /marketdata/history: bars of a symbol, with the names and decimals of the other routes of /marketdata."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from api.history.answer import Headers
from api.history.clickhouse import Row
from api.history.files import FILES
from api.history.query import BarsQuery, symbol_of
from api.problems import InvalidRequest, TooManyRequests, Unauthorized, Unavailable, responses
from api.security.service import caller
from api.units import money_text, quantity_text, time_text

router = APIRouter(prefix="/marketdata", tags=["market data"], dependencies=[Depends(caller)])
_EXAMPLE = {
    "symbol": "AAPL",
    "timeframe": "5Min",
    "bars": [
        {
            "start_time": "2024-01-03T14:30:00.000000Z",
            "open": "184.22",
            "high": "184.26",
            "low": "183.43",
            "close": "183.90",
            "qty": "8144",
            "vwap": "183.80",
            "trade_count": 97,
        }
    ],
    "next_page_token": None,
}


class HistoryQuery(BarsQuery):
    """The query of GET /marketdata/history."""

    symbol: str = Field(max_length=20, examples=["AAPL"])


@router.get(
    "/history",
    responses={
        **responses(Unauthorized, InvalidRequest, TooManyRequests, Unavailable),
        200: {
            "description": "Successful Response",
            "content": {
                "application/json": {"example": _EXAMPLE},
                **FILES,
            },
        },
        304: {"description": "the bars are those of the ETag in If-None-Match"},
    },
)
async def history(query: Annotated[HistoryQuery, Query()], asking: Headers) -> Response:
    """Bars of a symbol, a page at a time. `ETag` and 304; the whole span as CSV, Arrow or Parquet by Accept."""
    [symbol] = symbol_of(query.symbol)
    return await asking.bars(
        query,
        [symbol],
        lambda page: {"symbol": symbol, "timeframe": query.timeframe, "bars": [_bar(row) for row in page.rows]},
    )


def _bar(row: Row) -> dict[str, Any]:
    _, time_us, _, open_e4, high_e4, low_e4, close_e4, qty_e6, trade_count, vwap_e4 = row
    return {
        "start_time": time_text(time_us),
        "open": money_text(open_e4),
        "high": money_text(high_e4),
        "low": money_text(low_e4),
        "close": money_text(close_e4),
        "qty": quantity_text(qty_e6),
        "vwap": money_text(vwap_e4),
        "trade_count": trade_count,
    }
