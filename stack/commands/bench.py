"""`tapeline bench NAME`: what the parts and the whole can do, each on a fresh stack of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

from stack.commands.failing import in_one_sentence

app = typer.Typer(
    no_args_is_help=True, help="Measure: matching, itch, transport, sink, latency, pipeline, feed, recovery, soak."
)
AsJson = Annotated[bool, typer.Option("--json", help="Print figures for a program.")]
Seconds = Annotated[float, typer.Option(min=1, help="How long to measure.")]
WarmUp = Annotated[float, typer.Option(min=0, help="Seconds of the same load before; the broker compiles itself.")]


def show(figures: dict[str, Any], as_json: bool, indent: str = "") -> None:
    """Print figures, one a line."""
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            typer.echo(f"{indent}{name}")
            show(value, as_json=False, indent=indent + "  ")
        else:
            typer.echo(f"{indent}{name:<{28 - len(indent)}} {value}")


def teller(as_json: bool) -> Callable[[str], None]:
    """Says what is going on, unless a program is reading."""
    return (lambda text: None) if as_json else (lambda text: typer.echo(text, err=True))


@app.command()
def matching(
    operations: Annotated[int, typer.Option(min=1000)] = 200_000,
    as_json: AsJson = False,
) -> None:
    """The book against the order books on PyPI that are installed, and the whole fold."""
    from bench.matching import run

    show(run(operations), as_json)


@app.command()
def itch(
    messages: Annotated[int, typer.Option(min=1000)] = 500_000,
    as_json: AsJson = False,
) -> None:
    """The parser of NASDAQ's ITCH 5.0 against the parsers on PyPI that are installed."""
    from bench.itch import run

    show(run(messages), as_json)


@app.command()
def transport(as_json: AsJson = False) -> None:
    """A Faust agent on the batch transport against a bare aiokafka loop."""
    import uvloop

    from bench.transport import measure
    from stack.own_stack import own_stack
    from stack.processes import MIGRATE

    with in_one_sentence(), own_stack([MIGRATE]) as own:
        show(uvloop.run(measure(own.config)), as_json)


@app.command()
def sink(
    rows: Annotated[int, typer.Option(min=1000)] = 1_000_000,
    as_json: AsJson = False,
) -> None:
    """Quotes a second into ClickHouse, and bytes a quote on its disk: the recorded TAQ day over and over."""
    import uvloop

    from bench.sink import measure
    from stack.own_stack import own_stack
    from stack.processes import MIGRATE

    with in_one_sentence(), own_stack([MIGRATE]) as own:
        show(uvloop.run(measure(own.config, rows, teller(as_json))), as_json)


@app.command()
def latency(
    rate: Annotated[list[float] | None, typer.Option(min=1, help="Orders a second; may be repeated.")] = None,
    seconds: Seconds = 20,
    warm_up: WarmUp = 30,
    as_json: AsJson = False,
) -> None:
    """From POST /v2/orders to the fill on the client's event stream, open loop."""
    import uvloop

    from bench.latency import measure
    from stack.own_stack import SERVED, own_stack

    tell = teller(as_json)
    for each in rate or [100.0, 500.0, 1000.0]:
        tell(f"{each:g} orders a second on a fresh stack")
        with in_one_sentence(), own_stack(SERVED) as own:
            show(uvloop.run(measure(own.config, each, seconds, warm_up)), as_json)


@app.command()
def pipeline(
    partitions: Annotated[list[int] | None, typer.Option(min=1, help="Partitions; may be repeated.")] = None,
    seconds: Seconds = 30,
    warm_up: WarmUp = 20,
    cluster: Annotated[bool, typer.Option("--cluster", help="A Faust worker a role and partition.")] = False,
    as_json: AsJson = False,
) -> None:
    """Orders a second through the whole pipeline, with its cost by process."""
    import uvloop

    from bench.pipeline import measure
    from stack.own_stack import CLUSTER_SERVED, SERVED, own_stack

    tell = teller(as_json)
    for count in partitions or [1, 2, 4]:
        tell(f"{count} partitions on a fresh stack")
        with in_one_sentence(), own_stack(CLUSTER_SERVED if cluster else SERVED, partitions=count) as own:
            show(uvloop.run(measure(own.config, seconds, warm_up)), as_json)


@app.command()
def feed(
    clients: Annotated[list[int] | None, typer.Option(min=1, max=10_000, help="Clients; may be repeated.")] = None,
    follow: Annotated[int, typer.Option(min=1, max=1000, help="Symbols that each client follows.")] = 1,
    rate: Annotated[float, typer.Option(min=1, help="Quotes a second in all.")] = 10_000,
    symbols: Annotated[int, typer.Option(min=1, max=10_000, help="Symbols that they are of.")] = 1000,
    conflated: Annotated[int | None, typer.Option(min=50, help="Milliseconds between updates; all without.")] = None,
    seconds: Seconds = 10,
    as_table: Annotated[bool, typer.Option("--table", help="Print the cost curve in Markdown.")] = False,
    as_json: AsJson = False,
) -> None:
    """The live feed: quotes appended to Kafka, brought to many clients, and what that costs the API."""
    import uvloop

    from bench.feed import Case, measure, table
    from stack.own_stack import own_stack
    from stack.processes import API, MIGRATE

    cases = [Case(each, follow, rate, symbols, conflated) for each in clients or [10, 100, 1000, 5000]]
    with in_one_sentence(), own_stack([MIGRATE, API]) as own:
        measured = uvloop.run(measure(own.config, own.environment, cases, seconds, teller(as_json)))
    if as_table:
        typer.echo(table(measured))
        return
    for figures in measured:
        show(figures, as_json)


@app.command()
def recovery(
    resting: Annotated[int, typer.Option(min=1, help="Orders in the book.")] = 100_000,
    as_json: AsJson = False,
) -> None:
    """From kill -9 of the matching worker to its first new fill."""
    import uvloop

    from bench.recovery import measure
    from stack.own_stack import CLUSTER_SERVED, own_stack

    with in_one_sentence(), own_stack(CLUSTER_SERVED) as own:
        show(uvloop.run(measure(own.config, resting, teller(as_json))), as_json)


@app.command()
def soak(
    minutes: Annotated[float, typer.Option(min=0.5, help="How long.")] = 30,
    rate: Annotated[float, typer.Option(min=1, help="Orders a second.")] = 100,
    as_json: AsJson = False,
) -> None:
    """A steady load for a long time: what grows, and whether the host was as fast at the end. Exit 1 if it grows."""
    import uvloop

    from bench.soak import measure
    from stack.own_stack import SERVED, own_stack

    with in_one_sentence(), own_stack(SERVED) as own:
        figures = uvloop.run(measure(own.config, minutes, rate, teller(as_json)))
    show(figures, as_json)
    if not figures["ok"]:
        raise typer.Exit(1)
