"""Accounts for a load: a maker whose quotes are deep on both sides, and takers to trade against them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from api.accounts.opening import account_desk
from api.accounts.service import OpenedAccount, Shares
from config.settings import Settings

CASH = Decimal(90_000_000_000)
SHARES = Shares(Decimal(900_000_000), Decimal(1))


@dataclass(frozen=True, slots=True)
class Trader:
    """An account and the headers that its key needs."""

    account_id: str
    user_id: str
    headers: dict[str, str]


def trader_of(opened: OpenedAccount) -> Trader:
    headers = {"APCA-API-KEY-ID": opened.key.key_id, "APCA-API-SECRET-KEY": opened.key.secret}
    return Trader(opened.account_id, opened.user_id, headers)


async def open_traders(config: Settings, count: int, symbols: list[str], account_class: str) -> list[Trader]:
    """Open accounts with plenty of cash and shares of the symbols."""
    async with account_desk(config) as (desk, _):
        positions = dict.fromkeys(symbols, SHARES)
        opened = await asyncio.gather(*(desk.open_account(CASH, positions, account_class) for _ in range(count)))
    return [trader_of(each) for each in opened]
