"""`python -m api` serves the API; `python -m api demo-account` prints the demonstration's account as JSON."""

from __future__ import annotations

import asyncio
import json
import logging
import sys

import uvicorn

from api.accounts.demo import demo_account
from api.accounts.opening import account_desk
from api.accounts.service import AccountNotOpened
from api.app import create_app
from api.connections import Connection
from config.collector import collect_seldom
from config.settings import Settings, settings

GRACEFUL_SHUTDOWN_S = 5  # what is in flight is answered, streams are ended
KEEP_ALIVE_S = 75  # longer than clients keep an idle connection: they close it, and no order meets one being closed


def serve(config: Settings) -> None:
    """Until a signal asks to stop."""
    collect_seldom()
    uvicorn.run(
        create_app(config),
        host=config.api_host,
        port=config.api_port,
        loop="uvloop",
        http=Connection,
        access_log=False,
        log_level=config.log_level.lower(),
        timeout_graceful_shutdown=GRACEFUL_SHUTDOWN_S,
        timeout_keep_alive=KEEP_ALIVE_S,
        backlog=4096,
        server_header=False,
    )


async def print_demo_account(config: Settings) -> None:
    """Open it if it is missing. Raises AccountNotOpened."""
    async with account_desk(config) as (desk, pool):
        print(json.dumps(await demo_account(pool, desk, config.home)))


def main() -> None:
    config = settings()
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells of every request
    match sys.argv[1:]:
        case []:
            serve(config)
        case ["demo-account"]:
            try:
                asyncio.run(print_demo_account(config))
            except (AccountNotOpened, ValueError) as error:
                raise SystemExit(str(error)) from None
        case _:
            raise SystemExit("usage: python -m api [demo-account]")


if __name__ == "__main__":
    main()
