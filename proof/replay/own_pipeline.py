"""A recorded day through a pipeline that is started for it: worker and sinks, no simulator, no clock, one partition."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from config.settings import Settings
from feeds.lobster import Day
from proof.replay.books import Comparison, compare
from proof.replay.report import Report
from proof.replay.run_pipeline import PipelineReplay
from proof.settling import committed_ends, until_stored
from sinks.clickhouse.connect import connect
from stack.own_stack import PIPELINE, own_stack
from topics import catalogue


def replay_pipeline(
    day: Day,
    speed: float | None,
    progress: Callable[[int], None],
    limit: int | None = None,
    books: int = 0,
    compared: Callable[[int], None] = lambda _: None,
) -> tuple[Report, Comparison | None]:
    """Replay and grade a day at so many times its speed, or flat out; `progress` is told the row. With `books`, the
    history's book is held against the fold's at so many random moments; `compared` is told how many there were.

    Raises StackError when the stack does not start, TimeoutError or StalledError when it stops answering.
    """
    with own_stack(PIPELINE) as own:
        replay = PipelineReplay(own.config, day, speed, progress, books)
        report = asyncio.run(replay.run(limit))
        if replay.moments is None:
            return report, None
        asyncio.run(_stored(own.config))
        with connect(own.config) as client:
            return report, compare(client, day.symbol, replay.moments.found, compared)


async def _stored(config: Settings) -> None:
    """Until the history has all that the books say."""
    reached = await committed_ends(config, [catalogue.BOOK_EVENTS], _quiet)
    await until_stored(config, reached, _quiet)


def _quiet(_text: str) -> None:
    """The replay shows its own progress."""
