"""`tapeline chart SYMBOL`: a day's prices as candles, in the terminal or as a picture."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stack.commands.failing import in_one_sentence

LINES = 26


class Timeframe(StrEnum):
    MINUTE = "1m"
    FIVE_MINUTES = "5m"
    QUARTER = "15m"
    HOUR = "1h"


def chart(
    symbol: Annotated[str, typer.Argument(help="Symbol as it is published, such as AAPL.")],
    day: Annotated[str | None, typer.Option(help="Day as YYYY-MM-DD; the last one with trades when left out.")] = None,
    timeframe: Annotated[Timeframe, typer.Option(help="Length of a candle.")] = Timeframe.FIVE_MINUTES,
    out: Annotated[Path | None, typer.Option(help="Write a PNG there, and draw nothing here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the candles for a program.")] = False,
) -> None:
    """A day's prices as candles, out of ClickHouse: in the terminal, or as a PNG with --out."""
    from config.settings import settings
    from sinks.clickhouse.connect import connect
    from sinks.errors import StoreDown
    from stack.day_chart import as_png, as_text, read_day
    from stack.errors import StackError

    try:
        date = dt.date.fromisoformat(day) if day else None
    except ValueError:
        raise typer.BadParameter(f"{day} is no day such as 2026-11-25", param_hint="--day") from None
    with in_one_sentence():
        try:
            with connect(settings()) as client:
                found = read_day(client, symbol.upper(), date, timeframe)
        except StoreDown as error:
            raise StackError(str(error), "Start the stack with `tapeline up`.") from None
        if found is None:
            when = f"on {date}" if date else "yet"
            raise StackError(f"{symbol.upper()} has no bars {when}.", "Another day is chosen by --day YYYY-MM-DD.")
        if as_json:
            candles = [(each.start.isoformat(), each.open, each.high, each.low, each.close) for each in found.candles]
            typer.echo(json.dumps({"symbol": found.symbol, "day": str(found.date), "candles": candles}))
        elif out is not None:
            try:
                as_png(found, out)
            except OSError as error:
                raise StackError(f"{out} cannot be written ({error.strerror}).", "Name another by --out.") from None
            typer.echo(f"The picture is in {out}")
        else:
            columns = shutil.get_terminal_size().columns
            typer.echo(as_text(found, columns, LINES, colored=sys.stdout.isatty()))
