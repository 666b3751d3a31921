"""A refusal of the pre-trade checks, or of the book, as a problem document that names every field and rule."""

from __future__ import annotations

from typing import Any

from api.problems import InvalidRequest, NotFound, Problem, TooManyRequests
from api.units import money_text, quantity_text
from topics.messages import OrderCancelReject, OrderEvent, RiskCheck


class InsufficientFunds(Problem):
    """The account has not the buying power, or not the shares, and nothing else is wrong with the order."""

    status = 403


class OrderRefused(Problem):
    """The pre-trade checks refused the order; `errors` names every rule with its limit, value and headroom."""

    status = 422


class DuplicateClientOrderId(Problem):
    """An order of the account has this client_order_id already; `existing_order_id` is its id."""

    status = 422


class NotCancelable(Problem):
    """The order can no longer be cancelled or replaced, or is about to be."""

    status = 422


_FUNDS = {"buying_power", "position"}
_THROTTLE = {"message_rate"}
_DUPLICATE = "client_order_id_unique"

# The field of the request that a rule is about; an order of an account that may not trade has none at fault.
_FIELDS = {
    "known_symbol": "symbol",
    "tradable_symbol": "symbol",
    "reference_price": "symbol",
    "client_order_id_length": "client_order_id",
    _DUPLICATE: "client_order_id",
    "expiry_in_future": "expire_time",
    "quantity_positive": "qty",
    "quantity_limit": "qty",
    "order_value_min": "qty",
    "notional_limit": "qty",
    "buying_power": "qty",
    "position": "qty",
    "price_collar": "limit_price",
    "account_status": "account",
    "message_rate": "account",
    "open_orders": "account",
}
_MONEY = {"buying_power", "notional_limit", "order_value_min", "price_collar", "price_limit", "reference_price"}
_QUANTITY = {"position", "quantity_limit", "quantity_positive"}


def problem_of_refusal(event: OrderEvent) -> Problem:
    """What POST answers for a refused order."""
    failed = [check for check in event.checks if not check.passed]
    rules = {check.rule_id for check in failed}
    errors = [_error(check, event) for check in failed]
    if not errors:  # an account that was never opened has no checks
        errors = [{"field": "account", "rule": reason, "message": event.text} for reason in event.reject_reasons]
    detail = event.text or "the order was refused"
    members: dict[str, Any] = {"order_id": event.order_id, "client_order_id": event.client_order_id, "errors": errors}
    if rules and rules <= _FUNDS:
        return InsufficientFunds(detail, **members)
    if rules == _THROTTLE:
        return TooManyRequests(detail, **members)
    if _DUPLICATE in rules:
        return DuplicateClientOrderId(detail, existing_order_id=event.existing_order_id, **members)
    return OrderRefused(detail, **members)


def _error(check: RiskCheck, event: OrderEvent) -> dict[str, Any]:
    rule = check.rule_id
    field = _FIELDS.get(rule)
    if field is None:  # tick_size, price_limit, order_fields: about the price the order has
        field = "stop_price" if event.limit_price_e4 is None else "limit_price"
    shown = money_text if rule in _MONEY else quantity_text if rule in _QUANTITY else str
    limit, value, headroom = shown(check.limit), shown(check.value), shown(check.headroom)
    message = f"{rule}: {value} against a limit of {limit}"
    return {"field": field, "rule": rule, "message": message, "limit": limit, "value": value, "headroom": headroom}


def problem_of_reject(reject: OrderCancelReject) -> Problem:
    """What DELETE or PATCH answers for a cancel or replace that was refused."""
    members = {"order_id": reject.order_id, "reason": reject.cancel_reject_reason}
    if reject.cancel_reject_reason == "UnknownOrder":
        return NotFound("no such order", **members)
    if reject.cancel_reject_reason == "DuplicateClOrdID":
        errors = [{"field": "client_order_id", "rule": _DUPLICATE, "message": reject.text}]
        return DuplicateClientOrderId(reject.text, errors=errors, **members)
    if reject.cancel_reject_reason == "Other":
        return InvalidRequest(reject.text, **members)
    return NotCancelable(reject.text or reject.cancel_reject_reason, **members)
