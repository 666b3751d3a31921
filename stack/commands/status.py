"""`tapeline status`: every server and process, and how it is."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compiled import loaded
from stack.commands import home

if TYPE_CHECKING:
    from stack.live_status import LiveStatus


def status(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """List every server and process with its process id, uptime, port, memory and restarts.

    The port of a sink and of the live connector serves its metrics. Exits with 1, and says which, when anything that
    should run does not.
    """
    from stack import home_lock

    directory = home.current()
    supervisor = home_lock.holder(directory)
    rows = _rows() if supervisor else []
    missing = [row for row in rows if row["state"] != "running"]
    live = _live(rows)
    if as_json:
        found: dict[str, Any] = {"home": str(directory), "supervisor_pid": supervisor, "processes": rows}
        found |= {"live": asdict(live)} if live else {}
        typer.echo(json.dumps({**found, "folds": loaded(), "not_running": [row["name"] for row in missing]}, indent=1))
    elif supervisor is None:
        typer.echo(f"Nothing runs in {directory}; start it with `tapeline up`.")
    elif not rows:
        typer.echo(f"Nothing runs in {directory} yet, or any more: process {supervisor} starts or stops it.")
    else:
        _print_table(rows)
        typer.echo(f"Folds: {loaded()}")
        if live:
            typer.echo(f"Live: {live}")
    if missing:
        names = ", ".join(f"{row['name']} ({row['state']})" for row in missing)
        typer.secho(f"Not running: {names}. See `tapeline logs {missing[0]['name']}`.", fg="red", err=True)
    raise typer.Exit(1 if missing or not rows else 0)


def _live(rows: list[dict[str, Any]]) -> LiveStatus | None:
    """How the live connector is, where it runs and answers."""
    from stack import live_status

    port = next((row["port"] for row in rows if row["name"] == "live" and row["state"] == "running"), None)
    return None if port is None else live_status.read(port)


def _rows() -> list[dict[str, Any]]:
    from stack import status_file

    rows = []
    for row in status_file.read(home.current()):
        process = status_file.process_of(row)
        rows.append(
            {
                "name": row.name,
                "kind": row.kind,
                "state": row.state if process else "not running",
                "pid": row.pid if process else None,
                "uptime_s": round(status_file.uptime_s(row), 1) if process else None,
                "port": row.port,
                "memory_bytes": status_file.memory_bytes(process) if process else None,
                "restarts": row.restarts,
            }
        )
    return rows


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("name", "kind", "state", "pid", "uptime", "port", "memory", "restarts", box=None)
    for row in rows:
        uptime = "" if row["uptime_s"] is None else _duration(row["uptime_s"])
        memory = "" if row["memory_bytes"] is None else f"{row['memory_bytes'] / 1e6:.0f} MB"
        cells = [row["name"], row["kind"], row["state"], row["pid"], uptime, row["port"], memory, row["restarts"]]
        table.add_row(*("" if cell is None else str(cell) for cell in cells))
    Console().print(table)


def _duration(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}"
