"""Settlement day of a trade: SEC Rule 15c6-1, T+3, then T+2 (82 FR 15564), then T+1 (Rel. 34-96930).

A trade on a day without a session (an always-open market has them) counts as made on the next business day.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from streams.accounts.holidays import CLOSED_DAYS
from streams.dated import ALWAYS, Dated

CYCLE: Final = Dated((ALWAYS, 3), ("2017-09-05", 2), ("2024-05-28", 1))
"""Business days from trade to settlement, by trade day."""


def is_business_day(day: int) -> bool:
    """Neither a weekend (the epoch was a Thursday) nor a closed weekday."""
    return (day + 3) % 7 < 5 and day not in CLOSED_DAYS


@lru_cache(maxsize=1024)
def settlement_day(trade_day: int) -> int:
    """Day on which a trade of that day settles, both as days since the epoch."""
    day = trade_day
    while not is_business_day(day):
        day += 1
    for _ in range(CYCLE.at(day)):
        day += 1
        while not is_business_day(day):
            day += 1
    return day
