"""Which fields go together: the rules of a request that no single field can tell."""

from __future__ import annotations

from api.orders.schemas import ListOrders, NewOrderRequest
from api.problems import InvalidRequest
from api.units import to_us

_LIMIT_TYPES = ("limit", "stop_limit")
_STOP_TYPES = ("stop", "stop_limit")


def check_fields(order: NewOrderRequest, now_us: int) -> None:
    """Raise InvalidRequest naming every field that is missing, does not belong, or is too early."""
    wanted = (
        ("limit_price", order.limit_price, order.type in _LIMIT_TYPES, f"type {order.type}"),
        ("stop_price", order.stop_price, order.type in _STOP_TYPES, f"type {order.type}"),
        ("expire_time", order.expire_time, order.time_in_force == "gtd", f"time_in_force {order.time_in_force}"),
    )
    errors = []
    for field, value, belongs, of in wanted:
        if belongs and value is None:
            errors.append({"field": field, "rule": "required", "message": f"is required with {of}"})
        elif not belongs and value is not None:
            errors.append({"field": field, "rule": "not_applicable", "message": f"does not apply to {of}"})
    if order.expire_time is not None and to_us(order.expire_time) <= now_us:
        errors.append({"field": "expire_time", "rule": "expiry_in_future", "message": "has passed"})
    if order.post_only and (order.type != "limit" or order.time_in_force in ("ioc", "fok")):
        errors.append({"field": "post_only", "rule": "may_rest", "message": "needs a limit order that may rest"})
    if errors:
        raise InvalidRequest("; ".join(f"{error['field']} {error['message']}" for error in errors), errors=errors)


def check_cursors(query: ListOrders) -> None:
    """Raise InvalidRequest when a page is bounded in two ways: by two orders, or by an order and a time."""
    given = query.model_fields_set
    orders = [name for name in ("after_order_id", "before_order_id") if name in given]
    if orders and (len(orders) > 1 or given & {"after", "until"}):
        errors = [{"field": name, "rule": "cursors_mixed", "message": "goes alone"} for name in orders]
        raise InvalidRequest("a page begins at one order, or lies between times", errors=errors)
