"""Builds the accounts of a partition from their entries, in whatever order these come."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Final

from streams.accounts.holds import is_leg
from streams.accounts.state import Account, Accounts, group_of
from topics.messages import AccountEntry, FinishedEntry, FirmEntry, OpenOrderEntry, PositionEntry

KINDS: Final = (FirmEntry, AccountEntry, PositionEntry, OpenOrderEntry, FinishedEntry)


def load_entries(accounts: Accounts, entries: Iterable[tuple[str, Any]]) -> None:
    """Fill empty `accounts` from (name, message) pairs. Raises TypeError for a message that is no entry of accounts."""
    by_type: dict[type, list[Any]] = {kind: [] for kind in KINDS}
    for name, entry in entries:
        if type(entry) not in by_type:
            raise TypeError(f"{name} holds a {type(entry).__name__}, which is no entry of accounts")
        by_type[type(entry)].append(entry)
    for entry in by_type[FirmEntry]:
        accounts.firm = entry
    for entry in by_type[AccountEntry]:
        _load_account(accounts, entry)
    for entry in by_type[PositionEntry]:
        account = accounts.by_id[entry.account_id]
        position = account.position(entry.symbol)
        account.change_shares(position, entry.qty_e6)
        position.cost_basis_e4 = entry.cost_basis_e4
        position.realized_e4 = entry.realized_e4
    for entry in sorted(by_type[FinishedEntry], key=attrgetter("account_id", "finished_time_us", "order_id")):
        accounts.finish(accounts.by_id[entry.account_id], entry)
    for entry in sorted(by_type[OpenOrderEntry], key=attrgetter("accepted_seq")):
        _load_order(accounts.by_id[entry.account_id], entry)


def _load_account(accounts: Accounts, entry: AccountEntry) -> None:
    account = Account(entry.account_id, entry.user_id, entry.account_class, entry.status)
    account.seq = entry.account_seq
    account.cash_e4 = entry.cash_e4
    account.throttle_tokens_e6 = entry.throttle_tokens_e6
    account.throttle_time_us = entry.throttle_time_us
    account.time_us = entry.time_us
    accounts.by_id[entry.account_id] = account
    for unsettled in entry.unsettled:
        accounts.add_unsettled(account, unsettled.settlement_day, unsettled.amount_e4)


def _load_order(account: Account, order: OpenOrderEntry) -> None:
    account.orders[order.root_order_id] = order
    account.open_ids[order.order_id] = order
    account.client_ids[order.client_order_id] = order.order_id
    account.hold_e4 += order.hold_e4
    if order.hold_qty_e6:
        account.position(order.symbol).held_qty_e6 += order.hold_qty_e6
    if is_leg(order):
        account.legs.setdefault(group_of(order), []).append(order)
    pending = order.pending_replace
    if pending is not None:
        account.open_ids[pending.new_order_id] = order
        account.client_ids[pending.client_order_id] = pending.new_order_id
