"""`tapeline simulate`: the market simulator against a running stack, or `--report` on what its market looks like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from stack.commands.failing import in_one_sentence


def simulate(
    seconds: Annotated[float, typer.Option(min=1, help="How long.")] = 60,
    seed: Annotated[int, typer.Option(help="Decides prices, quantities and times.")] = 1,
    report: Annotated[
        bool, typer.Option("--report", help="No stack: a day in memory, its stylised facts as a table and a plot.")
    ] = False,
    symbols: Annotated[
        int | None, typer.Option(help="How many; the demonstration's twenty when left out, 40 with --report.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option(help="Orders and cancels a second in all; TAPELINE_SIMULATOR_RATE when left out.")
    ] = None,
    minutes: Annotated[int, typer.Option(help="With --report: length of the day.")] = 390,
    out: Annotated[Path, typer.Option(help="With --report: where the plot goes.")] = Path("simulated-day.png"),
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Makers and takers through the API for a while; or what their market looks like, measured on a simulated day."""
    with in_one_sentence():
        if report:
            figures = _report(seed, 40 if symbols is None else symbols, minutes, out, quiet=as_json)
        else:
            figures = _trade(seconds, seed, symbols, rate)
    if as_json:
        typer.echo(json.dumps(figures))
    elif report:
        _show(figures)
    else:
        typer.echo(f"{figures['orders']:,} orders in {seconds:g} s")


def _report(seed: int, symbols: int, minutes: int, out: Path, *, quiet: bool) -> dict[str, Any]:
    from rich.progress import Progress

    from proof.facts.report import report
    from stack.errors import StackError

    with Progress(disable=quiet, transient=True) as bar:
        task = bar.add_task("simulating a day", total=None)
        try:
            return report(
                seed, symbols, minutes, out, lambda done, total: bar.update(task, completed=done, total=total)
            )
        except ValueError as error:
            raise StackError(f"No report: {error}.", "See `tapeline simulate --help`.") from None


def _show(figures: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from proof.facts.literature import KNOWN

    table = Table(
        title=f"{figures['actions']:,} orders and cancels, {figures['trades']:,} trades, {figures['halts']} halts"
    )
    for heading in ("stylised fact", "simulated", "real markets", "source"):
        table.add_column(heading)
    for known in KNOWN:
        table.add_row(known.fact, known.simulated(figures), known.real, known.source)
    Console().print(table)
    typer.echo(f"The picture is in {figures['picture']}")


def _trade(seconds: float, seed: int, symbols: int | None, rate: float | None) -> dict[str, Any]:
    import asyncio

    from pydantic import ValidationError

    from api.accounts.service import AccountNotOpened
    from config.settings import Settings, settings
    from feeds.demo_market import DEMO
    from feeds.market_simulator import run
    from stack.errors import StackError
    from stack.processes import API, answers_ready
    from stack.simulator_accounts import simulator_accounts
    from stack.widen_market import widen_market

    asked: dict[str, float] = {"simulator_symbols": len(DEMO) if symbols is None else symbols}
    asked |= {} if rate is None else {"simulator_rate": rate}
    try:
        config = Settings.model_validate(settings().model_dump() | asked)
    except ValidationError as error:
        wrong = "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in error.errors())
        raise StackError(f"The simulator cannot run so: {wrong}.", "See `tapeline simulate --help`.") from None
    where = {"TAPELINE_API_HOST": config.api_host, "TAPELINE_API_PORT": str(config.api_port)}

    async def trade() -> int:
        await simulator_accounts(config)
        if config.simulator_symbols > len(DEMO):
            await widen_market(config)
        return await run(config, seed, seconds)

    if not answers_ready(where, str(API.ready_path)):
        raise StackError(
            f"No API is ready at {config.api_host}:{config.api_port}.", "Start the stack with `tapeline up`."
        )
    try:
        orders = asyncio.run(trade())
    except AccountNotOpened as error:
        raise StackError(f"The simulator has no accounts: {error}", "See `tapeline status`.") from None
    return {"seconds": seconds, "seed": seed, "orders": orders}
