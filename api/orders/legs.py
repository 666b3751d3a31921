"""Legs of bracket, OCO and OTO orders: from a request to the wire, and which fields of a request they need."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from api.orders.instructions import SCOPES, TRIGGERS
from api.orders.schemas import NewOrderRequest, OrderClassName, StopLoss
from api.units import to_e4
from topics.messages import Contingency, ContingencyType, Instructions, Leg, TimeInForce

CONTINGENCY_TYPES: dict[str, ContingencyType] = {
    "bracket": "Bracket",
    "oco": "OneUpdatesTheOther",
    "oto": "OneTriggersTheOther",
}
_CLASS_NAMES: dict[ContingencyType, OrderClassName] = {
    "Bracket": "bracket",
    "OneUpdatesTheOther": "oco",
    "OneTriggersTheOther": "oto",
}
_PLAIN = Instructions()


def class_of(contingency_type: ContingencyType | None) -> OrderClassName:
    """`order_class` of an order or a leg."""
    return "simple" if contingency_type is None else _CLASS_NAMES[contingency_type]


def contingency_of(request: NewOrderRequest, new_id: Callable[[], str]) -> Contingency | None:
    """The legs of a request under ids of their own; None for a simple order.

    They are good for the day where the order is, until canceled where it is anything else: no leg ends before the order
    that it waits for, nor with one that is immediate.
    """
    if request.order_class not in CONTINGENCY_TYPES:
        return None
    force: TimeInForce = "Day" if request.time_in_force == "day" else "GoodTillCancel"
    scope = Instructions(self_match_scope=SCOPES[request.self_match_scope])
    legs = []
    if request.take_profit is not None and request.order_class != "oco":
        limit_e4 = to_e4(request.take_profit.limit_price)
        legs.append(Leg(new_id(), new_id(), "Limit", force, limit_e4, None, 0, None if scope == _PLAIN else scope))
    stop = request.stop_loss
    if stop is not None:
        asked = Instructions(
            trail_offset_e4=_e4(stop.trail_price),
            trail_percent_e4=_e4(stop.trail_percent),
            trigger_price_type=TRIGGERS[stop.trigger],
            self_match_scope=scope.self_match_scope,
        )
        legs.append(
            Leg(
                order_id=new_id(),
                client_order_id=new_id(),
                order_type="Stop" if stop.limit_price is None else "StopLimit",
                time_in_force=force,
                limit_price_e4=_e4(stop.limit_price),
                stop_price_e4=_e4(stop.stop_price),
                worst_price_e4=0,
                instructions=None if asked == _PLAIN else asked,
            )
        )
    return Contingency(CONTINGENCY_TYPES[request.order_class], legs)


def limit_price_of(request: NewOrderRequest) -> Decimal | None:
    """Limit price of the order itself: that of an oco is where it takes its profit."""
    if request.order_class == "oco" and request.take_profit is not None:
        return request.take_profit.limit_price
    return request.limit_price


def leg_errors(order: NewOrderRequest) -> list[tuple[str, str, str]]:
    """(field, rule, message) of every leg that is missing or does not belong, and of what a stop_loss lacks."""
    given = [name for name in ("take_profit", "stop_loss") if getattr(order, name) is not None]
    found = []
    if order.order_class not in CONTINGENCY_TYPES:
        found += [(name, "not_applicable", "does not apply to order_class simple") for name in given]
    elif order.order_class == "oto":
        if len(given) != 1:
            found.append(("order_class", "legs_fit", "oto has a take_profit or a stop_loss, one of the two"))
    else:
        missing = {"take_profit", "stop_loss"} - set(given)
        found += [(name, "required", f"is required with order_class {order.order_class}") for name in sorted(missing)]
    if order.order_class == "oco" and order.limit_price not in (None, limit_price_of(order)):
        found.append(("limit_price", "not_applicable", "of an oco is take_profit.limit_price"))
    return found + ([] if order.stop_loss is None else _stop_errors(order.stop_loss))


def _stop_errors(stop: StopLoss) -> list[tuple[str, str, str]]:
    given = [name for name in ("stop_price", "trail_price", "trail_percent") if getattr(stop, name) is not None]
    if not given:
        return [("stop_loss.stop_price", "required", "or a trail is required")]
    found = [(f"stop_loss.{name}", "not_applicable", f"does not go with {given[0]}") for name in given[1:]]
    if stop.limit_price is not None and stop.stop_price is None:
        found.append(("stop_loss.limit_price", "not_applicable", "does not go with a trail"))
    return found


def _e4(price: Decimal | None) -> int | None:
    return None if price is None else to_e4(price)
