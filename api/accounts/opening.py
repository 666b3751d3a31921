"""A desk for opening accounts outside of the HTTP server: for the command line, the demonstration and simulators.

async with account_desk(settings()) as (desk, pool):
    opened = await asyncio.gather(*(desk.open_account(Decimal(100_000), {}) for _ in range(40)))
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.accounts.service import AccountDesk, AccountNotOpened
from api.log.ask import Asker
from api.log.commands import Commands
from api.log.market import Market
from api.log.tail import Tail
from api.store.pool import Pool, make_pool
from config.settings import Settings
from topics.catalogue import LEDGER

READY_TIMEOUT_S = 15.0
ANSWER_TIMEOUT_MS = 20_000  # a worker that was just started loads its state first


@asynccontextmanager
async def account_desk(config: Settings) -> AsyncIterator[tuple[AccountDesk, Pool]]:
    """A desk that is ready. Raises AccountNotOpened when the log cannot be reached."""
    commands, tail, market, pool = Commands(config), Tail(config, LEDGER), Market(config), make_pool(config)
    tasks = [asyncio.create_task(part.run()) for part in (commands, tail, market)]
    try:
        await pool.open()
        try:
            async with asyncio.timeout(READY_TIMEOUT_S):
                await asyncio.gather(tail.reading.wait(), market.caught_up.wait(), commands.ready.wait())
        except TimeoutError as error:
            raise AccountNotOpened(f"no broker answers at {config.kafka_bootstrap}: is the stack up?") from error
        yield AccountDesk(pool, Asker(commands, tail, ANSWER_TIMEOUT_MS), market), pool
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await pool.close()
