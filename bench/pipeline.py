"""Orders a second through the whole pipeline, sustained: commands in, checks, matching, books, stores behind it.

A fresh stack for each number of partitions. `cpu_ms_per_order` is the processor time of every process of the stack,
broker and stores included, over the orders answered; the load's own process is named apart.
"""

from __future__ import annotations

import os
import time
from typing import Any

from bench.accounts import open_traders
from bench.flood import Flood
from bench.usage import usage
from compiled import loaded
from config.settings import Settings

SYMBOLS = ["AAPL", "MSFT", "NVDA", "AMZN"]
ACCOUNTS = 8


async def measure(config: Settings, seconds: float, warm_up_s: float = 10.0) -> dict[str, Any]:
    """Measure on a running stack without other load.

    Returns `orders_per_s`, `cpu_ms_per_order`, `fills`, and by process its share of the cores and its memory.
    """
    traders = await open_traders(config, ACCOUNTS, SYMBOLS, "replay")
    await Flood(config, traders, SYMBOLS, seed=1).run(warm_up_s)
    before, own, began = usage(config.home), time.process_time(), time.monotonic()
    flood = Flood(config, traders, SYMBOLS, seed=2)
    rate = await flood.run(seconds)
    after, took = usage(config.home), time.monotonic() - began
    spent = {name: after[name][0] - before[name][0] for name in after if name in before}
    return {
        "folds": loaded(),
        "partitions": config.partitions,
        "orders_per_s": round(rate, 1),
        "cpu_ms_per_order": round(1000 * sum(spent.values()) / flood.counts.answered, 3),
        "orders": flood.counts.answered,
        "fills": flood.counts.fills,
        "load_cpu_pct": round(100 * (time.process_time() - own) / took),
        "cores": os.cpu_count(),
        "processes": {
            name: {"cpu_pct": round(100 * spent[name] / took), "memory_mb": round(after[name][1] / 1e6)}
            for name in spent
        },
    }
