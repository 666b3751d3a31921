"""`tapeline up`: the whole platform on this machine, in the foreground."""

from __future__ import annotations

from typing import Annotated

import typer

from stack.commands import home
from stack.commands.failing import in_one_sentence


def up(
    cluster: Annotated[
        bool, typer.Option("--cluster", help="A worker for each role and partition, not one for all.")
    ] = False,
    simulator: Annotated[bool, typer.Option(help="Run the market simulator.")] = True,
    servers_only: Annotated[
        bool, typer.Option("--servers-only", help="Start Kafka, ClickHouse, Postgres and Valkey, nothing else.")
    ] = False,
) -> None:
    """Start everything and keep it running; Ctrl-C stops it in order, a second start resumes."""
    from config.settings import settings
    from stack.commands import welcome
    from stack.commands.display import Display
    from stack.embedded.options import StackOptions
    from stack.processes import processes
    from stack.supervisor import Supervisor

    with in_one_sentence(), Display() as display:
        options, config = StackOptions.from_environment(), settings()
        wanted = () if servers_only else processes(cluster=cluster, simulator=simulator, live=config.follows_live)
        supervisor = Supervisor(home.current(), options, wanted, display)

        def ready(environment: dict[str, str]) -> None:
            display.all_ready()
            typer.echo(welcome.servers(environment) if servers_only else welcome.platform(environment))

        supervisor.run(ready)
