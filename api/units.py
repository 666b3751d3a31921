"""Between REST's decimal strings and the wire's integers: e4 is 1e-4 of the currency, e6 is 1e-6 of a share."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def plain_decimal(text: str) -> Decimal:
    """The number that people would read, and nothing else that Python takes for one (`1_0`, ` 1`, `1e2`, `NaN`).

    Raises ValueError.
    """
    if _PLAIN.fullmatch(text) is None:
        raise ValueError("is not a plain decimal number: digits, with at most one point between them")
    return Decimal(text)


def to_e4(value: Decimal) -> int:
    """A price or amount in 1e-4. Raises ValueError when it has more than four decimals."""
    return _scaled(value, 4)


def to_e6(value: Decimal) -> int:
    """A quantity in 1e-6. Raises ValueError when it has more than six decimals."""
    return _scaled(value, 6)


def _scaled(value: Decimal, places: int) -> int:
    scaled = value.scaleb(places)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{value} has more than {places} decimals")
    return whole


def money_text(amount_e4: int) -> str:
    """Two to four decimals: 1500000 is `150.00`."""
    sign, amount_e4 = ("-", -amount_e4) if amount_e4 < 0 else ("", amount_e4)
    whole, fraction = divmod(amount_e4, 10_000)
    digits = f"{fraction:04d}"
    if digits.endswith("00"):
        digits = digits[:2]
    return f"{sign}{whole}.{digits.removesuffix('0') if len(digits) == 4 else digits}"


def quantity_text(qty_e6: int) -> str:
    """As few decimals as it has: 1000000 is `1`, 1500000 is `1.5`."""
    sign, qty_e6 = ("-", -qty_e6) if qty_e6 < 0 else ("", qty_e6)
    whole, fraction = divmod(qty_e6, 1_000_000)
    return f"{sign}{whole}" if fraction == 0 else f"{sign}{whole}.{f'{fraction:06d}'.rstrip('0')}"


def percent_text(percent_e4: int) -> str:
    """A percentage in 1e-4 of a percent, as few decimals as it has: 15000 is `1.5`."""
    return quantity_text(percent_e4 * 100)


def average_e4(amount_e4: int, qty_e6: int) -> int:
    """Average price in 1e-4 of an amount and a quantity that is not zero, rounded half up."""
    return (2 * amount_e4 * 1_000_000 + qty_e6) // (2 * qty_e6)


def time_text(time_us: int) -> str:
    """ISO 8601 in UTC with microseconds."""
    second, microsecond = divmod(time_us, 1_000_000)
    return f"{_second_text(second)}.{microsecond:06d}Z"


def text_of(time: datetime) -> str:
    """The same of a time that knows its zone."""
    return time_text(to_us(time))


@lru_cache(maxsize=256)  # most times of a moment fall into few seconds
def _second_text(second: int) -> str:
    return time_of(second * 1_000_000).strftime("%Y-%m-%dT%H:%M:%S")


def time_of(time_us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=time_us)


def to_us(time: datetime) -> int:
    """Microseconds since the epoch of a time that knows its zone."""
    return (time - _EPOCH) // timedelta(microseconds=1)
