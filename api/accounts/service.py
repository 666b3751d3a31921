"""Opens accounts: identity first, then the commands, until the ledger shows them. For the command line and the demo.

The user's row is committed before anything is appended, so that the log never names a user that does not exist, and the
key comes last: an account without one is of an opening that failed, and who asks for its email again completes it. Each
step can be repeated: a second OpenAccount changes nothing, and a transfer that the ledger shows is not asked for again
(accounts itself refuses a second one of the same id within a day).
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from api.accounts import repository
from api.log.ask import Asker
from api.log.market import Market
from api.problems import OutcomeUnknown, Unavailable
from api.security.keys import NewKey, generate
from api.store.pool import Pool
from api.units import to_e4, to_e6
from topics.message import Message
from topics.messages import Deposit, DepositShares, OpenAccount

ACCOUNT_CLASSES = ("standard", "market_maker", "replay")
CASH_AT_MOST = Decimal(100_000_000_000)  # the ledger refuses more at once; also what shares may have cost together
SHARES_AT_MOST = Decimal(1_000_000_000)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_EMAIL_LENGTH_MAX = 254


class AccountNotOpened(RuntimeError):
    """The account's opening was not confirmed, or a transfer into it was refused."""


@dataclass(frozen=True, slots=True)
class Shares:
    """A position to begin with; without a cost of one share they count at the reference price."""

    qty: Decimal
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """An account and its key; the secret is known only here."""

    account_id: str
    user_id: str
    key: NewKey


class AccountDesk:
    """Opens and funds accounts. The asker must listen to the topic `ledger`."""

    def __init__(self, pool: Pool, asker: Asker, market: Market) -> None:
        self._pool = pool
        self._asker = asker
        self._market = market

    async def open_account(
        self,
        cash: Decimal,
        positions: Mapping[str, Shares],
        account_class: str = "standard",
        email: str | None = None,
    ) -> OpenedAccount:
        """A new user with one account, its key, cash and shares.

        Raises ValueError for amounts that cannot be, psycopg.errors.UniqueViolation when the email is another user's,
        and AccountNotOpened when the ledger refuses or does not answer.
        """
        if account_class not in ACCOUNT_CLASSES:
            raise ValueError(f"account class {account_class} is not one of {', '.join(ACCOUNT_CLASSES)}")
        account_id, user_id, key = str(uuid4()), str(uuid4()), generate()
        email = email or f"{user_id}@users.invalid"
        if len(email) > _EMAIL_LENGTH_MAX or not email.isprintable() or _EMAIL.fullmatch(email) is None:
            raise ValueError(f"{email!r} is not an email address")
        begun = await repository.find_account_of_email(self._pool, email)
        is_begun = begun is not None and not begun["has_key"]
        if begun is not None and is_begun:
            account_id, user_id, account_class = begun["account_id"], begun["user_id"], begun["account_class"]
        transfers = self._transfers(account_id, cash, positions)
        if not is_begun:
            await repository.insert_account(self._pool, user_id, email, account_id, account_class)
        await self._fund(account_id, user_id, account_class, transfers)
        await repository.exchange_key(self._pool, account_id, key)
        return OpenedAccount(account_id, user_id, key)

    async def fund(
        self, account_id: str, user_id: str, account_class: str, cash: Decimal, positions: Mapping[str, Shares]
    ) -> None:
        """Open an account that identity has, and book what it begins with, unless that was done before."""
        await self._fund(account_id, user_id, account_class, self._transfers(account_id, cash, positions))

    def _transfers(
        self, account_id: str, cash: Decimal, positions: Mapping[str, Shares]
    ) -> list[Deposit | DepositShares]:
        """What the account begins with, as commands. Raises ValueError for what the ledger would refuse."""
        now_us = time.time_ns() // 1000
        transfers: list[Deposit | DepositShares] = []
        if cash:
            _check("cash", cash, CASH_AT_MOST)
            transfers.append(Deposit(account_id, "opening-cash", to_e4(cash), now_us))
        for symbol, shares in positions.items():
            reference_e4 = self._reference_e4(symbol)
            _check(f"the quantity of {symbol}", shares.qty, SHARES_AT_MOST)
            qty_e6 = to_e6(shares.qty)
            cost_e4 = reference_e4 if shares.cost is None else to_e4(shares.cost)
            basis_e4 = cost_e4 * qty_e6 // 1_000_000
            if not 0 <= basis_e4 <= to_e4(CASH_AT_MOST):
                raise ValueError(f"what {symbol} has cost together must be at least 0 and at most {CASH_AT_MOST}")
            transfers.append(DepositShares(account_id, f"opening-{symbol}", symbol, qty_e6, basis_e4, now_us))
        return transfers

    def _reference_e4(self, symbol: str) -> int:
        instrument = self._market.seen(symbol).instrument
        if instrument is None:
            raise ValueError(f"{symbol} is not listed")
        return instrument.reference_price_e4

    async def _fund(
        self, account_id: str, user_id: str, account_class: str, transfers: list[Deposit | DepositShares]
    ) -> None:
        command = OpenAccount(account_id, user_id, account_class, time.time_ns() // 1000)
        await self._confirmed(account_id, command, str(uuid4()))
        booked = await repository.booked_transfers(self._pool, account_id, [each.transfer_id for each in transfers])
        for transfer in transfers:
            if transfer.transfer_id in booked:
                continue
            answer = await self._confirmed(account_id, transfer, str(uuid4()))
            if answer.NAME == "AccountEvent" and not answer.text.endswith("is taken"):
                raise AccountNotOpened(f"{transfer.transfer_id}: {answer.text}")

    async def _confirmed(self, account_id: str, command: Message, correlation_id: str) -> Any:
        try:
            async with self._asker.ask(account_id, command, correlation_id) as answers:
                answer = await answers.next()
        except (Unavailable, OutcomeUnknown) as problem:
            raise AccountNotOpened(f"{command.NAME}: {problem.detail}") from problem
        if answer is None:
            raise AccountNotOpened(
                f"{command.NAME} is recorded and the ledger does not show it: does a worker of accounts run?"
            )
        return answer


def _check(what: str, amount: Decimal, at_most: Decimal) -> None:
    if not 0 < amount <= at_most:
        raise ValueError(f"{what} must be above 0 and at most {at_most}, not {amount:.6g}")
