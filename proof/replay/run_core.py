"""A recorded day through the folds alone."""

from __future__ import annotations

from collections.abc import Callable

from feeds.lobster import Day
from proof.replay.align import Aligner
from proof.replay.core import Core
from proof.replay.report import Report, best_of


def replay_core(day: Day, progress: Callable[[int], None], limit: int | None = None) -> Report:
    """Fold the day and grade it; `progress` is told the row. Message 0 is the seed itself."""
    core, rows = Core(), day.rows()
    first, first_best = next(rows)
    aligner = Aligner(day, core, first.time_us)
    for opening in aligner.opening():
        core.submit(opening.topic, opening.key, opening.message)
    report, commands = Report(), 0
    book = core.matching.book(day.symbol)
    report.compare(best_of(book.bbo()), first_best)
    for flow, best in rows:
        if limit is not None and flow.row >= limit:
            break
        addressed = aligner.command(flow)
        if addressed is not None:
            core.submit(addressed.topic, addressed.key, addressed.message)
            commands += 1
        report.compare(best_of(book.bbo()), best)
        progress(flow.row)
    report.visible_executions, report.fifo_head_hits = aligner.visible_executions, aligner.fifo_head_hits
    report.finish(commands)
    return report
