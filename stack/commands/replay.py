"""`tapeline replay lobster DIR`: a recorded NASDAQ day through the pipeline, or through the folds alone."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Replay recorded order flow and grade the outcome by the recording.")


@app.callback()
def replay() -> None:
    """Replay recorded order flow and grade the outcome by the recording."""


@app.command()
def lobster(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder of one recorded day; default: lobster_aapl in TAPELINE_DATA.")
    ] = None,
    core: Annotated[bool, typer.Option("--core", help="The folds alone, without Kafka.")] = False,
    speed: Annotated[
        float | None, typer.Option(min=0.001, help="Times recorded speed; flat out when left out.")
    ] = None,
    rows: Annotated[int | None, typer.Option(min=1, help="Stop after so many rows.")] = None,
    symbol: Annotated[str | None, typer.Option(help="Symbol, where the folder's name does not tell.")] = None,
    day: Annotated[str | None, typer.Option(help="Day as YYYY-MM-DD, where the files do not tell.")] = None,
    books: Annotated[
        int, typer.Option(min=0, help="Hold the history's book against the fold's at so many random moments.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures for a program.")] = False,
) -> None:
    """Feed a day's messages in and compare the best bid and offer after each with NASDAQ's.

    The pipeline replay starts servers and workers of its own in a new data directory, without simulator and clock.
    """
    from rich.progress import Progress

    from config.settings import settings
    from feeds.lobster import LobsterError, open_day
    from proof.replay.run_core import replay_core

    if core and books:
        raise typer.BadParameter("--books needs the pipeline; leave out --core", param_hint="--books")
    folder = directory or settings().data / "lobster_aapl"
    try:
        recorded = open_day(folder, symbol, dt.date.fromisoformat(day) if day else None)
        with Progress(disable=as_json) as bar:
            task = bar.add_task(f"{recorded.symbol} {recorded.date}", total=rows)

            def progress(row: int) -> None:
                if row % 500 == 0:
                    bar.update(task, completed=row)

            if core:
                report, compared = replay_core(recorded, progress, rows), None
            else:
                from proof.replay.own_pipeline import replay_pipeline

                found = bar.add_task("books compared", total=books, visible=books > 0)
                report, compared = replay_pipeline(
                    recorded, speed, progress, rows, books, lambda number: bar.update(found, completed=number)
                )
    except (LobsterError, ValueError) as error:
        typer.echo(f"cannot replay: {error}", err=True)
        raise typer.Exit(2) from error
    figures = report.as_dict() | (compared.as_dict() if compared else {})
    if as_json:
        typer.echo(json.dumps(figures))
    else:
        for name, value in figures.items():
            typer.echo(f"{name:<28} {value:>12,}")
    if compared and compared.differing:
        first = compared.differing[0]
        typer.echo(f"the history has another book after event {first.seq} (time {first.time_us})", err=True)
        raise typer.Exit(1)
