"""Finds what adjusts some symbols' bars: actions in Postgres, closes before dividends in ClickHouse."""

from __future__ import annotations

from api.history.adjustment import Adjustment, Step, begin_s, steps_of
from api.history.clickhouse import Store, Value
from api.history.corporate_actions import CorporateAction, actions_of
from api.history.stored_bars import last_closes
from api.store.pool import Pool


class Adjuster:
    """A part of the application."""

    def __init__(self, pool: Pool, store: Store) -> None:
        self._pool = pool
        self._store = store

    async def steps(self, symbols: list[str], adjustment: Adjustment) -> tuple[Step, ...]:
        """Raises Unavailable and psycopg's OperationalError."""
        if adjustment == "raw":
            return ()
        actions = await actions_of(self._pool, symbols)
        dividends = [action for action in actions if action.kind == "CashDividend"] if adjustment != "split" else []
        return steps_of(actions, adjustment, await self._closes_e4(dividends))

    async def _closes_e4(self, dividends: list[CorporateAction]) -> dict[tuple[str, int], int]:
        if not dividends:
            return {}
        asked: dict[str, Value] = {
            "symbols": [action.symbol for action in dividends],
            "begins_s": [begin_s(action.ex_date) for action in dividends],
        }
        rows = await self._store.rows(last_closes(), asked)
        return {(symbol, before_s): close_e4 for symbol, before_s, close_e4 in rows}
