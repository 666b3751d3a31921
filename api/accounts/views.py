"""An account and its positions as their owner sees them."""

from __future__ import annotations

from typing import Any

from psycopg.rows import DictRow

from api.accounts import repository
from api.log.market import Market
from api.problems import NotFound
from api.security.service import Caller
from api.store.freshness import Freshness
from api.store.pool import Pool
from api.units import average_e4, money_text, quantity_text
from topics.catalogue import LEDGER, ORDER_EVENTS

_NOTHING = "0.00"


class AccountViews:
    """What /v2/account and /v2/positions show."""

    def __init__(self, pool: Pool, freshness: Freshness, market: Market) -> None:
        self._pool = pool
        self._freshness = freshness
        self._market = market

    async def account(self, caller: Caller) -> dict[str, Any]:
        await self._freshness.wait(caller.account_id, (LEDGER, ORDER_EVENTS))
        row = await repository.find_account(self._pool, caller.account_id)
        if row is None:
            raise NotFound("the account is being opened")
        held = await repository.positions(self._pool, caller.account_id)
        long_e4, short_e4 = (
            sum(self._worth_e4(position) for position in held if (position["qty_e6"] > 0) is is_long)
            for is_long in (True, False)
        )
        power = money_text(row["cash_e4"] - row["hold_e4"])
        owes = row["cash_e4"] < 0 or any(position["qty_e6"] < 0 for position in held)
        blocked = row["status"] not in ("ACTIVE", "LIMITED")
        return {
            "id": caller.account_id,
            "account_number": caller.account_id,
            "status": row["status"],
            "currency": "USD",
            "cash": money_text(row["cash_e4"]),
            "equity": money_text(row["cash_e4"] + long_e4 + short_e4),
            "last_equity": None,
            "buying_power": power,
            "regt_buying_power": power,
            "non_marginable_buying_power": power,
            "initial_margin": _NOTHING,
            "maintenance_margin": _NOTHING,
            "last_maintenance_margin": _NOTHING,
            "sma": _NOTHING,
            "multiplier": "1",
            "long_market_value": money_text(long_e4),
            "short_market_value": money_text(short_e4),
            "trading_blocked": blocked,
            "transfers_blocked": row["status"] == "ACCOUNT_CLOSED" or owes,
            "account_blocked": blocked,
            "trade_suspended_by_user": False,
            "shorting_enabled": False,
        }

    async def positions(self, caller: Caller) -> list[dict[str, Any]]:
        await self._freshness.wait(caller.account_id, (LEDGER, ORDER_EVENTS))
        return [self._position(row) for row in await repository.positions(self._pool, caller.account_id)]

    async def position(self, caller: Caller, symbol: str) -> dict[str, Any]:
        await self._freshness.wait(caller.account_id, (LEDGER, ORDER_EVENTS))
        found = await repository.positions(self._pool, caller.account_id, symbol)
        if not found:
            raise NotFound("no position in this symbol")
        return self._position(found[0])

    def _position(self, row: DictRow) -> dict[str, Any]:
        price_e4 = self._market.seen(row["symbol"]).mark_e4
        value_e4 = self._value_e4(row)
        cost_e4 = row["cost_basis_e4"]
        return {
            "asset_id": row["symbol"],
            "symbol": row["symbol"],
            "exchange": "TAPELINE",
            "asset_class": "us_equity",
            "qty": quantity_text(row["qty_e6"]),
            "qty_available": quantity_text(row["qty_e6"] - row["hold_qty_e6"]),
            "avg_entry_price": money_text(average_e4(cost_e4, row["qty_e6"])),
            "side": "long" if row["qty_e6"] > 0 else "short",
            "cost_basis": money_text(cost_e4),
            "current_price": None if price_e4 is None else money_text(price_e4),
            "market_value": None if value_e4 is None else money_text(value_e4),
            "unrealized_pl": None if value_e4 is None else money_text(value_e4 - cost_e4),
        }

    def _value_e4(self, row: DictRow) -> int | None:
        price_e4 = self._market.seen(row["symbol"]).mark_e4
        return None if price_e4 is None else int(row["qty_e6"]) * price_e4 // 1_000_000

    def _worth_e4(self, row: DictRow) -> int:
        """Market value in 1e-4; what it cost where the symbol has no price."""
        value_e4 = self._value_e4(row)
        return int(row["cost_basis_e4"]) if value_e4 is None else value_e4
