"""`python -m feeds clock|own-book|live|instruments|simulator`: the processes that feed the market."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from config.settings import settings
from feeds.live.errors import LiveError


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m feeds", description=__doc__)
    commands = parser.add_subparsers(dest="feed", required=True)
    commands.add_parser("clock", help="tell accounts the time and end the books' days")
    commands.add_parser("own-book", help="publish our own book as a venue of the consolidated market")
    live = commands.add_parser(
        "live", help="publish the market as a provider streams it, by the settings TAPELINE_LIVE_*"
    )
    live.add_argument("--metrics-port", type=int, default=0, help="serve Prometheus metrics on this port; 0: do not")
    commands.add_parser("instruments", help="list the demonstration's symbols, then end")
    simulator = commands.add_parser("simulator", help="makers and takers through the public order path")
    simulator.add_argument("--seed", type=int, default=1, help="seed of all their decisions (default 1)")
    return parser.parse_args()


async def until_stopped(work: Coroutine[Any, Any, Any]) -> None:
    """Run until done, or until SIGTERM or SIGINT asks to stop."""
    task = asyncio.ensure_future(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        logging.getLogger(__name__).info("stopped")


def main() -> None:
    arguments, config = parse(), settings()
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("httpx", "httpcore", "aiokafka"):
        logging.getLogger(name).setLevel(logging.WARNING)
    if arguments.feed == "clock":
        from feeds.clock import run as run_clock

        work: Coroutine[Any, Any, Any] = run_clock(config)
    elif arguments.feed == "own-book":
        from feeds.own_book import OwnBook
        from feeds.publish import run as publish

        work = publish(config, OwnBook(config))
    elif arguments.feed == "live":
        from feeds.live.run import run as run_live

        work = run_live(config, arguments.metrics_port)
    elif arguments.feed == "instruments":
        from feeds.list_instruments import list_instruments

        work = list_instruments(config)
    else:
        from feeds.market_simulator import run as run_simulator

        work = run_simulator(config, arguments.seed)
    try:
        asyncio.run(until_stopped(work))
    except LiveError as error:
        sys.exit(f"feeds: {error}")


if __name__ == "__main__":
    main()
