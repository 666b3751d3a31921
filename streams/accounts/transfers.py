"""Deposits and withdrawals of cash (against `bank`) and of shares (against `custody`). A refusal is an AccountEvent.

A transfer's id is taken for the kept time, so a repeat within it is refused, not booked twice.
"""

from __future__ import annotations

from typing import Final

from streams.accounts.events import account_event, next_seq
from streams.accounts.ledger import USD, add_shares, journal, take_cost
from streams.accounts.limits import MAX_BALANCE, MAX_TRANSFER_E4, MAX_TRANSFER_QTY_E6
from streams.accounts.state import Account, Accounts, Position
from streams.fold import Step
from topics.messages import (
    Deposit,
    DepositShares,
    FinishedEntry,
    JournalKind,
    Posting,
    Withdraw,
    WithdrawShares,
)

OWES: Final = (
    "the account owes cash or shares since a trade was canceled or corrected: nothing leaves before it is covered"
)
Transfer = Deposit | DepositShares | Withdraw | WithdrawShares


def deposit(accounts: Accounts, account: Account | None, command: Deposit, step: Step) -> None:
    """Cash comes from the bank."""
    if account is None or (problem := _deposit_problem(account, command)):
        _refuse(account, command, problem if account else "no such account", step)
        return
    account.cash_e4 += command.amount_e4
    legs = _legs("cash", "bank", USD, command.amount_e4)
    _book(accounts, account, command, "Deposit", legs, None, step)


def withdraw(accounts: Accounts, account: Account | None, command: Withdraw, step: Step) -> None:
    """Cash leaves for the bank: settled and not held."""
    if account is None or (problem := _withdraw_problem(account, command)):
        _refuse(account, command, problem if account else "no such account", step)
        return
    account.cash_e4 -= command.amount_e4
    legs = _legs("cash", "bank", USD, -command.amount_e4)
    _book(accounts, account, command, "Withdrawal", legs, None, step)


def deposit_shares(accounts: Accounts, account: Account | None, command: DepositShares, step: Step) -> None:
    """Shares come from custody with what they cost."""
    if account is None or (problem := _deposit_shares_problem(account, command)):
        _refuse(account, command, problem if account else "no such account", step)
        return
    position = account.position(command.symbol)
    add_shares(account, position, command.qty_e6, command.cost_basis_e4)
    legs = _legs("securities", "custody", command.symbol, command.qty_e6)
    _book(accounts, account, command, "ShareDeposit", legs, position, step)


def withdraw_shares(accounts: Accounts, account: Account | None, command: WithdrawShares, step: Step) -> None:
    """Shares that no open sell holds leave for custody, and their average cost with them; nothing is realised."""
    if account is None or (problem := _withdraw_shares_problem(account, command)):
        _refuse(account, command, problem if account else "no such account", step)
        return
    position = account.positions[command.symbol]
    take_cost(position, command.qty_e6)
    account.change_shares(position, -command.qty_e6)
    legs = _legs("securities", "custody", command.symbol, -command.qty_e6)
    _book(accounts, account, command, "ShareWithdrawal", legs, position, step)


def _deposit_problem(account: Account, command: Deposit) -> str:
    if not 0 < command.amount_e4 <= MAX_TRANSFER_E4:
        return f"amount must be above 0 and at most {MAX_TRANSFER_E4} (1e-4)"
    if account.cash_e4 + command.amount_e4 > MAX_BALANCE:
        return "the balance would exceed its limit"
    return _problem(account, command)


def _withdraw_problem(account: Account, command: Withdraw) -> str:
    if command.amount_e4 <= 0:
        return "amount must be above 0"
    if account.owes:
        return OWES
    if command.amount_e4 > account.withdrawable_e4:
        return f"{account.withdrawable_e4} (1e-4) is settled and not held"
    return _problem(account, command)


def _deposit_shares_problem(account: Account, command: DepositShares) -> str:
    if not command.symbol:
        return "symbol is required"
    if not 0 < command.qty_e6 <= MAX_TRANSFER_QTY_E6:
        return f"quantity must be above 0 and at most {MAX_TRANSFER_QTY_E6} (1e-6 share)"
    if not 0 <= command.cost_basis_e4 <= MAX_TRANSFER_E4:
        return f"cost basis must be at least 0 and at most {MAX_TRANSFER_E4} (1e-4)"
    if account.position_qty_e6(command.symbol) + command.qty_e6 > MAX_BALANCE:
        return "the position would exceed its limit"
    return _problem(account, command)


def _withdraw_shares_problem(account: Account, command: WithdrawShares) -> str:
    position = account.positions.get(command.symbol)
    free = 0 if position is None else position.qty_e6 - position.held_qty_e6
    if command.qty_e6 <= 0:
        return "quantity must be above 0"
    if account.owes:
        return OWES
    if command.qty_e6 > free:
        return f"{free} (1e-6 share) is not held"
    return _problem(account, command)


def _problem(account: Account, command: Transfer) -> str:
    """What any transfer may be refused for; empty when nothing is wrong."""
    if account.is_taken(command.transfer_id):
        return f"id {command.transfer_id} is taken"
    if account.status == "ACCOUNT_CLOSED":
        return "the account is closed"
    if account.status == "DISABLED" and isinstance(command, Withdraw | WithdrawShares):
        return "the account is disabled"
    return ""


def _legs(client: str, contra: str, asset: str, amount: int) -> list[Posting]:
    return [Posting(client, asset, amount), Posting(contra, asset, -amount)]


def _book(
    accounts: Accounts,
    account: Account,
    command: Transfer,
    kind: JournalKind,
    legs: list[Posting],
    position: Position | None,
    step: Step,
) -> None:
    time_us = max(command.transact_time_us, account.time_us)
    taken = FinishedEntry(account.account_id, command.transfer_id, "", None, time_us)
    step.changed[accounts.finish(account, taken)] = None
    journal(step, account, kind, legs, position, command.transact_time_us).transfer_id = command.transfer_id


def _refuse(account: Account | None, command: Transfer, problem: str, step: Step) -> None:
    """Publish the refusal; for an account that was never opened under sequence number 0."""
    if account is None:
        account = Account(command.account_id, "", "", "DISABLED")
        seq = 0
    else:
        seq = next_seq(account, step)
    account_event(step, account, seq, "TransferRefused", problem, command.transact_time_us, command.transfer_id)
