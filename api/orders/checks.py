"""Pre-trade checks in words: which field of the request a rule is about, and its figures in dollars and shares.

The log has figures as integers of the rule's unit (1e-4 of a dollar, 1e-6 of a share, microseconds), in the checks of
an event and, where a record has no checks, in its text as `rule: value against limit`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.units import money_text, quantity_text, time_text
from topics.messages import RiskCheck

Shown = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """`field` None: the price that the order has. `words` say what failed, by `value` and `limit`."""

    field: str | None
    shown: Shown
    words: str


RULES = {
    "known_symbol": Rule("symbol", str, "the symbol is not listed"),
    "tradable_symbol": Rule("symbol", str, "the symbol does not trade now"),
    "reference_price": Rule("symbol", money_text, "the symbol has no price to measure the order by"),
    "client_order_id_length": Rule("client_order_id", str, "{value} characters, at most {limit} are taken"),
    "client_order_id_unique": Rule("client_order_id", str, "another order of the account has it"),
    "expiry_in_future": Rule("expire_time", time_text, "{value} is past, {limit} is the earliest"),
    "quantity_positive": Rule("qty", quantity_text, "{value} shares, at least {limit} is needed"),
    "quantity_limit": Rule("qty", quantity_text, "{value} shares, at most {limit} are taken"),
    "order_value_min": Rule("qty", money_text, "the order is worth ${value}, at least ${limit} is needed"),
    "notional_limit": Rule("qty", money_text, "the order may be worth ${value}, at most ${limit} is taken"),
    "buying_power": Rule("qty", money_text, "the order needs ${value}, ${limit} is free"),
    "position": Rule("qty", quantity_text, "the order needs {value} shares, {limit} are free"),
    "price_collar": Rule("limit_price", money_text, "${value} reaches through the market beyond ${limit}"),
    "price_limit": Rule(None, money_text, "${value}, at most ${limit} is taken"),
    "tick_size": Rule(None, money_text, "the price is ${value} off its increment"),
    "order_fields": Rule(None, str, "fields that do not fit the order"),
    "account_status": Rule("account", str, "the account may not do this now"),
    "message_rate": Rule("account", quantity_text, "the account sends faster than its class may"),
    "open_orders": Rule("account", str, "{value} open orders, at most {limit} are taken"),
}
_IN_TEXT = re.compile(rf"({'|'.join(RULES)}): (-?[0-9]+) against (-?[0-9]+)")


def in_words(text: str) -> str:
    """A record's text with every check in it in words; what is no check stays as it is."""
    return _IN_TEXT.sub(lambda found: f"{found[1]}: {_words(found[1], int(found[2]), int(found[3]))}", text)


def errors_in(text: str, price_field: str) -> list[dict[str, Any]]:
    """The failed checks in a record's text as `error_of` has them."""
    found = [(rule_id, int(value), int(limit)) for rule_id, value, limit in _IN_TEXT.findall(text)]
    return [
        error_of(RiskCheck(rule_id, limit, value, -abs(limit - value), False), price_field)
        for rule_id, value, limit in found
    ]


def error_of(check: RiskCheck, price_field: str) -> dict[str, Any]:
    """A failed check as a member of a problem's `errors`: figures are decimals in the unit of the field, and how far
    the value is from the limit is the headroom. `price_field` is the price that the order is limited or stopped by."""
    rule = RULES[check.rule_id]
    return {
        "field": rule.field or price_field,
        "rule": check.rule_id,
        "message": _words(check.rule_id, check.value, check.limit),
        "limit": rule.shown(check.limit),
        "value": rule.shown(check.value),
        "headroom": rule.shown(check.headroom),
    }


def _words(rule_id: str, value: int, limit: int) -> str:
    rule = RULES[rule_id]
    return rule.words.format(value=rule.shown(value), limit=rule.shown(limit))
