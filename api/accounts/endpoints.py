"""/v2/account and /v2/positions."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.accounts.schemas import Account, Position
from api.accounts.views import AccountViews
from api.answers import JsonAnswer
from api.problems import NotFound, TooManyRequests, Unauthorized, Unavailable, responses
from api.security.service import Caller, caller

router = APIRouter(tags=["accounts"])

Who = Annotated[Caller, Depends(caller)]
_READ = (Unauthorized, TooManyRequests, Unavailable)
_SYMBOL = re.compile(r"[A-Z0-9./-]{1,16}")


async def _views(request: Request) -> AccountViews:
    views: AccountViews = request.app.state.parts.account_views
    return views


Views = Annotated[AccountViews, Depends(_views)]


@router.get("/account", response_model=Account, responses=responses(*_READ, NotFound))
async def account(who: Who, views: Views) -> Response:
    """Cash, buying power and worth of the account."""
    return JsonAnswer(await views.account(who))


@router.get("/positions", response_model=list[Position], responses=responses(*_READ))
async def positions(who: Who, views: Views) -> Response:
    """Every position."""
    return JsonAnswer(await views.positions(who))


@router.get("/positions/{symbol:path}", response_model=Position, responses=responses(*_READ, NotFound))
async def position(symbol: str, who: Who, views: Views) -> Response:
    """The position in one symbol."""
    if not _SYMBOL.fullmatch(symbol.upper()):
        raise NotFound("no position in this symbol")
    return JsonAnswer(await views.position(who, symbol.upper()))
