"""The command line: one module a command or group, listed here and nowhere else.

A module may import what is heavy only inside its command functions, so that `--help` answers at once.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from stack.commands import (
    account,
    bench,
    chaos,
    chart,
    corporate_action,
    dead_letters,
    down,
    halt,
    ingest,
    kill,
    logs,
    migrate,
    order,
    replay,
    simulate,
    status,
    trace,
    trade,
    up,
    verify,
)

app = typer.Typer(
    name="tapeline", help="Tapeline: a broker and an exchange in one.", no_args_is_help=True, add_completion=False
)


@app.callback()
def choose_home(
    home: Annotated[
        Path | None, typer.Option(help="Where data, logs and stack.env are; TAPELINE_HOME, else .tapeline.")
    ] = None,
) -> None:
    if home is not None:
        os.environ["TAPELINE_HOME"] = str(home.absolute())


app.command()(up.up)
app.command()(down.down)
app.command()(status.status)
app.command()(logs.logs)
app.command()(verify.verify)
app.command()(trace.trace)
app.command()(chaos.chaos)
app.command()(chart.chart)
app.command()(migrate.migrate)
app.command()(simulate.simulate)
app.command()(halt.halt)
app.command()(halt.resume)
app.add_typer(account.group, name="account")
app.add_typer(bench.app, name="bench")
app.add_typer(corporate_action.group, name="corporate-action")
app.add_typer(dead_letters.group, name="dead-letters")
app.add_typer(ingest.app, name="ingest")
app.add_typer(kill.kill_group, name="kill")
app.add_typer(order.group, name="order")
app.add_typer(replay.app, name="replay")
app.add_typer(kill.restore_group, name="restore")
app.add_typer(trade.group, name="trade")
