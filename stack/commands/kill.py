"""`tapeline kill` and `tapeline restore`: stop an account, a symbol or the whole house now, and let it trade again."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from stack.commands.failing import in_one_sentence

if TYPE_CHECKING:
    from feeds.kill import Switched

kill_group = typer.Typer(help="Stop now: no new orders, and the open ones are canceled.", no_args_is_help=True)
restore_group = typer.Typer(help="Let it trade again; what was canceled stays so.", no_args_is_help=True)

AccountId = Annotated[str, typer.Argument(help="The account's id, as `tapeline account open` printed it.")]
Symbol = Annotated[str, typer.Argument(help="A listed symbol.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Kind = Literal["account", "symbol", "house"]
SHOWN_MAX = 8  # places that a sentence names; the others are in --json


@kill_group.command("account")
def kill_account(account_id: AccountId, as_json: AsJson = False) -> None:
    """Refuse every order and replace of an account, and cancel its open orders."""
    _switch("account", account_id, True, as_json)


@kill_group.command("symbol")
def kill_symbol(symbol: Symbol, as_json: AsJson = False) -> None:
    """Halt a symbol and cancel everything in its book, whoever it belongs to."""
    _switch("symbol", symbol.upper(), True, as_json)


@kill_group.command("house")
def kill_house(as_json: AsJson = False) -> None:
    """Refuse every order and replace of every account, and cancel all open orders."""
    _switch("house", "", True, as_json)


@restore_group.command("account")
def restore_account(account_id: AccountId, as_json: AsJson = False) -> None:
    """Make an account ACTIVE, whatever it was before the kill."""
    _switch("account", account_id, False, as_json)


@restore_group.command("symbol")
def restore_symbol(symbol: Symbol, as_json: AsJson = False) -> None:
    """Resume a symbol that was killed or halted."""
    _switch("symbol", symbol.upper(), False, as_json)


@restore_group.command("house")
def restore_house(as_json: AsJson = False) -> None:
    """Take orders again. Accounts and symbols that were killed by themselves stay so."""
    _switch("house", "", False, as_json)


def _switch(kind: Kind, name: str, kill: bool, as_json: bool) -> None:
    then = "no order behind that is taken, and the open ones are being canceled" if kill else "orders are taken again"
    carry_out(f"{kind} {name}".strip(), lambda: _switched(kind, name, kill), then, as_json)


def carry_out(target: str, switch: Callable[[], Coroutine[Any, Any, Switched]], then: str, as_json: bool) -> None:
    """Switch, and say where it stands. Exits with 1 and a sentence when it does not, or not for certain."""
    import asyncio

    from aiokafka.errors import KafkaError

    from feeds.kill import NotSwitched, UnknownTarget
    from stack.errors import StackError

    with in_one_sentence():
        try:
            switched = asyncio.run(switch())
        except UnknownTarget as error:
            raise StackError(f"Nothing was switched: {error}.", "Look its name up and run this again.") from None
        except NotSwitched as error:
            remedy = "See `tapeline status`, then run this again: twice does no harm."
            raise StackError(f"The switch of {target} is not certain: {error}.", remedy) from None
        except (KafkaError, TimeoutError) as error:
            remedy = "No order passes without the broker. Start it (`tapeline status`), then run this again."
            raise StackError(f"The broker does not answer: {error!r}", remedy) from None
    places = [str(place) for place in switched.places]
    shown = ", ".join(places) if len(places) <= SHOWN_MAX else f"{places[0]}, … and {len(places) - 1} more places"
    if as_json:
        typer.echo(json.dumps({"target": target, "status": switched.status, "recorded": places}))
        return
    typer.echo(f"{target} is {switched.status} from {shown} on: {then}.")


async def _switched(kind: Kind, name: str, kill: bool) -> Switched:
    from config.settings import settings
    from feeds.kill import switch_account, switch_house, switch_symbol

    if kind == "account":
        return await switch_account(settings(), name, kill=kill)
    if kind == "symbol":
        return await switch_symbol(settings(), name, kill=kill)
    return await switch_house(settings(), kill=kill)
