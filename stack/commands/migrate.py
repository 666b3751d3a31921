"""`tapeline migrate`: bring both stores to the newest schema."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from stack.commands.failing import in_one_sentence


def migrate(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Apply what is missing to Postgres and ClickHouse; safe to repeat, and while other processes do the same."""
    from config.settings import settings
    from sinks.clickhouse import migrate as clickhouse
    from sinks.errors import SinkError
    from sinks.postgres import migrate as postgres
    from stack.errors import StackError

    config = settings()
    with in_one_sentence():
        try:
            with postgres.locked(config) as connection:
                applied = {"postgres": postgres.migrate(connection), "clickhouse": clickhouse.migrate(config)}
        except SinkError as error:
            raise StackError(f"The stores were not migrated: {error}", "See `tapeline status`.") from None
    if as_json:
        typer.echo(json.dumps({"applied": applied}))
        return
    names = [f"applied {store} {name}" for store, done in applied.items() for name in done]
    typer.echo("\n".join(names) or "Nothing to apply.")
