"""`python -m stack.widen_market`: lists the simulated symbols beyond the demonstration's and gives the simulator's
accounts shares of them, while those trade already. Safe to repeat; what is there is left as it is.
"""

from __future__ import annotations

import asyncio
from decimal import Decimal

from api.accounts import repository
from api.accounts.opening import account_desk
from api.accounts.service import AccountDesk, AccountNotOpened, Shares
from api.store.pool import Pool
from config.settings import Settings, settings
from feeds.flow.universe import universe
from feeds.list_instruments import list_instruments
from stack.simulator_accounts import COUNT, email_of, supplied

AT_ONCE = 50 * COUNT // 2  # symbols that are given out together: the first of them trade soon


async def widen_market(config: Settings) -> None:
    """Raises AccountNotOpened when an account is missing or the ledger does not answer, TimeoutError when matching does
    not list the symbols."""
    listed = universe(config.simulator_symbols)
    await list_instruments(config, [(each.symbol, each.name, each.price_e4, each.sector) for each in listed])
    async with account_desk(config) as (desk, pool):
        accounts = [await repository.find_account_of_email(pool, email_of(number)) for number in range(COUNT)]
        for first in range(0, len(listed), AT_ONCE):
            part = listed[first : first + AT_ONCE]  # begins with the first account's, as the whole does
            await asyncio.gather(
                *(_supply(pool, desk, account, supplied(number, part)) for number, account in enumerate(accounts))
            )


async def _supply(pool: Pool, desk: AccountDesk, account: dict[str, str] | None, positions: dict[str, Shares]) -> None:
    if account is None:
        raise AccountNotOpened("the simulator's accounts are not open; `python -m stack.simulator_accounts` opens them")
    has = {row["symbol"] for row in await repository.positions(pool, account["account_id"])}
    missing = {symbol: shares for symbol, shares in positions.items() if symbol not in has}
    if missing:
        await desk.fund(account["account_id"], account["user_id"], account["account_class"], Decimal(0), missing)


def main() -> None:
    try:
        asyncio.run(widen_market(settings()))
    except (AccountNotOpened, TimeoutError) as error:
        raise SystemExit(str(error) or "matching has not listed the symbols in time") from None


if __name__ == "__main__":
    main()
