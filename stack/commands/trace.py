"""`tapeline trace`: the path of one order over the topics, from the POST to its last event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stack.commands.failing import in_one_sentence

if TYPE_CHECKING:
    from proof.trace import Hop


def trace(
    order_id: Annotated[str, typer.Argument(help="The order's id, as the API answered it.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Print what caused each event of an order: topic, partition and offset of every hop, and when it was written."""
    import asyncio

    from psycopg import Error

    from config.settings import settings
    from proof.trace import KafkaError, UnknownOrder
    from proof.trace import trace as trace_order
    from stack.errors import StackError

    with in_one_sentence():
        try:
            begun = asyncio.run(trace_order(settings(), order_id))
        except UnknownOrder:
            remedy = "Use the id that the API answered; an event shows up once the sink has stored it."
            raise StackError(f"The store knows no order {order_id}.", remedy) from None
        except (KafkaError, Error, TimeoutError) as error:
            raise StackError(f"A server does not answer: {error}", "Start the stack with `tapeline up`.") from None
    rows = [row for hop in begun for row in hop.rows()]
    if as_json:
        typer.echo(json.dumps({"order_id": order_id, "hops": [_as_dict(depth, hop) for depth, hop in rows]}, indent=1))
    else:
        _print(rows)


def _as_dict(depth: int, hop: Hop) -> dict[str, Any]:
    return {
        "topic": hop.place.topic,
        "partition": hop.place.partition,
        "offset": hop.place.offset,
        "record": hop.record,
        "about": hop.about,
        "time_ms": hop.time_ms,
        "depth": depth,
        "caused_by": None if hop.caused_by is None else str(hop.caused_by),
    }


def _print(rows: list[tuple[int, Hop]]) -> None:
    """Times are told from the first record on; what was written in one transaction has nearly one time."""
    import datetime as dt

    from rich.console import Console
    from rich.table import Table

    first = rows[0][1].time_ms
    began = dt.datetime.fromtimestamp(first / 1000, dt.UTC).isoformat(timespec="milliseconds")
    table = Table("ms", "topic/partition/offset", "record", "", box=None)
    table.columns[0].justify = "right"
    for depth, hop in rows:
        table.add_row(f"{hop.time_ms - first:+d}", f"{'  ' * depth}{hop.place}", hop.record, hop.about)
    Console(width=None if Console().is_terminal else 200).print(f"from {began} on", table, sep="\n")
