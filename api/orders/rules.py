"""Which fields go together: the rules of a request that no single field can tell.

Those of instructions are lines of the venue's own table of refused combinations, with its rule ids, so that a client
reads the same whoever refuses. What the table says of quantities and amounts is left to it.
"""

from __future__ import annotations

from collections.abc import Callable

from api.orders.checks import RULES
from api.orders.legs import leg_errors, limit_price_of
from api.orders.schemas import ListOrders, NewOrderRequest, ReplaceOrderRequest
from api.problems import InvalidRequest
from api.units import to_us

_LIMIT_TYPES = ("limit", "stop_limit")
_STOP_TYPES = ("stop", "stop_limit")
_TRIGGERED_TYPES = (*_STOP_TYPES, "trailing_stop")
_IN_AUCTION = ("opg", "cls")
_NEVER_RESTS = ("ioc", "fok", *_IN_AUCTION)
_TRAILS = ("trail_price", "trail_percent")


def _rests(order: NewOrderRequest) -> bool:
    return order.type in _LIMIT_TYPES and order.time_in_force not in _NEVER_RESTS


COMBINATIONS: tuple[tuple[str, Callable[[NewOrderRequest], bool]], ...] = (
    ("post_only_rests", lambda order: order.post_only and not (order.type == "limit" and _rests(order))),
    ("auction_type", lambda order: order.time_in_force in _IN_AUCTION and order.type not in ("market", "limit")),
    ("display_qty_rests", lambda order: order.display_qty is not None and not _rests(order)),
    ("min_qty_takes", lambda order: order.min_qty is not None and order.post_only),
    ("min_qty_auction", lambda order: order.min_qty is not None and order.time_in_force in _IN_AUCTION),
    (
        "cash_qty_market",
        lambda order: (
            order.notional is not None and not (order.type == "market" and order.time_in_force in ("day", "ioc"))
        ),
    ),
    ("cash_qty_alone", lambda order: order.notional is not None and (order.min_qty is not None or order.reduce_only)),
    (
        "cash_qty_prevention",
        lambda order: order.notional is not None and order.self_match_prevention == "decrement_and_cancel",
    ),
    ("trigger_stop", lambda order: order.trigger != "last_trade" and order.type not in _TRIGGERED_TYPES),
    ("reprice_post_only", lambda order: order.post_only_action == "reprice" and not order.post_only),
    ("reduce_only_sell", lambda order: order.reduce_only and order.side == "buy"),
    (
        "extended_hours_limit",
        lambda order: order.extended_hours and not (order.type == "limit" and order.time_in_force in ("day", "gtc")),
    ),
)


def check_fields(order: NewOrderRequest, now_us: int) -> None:
    """Raise InvalidRequest naming every field that is missing, does not belong, or is too early."""
    wanted = (
        ("limit_price", limit_price_of(order), order.type in _LIMIT_TYPES, f"type {order.type}"),
        ("stop_price", order.stop_price, order.type in _STOP_TYPES, f"type {order.type}"),
        ("expire_time", order.expire_time, order.time_in_force == "gtd", f"time_in_force {order.time_in_force}"),
    )
    errors = []
    for field, value, belongs, of in wanted:
        if belongs and value is None:
            errors.append(_error(field, "required", f"is required with {of}"))
        elif not belongs and value is not None:
            errors.append(_error(field, "not_applicable", f"does not apply to {of}"))
    errors += _sizes(order) + _trail(order) + [_error(*found) for found in leg_errors(order)]
    if order.expire_time is not None and to_us(order.expire_time) <= now_us:
        errors.append(_error("expire_time", "expiry_in_future", "has passed"))
    errors += [_error(RULES[rule].field, rule, RULES[rule].words) for rule, is_in in COMBINATIONS if is_in(order)]
    _raise(errors)


def _sizes(order: NewOrderRequest) -> list[dict[str, str]]:
    """A quantity or an amount."""
    if order.qty is None and order.notional is None:
        return [_error("qty", "required", "is required unless notional is given")]
    if order.qty is not None and order.notional is not None:
        return [_error("notional", "not_applicable", "does not go with qty")]
    return []


def _trail(order: NewOrderRequest) -> list[dict[str, str]]:
    """A trailing stop has one of the two; no other order has any."""
    given = [name for name in _TRAILS if getattr(order, name) is not None]
    if order.type != "trailing_stop":
        return [_error(name, "not_applicable", f"does not apply to type {order.type}") for name in given]
    if not given:
        return [_error("trail_price", "required", "or trail_percent is required with type trailing_stop")]
    if len(given) > 1:
        return [_error("trail_percent", "not_applicable", "does not go with trail_price")]
    return []


def check_changes(changes: ReplaceOrderRequest) -> None:
    """Raise InvalidRequest when nothing is to change, or what no order has together: a trail sets its stop itself."""
    if not changes.model_fields_set:
        raise InvalidRequest("nothing to change", errors=[])
    if changes.trail is not None:
        prices = [name for name in ("limit_price", "stop_price") if getattr(changes, name) is not None]
        _raise([_error(name, "not_applicable", "does not go with trail") for name in prices])


def check_cursors(query: ListOrders) -> None:
    """Raise InvalidRequest when a page is bounded in two ways: by two orders, or by an order and a time."""
    given = query.model_fields_set
    orders = [name for name in ("after_order_id", "before_order_id") if name in given]
    if orders and (len(orders) > 1 or given & {"after", "until"}):
        errors = [_error(name, "cursors_mixed", "goes alone") for name in orders]
        raise InvalidRequest("a page begins at one order, or lies between times", errors=errors)


def _error(field: str, rule: str, message: str) -> dict[str, str]:
    return {"field": field, "rule": rule, "message": message}


def _raise(errors: list[dict[str, str]]) -> None:
    if errors:
        raise InvalidRequest("; ".join(f"{error['field']} {error['message']}" for error in errors), errors=errors)
