"""The application: read top to bottom, it is what a request meets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from api import problems
from api.accounts import endpoints as accounts
from api.alpaca_data import endpoints as alpaca_data
from api.assets import endpoints as assets
from api.calendar import endpoints as calendar
from api.events import endpoints as events
from api.feed import endpoints as feed
from api.health import endpoints as health
from api.history import endpoints as history
from api.limits import Limits
from api.orders import endpoints as orders
from api.parameters import each_once
from api.parts import running
from api.schemas import asyncapi
from api.schemas import endpoints as schemas
from api.schemas import errors as schema_errors
from config.settings import Settings


def create_app(config: Settings) -> FastAPI:
    """A FastAPI application on these settings."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(config) as parts:
            app.state.parts = parts
            yield

    app = FastAPI(
        title="Tapeline", version="2", lifespan=lifespan, redirect_slashes=False, dependencies=[Depends(each_once)]
    )
    app.state.config = config
    app.add_middleware(Limits)
    problems.install(app)
    schema_errors.install(app)
    app.include_router(health.router)
    app.include_router(orders.router, prefix="/v2")
    app.include_router(accounts.router, prefix="/v2")
    app.include_router(events.router, prefix="/v2")
    app.include_router(alpaca_data.router, prefix="/v2")
    app.include_router(assets.router, prefix="/v2")
    app.include_router(calendar.router, prefix="/v2")
    app.include_router(history.router)
    app.include_router(feed.router)
    app.include_router(orders.alias, include_in_schema=False)
    app.include_router(schemas.router)
    app.include_router(asyncapi.router)
    app.include_router(problems.router)
    return app
