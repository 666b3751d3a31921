"""What few orders ask beyond price, quantity and time: between the REST API's names and the wire's record.

A plain order has no record, and null in all of these columns of `projection.orders`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from api.orders.schemas import NewOrderRequest, SelfMatchScopeName, TriggerName
from api.units import money_text, percent_text, quantity_text, to_e4, to_e6
from topics.messages import Instructions, ReplaceOrder, SelfMatchScope, TriggerPriceType

TRIGGERS: dict[TriggerName, TriggerPriceType] = {"last_trade": "LastTrade", "best_quote": "BestQuote"}
SCOPES: dict[SelfMatchScopeName, SelfMatchScope] = {"account": "Account", "owner": "Owner"}
_TRIGGER_NAMES = {value: name for name, value in TRIGGERS.items()}
_SCOPE_NAMES = {value: name for name, value in SCOPES.items()}
_PLAIN = Instructions()
_COLUMNS = tuple(field.name for field in fields(Instructions))


def instructions_of(request: NewOrderRequest) -> Instructions | None:
    """The record of a request; None for a plain order."""
    asked = Instructions(
        display_qty_e6=None if request.display_qty is None else to_e6(request.display_qty),
        min_qty_e6=None if request.min_qty is None else to_e6(request.min_qty),
        cash_qty_e4=None if request.notional is None else to_e4(request.notional),
        trail_offset_e4=None if request.trail_price is None else to_e4(request.trail_price),
        trail_percent_e4=None if request.trail_percent is None else to_e4(request.trail_percent),
        trigger_price_type=TRIGGERS[request.trigger],
        reprice=request.post_only_action == "reprice",
        reduce_only=request.reduce_only,
        self_match_scope=SCOPES[request.self_match_scope],
        extended_hours=request.extended_hours,
    )
    return None if asked == _PLAIN else asked


def columns_of(instructions: Instructions | None) -> dict[str, Any]:
    """A record under the names of `projection.orders`."""
    return {name: getattr(instructions, name, None) for name in _COLUMNS}


def set_trail(row: dict[str, Any], command: ReplaceOrder) -> None:
    """The new trail of a replace, in the unit that the order's trail has."""
    if command.trail_e4 is not None:
        unit = "trail_offset_e4" if row["trail_percent_e4"] is None else "trail_percent_e4"
        row[unit] = command.trail_e4


def trails(row: dict[str, Any]) -> bool:
    return row["trail_offset_e4"] is not None or row["trail_percent_e4"] is not None


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """What `schemas.Order` has of them."""
    is_stop = row["order_type"] in ("Stop", "StopLimit")
    return {
        "notional": _money(row["cash_qty_e4"]),
        "trail_percent": None if row["trail_percent_e4"] is None else percent_text(row["trail_percent_e4"]),
        "trail_price": _money(row["trail_offset_e4"]),
        "hwm": _money(row["high_water_e4"]),
        "display_qty": _quantity(row["display_qty_e6"]),
        "min_qty": _quantity(row["min_qty_e6"]),
        "trigger": _TRIGGER_NAMES[row["trigger_price_type"] or "LastTrade"] if is_stop else None,
        "post_only_action": "reprice" if row["reprice"] else "reject",
        "reduce_only": bool(row["reduce_only"]),
        "self_match_scope": _SCOPE_NAMES[row["self_match_scope"] or "Account"],
        "extended_hours": bool(row["extended_hours"]),
    }


def _money(amount_e4: int | None) -> str | None:
    return None if amount_e4 is None else money_text(amount_e4)


def _quantity(qty_e6: int | None) -> str | None:
    return None if qty_e6 is None else quantity_text(qty_e6)
