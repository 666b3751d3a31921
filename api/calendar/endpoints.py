"""/v2/calendar and /v2/clock."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.answers import JsonAnswer
from api.calendar.days import Day, days
from api.problems import InvalidRequest, TooManyRequests, Unauthorized, Unavailable, invalid, responses
from api.security.service import caller
from config.settings import Settings

router = APIRouter(tags=["market"], dependencies=[Depends(caller)])
_READ = (Unauthorized, TooManyRequests, Unavailable)
_LAST_MINUTE = "23:59"  # how a day that ends with its date is written: there is no 24:00 in Alpaca's form


class Dates(BaseModel):
    """The query of GET /v2/calendar."""

    model_config = ConfigDict(extra="forbid")

    start: dt.date | None = Field(None, description="first day; the earliest that is known if not given")
    end: dt.date | None = Field(None, description="last day; the latest that is known if not given")


class TradingDay(BaseModel):
    """A day on which is traded, and its regular hours in the exchange's own time (always open: UTC)."""

    date: dt.date
    open: str = Field(examples=["09:30"])
    close: str = Field(examples=["16:00"])


class Clock(BaseModel):
    """Whether regular hours are now, and when they begin and end next, in the exchange's own time."""

    timestamp: dt.datetime = Field(examples=["2024-01-03T10:15:00.000102-05:00"])
    is_open: bool = Field(examples=[True])
    next_open: dt.datetime = Field(examples=["2024-01-04T09:30:00-05:00"])
    next_close: dt.datetime = Field(examples=["2024-01-03T16:00:00-05:00"])


async def _known(request: Request) -> tuple[list[Day], dt.datetime]:
    """Every day, and now."""
    config: Settings = request.app.state.config
    now = dt.datetime.now(dt.UTC)
    return await asyncio.to_thread(days, config.calendar, now), now


Known = Annotated[tuple[list[Day], dt.datetime], Depends(_known)]


@router.get("/calendar", response_model=list[TradingDay], responses=responses(*_READ, InvalidRequest))
async def calendar(query: Annotated[Dates, Query()], known: Known) -> Response:
    """Days of trading from one to another, as far as they are known: twenty years back, until the end of next year."""
    first, last = query.start or dt.date.min, query.end or dt.date.max
    if first > last:
        raise invalid("start", "before_end", "is not after end")
    return JsonAnswer([_shown(day) for day in known[0] if first <= day.date <= last])


@router.get("/clock", response_model=Clock, responses=responses(*_READ))
async def clock(known: Known) -> Response:
    """The market's clock."""
    return JsonAnswer(state_at(*known))


def state_at(known: list[Day], now: dt.datetime) -> dict[str, Any]:
    """What the clock says at a moment that is before the last day known."""
    coming = next(number for number, day in enumerate(known) if day.close > now)
    day = known[coming]
    is_open = day.open <= now
    opens = known[coming + 1] if is_open else day
    return {
        "timestamp": now.astimezone(day.open.tzinfo).isoformat(),
        "is_open": is_open,
        "next_open": opens.open.isoformat(),
        "next_close": day.close.isoformat(),
    }


def _shown(day: Day) -> dict[str, str]:
    ends_with_its_date = day.close.date() > day.date
    return {
        "date": day.date.isoformat(),
        "open": f"{day.open:%H:%M}",
        "close": _LAST_MINUTE if ends_with_its_date else f"{day.close:%H:%M}",
    }
