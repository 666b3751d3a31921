"""`tapeline logs`: what a server or process wrote."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from stack.commands import home

_POLL_S = 0.2


def logs(
    names: Annotated[list[str] | None, typer.Argument(help="Servers and processes; all when left out.")] = None,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many of the last lines of each.")] = 20,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what is written from now on.")] = False,
) -> None:
    """Print the last lines of every log, or of those named."""
    directory = home.current() / "logs"
    known = {file.stem: file for file in sorted(directory.glob("*.log"))}
    if unknown := [name for name in names or [] if name not in known]:
        typer.secho(f"There is no log of {', '.join(unknown)} in {directory}.", fg="red", err=True)
        typer.echo(f"Logs: {', '.join(known) or 'none yet'}.", err=True)
        raise typer.Exit(1)
    files = {name: known[name] for name in names or known}
    for name, file in files.items():
        for line in file.read_text(errors="replace").splitlines()[-lines:] if lines else []:
            typer.echo(f"{name:<16}{line}")
    if follow:
        _follow(files)


def _follow(files: dict[str, Path]) -> None:
    offsets = {name: file.stat().st_size for name, file in files.items()}
    while True:
        for name, file in files.items():
            if file.stat().st_size < offsets[name]:  # trimmed
                offsets[name] = 0
            with file.open("rb") as content:
                content.seek(offsets[name])
                new = content.read()
            whole = new[: new.rfind(b"\n") + 1]  # half a line waits for its other half
            offsets[name] += len(whole)
            for line in whole.decode(errors="replace").splitlines():
                typer.echo(f"{name:<16}{line}")
        time.sleep(_POLL_S)
