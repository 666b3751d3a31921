"""The end of an order: its hold is released, its entry goes, its id stays known for the stated time."""

from __future__ import annotations

from streams.accounts.holds import is_leg, set_hold
from streams.accounts.legs import leave
from streams.accounts.state import Account, Accounts, OpenOrder, order_entry_name
from streams.fold import Step
from topics.messages import FinishedEntry


def close(accounts: Accounts, account: Account, order: OpenOrder, time_us: int, step: Step) -> None:
    """Take an order whose status is final out of the open ones. A successor that was on its way never comes."""
    withdraw_successor(account, order)
    if is_leg(order):
        leave(account, order, time_us, step)
    else:
        set_hold(account, order, 0, 0)
    del account.orders[order.root_order_id]
    step.changed[order_entry_name(order)] = None
    finish_id(accounts, account, order, time_us, step)


def finish_id(accounts: Accounts, account: Account, order: OpenOrder, time_us: int, step: Step) -> None:
    """The id in force is no more: filled, canceled, or replaced; it and its client id stay taken for a while."""
    del account.open_ids[order.order_id]
    finished = FinishedEntry(
        account_id=account.account_id,
        order_id=order.order_id,
        client_order_id=order.client_order_id,
        order_status=order.order_status,
        finished_time_us=max(time_us, account.time_us),
    )
    step.changed[accounts.finish(account, finished)] = None


def withdraw_successor(account: Account, order: OpenOrder) -> None:
    """Forget a replace that is on its way; its ids are free again."""
    pending = order.pending_replace
    if pending is not None:
        order.pending_replace = None
        del account.open_ids[pending.new_order_id]
        del account.client_ids[pending.client_order_id]
