"""Factors that make bars before a split or dividend comparable with those after it. Nothing stored is changed by them.

A split of `new` for `old` shares divides prices before its ex-date by new/old and multiplies quantities by it. A cash
dividend multiplies prices before its ex-date by 1 - cash / close, with the last close before that day, as CRSP and the
data vendors do; quantities stay. The money that was traded stays with a split, and shrinks with a dividend's prices.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Literal

from api.history.corporate_actions import CorporateAction, Kind
from api.history.span import NEW_YORK

Adjustment = Literal["raw", "split", "dividend", "all"]
KINDS: dict[Adjustment, tuple[Kind, ...]] = {
    "raw": (),
    "split": ("Split",),
    "dividend": ("CashDividend",),
    "all": ("Split", "CashDividend"),
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """Factors of a symbol's bars before a time, in seconds since the epoch, and behind the step before."""

    symbol: str
    before_s: int
    price: float
    qty: float


def steps_of(
    actions: Iterable[CorporateAction], adjustment: Adjustment, closes_e4: Mapping[tuple[str, int], int]
) -> tuple[Step, ...]:
    """By symbol and time; `actions` are in that order. `closes_e4`: last close before an ex-date, by its begin.

    A dividend without a close before it has no bars to adjust.
    """
    wanted = [action for action in actions if action.kind in KINDS[adjustment]]
    steps: list[Step] = []
    for symbol, group in groupby(wanted, lambda action: action.symbol):
        price, qty, of_symbol = Fraction(1), Fraction(1), []
        for action in reversed(list(group)):
            before_s = begin_s(action.ex_date)
            price *= _price_factor(action, closes_e4.get((symbol, before_s)))
            qty *= _qty_factor(action)
            of_symbol.append(Step(symbol, before_s, float(price), float(qty)))
        steps += reversed(of_symbol)
    return tuple(steps)


def begin_s(day: dt.date) -> int:
    """Midnight of New York, seconds since the epoch."""
    return int(dt.datetime.combine(day, dt.time(), NEW_YORK).timestamp())


def _price_factor(action: CorporateAction, close_e4: int | None) -> Fraction:
    if action.kind == "Split":
        return 1 / _qty_factor(action)
    if close_e4 is None or action.cash_e6 is None:
        return Fraction(1)
    factor = 1 - Fraction(action.cash_e6, close_e4 * 100)
    if factor <= 0:
        log.warning("the dividend of %s on %s is not below the last close; bars stay", action.symbol, action.ex_date)
        return Fraction(1)
    return factor


def _qty_factor(action: CorporateAction) -> Fraction:
    if action.new_rate_e6 is None or action.old_rate_e6 is None:
        return Fraction(1)
    return Fraction(action.new_rate_e6, action.old_rate_e6)
