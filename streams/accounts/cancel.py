"""CancelOrder and CancelAllOrders: ask the book, or say why there is nothing to ask. Never throttled."""

from __future__ import annotations

from streams.accounts.events import cancel_reject, order_event
from streams.accounts.holds import is_leg
from streams.accounts.lifecycle import shown_status
from streams.accounts.state import Account, Accounts, OpenOrder, order_entry_name
from streams.fold import Output, Step
from topics.catalogue import ORDERS
from topics.messages import CancelAllOrders, CancelOrder, CancelRejectReason, CancelRequest, Side, TradingSession

UNKNOWN: tuple[CancelRejectReason, str] = ("UnknownOrder", "no such order")


def cancel(accounts: Accounts, account: Account | None, command: CancelOrder, step: Step) -> None:
    """Cancel by the id in force, or by the id of a successor that is on its way (the book gets the replace first)."""
    order = None if account is None else account.open_ids.get(command.order_id)
    if account is None or order is None:
        reason, text = UNKNOWN if account is None else why_not_open(account, command.order_id)
    elif order.pending_cancel:
        reason, text = "AlreadyPending", "a cancel of the order is on its way"
    else:
        _request_cancel(account, order, command.transact_time_us, step)
        return
    user_id = None if account is None else account.user_id
    cancel_reject(
        step,
        command.account_id,
        user_id,
        command.order_id,
        order,
        "OrderCancelRequest",
        reason,
        text,
        command.transact_time_us,
    )


def cancel_all(accounts: Accounts, account: Account | None, command: CancelAllOrders, step: Step) -> None:
    """Cancel every open order, or those of one symbol, of one trading session, or of both. None is no error."""
    if account is not None:
        cancel_open(account, command.symbol, command.transact_time_us, step, session=command.trading_session)


def cancel_open(
    account: Account,
    symbol: str | None,
    time_us: int,
    step: Step,
    side: Side | None = None,
    session: TradingSession | None = None,
) -> None:
    """Ask the books to cancel the open orders (of a symbol, of a side, of a session, None for all) in order of arrival,
    without those whose cancel is on its way.

    Entries come last: one that has bought nothing takes its legs along, and the book would know none of theirs.
    Nor can an entry that is filled meanwhile leave its legs open.
    """
    for order in sorted(account.orders.values(), key=_is_entry):
        if order.pending_cancel or symbol not in (None, order.symbol) or side not in (None, order.side):
            continue
        if session is None or session == session_of(order):
            _request_cancel(account, order, time_us, step)


def _is_entry(order: OpenOrder) -> bool:
    return order.contingency_type is not None and not is_leg(order)


def session_of(order: OpenOrder) -> TradingSession:
    """The part of a day that an order is for (FIX 336)."""
    if order.time_in_force == "AtTheOpening":
        return "Opening"
    if order.time_in_force == "AtTheClose":
        return "Closing"
    return "Extended" if order.instructions is not None and order.instructions.extended_hours else "Regular"


def why_not_open(account: Account, order_id: str) -> tuple[CancelRejectReason, str]:
    """Reason for an id that is not one of an open order: finished or replaced within the kept time, or unknown."""
    finished = account.finished.get(order_id)
    if finished is None or finished.order_status is None:
        return UNKNOWN
    return "TooLate", f"the order is {finished.order_status}"


def _request_cancel(account: Account, order: OpenOrder, time_us: int, step: Step) -> None:
    order.pending_cancel = True
    step.changed[order_entry_name(order)] = None
    leaves = order.qty_e6 - order.cum_qty_e6
    order_event(step, account, order, "PendingCancel", shown_status(order), leaves, time_us)
    request = CancelRequest(account.account_id, order.order_id, order.root_order_id, order.symbol, time_us)
    step.outputs.append(Output(ORDERS, order.symbol, request))
