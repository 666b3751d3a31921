"""Refusals in words: which field of the request a rule is about, and its figures in dollars and shares.

The log has figures as integers of the rule's unit (1e-4 of a dollar, 1e-6 of a share, microseconds), in the checks of
an event and, where a record has no checks, in its text as `rule: value against limit`. A refused combination has no
figures; there it is `rule: what does not go together`, in the words of the wire.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.units import money_text, quantity_text, time_text
from topics.messages import RiskCheck

Shown = Callable[[int], str]
Names = Mapping[str, str]
"""What `price`, `qty` and `trail` are called in the request: an order of an amount has `notional` for its quantity."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`field` is the request's, or one of `Names`. `words` say what failed, by `value` and `limit`."""

    field: str
    shown: Shown
    words: str


CHECKS = {
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
    "price_limit": Rule("price", money_text, "${value}, at most ${limit} is taken"),
    "tick_size": Rule("price", money_text, "the price is ${value} off its increment"),
    "order_fields": Rule("price", str, "fields that do not fit the order"),
    "firm_status": Rule("house", str, "the house takes no orders now, from any account"),
    "account_status": Rule("account", str, "the account may not do this now"),
    "covered": Rule("account", str, "the account owes shares of another symbol since a trade was busted or corrected"),
    "message_rate": Rule("account", quantity_text, "the account sends faster than its class may"),
    "open_orders": Rule("account", str, "{value} open orders, at most {limit} are taken"),
}
COMBINATIONS = {  # lines of the venue's table of what does not go together
    "limit_price_fits": Rule("limit_price", str, "the type of the order needs it, or has none"),
    "stop_price_fits": Rule("stop_price", str, "the type of the order needs it, or has none"),
    "expire_time_fits": Rule("expire_time", str, "goes with gtd, and gtd with it"),
    "post_only_rests": Rule("post_only", str, "needs a limit order that may rest"),
    "auction_type": Rule("time_in_force", str, "opg and cls need a market or a limit order"),
    "display_qty_rests": Rule("display_qty", str, "needs a limit order that may rest"),
    "display_qty_range": Rule("display_qty", str, "must not be below 0"),
    "display_qty_share": Rule("display_qty", str, "is below a hundredth of the quantity"),
    "min_qty_range": Rule("min_qty", str, "is above the quantity"),
    "min_qty_takes": Rule("min_qty", str, "does not go with post_only, which takes nothing"),
    "min_qty_auction": Rule("min_qty", str, "does not go with opg and cls"),
    "cash_qty_range": Rule("notional", str, "must be above 0"),
    "cash_qty_market": Rule("notional", str, "needs a market order, day or ioc"),
    "cash_qty_alone": Rule("notional", str, "does not go with min_qty or reduce_only"),
    "cash_qty_prevention": Rule(
        "self_match_prevention", str, "decrement_and_cancel does not go with notional, which has no quantity yet"
    ),
    "trail_stop": Rule("trail", str, "needs a trailing_stop"),
    "trail_one": Rule("trail", str, "is trail_price or trail_percent, not both"),
    "trail_range": Rule("trail", str, "must be above 0, and a percentage below 100"),
    "trigger_stop": Rule("trigger", str, "needs an order with a stop"),
    "reprice_post_only": Rule("post_only", str, "is needed for post_only_action reprice"),
    "reduce_only_sell": Rule("reduce_only", str, "a buy reduces no position: there are no short ones"),
    "extended_hours_limit": Rule("extended_hours", str, "needs a limit order, day or gtc"),
    "legs_fit": Rule("order_class", str, "bracket and oco have take_profit and stop_loss, oto has one of them"),
    "entry_buys": Rule("side", str, "the legs of a bracket or oto sell what it buys: there are no short positions"),
    "pair_sells": Rule("side", str, "an oco sells a position: there are no short ones"),
    "pair_rests": Rule("type", str, "an oco is a limit order, day or gtc"),
    "legs_rest": Rule("time_in_force", str, "of a leg is day or gtc"),
    "legs_outlive": Rule("time_in_force", str, "a leg may not end before the order that it waits for"),
    "legs_apart": Rule("stop_loss", str, "stop, limit of the order and price of the profit must rise in this order"),
    "legs_plain": Rule("order_class", str, "an oco, or a leg, is shown whole and has no minimum"),
    "legs_shares": Rule("notional", str, "an order with legs has a qty"),
    "legs_hours": Rule("extended_hours", str, "an order with legs trades in the regular session"),
}
RULES = CHECKS | COMBINATIONS
_LEG_NAMES: Mapping[str, Names] = {
    "take_profit": {"price": "limit_price"},
    "stop_loss": {"price": "stop_price", "trail": "trail_price"},
}
_LEG = r"(?:(?:take_profit|stop_loss)\.)?"  # before the rules of a leg
_IN_TEXT = re.compile(
    rf"(?P<rule>{_LEG}(?:{'|'.join(RULES)})): (?P<value>-?[0-9]+) against (?P<limit>-?[0-9]+)"
    rf"|(?P<combination>{_LEG}(?:{'|'.join(COMBINATIONS)})): [^;]+"
)


def in_words(text: str) -> str:
    """A record's text with every check in it in words; what is no check stays as it is."""

    def told(found: re.Match[str]) -> str:
        check = _check(found)
        return f"{check.rule_id}: {_words(check)}"

    return _IN_TEXT.sub(told, text)


def errors_in(text: str, names: Names) -> list[dict[str, Any]]:
    """The failed checks in a record's text as `error_of` has them."""
    return [error_of(_check(found), names) for found in _IN_TEXT.finditer(text)]


def _check(found: re.Match[str]) -> RiskCheck:
    """A failed check as an event has it."""
    if found["rule"] is None:
        return RiskCheck(found["combination"], limit=0, value=1, headroom=-1, passed=False)
    value, limit = int(found["value"]), int(found["limit"])
    return RiskCheck(found["rule"], limit, value, -abs(limit - value), passed=False)


def error_of(check: RiskCheck, names: Names) -> dict[str, Any]:
    """A failed check as a member of a problem's `errors`: figures are decimals in the unit of the field, and how far
    the value is from the limit is the headroom."""
    rule = _rule_of(check)
    leg, dot, _ = check.rule_id.rpartition(".")
    names = _LEG_NAMES.get(leg, names)
    return {
        "field": f"{leg}{dot}{names.get(rule.field, rule.field)}",
        "rule": check.rule_id,
        "message": _words(check),
        "limit": rule.shown(check.limit),
        "value": rule.shown(check.value),
        "headroom": rule.shown(check.headroom),
    }


def _rule_of(check: RiskCheck) -> Rule:
    return RULES[check.rule_id.rpartition(".")[2]]


def _words(check: RiskCheck) -> str:
    rule = _rule_of(check)
    return rule.words.format(value=rule.shown(check.value), limit=rule.shown(check.limit))
