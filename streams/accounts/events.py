"""What accounts publishes: order events, cancel rejects and account events. Each event raises the account's `seq`."""

from __future__ import annotations

from streams.accounts.state import Account, OpenOrder
from streams.fold import Output, Step
from topics.catalogue import LEDGER, ORDER_EVENTS
from topics.messages import (
    AccountEvent,
    AccountEventKind,
    CancelRejectReason,
    CancelRejectResponseTo,
    ExecType,
    OrderCancelReject,
    OrderEvent,
    OrderStatus,
)


def next_seq(account: Account, step: Step) -> int:
    """The account's next sequence number."""
    account.seq += 1
    step.changed[account.entry_name] = None
    return account.seq


def whole_order(
    account: Account,
    order: OpenOrder,
    exec_type: ExecType,
    order_status: OrderStatus,
    leaves_qty_e6: int,
    transact_time_us: int,
) -> OrderEvent:
    """The whole order as it is now, under the account's present sequence number; not published."""
    account_id = account.account_id
    seq = account.seq
    return OrderEvent(
        exec_id=f"{account_id}-{seq}",
        exec_type=exec_type,
        order_status=order_status,
        account_id=account_id,
        user_id=account.user_id,
        account_seq=seq,
        order_id=order.order_id,
        root_order_id=order.root_order_id,
        client_order_id=order.client_order_id,
        replaces=order.replaces,
        replaced_by=None,
        symbol=order.symbol,
        side=order.side,
        order_type=order.order_type,
        time_in_force=order.time_in_force,
        qty_e6=order.qty_e6,
        limit_price_e4=order.limit_price_e4,
        stop_price_e4=order.stop_price_e4,
        expire_time_us=order.expire_time_us,
        post_only=order.post_only,
        self_match_prevention=order.self_match_prevention,
        worst_price_e4=order.worst_price_e4,
        cum_qty_e6=order.cum_qty_e6 + order.corrected_qty_e6,
        leaves_qty_e6=leaves_qty_e6,
        cum_amount_e4=order.cum_amount_e4 + order.corrected_amount_e4,
        last_px_e4=None,
        last_qty_e6=None,
        amount_e4=0,
        fee_e4=0,
        trade_id=None,
        last_liquidity=None,
        settlement_day=None,
        hold_e4=order.hold_e4,
        hold_qty_e6=order.hold_qty_e6,
        position_qty_e6=account.position_qty_e6(order.symbol),
        prevented_qty_e6=0,
        checks=[],
        order_reject_reason=None,
        reject_reasons=[],
        existing_order_id=None,
        text="",
        submitted_time_us=order.submitted_time_us,
        transact_time_us=transact_time_us,
        instructions=order.instructions,
        high_water_e4=order.high_water_e4,
        correction_count=order.correction_count,
        contingency_type=order.contingency_type,
        parent_order_id=order.parent_order_id,
    )


def order_event(
    step: Step,
    account: Account,
    order: OpenOrder,
    exec_type: ExecType,
    order_status: OrderStatus,
    leaves_qty_e6: int,
    transact_time_us: int,
) -> OrderEvent:
    """Publish the whole order as it is now; the caller adds what only its event has."""
    next_seq(account, step)
    event = whole_order(account, order, exec_type, order_status, leaves_qty_e6, transact_time_us)
    step.outputs.append(Output(ORDER_EVENTS, account.account_id, event))
    return event


def cancel_reject(
    step: Step,
    account_id: str,
    user_id: str | None,
    order_id: str,
    order: OpenOrder | None,
    response_to: CancelRejectResponseTo,
    reason: CancelRejectReason,
    text: str,
    transact_time_us: int,
) -> None:
    """Publish that a cancel or replace was refused (FIX 35=9)."""
    reject = OrderCancelReject(
        account_id=account_id,
        user_id=user_id,
        order_id=order_id,
        root_order_id=None if order is None else order.root_order_id,
        symbol=None if order is None else order.symbol,
        response_to=response_to,
        cancel_reject_reason=reason,
        text=text,
        transact_time_us=transact_time_us,
    )
    step.outputs.append(Output(ORDER_EVENTS, account_id, reject))


def account_event(
    step: Step,
    account: Account,
    seq: int,
    kind: AccountEventKind,
    text: str,
    transact_time_us: int,
    transfer_id: str | None = None,
) -> None:
    """Publish what happened to an account besides orders and money."""
    event = AccountEvent(
        account_id=account.account_id,
        user_id=account.user_id,
        account_seq=seq,
        kind=kind,
        status=account.status,
        account_class=account.account_class,
        transfer_id=transfer_id,
        text=text,
        transact_time_us=transact_time_us,
    )
    step.outputs.append(Output(LEDGER, account.account_id, event))
