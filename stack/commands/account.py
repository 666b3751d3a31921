"""`tapeline account`: open accounts for trying things out, and take keys back."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from stack.commands.failing import in_one_sentence

if TYPE_CHECKING:
    from decimal import Decimal

    from api.accounts.service import Shares

group = typer.Typer(help="Open accounts and revoke their keys.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@group.command("open")
def open_account(
    cash: Annotated[str, typer.Option(help="Dollars to begin with.")] = "0",
    position: Annotated[
        list[str] | None, typer.Option(help="Shares to begin with, SYMBOL=QUANTITY or SYMBOL=QUANTITY@COST.")
    ] = None,
    account_class: Annotated[str, typer.Option("--class", help="standard, market_maker or replay.")] = "standard",
    email: Annotated[str | None, typer.Option(help="Of the account's user; made up if absent.")] = None,
    as_json: AsJson = False,
) -> None:
    """Open an account and print its key; the secret is shown this once and kept only as a hash."""
    import asyncio

    from psycopg import Error, errors

    from api.accounts.opening import account_desk
    from api.accounts.service import AccountNotOpened, OpenedAccount
    from config.settings import settings
    from stack.errors import StackError

    async def run(dollars: Decimal, shares: dict[str, Shares]) -> OpenedAccount:
        async with account_desk(settings()) as (desk, _):
            return await desk.open_account(dollars, shares, account_class, email)

    with in_one_sentence():
        try:
            opened = asyncio.run(run(_decimal("--cash", cash), _positions(position or [])))
        except errors.UniqueViolation:
            raise StackError("Another user has this email.", "Choose another, or leave --email out.") from None
        except (AccountNotOpened, Error) as error:
            raise StackError(f"The account was not opened: {error}", "See `tapeline status`.") from None
        except ValueError as error:
            raise StackError(f"The account was not opened: {error}.", "See `tapeline account open --help`.") from None
    key = {"account_id": opened.account_id, "key_id": opened.key.key_id, "secret": opened.key.secret}
    if as_json:
        typer.echo(json.dumps(key))
        return
    typer.echo(f"account  {opened.account_id}")
    typer.echo("Its key, for your shell; the secret is not shown again:")
    typer.echo(f"  export APCA_API_KEY_ID={opened.key.key_id}")
    typer.echo(f"  export APCA_API_SECRET_KEY={opened.key.secret}")


@group.command()
def revoke(
    key_id: Annotated[str, typer.Argument(help="The key's id (APCA-API-KEY-ID).")], as_json: AsJson = False
) -> None:
    """Revoke a key: within seconds no API takes it any more. 1 when no such key is in force."""
    import asyncio

    from psycopg import Error

    from api.security.repository import revoke_key
    from api.store.pool import make_pool
    from config.settings import settings
    from stack.errors import StackError

    async def run() -> bool:
        async with make_pool(settings()) as pool:
            return await revoke_key(pool, key_id)

    with in_one_sentence():
        try:
            revoked = asyncio.run(run())
        except Error as error:
            raise StackError(f"The database does not answer: {error}", "See `tapeline status`.") from None
    if as_json:
        typer.echo(json.dumps({"key_id": key_id, "revoked": revoked}))
    else:
        typer.echo(f"{key_id} is revoked." if revoked else f"No key {key_id} is in force.", err=not revoked)
    sys.exit(0 if revoked else 1)


def _positions(texts: list[str]) -> dict[str, Shares]:
    found: dict[str, Shares] = {}
    for text in texts:
        symbol, shares = _position(text)
        if symbol in found:
            raise ValueError(f"--position names {symbol} more than once")
        found[symbol] = shares
    return found


def _position(text: str) -> tuple[str, Shares]:
    from api.accounts.service import Shares

    symbol, separator, held = text.partition("=")
    qty, at, cost = held.partition("@")
    if not (symbol and separator):
        raise ValueError(f"--position {text} is not SYMBOL=QUANTITY or SYMBOL=QUANTITY@COST")
    price = _decimal("--position", cost) if at else None
    return symbol.upper(), Shares(_decimal("--position", qty), price)


def _decimal(option: str, text: str) -> Decimal:
    """A plain decimal that is not negative."""
    from api.units import plain_decimal

    try:
        number = plain_decimal(text)
    except ValueError as error:
        raise ValueError(f"{option} {text!r} {error}") from None
    if number < 0:
        raise ValueError(f"{option} {text} is negative")
    return number
