"""A recorded day through a pipeline that is started for it: worker and sinks, no simulator, no clock, one partition."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from feeds.lobster import Day
from proof.replay.report import Report
from proof.replay.run_pipeline import PipelineReplay
from stack.own_stack import PIPELINE, own_stack


def replay_pipeline(day: Day, speed: float | None, progress: Callable[[int], None], limit: int | None = None) -> Report:
    """Replay and grade a day at so many times its speed, or flat out; `progress` is told the row.

    Raises StackError when the stack does not start, TimeoutError when it stops answering.
    """
    with own_stack(PIPELINE) as own:
        return asyncio.run(PipelineReplay(own.config, day, speed, progress).run(limit))
