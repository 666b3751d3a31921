"""`tapeline verify`: is everything on the topics and in the stores what the log of commands says?"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from stack.commands.failing import in_one_sentence


def verify(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Refold the whole log and compare it with the topics, the stores and the ledger; 1 and the first difference.

    What is on the log now is compared, also while trading goes on; it waits for the workers and sinks to pass it.
    """
    import asyncio

    from aiokafka.errors import KafkaError
    from psycopg import Error
    from rich.console import Console

    from config.settings import settings
    from proof.settling import StalledError
    from proof.verify import verify as verify_stack
    from sinks.errors import StoreDown
    from stack.errors import StackError

    with in_one_sentence(), Console(stderr=True).status("freezing the ends of the log") as shown:
        try:
            found = asyncio.run(verify_stack(settings(), shown.update)).as_dict()
        except StalledError as error:
            raise StackError(f"Nothing to compare yet: {error}", "See `tapeline status` and `tapeline logs`.") from None
        except (KafkaError, Error, StoreDown) as error:
            raise StackError(f"A server does not answer: {error}", "Start the stack with `tapeline up`.") from None
    typer.echo(json.dumps(found) if as_json else _text(found))
    sys.exit(0 if found["ok"] else 1)


def _text(found: dict[str, Any]) -> str:
    lines = [f"{name:<12} {found[name]:>12,}" for name in ("commands", "outputs", "rows")]
    lines += [f"not compared: {text}" for text in (*found["other_versions"], *found["left_out"])]
    lines += [f"not conserved: {text}" for text in found["not_conserved"]]
    for each in found["differences"][:1]:
        lines.append(f"{len(found['differences'])} topics or tables differ, first {each['where']} at {each['origin']}")
        lines += [f"  expected  {each['expected']}", f"  found     {each['found']}"]
    lines.append("The log, the topics and the stores agree." if found["ok"] else "They do not agree.")
    return "\n".join(lines)
