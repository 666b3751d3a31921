"""`tapeline trade`: cancel a trade after the fact (a bust), or correct its price or quantity, for both its parties."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stack.commands.failing import in_one_sentence

if TYPE_CHECKING:
    from feeds.booked import Trade
    from topics.messages import BookedFill, CorrectTrade, TradeCorrectionKind

group = typer.Typer(help="Bust or correct a trade that was made.", no_args_is_help=True)

TradeId = Annotated[str, typer.Argument(help="The trade's id, SYMBOL-NUMBER.")]
Reason = Annotated[str, typer.Option(help="Why; both parties read it.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: goes with --yes, else it only shows.")]


@group.command()
def bust(trade_id: TradeId, reason: Reason, yes: Yes = False, as_json: AsJson = False) -> None:
    """Cancel a trade: cash, shares and fees of both sides go back. The book and the last price stay."""
    _correct(trade_id, "TradeCancel", None, None, reason, yes, as_json)


@group.command()
def correct(
    trade_id: TradeId,
    reason: Reason,
    price: Annotated[str | None, typer.Option(help="The price it should have had.")] = None,
    qty: Annotated[str | None, typer.Option(help="The quantity it should have had; never more than it has.")] = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Give a trade another price, another quantity, or both, for both sides."""
    _correct(trade_id, "TradeCorrect", price, qty, reason, yes, as_json)


def _correct(
    trade_id: str, kind: TradeCorrectionKind, price: str | None, qty: str | None, reason: str, yes: bool, as_json: bool
) -> None:
    """Exits with 1 and a sentence when the trade is not, or not for certain, corrected."""
    import asyncio

    from aiokafka.errors import KafkaError
    from psycopg import Error

    from config.settings import settings
    from feeds.booked import NotCorrectable
    from feeds.correction import NotCertain, correct
    from stack.errors import StackError

    with in_one_sentence():
        try:
            command, preview = asyncio.run(_asked(trade_id, kind, price, qty, reason))
            if as_json and not yes:
                typer.echo(json.dumps({"trade_id": trade_id, "done": False, "sides": preview}))
                return
            if not as_json:
                _show(trade_id, kind, preview)
            if not yes and not typer.confirm(f"{'Bust' if kind == 'TradeCancel' else 'Correct'} {trade_id}?"):
                raise StackError("Nothing was changed.", "Answer y, or give --yes, to do it.")
            place = asyncio.run(correct(settings(), command))
        except (NotCorrectable, ValueError) as error:
            remedy = "Nothing was changed. A trade can be corrected once it is stored, until its settlement day."
            raise StackError(f"Trade {trade_id} stays as it is: {error}.", remedy) from None
        except NotCertain as error:
            remedy = (
                "See `tapeline status`: once a worker of matching runs, it is decided. A second one would be refused."
            )
            raise StackError(f"The correction of {trade_id} is not certain: {error}.", remedy) from None
        except (Error, KafkaError, TimeoutError) as error:
            remedy = "See `tapeline status`, then run this again: what was done already is refused."
            raise StackError(f"A server does not answer: {error!r}", remedy) from None
    if as_json:
        typer.echo(json.dumps({"trade_id": trade_id, "done": True, "recorded": str(place), "sides": preview}))
    else:
        typer.echo(f"{trade_id} is {_DONE[kind]} from {place} on; both accounts are told.")


_DONE = {"TradeCancel": "busted", "TradeCorrect": "corrected"}


async def _asked(
    trade_id: str, kind: TradeCorrectionKind, price: str | None, qty: str | None, reason: str
) -> tuple[CorrectTrade, list[dict[str, Any]]]:
    """The command, and what it will do to each side. Raises ValueError for what is no price or quantity."""
    import time

    from api.units import plain_decimal, to_e4, to_e6
    from config.settings import settings
    from feeds.booked import NotCorrectable, find_trade
    from feeds.reading import reading

    price_e4 = None if price is None else to_e4(plain_decimal(price))
    qty_e6 = None if qty is None else to_e6(plain_decimal(qty))
    if kind == "TradeCorrect" and price_e4 is None and qty_e6 is None:
        raise NotCorrectable("neither --price nor --qty was given")
    async with reading(settings()) as log:
        trade = await find_trade(settings(), log, trade_id)
    command = trade.command(kind, price_e4, qty_e6, reason, time.time_ns() // 1000)
    return command, _preview(trade, command)


def _preview(trade: Trade, command: CorrectTrade) -> list[dict[str, Any]]:
    """What each account gets and gives, before the fees of what is booked anew, and how its balances are now."""
    import psycopg

    from api.units import money_text, quantity_text
    from config.settings import settings

    rows = []
    new_amount_e4 = command.new_price_e4 * command.new_qty_e6 // 1_000_000
    with psycopg.connect(settings().postgres_dsn) as store:
        for fill in (command.buy, command.sell):
            sign = 1 if fill.side == "Buy" else -1
            cash_e4 = -_sum(fill, "cash") - sign * new_amount_e4
            shares_e6 = -_sum(fill, "securities") + sign * command.new_qty_e6
            now = store.execute(_NOW, {"account_id": fill.account_id, "symbol": command.symbol}).fetchone() or (0, 0)
            owes = now[0] + cash_e4 < 0 or now[1] + shares_e6 < 0
            rows.append(
                {
                    "account_id": fill.account_id,
                    "side": fill.side,
                    "order_id": fill.order_id,
                    "cash_change": money_text(cash_e4),
                    "shares_change": quantity_text(shares_e6),
                    "cash_after": money_text(now[0] + cash_e4),
                    "shares_after": quantity_text(now[1] + shares_e6),
                    "will_owe": owes,
                }
            )
    return rows


_NOW = """
SELECT coalesce((SELECT cash_e4 FROM projection.balances WHERE account_id = %(account_id)s), 0),
    coalesce((SELECT qty_e6 FROM projection.positions WHERE account_id = %(account_id)s AND symbol = %(symbol)s), 0)
"""


def _sum(fill: BookedFill, ledger_account: str) -> int:
    return sum(leg.amount for leg in fill.postings if leg.ledger_account == ledger_account)


def _show(trade_id: str, kind: str, preview: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("account", "side", "cash", "shares", "cash after", "shares after", "", box=None)
    for row in preview:
        owes = "will owe, and may only cover" if row["will_owe"] else ""
        names = ("account_id", "side", "cash_change", "shares_change", "cash_after", "shares_after")
        table.add_row(*(row[name] for name in names), owes)
    console = Console(width=None if Console().is_terminal else 200)
    console.print(
        f"{trade_id} will be {_DONE[kind]} (fees of what is booked anew are not in these figures):", table, sep="\n"
    )
