"""`tapeline ingest taq DIR`, `lobster DIR`, `itch FILE`, `live`: market data through Kafka and the consolidation."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from stack.commands.failing import in_one_sentence
from stack.commands.ingest_live import live

if TYPE_CHECKING:
    from feeds.day import Terms
    from feeds.feed import Feed
    from proof.ingested import Reconciliation

app = typer.Typer(no_args_is_help=True, help="Publish market data to a running stack, and count what came of it.")
app.command()(live)

Speed = Annotated[float | None, typer.Option(min=0.001, help="Times recorded speed; flat out when left out.")]
Tier = Annotated[int | None, typer.Option(min=1, max=2, help="Limit up-limit down tier; no price bands without.")]
PreviousClose = Annotated[str | None, typer.Option(help="Close of the day before, such as 184.10.")]
As = Annotated[str | None, typer.Option("--as", help="Symbol to publish it under; default: the recorded one.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print figures for a program.")]


@app.command()
def taq(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder of one day; default: taq_2013 in TAPELINE_DATA.")
    ] = None,
    speed: Speed = None,
    tier: Tier = None,
    previous_close: PreviousClose = None,
    as_symbol: As = None,
    as_json: AsJson = False,
) -> None:
    """US consolidated quotes and trades of a symbol's day, as LEAN keeps them.

    Goes on where it was stopped or killed; a day that is published is only counted again.
    """
    from config.settings import settings
    from feeds.publish import clock_us
    from feeds.taq import TaqError, TaqFeed, open_taq

    try:
        day = open_taq(directory or settings().data / "taq_2013")
        feed = TaqFeed(day, as_symbol or day.symbol, _terms(tier, previous_close), clock_us)
        _ingest(feed, {feed.symbol}, speed, as_json)
    except TaqError as error:
        _cannot(error)


@app.command()
def lobster(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder of one recorded day; default: lobster_aapl in TAPELINE_DATA.")
    ] = None,
    speed: Speed = None,
    symbol: Annotated[str | None, typer.Option(help="Symbol, where the folder's name does not tell.")] = None,
    day: Annotated[str | None, typer.Option(help="Day as YYYY-MM-DD, where the files do not tell.")] = None,
    tier: Tier = None,
    previous_close: PreviousClose = None,
    as_symbol: As = None,
    as_json: AsJson = False,
) -> None:
    """NASDAQ's best bid and offer and executions of a day, as LOBSTER keeps them.

    Goes on where it was stopped or killed; a day that is published is only counted again.
    """
    from config.settings import settings
    from feeds.lobster import LobsterError, open_day
    from feeds.lobster_feed import LobsterFeed
    from feeds.publish import clock_us

    try:
        date = dt.date.fromisoformat(day) if day else None
        recorded = open_day(directory or settings().data / "lobster_aapl", symbol, date)
        feed = LobsterFeed(recorded, as_symbol or recorded.symbol, _terms(tier, previous_close), clock_us)
        _ingest(feed, {feed.symbol}, speed, as_json)
    except (LobsterError, ValueError) as error:
        _cannot(error)


@app.command()
def itch(
    file: Annotated[Path, typer.Argument(help="A day of NASDAQ TotalView-ITCH 5.0, gz or not.", exists=True)],
    symbols: Annotated[str, typer.Option(help="Symbols to publish, with commas between.")],
    day: Annotated[str, typer.Option(help="Day as YYYY-MM-DD; the file does not tell.")],
    speed: Speed = None,
    as_json: AsJson = False,
) -> None:
    """The best bid and offer of NASDAQ's book, its prints and halts, out of every message of a day.

    Goes on where it was stopped or killed; a day that is published is only counted again.
    """
    from feeds.itch_feed import ItchFeed
    from feeds.publish import clock_us

    try:
        wanted = frozenset(symbols.upper().split(","))
        feed = ItchFeed(file, dt.date.fromisoformat(day), wanted, clock_us)
    except ValueError as error:
        _cannot(error)
    _ingest(feed, wanted, speed, as_json)


def _cannot(error: Exception) -> NoReturn:
    typer.echo(f"cannot ingest: {error}", err=True)
    raise typer.Exit(2) from error


def _terms(tier: int | None, previous_close: str | None) -> Terms:
    from decimal import Decimal, InvalidOperation

    from feeds.day import Terms

    if previous_close is None:
        return Terms(tier)
    try:
        price_e4 = Decimal(previous_close) * 10_000
    except InvalidOperation:
        price_e4 = Decimal(0)
    if price_e4 <= 0 or price_e4 != int(price_e4):
        raise typer.BadParameter(f"{previous_close} is no price", param_hint="--previous-close")
    return Terms(tier, previous_close_e4=int(price_e4))


def _ingest(feed: Feed, symbols: Collection[str], speed: float | None, as_json: bool) -> None:
    """Publish, wait for the fold, and print the table. 1 where it does not add up."""
    import asyncio

    from aiokafka.errors import KafkaError
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from config.settings import settings
    from feeds.producer import instruments
    from feeds.publish import run
    from proof.ingested import reconcile
    from proof.settling import StalledError
    from stack.errors import StackError
    from topics.messages import FeedPosition

    config = settings()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with in_one_sentence(), Progress(*columns, disable=as_json) as bar:
        task = bar.add_task(feed.name)

        def published(state: FeedPosition) -> None:
            bar.update(task, description=f"{feed.name}: {state.read_rows:,} rows, {state.record_count:,} records")

        async def ingest() -> Reconciliation:
            for symbol in sorted(set(symbols) & (await instruments(config)).keys()):
                raise StackError(
                    f"{symbol} is traded here today.", f"Publish the recorded day under another name: --as {symbol}.OLD"
                )
            await run(config, feed, speed=speed, progress=published)
            return await reconcile(config, feed.name, lambda text: bar.update(task, description=text))

        try:
            found = asyncio.run(ingest())
        except StalledError as error:
            raise StackError(f"It is published and not folded: {error}", "See `tapeline status`.") from None
        except KafkaError as error:
            raise StackError(f"Kafka does not answer: {error!r}", "Start the stack with `tapeline up`.") from None
    if as_json:
        typer.echo(json.dumps({"feed": feed.name, "rows": dict(found.rows()), "faults": found.faults}))
    else:
        for name, count in found.rows():
            typer.echo(f"{name:<32} {count:>12,}")
        typer.echo("\n".join(found.faults) or "It adds up.")
    if found.faults:
        raise typer.Exit(1)
