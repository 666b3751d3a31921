"""`tapeline corporate-action`: splits and cash dividends, by which bars of the past are adjusted when asked for so."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from stack.commands.failing import in_one_sentence

if TYPE_CHECKING:
    import datetime as dt

    from api.history.corporate_actions import CorporateAction
    from api.store.pool import Pool

group = typer.Typer(help="Splits and dividends, by which bars can be adjusted.", no_args_is_help=True)

Symbol = Annotated[str, typer.Argument(help="The instrument.")]
ExDate = Annotated[str, typer.Option(help="First day that trades without it, YYYY-MM-DD.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
_SYMBOL = re.compile(r"[A-Z0-9./-]{1,16}")
T = TypeVar("T")


@group.command()
def add(
    symbol: Symbol,
    ex_date: ExDate,
    split: Annotated[str | None, typer.Option(help="Shares after for shares before, such as 4:1 or 1:10.")] = None,
    dividend: Annotated[str | None, typer.Option(help="Cash for a share as it was on the day before.")] = None,
) -> None:
    """Add a split or a dividend. 1 when there is one of the kind on that day already."""
    from api.history.corporate_actions import add_action
    from stack.errors import StackError

    with in_one_sentence():
        action = _action(symbol, ex_date, split, dividend)
        if not _asked(lambda pool: add_action(pool, action)):
            raise StackError(
                f"{action.symbol} has a {action.kind} on {action.ex_date} already.",
                "Take it away first: `tapeline corporate-action remove`.",
            )
    typer.echo(_line(action))


@group.command()
def remove(
    symbol: Symbol,
    ex_date: ExDate,
    kind: Annotated[str, typer.Option(help="split or dividend.")],
) -> None:
    """Take away one that was wrong. 1 when there is none."""
    from api.history.corporate_actions import remove_action
    from stack.errors import StackError

    with in_one_sentence():
        if kind not in ("split", "dividend"):
            raise StackError(f"--kind {kind!r} is neither split nor dividend.", "See --help.")
        day = _day(ex_date)
        if not _asked(
            lambda pool: remove_action(pool, symbol.upper(), day, "Split" if kind == "split" else "CashDividend")
        ):
            raise StackError(f"{symbol.upper()} has no {kind} on {day}.", "See `tapeline corporate-action list`.")
    typer.echo(f"{symbol.upper()} {day} {kind} is gone")


@group.command("list")
def list_actions(as_json: AsJson = False) -> None:
    """All of them, by symbol and day."""
    from dataclasses import asdict

    from api.history.corporate_actions import actions_of

    with in_one_sentence():
        found = _asked(actions_of)
    if as_json:
        typer.echo(json.dumps([asdict(action) for action in found], default=str))
        return
    for action in found:
        typer.echo(_line(action))


def _asked(question: Callable[[Pool], Awaitable[T]]) -> T:
    """The database's answer; raises StackError when there is none."""
    import asyncio

    from psycopg import Error

    from api.store.pool import make_pool
    from config.settings import settings
    from stack.errors import StackError

    async def run() -> T:
        async with make_pool(settings()) as pool:
            return await question(pool)

    try:
        return asyncio.run(run())
    except Error as error:
        raise StackError(f"The database does not answer: {error}", "See `tapeline status`.") from None


def _action(symbol: str, ex_date: str, split: str | None, dividend: str | None) -> CorporateAction:
    from api.history.corporate_actions import CorporateAction
    from stack.errors import StackError

    name, day = symbol.upper(), _day(ex_date)
    if not _SYMBOL.fullmatch(name):
        raise StackError(f"{symbol!r} is no symbol.", "Letters, digits and ./-, at most 16.")
    if (split is None) == (dividend is None):
        raise StackError("An action is either a split or a dividend.", "Give --split or --dividend.")
    if split is not None:
        new, colon, old = split.partition(":")
        if not colon:
            raise StackError(f"--split {split!r} is not NEW:OLD.", "Four shares for one are 4:1.")
        return CorporateAction(name, day, "Split", _positive("--split", new), _positive("--split", old))
    return CorporateAction(name, day, "CashDividend", cash_e6=_positive("--dividend", dividend or ""))


def _day(text: str) -> dt.date:
    import datetime as dt

    from stack.errors import StackError

    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise StackError(f"--ex-date {text!r} is no day.", "YYYY-MM-DD, such as 2024-06-10.") from None


def _positive(option: str, text: str) -> int:
    """In 1e-6."""
    from api.units import plain_decimal, to_e6
    from stack.errors import StackError

    try:
        value_e6 = to_e6(plain_decimal(text))
    except ValueError as error:
        raise StackError(f"{option} {text!r}: {error}.", "See --help.") from None
    if not 0 < value_e6 <= 10**12:
        raise StackError(f"{option} {text!r} must be above 0 and at most 1000000.", "See --help.")
    return value_e6


def _line(action: CorporateAction) -> str:
    from api.units import quantity_text

    if action.cash_e6 is not None:
        return f"{action.symbol} {action.ex_date} dividend {quantity_text(action.cash_e6)}"
    rates = (quantity_text(rate or 0) for rate in (action.new_rate_e6, action.old_rate_e6))
    return f"{action.symbol} {action.ex_date} split {':'.join(rates)}"
