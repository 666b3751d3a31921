"""A whole span as a file for research: CSV, Arrow's stream or Parquet, by the header Accept, made by ClickHouse itself.

It is all rows or a refusal, never a part of them: they are counted first.
"""

from __future__ import annotations

from typing import Any

from fastapi.responses import StreamingResponse

from api.history.clickhouse import Store
from api.history.series import Asked, Series
from api.problems import invalid

FILE_ROWS_MAX = 1_000_000
FORMATS = {
    "text/csv": "CSVWithNames",
    "application/vnd.apache.arrow.stream": "ArrowStream",
    "application/vnd.apache.parquet": "Parquet",
}
FILES: dict[str, Any] = {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in FORMATS}
"""What a route that makes files declares in the API's own documentation."""


def file_type(accept: str) -> str | None:
    """The type of file that is asked for first; None for JSON."""
    for part in accept.split(","):
        wanted = part.partition(";")[0].strip().lower()
        if wanted in FORMATS:
            return wanted
        if wanted in ("application/json", "*/*", "application/*"):
            return None
    return None


async def file_of(store: Store, series: Series, asked: Asked, media_type: str) -> StreamingResponse:
    """Columns symbol, timestamp (UTC, microseconds) and the series' own. Raises Unavailable and InvalidRequest."""
    symbols = [symbol for part in series.slices(asked) for symbol in part]
    parameters = {**series.parameters(asked, symbols), "rows": FILE_ROWS_MAX + 1}
    rows = f"{series.rows(asked)} LIMIT {{rows:UInt32}}"
    [[count]] = await store.rows(f"SELECT count() FROM ({rows})", parameters)  # noqa: S608
    if count > FILE_ROWS_MAX:
        raise invalid("end", "rows_max", f"and start span more than the {FILE_ROWS_MAX} rows of a file")
    query = (
        f"SELECT symbol, time AS timestamp, {', '.join(series.columns)} FROM ({rows}) "  # noqa: S608
        f"{asked.order('symbol', 'time', 'tie')}"
    )
    settings = "SETTINGS output_format_arrow_string_as_string = 1, output_format_parquet_string_as_string = 1"
    chunks = await store.stream(f"{query} {settings}", parameters, FORMATS[media_type])
    return StreamingResponse(chunks, media_type=media_type)
