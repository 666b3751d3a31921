"""`tapeline dead-letters`: records that could not be read or were not allowed, why, and what can be done."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from stack.commands.failing import in_one_sentence

if TYPE_CHECKING:
    from feeds.reading import Reading
    from feeds.redrive import Letter

T = TypeVar("T")
group = typer.Typer(help="List, explain and re-drive dead letters.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Id = Annotated[str, typer.Argument(help="PARTITION-OFFSET of the letter, as `list` shows it.")]
_MEANINGS = {
    "undecodable": "Its bytes are no record under a released schema: another program wrote it, or a newer release did.",
    "refused": "It is a record, and was not allowed there: its kind, its key, its partition, its time or its cause.",
    "unconvertible": "The sink could not make a row of it and stepped over it; the store lacks it.",
}


@group.command("list")
def list_letters(
    limit: Annotated[int, typer.Option(min=1, help="So many, the latest.")] = 50, as_json: AsJson = False
) -> None:
    """List the latest letters with their origin and reason."""

    async def ask(log: Reading) -> list[Letter]:
        from feeds.redrive import latest

        return await latest(log, limit)

    rows = [_as_dict(letter) for letter in _answer(ask)]
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
    elif not rows:
        typer.echo("There are no dead letters.")
    else:
        _print(rows)


@group.command()
def show(letter_id: Id, as_json: AsJson = False) -> None:
    """Explain a letter: the record as far as it can be read, the rule it broke, and whether it can be re-driven."""

    async def ask(log: Reading) -> dict[str, Any]:
        letter = await _find(log, letter_id)
        return _as_dict(letter) | await _explained(log, letter)

    told = _answer(ask)
    typer.echo(json.dumps(told, indent=1) if as_json else "\n".join(f"{name:<14}{told[name]}" for name in told))


@group.command()
def redrive(letter_id: Id, as_json: AsJson = False) -> None:
    """Append the letter's record anew to its origin topic, as a new command; a letter is driven once."""

    async def ask(log: Reading) -> str:
        from config.settings import settings
        from feeds.redrive import NotRedriven
        from feeds.redrive import redrive as redrive_letter
        from stack.errors import StackError

        try:
            return str(await redrive_letter(settings(), log, await _find(log, letter_id)))
        except NotRedriven as error:
            remedy = f"`tapeline dead-letters show {letter_id}` tells more."
            raise StackError(f"The letter was not driven again: {error}.", remedy) from None

    place = _answer(ask)
    typer.echo(json.dumps({"id": letter_id, "redriven_as": place}) if as_json else f"{letter_id} is now {place}.")


def _answer(ask: Callable[[Reading], Awaitable[T]]) -> T:
    """What a question to the log answers; exits with 1 and a sentence when it cannot be asked."""
    import asyncio

    from aiokafka.errors import KafkaError

    from stack.errors import StackError

    async def run() -> T:
        async with _log() as log:
            return await ask(log)

    with in_one_sentence():
        try:
            return asyncio.run(run())
        except (KafkaError, TimeoutError) as error:
            raise StackError(f"The broker does not answer: {error!r}", "Start the stack with `tapeline up`.") from None


@asynccontextmanager
async def _log() -> AsyncIterator[Reading]:
    from config.settings import settings
    from feeds.reading import reading

    async with reading(settings()) as log:
        yield log


async def _find(log: Reading, letter_id: str) -> Letter:
    from feeds.reading import Place
    from feeds.redrive import letter_at
    from stack.errors import StackError
    from topics.catalogue import DEAD_LETTERS

    partition, _, offset = letter_id.partition("-")
    found = None
    if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (partition, offset)):
        found = await letter_at(log, Place(DEAD_LETTERS, int(partition), int(offset)))
    if found is None:
        raise StackError(f"There is no dead letter {letter_id}.", "`tapeline dead-letters list` shows their ids.")
    return found


def _as_dict(letter: Letter) -> dict[str, Any]:
    import datetime as dt

    return {
        "id": f"{letter.place.partition}-{letter.place.offset}",
        "time": dt.datetime.fromtimestamp(letter.time_ms / 1000, dt.UTC).isoformat(timespec="milliseconds"),
        "origin": str(letter.origin),
        "reason": letter.letter.reason,
        "text": letter.letter.text,
        "written_by": "a fold" if letter.sink is None else f"sink {letter.sink}",
    }


async def _explained(log: Reading, letter: Letter) -> dict[str, Any]:
    import dataclasses

    from feeds.redrive import NotRedriven, check
    from topics.codec import Undecodable, decode

    source = await log.at(letter.origin)
    value = letter.letter.value if source is None else source.value
    try:
        record = decode(value)
        shown: Any = {"record": record.NAME, **dataclasses.asdict(record)}
    except Undecodable:
        shown = None if value is None else value[:256].hex()
    try:
        check(letter, value)
        redrivable = "yes" if source is not None else f"no: {letter.origin} is no longer kept"
    except NotRedriven as error:
        redrivable = f"no: {error}"
    return {
        "meaning": _MEANINGS.get(letter.letter.reason, "unknown"),
        "key": None if letter.letter.key is None else letter.letter.key.decode(errors="replace"),
        "value": shown,
        "redrivable": redrivable,
    }


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*rows[0], box=None)
    for row in rows:
        table.add_row(*row.values())
    Console(width=None if Console().is_terminal else 200).print(table)
