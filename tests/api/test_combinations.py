"""What the API refuses by itself, held against the venue's table of refused combinations; and instructions as they go
to the wire. Without any server."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from api.log.market import NOTHING
from api.orders.checks import COMBINATIONS as IN_WORDS
from api.orders.checks import RULES, error_of, errors_in, in_words
from api.orders.legs import contingency_of
from api.orders.rules import COMBINATIONS, check_fields
from api.orders.schemas import NewOrderRequest, ReplaceOrderRequest
from api.orders.translate import order_of, replace_order, row_of_successor, submit_order
from api.problems import InvalidRequest
from api.security.service import Caller
from streams.accounts.checks import at_least, combinations, failures_text, message_rate
from streams.combinations import ANY, CONTINGENT, INSTRUCTED, refused
from tests.sinks.making import order_event
from topics.messages import Instructions, RiskCheck

TABLE = [combination for combination, _ in (*ANY, *INSTRUCTED, *CONTINGENT)]
REST_NAMES = {"trail": ("trail_price", "trail_percent")}
NOW_US = 1_700_000_000_000_000


@pytest.mark.parametrize("combination", TABLE, ids=lambda combination: combination.rule_id)
def test_every_line_of_the_table_names_a_field_of_the_request(combination):
    rule = RULES[combination.rule_id]
    assert rule.field == combination.field
    assert set(REST_NAMES.get(rule.field, (rule.field,))) <= set(NewOrderRequest.model_fields)
    if rule.field == "trail":
        assert "trail" in ReplaceOrderRequest.model_fields
    assert "{" not in rule.words, "a combination has no figures"


@pytest.mark.parametrize("combination", TABLE, ids=lambda combination: combination.rule_id)
def test_a_line_in_a_text_is_said_once_and_leads_to_its_field(combination):
    """Where a record has no checks: what refused the replace of an order."""
    assert set(IN_WORDS) == {line.rule_id for line in TABLE}
    found = [at_least("quantity_positive", "Other", 0, 1), *combinations([combination]), message_rate(0)]
    text = failures_text(found, ["a fault"], [combination])
    names = {"trail": "trail", "price": "limit_price"}
    by_rule = {error["rule"]: error for error in errors_in(text, names)}
    assert list(by_rule) == ["quantity_positive", combination.rule_id, "message_rate"]
    assert by_rule[combination.rule_id]["field"] == combination.field
    message = by_rule[combination.rule_id]["message"]
    assert message == RULES[combination.rule_id].words
    assert in_words(text) == "; ".join(
        (
            "quantity_positive: 0 shares, at least 0.000001 is needed",
            f"{combination.rule_id}: {message}",
            "message_rate: the account sends faster than its class may",
            "a fault",
        )
    )


def request(**fields: object) -> NewOrderRequest:
    order = {"symbol": "AAPL", "side": "sell", "qty": "10", "type": "limit", "time_in_force": "day", **fields}
    return NewOrderRequest(**{name: value for name, value in order.items() if value is not None})


def command_of(order: NewOrderRequest):
    return submit_order(order, Caller("A1", "U1", "K1"), "O1", "C1", NOTHING, NOW_US)


PRICES = {
    "market": {},
    "limit": {"limit_price": "100"},
    "stop": {"stop_price": "90"},
    "stop_limit": {"limit_price": "100", "stop_price": "90"},
    "trailing_stop": {"trail_percent": "5"},
}
SIZES = ({"qty": "10"}, {"qty": None, "notional": "500"})
ASKED = (
    {},
    {"trail_price": "1"},
    {"trail_percent": "1"},
    {"limit_price": "1"},
    {"stop_price": "1"},
    {"expire_time": "2099-01-01T00:00:00Z"},
    {"trigger": "best_quote"},
    {"display_qty": "0"},
    {"display_qty": "0.05"},
    {"display_qty": "11"},
    {"min_qty": "5"},
    {"min_qty": "11"},
    {"post_only": True},
    {"post_only_action": "reprice"},
    {"post_only": True, "post_only_action": "reprice"},
    {"reduce_only": True},
    {"self_match_prevention": "decrement_and_cancel"},
    {"self_match_scope": "owner"},
)
LEFT_TO_THE_TABLE = {"display_qty_share", "min_qty_range"}


def own_refusal(order: NewOrderRequest) -> set[str] | None:
    try:
        check_fields(order, NOW_US)
    except InvalidRequest as problem:
        return {error["rule"] for error in problem.members["errors"]}
    return None


@pytest.mark.parametrize("side", ["buy", "sell"])
@pytest.mark.parametrize("time_in_force", ["day", "gtc", "ioc", "fok", "gtd"])
def test_the_api_and_the_table_refuse_the_same(side, time_in_force):
    """Every type with every size and every two instructions. A trailing stop has the first stop that accounts gives."""
    own_ids = {rule for rule, _ in COMBINATIONS}
    both = taken = 0
    for kind, size, one, other in product(PRICES, SIZES, ASKED, ASKED):
        fields = PRICES[kind] | size | one | other
        if time_in_force == "gtd":
            fields = {"expire_time": "2099-01-01T00:00:00Z"} | fields
        order = request(side=side, type=kind, time_in_force=time_in_force, **fields)
        command = command_of(order)
        if kind == "trailing_stop":
            command = replace(command, stop_price_e4=command.stop_price_e4 or 1)
        found, own = {line.rule_id for line in refused(command)}, own_refusal(order)
        if own is None:
            assert found <= LEFT_TO_THE_TABLE, (fields, found)
            taken += 1
        elif own <= own_ids:  # nothing is missing or too much: then the rules are the same ones
            assert own == found & own_ids, (fields, own, found)
            both += 1
    assert both > 100
    assert taken > 20


def test_a_plain_order_carries_no_instructions():
    assert command_of(request(limit_price="100")).instructions is None
    plain = request(limit_price="100", trigger="last_trade", post_only_action="reject", self_match_scope="account")
    assert command_of(plain).instructions is None


@pytest.mark.parametrize(
    ("fields", "wire"),
    [
        ({"display_qty": "0"}, {"display_qty_e6": 0}),
        ({"display_qty": "2.5"}, {"display_qty_e6": 2_500_000}),
        ({"min_qty": "3"}, {"min_qty_e6": 3_000_000}),
        ({"notional": "500.25", "qty": None}, {"cash_qty_e4": 5_002_500}),
        ({"trail_price": "2.05"}, {"trail_offset_e4": 20_500}),
        ({"trail_percent": "1.5"}, {"trail_percent_e4": 15_000}),
        ({"trigger": "best_quote"}, {"trigger_price_type": "BestQuote"}),
        ({"post_only": True, "post_only_action": "reprice"}, {"reprice": True}),
        ({"reduce_only": True}, {"reduce_only": True}),
        ({"self_match_scope": "owner"}, {"self_match_scope": "Owner"}),
    ],
)
def test_an_instruction_goes_to_the_wire(fields, wire):
    command = command_of(request(**fields))
    assert command.instructions == Instructions(**wire)
    assert command.qty_e6 == (0 if "notional" in fields else 10_000_000)


def test_a_trailing_stop_is_a_stop_on_the_wire():
    command = command_of(request(type="trailing_stop", trail_price="1", self_match_prevention="decrement_and_cancel"))
    assert (command.order_type, command.stop_price_e4) == ("Stop", None)
    assert command.self_match_prevention == "DecrementAndCancel"


@pytest.mark.parametrize("unit", ["trail_offset_e4", "trail_percent_e4"])
def test_a_new_trail_that_the_book_has_not_answered_is_in_the_unit_of_the_old(unit):
    event = order_event(order_type="Stop", stop_price_e4=90, instructions=Instructions(**{unit: 10}))
    changes = ReplaceOrderRequest(trail="2.5")
    command = replace_order(changes, "A1", "O1", "O2", "C2", NOTHING, NOW_US)
    order = order_of(row_of_successor(event, command))
    asked = {"trail_offset_e4": ("2.50", None), "trail_percent_e4": (None, "2.5")}
    assert (order["trail_price"], order["trail_percent"]) == asked[unit]
    assert (order["id"], order["type"]) == ("O2", "trailing_stop")


PROFIT, LOSS = {"limit_price": "110"}, {"stop_price": "90"}
BUY = {"side": "buy", "limit_price": "100"}
SELL = {"order_class": "oco", "take_profit": PROFIT, "stop_loss": LOSS}


@pytest.mark.parametrize(
    ("fields", "refused_by"),
    [
        ({**BUY, "order_class": "bracket", "take_profit": PROFIT, "stop_loss": LOSS}, set()),
        ({**BUY, "order_class": "bracket", "take_profit": PROFIT}, {("stop_loss", "required")}),
        ({**BUY, "order_class": "bracket"}, {("take_profit", "required"), ("stop_loss", "required")}),
        ({**BUY, "order_class": "oto", "take_profit": PROFIT}, set()),
        ({**BUY, "order_class": "oto", "stop_loss": LOSS}, set()),
        ({**BUY, "order_class": "oto"}, {("order_class", "legs_fit")}),
        ({**BUY, "order_class": "oto", "take_profit": PROFIT, "stop_loss": LOSS}, {("order_class", "legs_fit")}),
        ({**BUY, "take_profit": PROFIT}, {("take_profit", "not_applicable")}),
        ({**BUY, "order_class": "", "stop_loss": LOSS}, {("stop_loss", "not_applicable")}),
        (SELL, set()),
        ({**SELL, "limit_price": "110"}, set()),
        ({**SELL, "limit_price": "111"}, {("limit_price", "not_applicable")}),
        ({**SELL, "take_profit": None}, {("take_profit", "required"), ("limit_price", "required")}),
        ({**BUY, "order_class": "oto", "stop_loss": {}}, {("stop_loss.stop_price", "required")}),
        ({**BUY, "order_class": "oto", "stop_loss": {"trail_percent": "1"}}, set()),
        (
            {**BUY, "order_class": "oto", "stop_loss": {**LOSS, "trail_price": "1"}},
            {("stop_loss.trail_price", "not_applicable")},
        ),
        (
            {**BUY, "order_class": "oto", "stop_loss": {"trail_price": "1", "limit_price": "80"}},
            {("stop_loss.limit_price", "not_applicable")},
        ),
    ],
)
def test_the_legs_that_an_order_class_needs(fields, refused_by):
    assert refusals(request(**fields)) == refused_by


def refusals(order):
    try:
        check_fields(order, NOW_US)
    except InvalidRequest as problem:
        return {(error["field"], error["rule"]) for error in problem.members["errors"]}
    return set()


@pytest.mark.parametrize(
    ("time_in_force", "of_legs"), [("day", "Day"), ("gtc", "GoodTillCancel"), ("ioc", "GoodTillCancel")]
)
def test_legs_go_to_the_wire_under_ids_of_their_own(time_in_force, of_legs):
    order = request(
        **BUY,
        order_class="bracket",
        take_profit=PROFIT,
        stop_loss={"trail_percent": "1.5", "trigger": "best_quote"},
        time_in_force=time_in_force,
        self_match_scope="owner",
    )
    ids = iter("abcd")
    contingency = contingency_of(order, lambda: next(ids))
    profit, loss = contingency.legs
    assert (contingency.contingency_type, profit.order_id, loss.order_id) == ("Bracket", "a", "c")
    assert (profit.order_type, profit.limit_price_e4, profit.time_in_force) == ("Limit", 1_100_000, of_legs)
    assert (loss.order_type, loss.stop_price_e4, loss.limit_price_e4) == ("Stop", None, None)
    scope = Instructions(self_match_scope="Owner")
    assert profit.instructions == scope
    assert loss.instructions == replace(scope, trail_percent_e4=15_000, trigger_price_type="BestQuote")


def test_an_oco_is_its_own_take_profit():
    order = request(**SELL, time_in_force="gtc")
    ids = iter("ab")
    (stop,) = contingency_of(order, lambda: next(ids)).legs
    assert command_of(order).limit_price_e4 == 1_100_000
    assert (stop.order_type, stop.stop_price_e4, stop.instructions) == ("Stop", 900_000, None)


def test_a_rule_of_a_leg_leads_to_its_field():
    check = RiskCheck("stop_loss.tick_size", limit=0, value=50, headroom=-50, passed=False)
    error = error_of(check, {"price": "limit_price"})
    assert (error["field"], error["rule"]) == ("stop_loss.stop_price", "stop_loss.tick_size")
    assert in_words("take_profit.price_collar: 5 against 9") == (
        "take_profit.price_collar: $0.0005 reaches through the market beyond $0.0009"
    )
    assert in_words("stop_loss.trail_range: trail is not positive") == (
        f"stop_loss.trail_range: {RULES['trail_range'].words}"
    )
