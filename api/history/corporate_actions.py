"""Splits and cash dividends, as operators enter them. The rows of schema `reference`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from api.store.pool import Pool, fetch_all, fetch_one

Kind = Literal["Split", "CashDividend"]
_COLUMNS = "symbol, ex_date, kind, new_rate_e6, old_rate_e6, cash_e6"


@dataclass(frozen=True, slots=True)
class CorporateAction:
    """Rates of a split, or the cash of a dividend for a share; the others are None. All are in 1e-6."""

    symbol: str
    ex_date: dt.date
    kind: Kind
    new_rate_e6: int | None = None
    old_rate_e6: int | None = None
    cash_e6: int | None = None


async def actions_of(pool: Pool, symbols: list[str] | None = None) -> list[CorporateAction]:
    """By symbol and day; of every symbol when none are named. Raises psycopg's OperationalError."""
    rows = await fetch_all(
        pool,
        f"SELECT {_COLUMNS} FROM reference.corporate_actions "  # noqa: S608 - names of ours, no input
        "WHERE %(symbols)s::text[] IS NULL OR symbol = ANY(%(symbols)s) ORDER BY symbol, ex_date, kind",
        {"symbols": symbols},
    )
    return [CorporateAction(**row) for row in rows]


async def add_action(pool: Pool, action: CorporateAction) -> bool:
    """False when there is one of the kind on that day already."""
    values = {name: getattr(action, name) for name in CorporateAction.__slots__}
    row = await fetch_one(
        pool,
        f"INSERT INTO reference.corporate_actions ({_COLUMNS}) VALUES "  # noqa: S608 - names of ours, no input
        "(%(symbol)s, %(ex_date)s, %(kind)s, %(new_rate_e6)s, %(old_rate_e6)s, %(cash_e6)s) "
        "ON CONFLICT DO NOTHING RETURNING symbol",
        values,
    )
    return row is not None


async def remove_action(pool: Pool, symbol: str, ex_date: dt.date, kind: Kind) -> bool:
    """False when there is none."""
    row = await fetch_one(
        pool,
        "DELETE FROM reference.corporate_actions "
        "WHERE symbol = %(symbol)s AND ex_date = %(ex_date)s AND kind = %(kind)s RETURNING symbol",
        {"symbol": symbol, "ex_date": ex_date, "kind": kind},
    )
    return row is not None
