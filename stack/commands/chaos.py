"""`tapeline chaos`: prove it by breaking it, in a simulator from seeds or by real kills on a stack of its own."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from stack.commands.failing import in_one_sentence


def chaos(
    kills: Annotated[int | None, typer.Option(min=1, help="Kill and freeze real processes so many times.")] = None,
    seconds: Annotated[float, typer.Option(min=0, help="Spread the kills over so many seconds of trading.")] = 0,
    single: Annotated[
        bool, typer.Option("--single", help="One worker for all roles, not a Faust worker each.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Decides the order of kills and the clients' orders.")] = 1,
    simulated: Annotated[bool, typer.Option("--simulated", help="Simulate crashes in memory, from seeds.")] = False,
    seeds: Annotated[int, typer.Option(min=1, help="With --simulated: how many.")] = 1000,
    first: Annotated[int, typer.Option(min=0, help="With --simulated: the first seed.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Break things and count what was lost or doubled; 1 when anything was.

    --kills starts servers, workers and API of its own in a new directory; nothing of yours is touched.
    """
    if simulated == (kills is not None):
        raise typer.BadParameter("say either --kills N or --simulated")
    found = _simulate(seeds, first) if simulated else _kill(kills or 0, seed, seconds, cluster=not single)
    typer.echo(json.dumps(found) if as_json else _text(found))
    sys.exit(0 if found["ok"] else 1)


def _kill(kills: int, seed: int, seconds: float, *, cluster: bool) -> dict[str, Any]:
    from rich.console import Console

    from proof.kills.campaign import run
    from proof.kills.waiting import NotBackError
    from proof.settling import StalledError
    from stack.errors import StackError

    again = f"tapeline chaos --kills {kills} --seed {seed}{'' if cluster else ' --single'}"
    with in_one_sentence(), Console(stderr=True).status("starting a stack") as shown:
        try:
            return run(kills, seed, seconds, shown.update, cluster=cluster).as_dict()
        except (NotBackError, StalledError) as error:
            raise StackError(f"It did not recover: {error}", f"Again with `{again}`.") from None


def _simulate(seeds: int, first: int) -> dict[str, Any]:
    from rich.console import Console
    from rich.progress import Progress

    from proof.simulated.many import run_many

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("seeds", total=seeds)
        return run_many(first, seeds, lambda: bar.advance(task))


def _text(found: dict[str, Any]) -> str:
    lines = [f"{name:<18} {value:>12,}" for name, value in found.items() if type(value) in (int, float)]
    lines += [f"{name}: {text}" for name in ("faults", "failures") for text in found.get(name, [])]
    if (checked := found.get("verify")) and not checked["ok"]:
        lines.append(f"verify: {json.dumps(checked, indent=1)}")
    return "\n".join([*lines, "Nothing was lost or doubled." if found["ok"] else "It does not hold."])
