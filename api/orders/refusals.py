"""A refusal of the pre-trade checks, or of the book, as a problem document that names every field and rule."""

from __future__ import annotations

from typing import Any

from api.orders.checks import Names, error_of, errors_in, in_words
from api.problems import InvalidRequest, Problem, TooManyRequests
from topics.messages import OrderCancelReject, OrderEvent


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


def problem_of_refusal(event: OrderEvent) -> Problem:
    """What POST answers for a refused order."""
    failed = [check for check in event.checks if not check.passed]
    rules = {check.rule_id for check in failed}
    errors = [error_of(check, _names(event)) for check in failed]
    if not errors:  # an account that was never opened has no checks
        errors = [{"field": "account", "rule": reason, "message": event.text} for reason in event.reject_reasons]
    detail = in_words(event.text) or "the order was refused"
    members: dict[str, Any] = {"order_id": event.order_id, "client_order_id": event.client_order_id, "errors": errors}
    if rules and rules <= _FUNDS:
        return InsufficientFunds(detail, **members)
    if rules == _THROTTLE:
        return TooManyRequests(detail, **members)
    if _DUPLICATE in rules:
        return DuplicateClientOrderId(detail, existing_order_id=event.existing_order_id, **members)
    return OrderRefused(detail, **members)


def _names(event: OrderEvent) -> Names:
    """What the request of an order calls its price, quantity and trail."""
    asked = event.instructions
    trail = "trail_percent" if asked is not None and asked.trail_percent_e4 is not None else "trail_price"
    is_trailed = asked is not None and (asked.trail_offset_e4, asked.trail_percent_e4) != (None, None)
    stop = trail if is_trailed else "stop_price"
    return {
        "price": stop if event.limit_price_e4 is None else "limit_price",
        "qty": "qty" if asked is None or asked.cash_qty_e4 is None else "notional",
        "trail": trail,
    }


def problem_of_reject(reject: OrderCancelReject, price_field: str = "limit_price") -> Problem:
    """What DELETE or PATCH answers for a cancel or replace of a known order that was refused; PATCH names the price
    that it changes."""
    members = {"order_id": reject.order_id, "reason": reject.cancel_reject_reason}
    if reject.cancel_reject_reason == "DuplicateClOrdID":
        errors = [{"field": "client_order_id", "rule": _DUPLICATE, "message": reject.text}]
        return DuplicateClientOrderId(reject.text, errors=errors, **members)
    if reject.cancel_reject_reason == "Other":
        errors = errors_in(reject.text, {"price": price_field})
        kind = TooManyRequests if {error["rule"] for error in errors} == _THROTTLE else InvalidRequest
        return kind(in_words(reject.text), errors=errors, **members)
    return NotCancelable(reject.text or reject.cancel_reject_reason, **members)


def problem_of_forgotten(reject: OrderCancelReject) -> Problem:
    """The same for an order that is stored and that accounts does not know any more, or never took."""
    return NotCancelable("the order is finished", order_id=reject.order_id, reason="TooLate")
