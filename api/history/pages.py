"""Pages of a series: at most so many rows, and where the next page goes on."""

from __future__ import annotations

from dataclasses import dataclass

from api.history.clickhouse import Row, Store
from api.history.position import Position
from api.history.series import Asked, Series

PAGE_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """Rows are symbol, microseconds since the epoch, tie, and the series' values. No next page: None."""

    rows: list[Row]
    after: Position | None


async def page_of(store: Store, series: Series, asked: Asked, limit: int) -> Page:
    """Raises Unavailable and InvalidRequest."""
    rows: list[Row] = []
    for symbols in series.slices(asked):
        query = (
            f"SELECT symbol, toUnixTimestamp64Micro(time), * EXCEPT (symbol, time) FROM ({series.rows(asked)} "  # noqa: S608
            f"LIMIT {{rows:UInt32}}) {asked.order('symbol', 'time', 'tie')}"
        )
        rows += await store.rows(query, {**series.parameters(asked, symbols), "rows": limit + 1 - len(rows)})
        if len(rows) > limit:
            symbol, time_us, tie, *_ = rows[limit - 1]
            return Page(rows[:limit], Position(asked.span.start_us, asked.span.end_us, symbol, time_us, tie))
    return Page(rows, None)
