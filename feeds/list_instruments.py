"""`python -m feeds instruments`: lists the demonstration's symbols that are not listed yet."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from config.settings import Settings
from feeds.demo_market import DEMO
from feeds.producer import instruments, missing, place, producing
from topics.catalogue import ORDERS
from topics.messages import DefineInstrument


async def list_instruments(config: Settings, wanted: Sequence[tuple[str, str, int, str]] = DEMO) -> list[str]:
    """Append a DefineInstrument for each symbol that is not listed, and wait until all are; returns the new ones.

    Wanted are symbol, name, reference price in 1e-4 and sector.
    Raises TimeoutError when matching does not list them within 30 seconds.
    """
    new = missing((each[0] for each in wanted), await instruments(config))
    now_us = time.time_ns() // 1000
    async with producing(config) as producer:
        terms = [
            DefineInstrument(symbol, name, "Active", "Rule612", price_e4, 1, "operator", now_us, sector)
            for symbol, name, price_e4, sector in wanted
            if symbol in new
        ]
        places = [place(each.symbol, each, config.partitions) for each in terms]
        await asyncio.gather(*(producer.send_and_wait(ORDERS, **each) for each in places))
    async with asyncio.timeout(30):
        while missing(new, await instruments(config)):  # noqa: ASYNC110  (another process lists them)
            await asyncio.sleep(0.1)
    return new
