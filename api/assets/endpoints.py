"""/v2/assets: every instrument that is listed here."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers import JsonAnswer
from api.log.market import Market
from api.problems import InvalidRequest, NotFound, TooManyRequests, Unauthorized, Unavailable, responses
from api.security.service import caller
from topics.messages import Instrument

router = APIRouter(prefix="/assets", tags=["market"], dependencies=[Depends(caller)])
_READ = (Unauthorized, TooManyRequests, Unavailable)
EXCHANGE = ""  # none of those that Alpaca's clients know


class Asset(BaseModel):
    """An instrument. A halt does not make it untradable, though no order is taken until it ends."""

    id: UUID = Field(description="made of the symbol, and the same everywhere")
    asset_class: Literal["us_equity"] = Field(alias="class")
    exchange: str = Field(description="empty: none of Alpaca's")
    symbol: str = Field(examples=["AAPL"])
    name: str = Field(examples=["Apple Inc. Common Stock"])
    status: Literal["active", "inactive"]
    tradable: bool
    marginable: bool = Field(description="false: accounts are cash accounts")
    shortable: bool
    easy_to_borrow: bool
    fractionable: bool
    attributes: list[str]


class AssetsQuery(BaseModel):
    """The query of GET /v2/assets."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["active", "inactive"] | None = None
    asset_class: Literal["us_equity", "us_option", "crypto"] | None = None
    exchange: str | None = Field(None, max_length=20)


async def _market(request: Request) -> Market:
    market: Market = request.app.state.parts.market
    if not market.caught_up.is_set():
        raise Unavailable("the list of instruments is not read yet")
    return market


Listed = Annotated[Market, Depends(_market)]


@router.get("", response_model=list[Asset], responses=responses(*_READ, InvalidRequest))
async def assets(query: Annotated[AssetsQuery, Query()], market: Listed) -> Response:
    """Instruments by symbol."""
    found = [_shown(each) for each in market.listed()]
    wanted = query.model_dump(exclude_none=True, exclude={"asset_class"})
    if query.asset_class is not None:
        wanted["class"] = query.asset_class
    return JsonAnswer([asset for asset in found if all(asset[name] == value for name, value in wanted.items())])


@router.get("/{symbol_or_asset_id:path}", response_model=Asset, responses=responses(*_READ, NotFound))
async def asset(symbol_or_asset_id: str, market: Listed) -> Response:
    """One instrument, by its symbol or its id."""
    for each in market.listed():
        if symbol_or_asset_id.upper() == each.symbol or symbol_or_asset_id.lower() == asset_id(each.symbol):
            return JsonAnswer(_shown(each))
    raise NotFound("no such asset")


def asset_id(symbol: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"tapeline:{symbol}"))


def _shown(instrument: Instrument) -> dict[str, Any]:
    is_active = instrument.status != "Inactive"
    return {
        "id": asset_id(instrument.symbol),
        "class": "us_equity",
        "exchange": EXCHANGE,
        "symbol": instrument.symbol,
        "name": instrument.name,
        "status": "active" if is_active else "inactive",
        "tradable": is_active,
        "marginable": False,
        "shortable": False,
        "easy_to_borrow": False,
        "fractionable": True,
        "attributes": [],
    }
