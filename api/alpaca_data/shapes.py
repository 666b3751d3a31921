"""Rows of the history as Alpaca writes them: one-letter names, numbers for money, times in UTC.

A row is symbol, microseconds since the epoch, tie, and the values that its series names. What Alpaca says of the tape
(`z`) is not known here and is not sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from api.history.clickhouse import Row
from api.units import time_text

Shape = Callable[[Row], dict[str, Any]]


def bar(row: Row) -> dict[str, Any]:
    _, time_us, _, open_e4, high_e4, low_e4, close_e4, qty_e6, trade_count, vwap_e4 = row
    return {
        "t": _seconds(time_us),
        "o": price(open_e4),
        "h": price(high_e4),
        "l": price(low_e4),
        "c": price(close_e4),
        "v": quantity(qty_e6),
        "n": trade_count,
        "vw": price(vwap_e4),
    }


def quote(row: Row) -> dict[str, Any]:
    """A side that is not there has the price and the size 0."""
    _, time_us, _, ask_e4, ask_qty_e6, ask_venue, bid_e4, bid_qty_e6, bid_venue, condition = row
    return {
        "t": time_text(time_us),
        "ax": ask_venue,
        "ap": price(ask_e4),
        "as": quantity(ask_qty_e6),
        "bx": bid_venue,
        "bp": price(bid_e4),
        "bs": quantity(bid_qty_e6),
        "c": [condition],
    }


def trade(row: Row) -> dict[str, Any]:
    """`i` is the number of the trade in the symbol's day: a venue's own id need not be a number, as Alpaca's is."""
    _, time_us, print_seq, price_e4, qty_e6, venue, conditions = row
    return {
        "t": time_text(time_us),
        "x": venue,
        "p": price(price_e4),
        "s": quantity(qty_e6),
        "c": list(conditions),
        "i": print_seq,
    }


def price(price_e4: int) -> float:
    """The nearest float, which JSON writes with the decimals that the price has."""
    return price_e4 / 10_000


def quantity(qty_e6: int) -> int | float:
    return qty_e6 / 1_000_000 if qty_e6 % 1_000_000 else qty_e6 // 1_000_000


def _seconds(time_us: int) -> str:
    return time_text(time_us)[:19] + "Z"
