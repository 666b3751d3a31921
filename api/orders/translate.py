"""FIX on the wire, Alpaca over REST: the one place that knows both.

An order comes as an OrderEvent or as a row of `projection.orders`; both have the row's names here.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from api.log.market import Seen
from api.orders.checks import in_words
from api.orders.instructions import columns_of, instructions_of, set_trail, shown, trails
from api.orders.legs import class_of, limit_price_of
from api.orders.schemas import (
    CancelAll,
    NewOrderRequest,
    OrderTypeName,
    ReplaceOrderRequest,
    SessionName,
    TimeInForceName,
)
from api.security.service import Caller
from api.units import average_e4, money_text, quantity_text, text_of, time_of, to_e4, to_e6, to_us
from topics.messages import (
    CancelAllOrders,
    Contingency,
    OrderEvent,
    OrderStatus,
    OrderType,
    ReplaceOrder,
    SelfMatchPrevention,
    Side,
    SubmitOrder,
    TimeInForce,
    TradingSession,
)

SIDES: dict[str, Side] = {"buy": "Buy", "sell": "Sell"}
TYPES: dict[OrderTypeName, OrderType] = {
    "market": "Market",
    "limit": "Limit",
    "stop": "Stop",
    "stop_limit": "StopLimit",
    "trailing_stop": "Stop",  # with a trail
}
TIMES_IN_FORCE: dict[TimeInForceName, TimeInForce] = {
    "day": "Day",
    "gtc": "GoodTillCancel",
    "ioc": "ImmediateOrCancel",
    "fok": "FillOrKill",
    "gtd": "GoodTillDate",
    "opg": "AtTheOpening",
    "cls": "AtTheClose",
}
SELF_MATCH_PREVENTIONS: dict[str, SelfMatchPrevention] = {
    "cancel_newest": "CancelNewest",
    "cancel_oldest": "CancelOldest",
    "cancel_both": "CancelBoth",
    "decrement_and_cancel": "DecrementAndCancel",
    "off": "Off",
}
SESSIONS: dict[SessionName, TradingSession] = {
    "opening": "Opening",
    "closing": "Closing",
    "regular": "Regular",
    "extended": "Extended",
}
STATUSES: dict[OrderStatus, str] = {
    "PendingNew": "accepted",  # the pre-trade decision has been made, the book has not answered yet
    "New": "new",
    "PartiallyFilled": "partially_filled",
    "Filled": "filled",
    "Canceled": "canceled",
    "Replaced": "replaced",
    "PendingCancel": "pending_cancel",
    "Rejected": "rejected",
    "Expired": "expired",
    "PendingReplace": "pending_replace",
    "Suspended": "held",
}
_SIDE_NAMES = {value: name for name, value in SIDES.items()}
_TYPE_NAMES = {value: name for name, value in TYPES.items() if name != "trailing_stop"}
_TIME_IN_FORCE_NAMES = {value: name for name, value in TIMES_IN_FORCE.items()}
_SELF_MATCH_PREVENTION_NAMES = {value: name for name, value in SELF_MATCH_PREVENTIONS.items()}
_ENDED_AT = {
    "Filled": "filled_at",
    "Canceled": "canceled_at",
    "Expired": "expired_at",
    "Rejected": "failed_at",
    "Replaced": "replaced_at",
}
_SHARED = (
    "order_id",
    "client_order_id",
    "symbol",
    "side",
    "order_type",
    "time_in_force",
    "qty_e6",
    "limit_price_e4",
    "stop_price_e4",
    "post_only",
    "self_match_prevention",
    "cum_qty_e6",
    "cum_amount_e4",
    "replaces",
    "replaced_by",
    "text",
    "contingency_type",
)


def submit_order(
    request: NewOrderRequest,
    caller: Caller,
    order_id: str,
    client_order_id: str,
    seen: Seen,
    now_us: int,
    contingency: Contingency | None = None,
) -> SubmitOrder:
    """The command of a request, with the instrument and the market as they are seen now stamped in."""
    instrument = seen.instrument
    return SubmitOrder(
        account_id=caller.account_id,
        user_id=caller.user_id,
        order_id=order_id,
        client_order_id=client_order_id,
        symbol=request.symbol,
        side=SIDES[request.side],
        order_type=TYPES[request.type],
        time_in_force=TIMES_IN_FORCE[request.time_in_force],
        qty_e6=0 if request.qty is None else to_e6(request.qty),
        limit_price_e4=_e4(limit_price_of(request)),
        stop_price_e4=_e4(request.stop_price),
        expire_time_us=None if request.expire_time is None else to_us(request.expire_time),
        post_only=request.post_only,
        self_match_prevention=SELF_MATCH_PREVENTIONS[request.self_match_prevention],
        instrument_version=0 if instrument is None else instrument.version,
        instrument_status=None if instrument is None else instrument.status,
        tick_rule=None if instrument is None else instrument.tick_rule,
        reference_price_e4=None if instrument is None else instrument.reference_price_e4,
        bid_price_e4=seen.bid_price_e4,
        ask_price_e4=seen.ask_price_e4,
        transact_time_us=now_us,
        instructions=instructions_of(request),
        contingency=contingency,
    )


def replace_order(
    request: ReplaceOrderRequest,
    account_id: str,
    order_id: str,
    new_order_id: str,
    client_order_id: str,
    seen: Seen,
    now_us: int,
) -> ReplaceOrder:
    """The command of a request to replace; null keeps what the order has."""
    instrument = seen.instrument
    return ReplaceOrder(
        account_id=account_id,
        order_id=order_id,
        new_order_id=new_order_id,
        client_order_id=client_order_id,
        qty_e6=None if request.qty is None else to_e6(request.qty),
        limit_price_e4=_e4(request.limit_price),
        stop_price_e4=_e4(request.stop_price),
        time_in_force=None if request.time_in_force is None else TIMES_IN_FORCE[request.time_in_force],
        expire_time_us=None if request.expire_time is None else to_us(request.expire_time),
        tick_rule=None if instrument is None else instrument.tick_rule,
        reference_price_e4=None if instrument is None else instrument.reference_price_e4,
        bid_price_e4=seen.bid_price_e4,
        ask_price_e4=seen.ask_price_e4,
        transact_time_us=now_us,
        trail_e4=_e4(request.trail),
    )


def cancel_all_of(which: CancelAll, account_id: str, now_us: int) -> CancelAllOrders:
    session = None if which.session is None else SESSIONS[which.session]
    return CancelAllOrders(account_id, now_us, which.symbol, session)


def _e4(price: Decimal | None) -> int | None:
    return None if price is None else to_e4(price)


def row_of_event(event: OrderEvent) -> dict[str, Any]:
    """An event's order under the names of `projection.orders`."""
    row: dict[str, Any] = {name: getattr(event, name) for name in _SHARED}
    row |= columns_of(event.instructions)
    row["high_water_e4"] = event.high_water_e4
    row["status"] = event.order_status
    row["expire_at"] = None if event.expire_time_us is None else time_of(event.expire_time_us)
    row["created_at"] = time_of(event.submitted_time_us)
    row["updated_at"] = time_of(event.transact_time_us)
    ended_at = _ENDED_AT.get(event.order_status)
    if ended_at is not None:
        row[ended_at] = row["updated_at"]
    return row


