"""`tapeline down`: stop a running `tapeline up` from another terminal."""

from __future__ import annotations

import os
import signal
import time

import typer

from stack.commands import home

_TIMEOUT_S = 90.0


def down() -> None:
    """Stop everything in order and wait until it has stopped."""
    from stack import home_lock

    directory = home.current()
    pid = home_lock.holder(directory)
    if pid is None:
        typer.echo(f"Nothing runs in {directory}.")
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _TIMEOUT_S
    while home_lock.holder(directory) == pid:
        if time.monotonic() > deadline:
            typer.secho(f"Process {pid} is still stopping after {_TIMEOUT_S:.0f} s.", fg="red", err=True)
            typer.echo(f"See {directory / 'logs'}, or end it with `kill -9 {pid}`: its children end with it.", err=True)
            raise typer.Exit(1)
        time.sleep(0.1)
    typer.echo("Stopped.")
