"""Price increments: Rule 612 of Regulation NMS, by the day of an order's stamped time. One table for the checks and the
book, so that they agree on every order, however long it was on its way."""

from __future__ import annotations

from typing import Final

from streams.dated import ALWAYS, Dated
from topics.messages import TickRule

ONE_DOLLAR_E4: Final = 10_000
BELOW_ONE_DOLLAR_E4: Final = 1

INCREMENT_E4: dict[TickRule, Dated[int]] = {
    "Rule612": Dated((ALWAYS, 100)),
    "Rule612HalfPenny": Dated((ALWAYS, 100), ("2027-11-01", 50)),
}
"""Increment in 1e-4 from one dollar on. The half penny for narrow spreads was put off to the first business day of
November 2027 (Rel. 34-105656); until then such an instrument trades in pennies."""


def increment_e4(rule: TickRule, day: int) -> int:
    """Increment from one dollar on, in 1e-4, on a day (since the epoch)."""
    return INCREMENT_E4[rule].at(day)


def tick_e4(price_e4: int, increment_e4: int) -> int:
    """Increment at a price, of the one that holds from one dollar on; all in 1e-4."""
    return increment_e4 if price_e4 >= ONE_DOLLAR_E4 else BELOW_ONE_DOLLAR_E4


def off_tick_e4(price_e4: int, rule: TickRule, day: int) -> int:
    """How far a price is above the last valid one, in 1e-4; 0 when it is valid."""
    return price_e4 % tick_e4(price_e4, increment_e4(rule, day))
