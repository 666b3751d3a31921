"""A whole span as a file for research: CSV, Arrow's stream or Parquet, by the header Accept, made by ClickHouse itself.

It is all rows or a refusal, never a part of them: they are counted first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.responses import StreamingResponse

from api.history.clickhouse import Parameters, Store
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


async def digest_of(store: Store, series: Series, asked: Asked) -> str:
    """Tells the rows of a file from others. Raises Unavailable, and InvalidRequest when they are too many."""
    rows = _rows(series, asked)
    query = f"SELECT count(), sum(cityHash64(*)) FROM ({rows})"  # noqa: S608 - names of ours, no input
    [[count, digest]] = await store.rows(query, _parameters(series, asked))
    if count > FILE_ROWS_MAX:
        raise invalid("end", "rows_max", f"and start span more than the {FILE_ROWS_MAX} rows of a file")
    return f"{count}-{digest}"


async def file_of(
    store: Store, series: Series, asked: Asked, media_type: str, headers: Mapping[str, str]
) -> StreamingResponse:
    """Columns symbol, timestamp (UTC, microseconds) and the series' own, after `digest_of`. Raises Unavailable."""
    query = (
        f"SELECT symbol, time AS timestamp, {', '.join(series.columns)} FROM ({_rows(series, asked)}) "  # noqa: S608
        f"{asked.order('symbol', 'time', 'tie')}"
    )
    settings = "SETTINGS output_format_arrow_string_as_string = 1, output_format_parquet_string_as_string = 1"
    chunks = await store.stream(f"{query} {settings}", _parameters(series, asked), FORMATS[media_type])
    return StreamingResponse(chunks, media_type=media_type, headers=headers)


def _rows(series: Series, asked: Asked) -> str:
    return f"{series.rows(asked)} LIMIT {{rows:UInt32}}"


def _parameters(series: Series, asked: Asked) -> Parameters:
    symbols = [symbol for part in series.slices(asked) for symbol in part]
    return {**series.parameters(asked, symbols), "rows": FILE_ROWS_MAX + 1}
