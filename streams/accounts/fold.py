"""The fold of a partition of `commands`: many accounts, each a function of the commands under its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from streams.accounts.admin import open_account, set_account_status
from streams.accounts.cancel import cancel, cancel_all
from streams.accounts.correct import correct_fill
from streams.accounts.firm import ENTRY_NAME, set_firm_status
from streams.accounts.ledger import post_settlement
from streams.accounts.load import load_entries
from streams.accounts.replace import replace
from streams.accounts.reports import execution_report, order_cancel_reject
from streams.accounts.state import Account, Accounts
from streams.accounts.submit import submit
from streams.accounts.transfers import deposit, deposit_shares, withdraw, withdraw_shares
from streams.dated import day_of
from streams.fold import Refused, Step, unreadable
from topics.messages import (
    AdvanceTime,
    CancelAllOrders,
    CancelOrder,
    CorrectFill,
    Deposit,
    DepositShares,
    ExecutionReport,
    OpenAccount,
    OrderCancelReject,
    ReplaceOrder,
    SetAccountStatus,
    SetFirmStatus,
    SubmitOrder,
    Withdraw,
    WithdrawShares,
)

CLOCK_KEY: Final = "clock"
"""Key of AdvanceTime: it concerns every account of the partition that it was written to."""

HANDLERS: dict[type, Callable[[Accounts, Account | None, Any, Step], None]] = {
    OpenAccount: open_account,
    SetAccountStatus: set_account_status,
    Deposit: deposit,
    Withdraw: withdraw,
    DepositShares: deposit_shares,
    WithdrawShares: withdraw_shares,
    SubmitOrder: submit,
    CancelOrder: cancel,
    CancelAllOrders: cancel_all,
    ReplaceOrder: replace,
    ExecutionReport: execution_report,
    OrderCancelReject: order_cancel_reject,
    CorrectFill: correct_fill,
}


class AccountsFold:
    """Implements `streams.fold.Fold` for accounts."""

    VERSION = "accounts-7"

    def __init__(self, decode: Callable[[bytes], Any] = unreadable) -> None:
        self.accounts = Accounts(decode)

    def load(self, entries: Iterable[tuple[str, Any]]) -> None:
        """Build the accounts from the entries of a changelog, in any order."""
        load_entries(self.accounts, entries)

    def apply(self, key: str, message: Any) -> Step:
        """Fold one command in. Raises Refused for what does not belong, Defect where the books would stop balancing."""
        step = Step()
        if type(message) is AdvanceTime:
            self._advance(key, message, step)
            return step
        if type(message) is SetFirmStatus:
            set_firm_status(self.accounts, key, message, step)
            return step
        handler = HANDLERS.get(type(message))
        if handler is None:
            raise Refused(f"{type(message).__name__} is no command of accounts")
        if key != message.account_id:
            raise Refused(f"key {key!r} is not the account {message.account_id!r}")
        handler(self.accounts, self.accounts.by_id.get(key), message, step)
        account = self.accounts.by_id.get(key)
        if account is not None and message.transact_time_us > account.time_us:
            account.time_us = message.transact_time_us
            step.changed[account.entry_name] = None
        return step

    def entry(self, name: str) -> Any | None:
        """Current value of an entry, None when it is gone."""
        if name == ENTRY_NAME:
            return self.accounts.firm
        kind, account_id, *key = name.split("/", 2)
        account = self.accounts.by_id.get(account_id)
        if account is None:
            return None
        return account.to_entry() if kind == "account" else account.entry(kind, key[0])

    def _advance(self, key: str, command: AdvanceTime, step: Step) -> None:
        """Settlements of the day fall due and are told on the ledger; ids whose time is over are forgotten."""
        if key != CLOCK_KEY:
            raise Refused(f"AdvanceTime under key {key!r}, not {CLOCK_KEY!r}")
        for account, day, amount_e4 in self.accounts.settle(day_of(command.transact_time_us)):
            post_settlement(step, account, day, amount_e4, command.transact_time_us)
        for name in self.accounts.forget(command.transact_time_us):
            step.changed[name] = None
