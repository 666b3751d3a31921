"""GET /marketdata/…: the consolidated market, as public as a ticker: no key is asked, and any page may read it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse

from api.events.response import StreamResponse
from api.feed.encoding import shown
from api.feed.frames import Kind
from api.feed.stream import FeedService, Wanted
from api.problems import InvalidRequest, NotFound, TooManyRequests, Unavailable, invalid, responses

SYMBOLS_MAX = 1000
INTERVAL_MS = 250
EVERYBODY = {"Access-Control-Allow-Origin": "*"}

router = APIRouter(prefix="/marketdata", tags=["market data"])


class Subscription(BaseModel):
    """The query of GET /marketdata/stream."""

    model_config = ConfigDict(extra="forbid")

    symbols: str = Field(description="comma-separated", max_length=20_000, examples=["AAPL,MSFT"])
    types: str = Field("nbbo,trades,bars,status", description="comma-separated")
    mode: Literal["all", "conflated"] = "all"
    interval_ms: int = Field(INTERVAL_MS, ge=50, le=60_000, description="of conflated: how often updates are sent")
    since_id: str | None = Field(None, max_length=4000, description="as Last-Event-ID, which wins over it")


async def _service(request: Request) -> FeedService:
    service: FeedService = request.app.state.parts.feed
    return service


Service = Annotated[FeedService, Depends(_service)]


@router.get(
    "/stream",
    response_class=EventSourceResponse,
    responses=responses(InvalidRequest, TooManyRequests, Unavailable),
)
async def stream(
    request: Request,
    asked: Annotated[Subscription, Query()],
    service: Service,
    last_event_id: Annotated[str | None, Header(max_length=4000)] = None,
) -> Response:
    """A snapshot of each symbol, then every change: events `snapshot`, `nbbo`, `trades`, `bars`, `status`.

    A client applies what has a larger `seq` than the snapshot. `live` ends the snapshots. Every event
    from there on has an id that names a place in the log: with `Last-Event-ID`
    the stream goes on behind it on any instance, without a gap and without repetition. Where the log does not reach
    back any more, `reset` says so and snapshots follow. A client that is too slow is told how many updates were left
    out (`: slow consumer, N updates conflated`): older quotes first, other events only where they alone are too many.
    `mode=conflated` sends at most the latest quote of a symbol in each interval, and everything else.
    """
    kinds = _listed("types", asked.types, len(get_args(Kind)))
    unknown = kinds - set(get_args(Kind))
    if unknown:
        raise invalid("types", "enum", f"are of {', '.join(get_args(Kind))}")
    wanted = Wanted(
        symbols=frozenset(_known(service, asked.symbols)),
        kinds=frozenset(kind for kind in get_args(Kind) if kind in kinds),
        interval_ms=asked.interval_ms if asked.mode == "conflated" else None,
        after=last_event_id or asked.since_id,
    )
    address = request.client.host if request.client else ""
    response = StreamResponse(await service.open(wanted, address))
    response.headers.update(EVERYBODY)
    return response


@router.get("", responses=responses(InvalidRequest, Unavailable))
async def latest(
    service: Service, response: Response, symbols: Annotated[str, Query(max_length=20_000)]
) -> dict[str, dict[str, Any]]:
    """The latest state of some symbols: best bid and offer, last sale, statistics of the day; by symbol."""
    response.headers.update(EVERYBODY)
    return {symbol: _state(service, symbol) for symbol in sorted(_known(service, symbols))}


@router.get("/{symbol}", responses=responses(NotFound, Unavailable))
async def latest_of(service: Service, response: Response, symbol: str) -> dict[str, Any]:
    """The latest state of a symbol."""
    response.headers.update(EVERYBODY)
    if symbol.upper() not in service.symbols:
        raise NotFound("no such symbol")
    return _state(service, symbol.upper())


def _state(service: FeedService, symbol: str) -> dict[str, Any]:
    snapshot = service.symbols[symbol].snapshot
    if snapshot is None:
        raise Unavailable(f"the state of {symbol} is not known yet")
    return shown(snapshot)


def _known(service: FeedService, symbols: str) -> set[str]:
    asked = _listed("symbols", symbols.upper(), SYMBOLS_MAX)
    unknown = sorted(asked - service.symbols.keys())
    if unknown:
        raise invalid("symbols", "known_symbol", f"are not known: {', '.join(unknown[:10])[:200]}")
    return asked


def _listed(name: str, value: str, at_most: int) -> set[str]:
    found = {part.strip() for part in value.split(",") if part.strip()}
    if not 1 <= len(found) <= at_most:
        raise invalid(name, "count", f"are 1 to {at_most}")
    return found
