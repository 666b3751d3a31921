"""`tapeline simulate`: the market simulator against a running stack, for so long."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from stack.commands.failing import in_one_sentence


def simulate(
    seconds: Annotated[float, typer.Option(min=1, help="How long.")] = 60,
    seed: Annotated[int, typer.Option(help="Decides prices, quantities and times.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Makers and takers on the demonstration's symbols, through the API; prints how many orders were placed."""
    import asyncio

    from api.accounts.service import AccountNotOpened
    from config.settings import settings
    from feeds.market_simulator import run
    from stack.errors import StackError
    from stack.processes import API, answers_ready
    from stack.simulator_accounts import simulator_accounts

    config = settings()
    where = {"TAPELINE_API_HOST": config.api_host, "TAPELINE_API_PORT": str(config.api_port)}

    async def trade() -> int:
        await simulator_accounts(config)
        return await run(config, seed, seconds)

    with in_one_sentence():
        if not answers_ready(where, str(API.ready_path)):
            raise StackError(
                f"No API is ready at {config.api_host}:{config.api_port}.", "Start the stack with `tapeline up`."
            )
        try:
            orders = asyncio.run(trade())
        except AccountNotOpened as error:
            raise StackError(f"The simulator has no accounts: {error}", "See `tapeline status`.") from None
    figures = {"seconds": seconds, "seed": seed, "orders": orders}
    typer.echo(json.dumps(figures) if as_json else f"{orders:,} orders in {seconds:g} s")
