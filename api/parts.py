"""Everything the application is made of, put together once a process."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from api.accounts.views import AccountViews
from api.events.disconnect import Disconnects
from api.events.service import EventService
from api.feed.follow import Feed
from api.feed.stream import FeedService
from api.health.progress import Progress
from api.health.service import HealthService
from api.history.adjuster import Adjuster
from api.history.clickhouse import Store
from api.log.ask import Asker
from api.log.commands import Commands
from api.log.market import Market
from api.log.tail import Tail
from api.orders.service import OrderService
from api.security.service import Authenticator
from api.store.freshness import Ends, Freshness, Stored
from api.store.pool import make_pool
from config.settings import Settings
from topics.catalogue import ORDER_EVENTS

# Together with what uvicorn and `Disconnects` take at most, this is less than a supervisor waits before it kills.
FOLLOWERS_STOP_WITHIN_S = 3.5
POOL_CLOSES_WITHIN_S = 2.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What endpoints use."""

    authenticator: Authenticator
    orders: OrderService
    account_views: AccountViews
    events: EventService
    feed: FeedService
    health: HealthService
    history: Store
    adjuster: Adjuster
    market: Market


@asynccontextmanager
async def running(config: Settings) -> AsyncIterator[Parts]:
    """The parts, with what follows the log and the store running beside them.

    Servers that are away do not keep it from starting; requests that need them are answered 503.
    """
    pool = make_pool(config)
    commands, tail, market = Commands(config), Tail(config, ORDER_EVENTS), Market(config)
    ends, stored = Ends(config), Stored(config)
    freshness = Freshness(ends, stored, config.partitions)
    progress, feed, history = Progress(config, stored), Feed(config), Store(config)
    authenticator = Authenticator(pool)
    asker, disconnects = Asker(commands, tail, config.decision_timeout_ms), Disconnects(commands)
    followers = [asyncio.create_task(part.run()) for part in (commands, tail, market, feed, ends, stored, progress)]
    for follower in followers:
        follower.add_done_callback(_stop_process)
    await pool.open()
    try:
        yield Parts(
            authenticator=authenticator,
            orders=OrderService(pool, freshness, asker, market),
            account_views=AccountViews(pool, freshness, market),
            events=EventService(pool, freshness, tail, authenticator, disconnects, config.partitions),
            feed=FeedService(feed),
            health=HealthService(pool, commands, ends, stored, tail, market, progress),
            history=history,
            adjuster=Adjuster(pool, history),
            market=market,
        )
    finally:
        await disconnects.finish()
        await _end(followers)
        await history.close()
        await pool.close(POOL_CLOSES_WITHIN_S)


async def _end(followers: Sequence[asyncio.Task[None]]) -> None:
    """Cancel what follows the log and the store; what does not end in time is left to the end of the process."""
    for follower in followers:
        follower.cancel()
    _, left = await asyncio.wait(followers, timeout=FOLLOWERS_STOP_WITHIN_S)
    if left:
        log.error("%d parts that follow the log did not stop within %g s", len(left), FOLLOWERS_STOP_WITHIN_S)


def _stop_process(follower: asyncio.Task[None]) -> None:
    """What follows the log ends only by cancellation; anything else is a defect, and a process that goes on is deaf."""
    if not follower.cancelled():
        log.critical("the API stops: it can no longer follow", exc_info=follower.exception())
        os.kill(os.getpid(), signal.SIGTERM)
