"""`tapeline ingest live`: a provider's stream, and a backup's where one is named, into the consolidation."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from stack.commands.failing import in_one_sentence

if TYPE_CHECKING:
    from config.settings import Settings
    from feeds.live.feed import LiveFeed
    from topics.messages import FeedPosition


def live(
    symbols: Annotated[
        str | None, typer.Option(help="Symbols to follow, with commas between; else TAPELINE_LIVE_SYMBOLS.")
    ] = None,
    suffix: Annotated[
        str | None,
        typer.Option(help="Put behind each symbol, for where it is traded here too; else TAPELINE_LIVE_SUFFIX."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures for a program.")] = False,
) -> None:
    """Trades, quotes, halts and price bands as a provider streams them, until Ctrl-C.

    The provider and its key are the settings TAPELINE_LIVE_URL, TAPELINE_LIVE_KEY_ID and TAPELINE_LIVE_SECRET_KEY; with
    TAPELINE_LIVE_BACKUP_URL another one takes over when the first is silent. With a key and TAPELINE_LIVE_SYMBOLS
    `tapeline up` runs this as one of its processes; two at once bar each other.
    """
    from aiokafka.errors import KafkaError
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from config.settings import settings
    from feeds.live.errors import LiveError
    from feeds.live.feed import LiveFeed
    from feeds.publish import clock_us
    from stack.errors import StackError

    config = settings()
    if symbols is not None:
        config = config.model_copy(update={"live_symbols": symbols})
    feed = LiveFeed(config, config.live_names, config.live_suffix if suffix is None else suffix, clock_us)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with in_one_sentence(), Progress(*columns, disable=as_json) as bar:
        task = bar.add_task("connecting")

        def published(_: FeedPosition) -> None:
            bar.update(task, description=feed.described())

        try:
            state = asyncio.run(_publish(config, feed, published))
        except LiveError as error:
            raise StackError(error.problem, error.remedy) from None
        except KafkaError as error:
            raise StackError(f"Kafka does not answer: {error!r}", "Start the stack with `tapeline up`.") from None
    rows = {"rows read": state.read_rows, "rows published": state.published_rows}
    rows |= {f"rows {each.kind}": each.count for each in state.rejected}
    this_run = dict(sorted(feed.counts.items()))
    if as_json:
        typer.echo(json.dumps({"feed": feed.name, "rows": rows, "this run": this_run}))
    else:
        for name, count in rows.items():
            typer.echo(f"{name:<32} {count:>12,}")
        for name, count in this_run.items():
            typer.echo(f"{'this run: ' + name:<32} {count:>12,}")


async def _publish(config: Settings, feed: LiveFeed, progress: Callable[[FeedPosition], None]) -> FeedPosition:
    """Publish until a signal asks to stop; how far the feed has come in all."""
    from feeds.live.feed import require_possible
    from feeds.publish import read_position, run

    await require_possible(config, feed.named)
    task = asyncio.create_task(run(config, feed, progress=progress))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
    return await read_position(config, feed.name)
