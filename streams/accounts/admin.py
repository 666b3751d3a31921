"""OpenAccount and SetAccountStatus."""

from __future__ import annotations

from streams.accounts.cancel import cancel_open
from streams.accounts.events import account_event, next_seq
from streams.accounts.limits import LIMITS, limits_of
from streams.accounts.state import Account, Accounts
from streams.accounts.throttle import TOKEN
from streams.dated import day_of
from streams.fold import Refused, Step
from topics.messages import OpenAccount, SetAccountStatus


def open_account(accounts: Accounts, account: Account | None, command: OpenAccount, step: Step) -> None:
    """Open an account. A second time changes nothing and says again that it is open, under the present sequence number.

    Raises Refused for a class without limits, and for an id that cannot be part of an entry's name.
    """
    if account is not None:
        account_event(step, account, account.seq, "Opened", "open already", command.transact_time_us)
        return
    if command.account_class not in LIMITS:
        raise Refused(f"no limits for account class {command.account_class!r}")
    if not command.account_id or "/" in command.account_id:
        raise Refused(f"account id {command.account_id!r} is empty or has a slash")
    account = Account(command.account_id, command.user_id, command.account_class, "ACTIVE")
    limits = limits_of(account.account_class, day_of(command.transact_time_us))
    account.throttle_tokens_e6 = limits.message_burst * TOKEN
    account.throttle_time_us = command.transact_time_us
    accounts.by_id[account.account_id] = account
    account_event(step, account, next_seq(account, step), "Opened", "", command.transact_time_us)


def set_account_status(accounts: Accounts, account: Account | None, command: SetAccountStatus, step: Step) -> None:
    """Change what the account may do, and cancel its open orders if that is asked too. Raises Refused for an account
    that was never opened."""
    if account is None:
        raise Refused(f"account {command.account_id} was never opened")
    account.status = command.status
    account_event(step, account, next_seq(account, step), "StatusChanged", "", command.transact_time_us)
    if command.cancel_orders:
        cancel_open(account, None, command.transact_time_us, step)