def row_of_command(command: SubmitOrder) -> dict[str, Any]:
    """An order that nobody has decided on yet."""
    row: dict[str, Any] = {name: getattr(command, name, None) for name in _SHARED}
    row |= columns_of(command.instructions)
    row |= {"status": None, "cum_qty_e6": 0, "cum_amount_e4": 0, "text": "", "high_water_e4": None}
    row["expire_at"] = None if command.expire_time_us is None else time_of(command.expire_time_us)
    row["created_at"] = row["updated_at"] = time_of(command.transact_time_us)
    if command.contingency is not None:
        row["contingency_type"] = command.contingency.contingency_type
    return row


def row_of_successor(event: OrderEvent, command: ReplaceOrder) -> dict[str, Any]:
    """The successor of an order whose replace was accepted by the checks, and not yet by the book."""
    row = row_of_event(event)
    row |= {"order_id": command.new_order_id, "client_order_id": command.client_order_id, "replaces": event.order_id}
    row |= {"status": "PendingNew", "created_at": time_of(command.transact_time_us)}
    for name in ("qty_e6", "limit_price_e4", "stop_price_e4", "time_in_force"):
        if getattr(command, name) is not None:
            row[name] = getattr(command, name)
    if command.expire_time_us is not None:
        row["expire_at"] = time_of(command.expire_time_us)
    set_trail(row, command)
    return row


def order_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row as `schemas.Order` has it, with the rows of its legs where it has `legs`; status None is `pending_new`."""
    created_at = _time(row["created_at"])
    kind = "trailing_stop" if trails(row) else _TYPE_NAMES[row["order_type"]]
    is_fixed = row["qty_e6"] > 0 or row["cash_qty_e4"] is None
    filled_e6 = row["cum_qty_e6"]
    return {
        "id": row["order_id"],
        "client_order_id": row["client_order_id"],
        "created_at": created_at,
        "updated_at": _time(row["updated_at"]),
        "submitted_at": created_at,
        "filled_at": _time(row.get("filled_at")),
        "expired_at": _time(row.get("expired_at")),
        "canceled_at": _time(row.get("canceled_at")),
        "failed_at": _time(row.get("failed_at")),
        "replaced_at": _time(row.get("replaced_at")),
        "replaced_by": row["replaced_by"],
        "replaces": row["replaces"],
        "symbol": row["symbol"],
        "asset_class": "us_equity",
        "qty": quantity_text(row["qty_e6"]) if is_fixed else None,
        "filled_qty": quantity_text(filled_e6),
        "filled_avg_price": money_text(average_e4(row["cum_amount_e4"], filled_e6)) if filled_e6 else None,
        "order_class": class_of(row["contingency_type"]),
        "order_type": kind,
        "type": kind,
        "side": _SIDE_NAMES[row["side"]],
        "time_in_force": _TIME_IN_FORCE_NAMES[row["time_in_force"]],
        "limit_price": _price(row["limit_price_e4"]),
        "stop_price": _price(row["stop_price_e4"]),
        "status": "pending_new" if row["status"] is None else STATUSES[row["status"]],
        "legs": None if row.get("legs") is None else [order_of(leg) for leg in row["legs"]],
        **shown(row),
        "expire_time": _time(row["expire_at"]),
        "post_only": row["post_only"],
        "self_match_prevention": _SELF_MATCH_PREVENTION_NAMES[row["self_match_prevention"]],
        "reject_reason": in_words(row["text"]) or None,
    }


def _price(price_e4: int | None) -> str | None:
    return None if price_e4 is None else money_text(price_e4)


def _time(time: datetime | None) -> str | None:
    return None if time is None else text_of(time)
