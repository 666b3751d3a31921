"""/v2/stocks/…: the consolidated market as it was and is, under Alpaca's paths and names."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.alpaca_data import examples, shapes
from api.alpaca_data.bodies import of_many, of_one
from api.alpaca_data.latest import Latest
from api.alpaca_data.parameters import Now, NowOfMany, Past, PastBars, PastBarsOfMany, PastOfMany
from api.answers import JsonAnswer
from api.history.answer import Headers
from api.history.query import symbol_of, symbols_of
from api.history.ticks import Quotes, Trades
from api.problems import InvalidRequest, NotFound, TooManyRequests, Unauthorized, Unavailable, responses
from api.security.service import caller

router = APIRouter(prefix="/stocks", tags=["market data"], dependencies=[Depends(caller)])
_READ = (Unauthorized, InvalidRequest, TooManyRequests, Unavailable)


async def _latest(request: Request) -> Latest:
    parts = request.app.state.parts
    return Latest(parts.history, parts.feed.symbols)


Now_ = Annotated[Latest, Depends(_latest)]


@router.get("/bars", responses={**responses(*_READ), **examples.past("bars")})
async def bars(query: Annotated[PastBarsOfMany, Query()], asking: Headers) -> Response:
    """Bars of some symbols by symbol, then time. `ETag` and 304; CSV, Arrow and Parquet by Accept."""
    return await asking.bars(query, symbols_of(query.symbols), of_many("bars", shapes.bar))


@router.get("/quotes", responses={**responses(*_READ), **examples.past("quotes")})
async def quotes(query: Annotated[PastOfMany, Query()], asking: Headers) -> Response:
    """Every change of the best bid and offer of some symbols. CSV, Arrow and Parquet by Accept."""
    return await asking.answer(Quotes(), query, symbols_of(query.symbols), of_many("quotes", shapes.quote))


@router.get("/trades", responses={**responses(*_READ), **examples.past("trades")})
async def trades(query: Annotated[PastOfMany, Query()], asking: Headers) -> Response:
    """Trades of some symbols as they count now: corrected, and without those that were canceled."""
    return await asking.answer(Trades(), query, symbols_of(query.symbols), of_many("trades", shapes.trade))


@router.get("/snapshots", responses={**responses(*_READ), **examples.SNAPSHOTS})
async def snapshots(query: Annotated[NowOfMany, Query()], latest: Now_) -> Response:
    """Latest trade, quote and minute, the day and the one before, by symbol. Unknown symbols are left out."""
    return JsonAnswer(await latest.snapshots(symbols_of(query.symbols)))


@router.get("/bars/latest", responses={**responses(*_READ), **examples.latest("bars")})
async def latest_bars(query: Annotated[NowOfMany, Query()], latest: Now_) -> Response:
    """The last minute with trades that has ended, by symbol."""
    return JsonAnswer({"bars": await latest.bars(symbols_of(query.symbols))})


@router.get("/quotes/latest", responses={**responses(*_READ), **examples.latest("quotes")})
async def latest_quotes(query: Annotated[NowOfMany, Query()], latest: Now_) -> Response:
    """Best bid and offer now, by symbol."""
    return JsonAnswer({"quotes": await latest.quotes(symbols_of(query.symbols))})


@router.get("/trades/latest", responses={**responses(*_READ), **examples.latest("trades")})
async def latest_trades(query: Annotated[NowOfMany, Query()], latest: Now_) -> Response:
    """The last sale, by symbol."""
    return JsonAnswer({"trades": await latest.trades(symbols_of(query.symbols))})


@router.get("/{symbol}/bars", responses={**responses(*_READ), **examples.past_of_one("bars")})
async def bars_of(symbol: str, query: Annotated[PastBars, Query()], asking: Headers) -> Response:
    """As /v2/stocks/bars."""
    [symbol] = symbol_of(symbol)
    return await asking.bars(query, [symbol], of_one(symbol, "bars", shapes.bar))


@router.get("/{symbol}/quotes", responses={**responses(*_READ), **examples.past_of_one("quotes")})
async def quotes_of(symbol: str, query: Annotated[Past, Query()], asking: Headers) -> Response:
    """As /v2/stocks/quotes."""
    [symbol] = symbol_of(symbol)
    return await asking.answer(Quotes(), query, [symbol], of_one(symbol, "quotes", shapes.quote))


@router.get("/{symbol}/trades", responses={**responses(*_READ), **examples.past_of_one("trades")})
async def trades_of(symbol: str, query: Annotated[Past, Query()], asking: Headers) -> Response:
    """As /v2/stocks/trades."""
    [symbol] = symbol_of(symbol)
    return await asking.answer(Trades(), query, [symbol], of_one(symbol, "trades", shapes.trade))


@router.get("/{symbol}/snapshot", responses={**responses(*_READ, NotFound), **examples.SNAPSHOT})
async def snapshot_of(symbol: str, _query: Annotated[Now, Query()], latest: Now_) -> Response:
    """As /v2/stocks/snapshots."""
    [symbol] = symbol_of(symbol)
    return JsonAnswer({"symbol": symbol, **_found(await latest.snapshots([symbol]), symbol)})


@router.get("/{symbol}/bars/latest", responses={**responses(*_READ, NotFound), **examples.latest_of_one("bars")})
async def latest_bar_of(symbol: str, _query: Annotated[Now, Query()], latest: Now_) -> Response:
    """As /v2/stocks/bars/latest."""
    [symbol] = symbol_of(symbol)
    return JsonAnswer({"symbol": symbol, "bar": _found(await latest.bars([symbol]), symbol)})


@router.get("/{symbol}/quotes/latest", responses={**responses(*_READ, NotFound), **examples.latest_of_one("quotes")})
async def latest_quote_of(symbol: str, _query: Annotated[Now, Query()], latest: Now_) -> Response:
    """As /v2/stocks/quotes/latest."""
    [symbol] = symbol_of(symbol)
    return JsonAnswer({"symbol": symbol, "quote": _found(await latest.quotes([symbol]), symbol)})


@router.get("/{symbol}/trades/latest", responses={**responses(*_READ, NotFound), **examples.latest_of_one("trades")})
async def latest_trade_of(symbol: str, _query: Annotated[Now, Query()], latest: Now_) -> Response:
    """As /v2/stocks/trades/latest."""
    [symbol] = symbol_of(symbol)
    return JsonAnswer({"symbol": symbol, "trade": _found(await latest.trades([symbol]), symbol)})


def _found(answers: dict[str, dict[str, Any]], symbol: str) -> dict[str, Any]:
    if symbol not in answers:
        raise NotFound(f"nothing is known of {symbol}")
    return answers[symbol]
