"""/v2/stocks/…: the consolidated market as it was and is, under Alpaca's paths and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse

from api.alpaca_data import examples
from api.alpaca_data.latest import Latest
from api.alpaca_data.parameters import Now, NowOfMany, Past, PastBars, PastBarsOfMany, PastOfMany, symbols_of
from api.alpaca_data.service import of_many, of_one
from api.history.bars import Bars
from api.history.clickhouse import Store
from api.history.files import file_of, file_type
from api.history.series import Series
from api.history.ticks import Quotes, Trades
from api.history.timeframe import timeframe_of
from api.problems import InvalidRequest, NotFound, TooManyRequests, Unauthorized, Unavailable, responses
from api.security.service import caller

router = APIRouter(prefix="/stocks", tags=["market data"], dependencies=[Depends(caller)])
_READ = (Unauthorized, InvalidRequest, TooManyRequests, Unavailable)


@dataclass(frozen=True, slots=True)
class Asking:
    """The store, and what the headers say: the type of file if one is asked for, and the answer that is known."""

    store: Store
    file: str | None
    known: str | None

    async def answer(self, series: Series, query: Past, symbols: list[str], *, one: bool) -> Response:
        asked = query.asked(symbols)
        if self.file is not None:
            return await file_of(self.store, series, asked, self.file)
        return await (of_one if one else of_many)(self.store, series, asked, query.limit, self.known)


async def _asking(
    request: Request,
    accept: Annotated[str, Header(max_length=1000)] = "",
    if_none_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Asking:
    return Asking(request.app.state.parts.history, file_type(accept), if_none_match)


async def _latest(request: Request) -> Latest:
    parts = request.app.state.parts
    return Latest(parts.history, parts.feed.symbols)


Headers = Annotated[Asking, Depends(_asking)]
Now_ = Annotated[Latest, Depends(_latest)]


@router.get("/bars", responses={**responses(*_READ), **examples.BARS})
async def bars(query: Annotated[PastBarsOfMany, Query()], asking: Headers) -> Response:
    """Bars of some symbols by symbol, then time. `ETag` and 304; CSV, Arrow and Parquet by Accept."""
    series = Bars(timeframe_of(query.timeframe))
    return await asking.answer(series, query, symbols_of(query.symbols), one=False)


@router.get("/quotes", responses={**responses(*_READ), **examples.QUOTES})
async def quotes(query: Annotated[PastOfMany, Query()], asking: Headers) -> Response:
    """Every change of the best bid and offer of some symbols. CSV, Arrow and Parquet by Accept."""
    return await asking.answer(Quotes(), query, symbols_of(query.symbols), one=False)


@router.get("/trades", responses={**responses(*_READ), **examples.TRADES})
async def trades(query: Annotated[PastOfMany, Query()], asking: Headers) -> Response:
    """Trades of some symbols as they count now: corrected, and without those that were canceled."""
    return await asking.answer(Trades(), query, symbols_of(query.symbols), one=False)


@router.get("/snapshots", responses={**responses(*_READ), **examples.SNAPSHOTS})
async def snapshots(query: Annotated[NowOfMany, Query()], latest: Now_) -> Response:
    """Latest trade, quote and minute, the day and the one before, by symbol. Unknown symbols are left out."""
    return JSONResponse(await latest.snapshots(symbols_of(query.symbols)))


@router.get("/bars/latest", responses=responses(*_READ))
async def latest_bars(query: Annotated[NowOfMany, Query()], latest: Now_) -> Response:
    """The last minute with trades that has ended, by symbol."""
    return JSONResponse({"bars": await latest.bars(symbols_of(query.symbols))})


@router.get("/quotes/latest", responses=responses(*_READ))
async def latest_quotes(query: Annotated[NowOfMany, Query()], latest: Now_) -> Response:
    """Best bid and offer now, by symbol."""
    return JSONResponse({"quotes": await latest.quotes(symbols_of(query.symbols))})


@router.get("/trades/latest", responses=responses(*_READ))
async def latest_trades(query: Annotated[NowOfMany, Query()], latest: Now_) -> Response:
    """The last sale, by symbol."""
    return JSONResponse({"trades": await latest.trades(symbols_of(query.symbols))})


@router.get("/{symbol}/bars", responses=responses(*_READ))
async def bars_of(symbol: str, query: Annotated[PastBars, Query()], asking: Headers) -> Response:
    """As /v2/stocks/bars."""
    return await asking.answer(Bars(timeframe_of(query.timeframe)), query, _one(symbol), one=True)


@router.get("/{symbol}/quotes", responses=responses(*_READ))
async def quotes_of(symbol: str, query: Annotated[Past, Query()], asking: Headers) -> Response:
    """As /v2/stocks/quotes."""
    return await asking.answer(Quotes(), query, _one(symbol), one=True)


@router.get("/{symbol}/trades", responses=responses(*_READ))
async def trades_of(symbol: str, query: Annotated[Past, Query()], asking: Headers) -> Response:
    """As /v2/stocks/trades."""
    return await asking.answer(Trades(), query, _one(symbol), one=True)


@router.get("/{symbol}/snapshot", responses=responses(*_READ, NotFound))
async def snapshot_of(symbol: str, _query: Annotated[Now, Query()], latest: Now_) -> Response:
    """As /v2/stocks/snapshots."""
    [symbol] = _one(symbol)
    return JSONResponse({"symbol": symbol, **_found(await latest.snapshots([symbol]), symbol)})


@router.get("/{symbol}/bars/latest", responses=responses(*_READ, NotFound))
async def latest_bar_of(symbol: str, _query: Annotated[Now, Query()], latest: Now_) -> Response:
    """As /v2/stocks/bars/latest."""
    [symbol] = _one(symbol)
    return JSONResponse({"symbol": symbol, "bar": _found(await latest.bars([symbol]), symbol)})


@router.get("/{symbol}/quotes/latest", responses=responses(*_READ, NotFound))
async def latest_quote_of(symbol: str, _query: Annotated[Now, Query()], latest: Now_) -> Response:
    """As /v2/stocks/quotes/latest."""
    [symbol] = _one(symbol)
    return JSONResponse({"symbol": symbol, "quote": _found(await latest.quotes([symbol]), symbol)})


@router.get("/{symbol}/trades/latest", responses=responses(*_READ, NotFound))
async def latest_trade_of(symbol: str, _query: Annotated[Now, Query()], latest: Now_) -> Response:
    """As /v2/stocks/trades/latest."""
    [symbol] = _one(symbol)
    return JSONResponse({"symbol": symbol, "trade": _found(await latest.trades([symbol]), symbol)})


def _one(symbol: str) -> list[str]:
    found = symbols_of(symbol)
    if len(found) != 1:
        raise NotFound("no such symbol")
    return found


def _found(answers: dict[str, dict[str, Any]], symbol: str) -> dict[str, Any]:
    if symbol not in answers:
        raise NotFound(f"nothing is known of {symbol}")
    return answers[symbol]
