"""A record of `order-events` as a client's event."""

from __future__ import annotations

from typing import Any

from api.orders.checks import in_words
from api.orders.translate import order_of, row_of_event
from api.units import money_text, quantity_text, time_text
from topics.messages import ExecType, OrderCancelReject, OrderEvent

# A triggered stop is sent to the book's queue only now, which is what `new` says to a client.
NAMES: dict[ExecType, str] = {
    "New": "new",
    "Canceled": "canceled",
    "Replaced": "replaced",
    "PendingCancel": "pending_cancel",
    "Rejected": "rejected",
    "PendingNew": "pending_new",
    "Expired": "expired",
    "PendingReplace": "pending_replace",
    "Suspended": "held",
    "TriggeredOrActivated": "new",
    "Restated": "restated",
    "TradeCancel": "trade_bust",
    "TradeCorrect": "trade_correct",
}
REJECTS = {
    "OrderCancelRequest": "order_cancel_rejected",
    "OrderCancelReplaceRequest": "order_replace_rejected",
}


def concerns_no_order(message: OrderEvent | OrderCancelReject) -> bool:
    """Whether a cancel or replace named an order that is none: that is told to who asked, and is no order's event."""
    return isinstance(message, OrderCancelReject) and message.cancel_reject_reason == "UnknownOrder"


def event_of(event_id: str, message: OrderEvent | OrderCancelReject) -> dict[str, Any]:
    """A message as `schemas.TradeEvent` has it."""
    if isinstance(message, OrderCancelReject):
        return _reject(event_id, message)
    at = time_text(message.transact_time_us)
    if message.exec_type == "Trade":
        name = "fill" if message.leaves_qty_e6 == 0 else "partial_fill"
    else:
        name = NAMES[message.exec_type]
    return {
        "event_id": event_id,
        "event": name,
        "account_id": message.account_id,
        "at": at,
        "execution_id": message.exec_id,
        "previous_execution_id": message.exec_ref_id,
        "order": order_of(row_of_event(message)),
        "order_id": message.order_id,
        "price": None if message.last_px_e4 is None else money_text(message.last_px_e4),
        "qty": None if message.last_qty_e6 is None else quantity_text(message.last_qty_e6),
        "position_qty": quantity_text(message.position_qty_e6),
        "prevented_qty": quantity_text(message.prevented_qty_e6) if message.prevented_qty_e6 else None,
        "timestamp": at,
        "reason": in_words(message.text) or None,
    }


def _reject(event_id: str, message: OrderCancelReject) -> dict[str, Any]:
    at = time_text(message.transact_time_us)
    return {
        "event_id": event_id,
        "event": REJECTS[message.response_to],
        "account_id": message.account_id,
        "at": at,
        "execution_id": None,
        "previous_execution_id": None,
        "order": None,
        "order_id": message.order_id,
        "price": None,
        "qty": None,
        "position_qty": None,
        "prevented_qty": None,
        "timestamp": at,
        "reason": in_words(message.text) or message.cancel_reject_reason,
    }
