"""`python -m stack.simulator_accounts`: opens the market simulator's accounts; keys go to
`{home}/simulator-accounts.json`, readable by its owner alone. Safe to repeat, also after an interrupted start.

The first half rest orders and are well supplied; the others trade with them. Each symbol belongs to one of either half,
by its number: the demonstration's are given here, before anything trades, the others by `stack.widen_market` meanwhile.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from decimal import Decimal

from api.accounts import repository
from api.accounts.opening import account_desk
from api.accounts.service import AccountDesk, AccountNotOpened, Shares
from api.security.keys import generate, is_secret_of
from api.security.repository import find_key
from api.store.pool import Pool
from config.settings import Settings, settings
from feeds.demo_market import DEMO
from feeds.flow.universe import Listed, universe
from stack import private_file

COUNT = 8
FILE = "simulator-accounts.json"
SUPPLIES = {  # cash in dollars, shares of each symbol
    "market_maker": (Decimal(1_000_000_000), Decimal(1_000_000)),
    "standard": (Decimal(100_000_000), Decimal(100_000)),
}
Key = dict[str, str]


async def simulator_accounts(config: Settings) -> list[Key]:
    """`account_id`, `key_id` and `secret` of every account, makers first. Raises AccountNotOpened."""
    path = config.home / FILE
    async with account_desk(config) as (desk, pool):
        kept: list[Key] = json.loads(path.read_text()) if path.exists() else []
        if len(kept) == COUNT and all([await _is_in_force(pool, key) for key in kept]):
            return kept
        try:
            keys = await asyncio.gather(*(_open(pool, desk, number) for number in range(COUNT)))
        except ValueError as error:  # a symbol is not listed
            raise AccountNotOpened(str(error)) from error
    private_file.write(path, json.dumps(keys))
    return keys


def email_of(number: int) -> str:
    """Whose account it is."""
    return f"simulator-{number}@users.invalid"


def class_of(number: int) -> str:
    """The first half are market makers."""
    return "market_maker" if number < COUNT // 2 else "standard"


def supplied(number: int, listed: Sequence[Listed]) -> dict[str, Shares]:
    """Shares of an account by symbol: of every fourth symbol, as `MarketSimulator` deals them out."""
    half, shares = COUNT // 2, Shares(SUPPLIES[class_of(number)][1])
    return {each.symbol: shares for place, each in enumerate(listed) if place % half == number % half}


async def _is_in_force(pool: Pool, key: Key) -> bool:
    row = await find_key(pool, key["key_id"])
    return row is not None and is_secret_of(key["secret"], row["secret_hash"])


async def _open(pool: Pool, desk: AccountDesk, number: int) -> Key:
    """One account by its user's email; an existing one gets what it lacks and a new key."""
    account_class = class_of(number)
    cash, positions = SUPPLIES[account_class][0], supplied(number, universe(len(DEMO)))
    email = email_of(number)
    account = await repository.find_account_of_email(pool, email)
    if account is None:
        opened = await desk.open_account(cash, positions, account_class, email)
        account_id, key = opened.account_id, opened.key
    else:
        account_id, key = account["account_id"], generate()
        await desk.fund(account_id, account["user_id"], account["account_class"], cash, positions)
        await repository.exchange_key(pool, account_id, key)
    return {"account_id": account_id, "key_id": key.key_id, "secret": key.secret}


def main() -> None:
    try:
        asyncio.run(simulator_accounts(settings()))
    except AccountNotOpened as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
