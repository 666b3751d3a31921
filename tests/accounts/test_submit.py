"""Submits beyond what the tables say: the whole list of checks, the throttle, numbers at the edge of 64 bits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.accounts.fold import AccountsFold
from tests.accounts.say import NOW, deposit, deposit_shares, e4, opened, replace, submit
from topics.codec import encode
from topics.messages import Instructions, NewOrder, OrderCancelReject, OrderEvent

RULES = (
    *("known_symbol", "tradable_symbol", "account_status", "message_rate", "client_order_id_length"),
    *("client_order_id_unique", "open_orders", "order_fields", "quantity_positive", "quantity_limit", "price_limit"),
    *("tick_size", "reference_price", "price_collar", "order_value_min", "notional_limit", "buying_power"),
)


@pytest.fixture
def fold():
    return fold_of("standard")


def fold_of(account_class):
    fold = AccountsFold()
    for command in (opened(account_class=account_class), deposit("10000"), deposit_shares("10")):
        fold.apply("A", command)
    return fold


def event_of(fold, command):
    return fold.apply("A", command).outputs[0].message


def test_an_acceptance_carries_every_check_with_its_headroom(fold):
    event = event_of(fold, submit("o1", "Buy", "1", "100"))
    assert tuple(check.rule_id for check in event.checks) == RULES
    assert all(check.passed and check.headroom >= 0 for check in event.checks)
    power = event.checks[-1]
    assert (power.limit, power.value, power.headroom) == (e4("10000"), e4("100.003"), e4("9899.997"))


def test_a_refusal_lists_every_failure_and_uses_nothing_up(fold):
    bad = submit("o1", "Buy", "1000000.5", "200.005", client_order_id="c" * 49, instrument_status="Halted")
    event = event_of(fold, bad)
    failed = [check.rule_id for check in event.checks if not check.passed]
    assert failed == [
        *("tradable_symbol", "client_order_id_length", "quantity_limit", "tick_size", "price_collar"),
        *("notional_limit", "buying_power"),
    ]
    assert len(event.reject_reasons) == len(failed)
    assert event.order_reject_reason == event.reject_reasons[0] == "ExchangeClosed"
    assert (event.hold_e4, event.worst_price_e4, event.leaves_qty_e6) == (0, None, 0)
    assert event_of(fold, submit("o1", "Buy", "1", "100", client_order_id="mine")).order_status == "PendingNew"


def test_a_client_id_is_free_after_a_refusal_and_taken_after_an_acceptance(fold):
    assert event_of(fold, submit("o1", "Buy", "1000", "100", client_order_id="mine")).order_status == "Rejected"
    assert event_of(fold, submit("o2", "Buy", "1", "100", client_order_id="mine")).order_status == "PendingNew"
    again = event_of(fold, submit("o3", "Buy", "1", "100", client_order_id="mine"))
    assert (again.order_reject_reason, again.existing_order_id) == ("Duplicate", "o2")


def test_the_throttle_counts_by_stamped_time(fold):
    """Standard: 500 at once, 100 a second; a refusal for want of a token costs none."""

    def reasons(count, time_us):
        events = [event_of(fold, submit("o", "Buy", "1000", "100", transact_time_us=time_us)) for _ in range(count)]
        return ["AlgoRiskThresholdBreached" in event.reject_reasons for event in events]

    assert reasons(501, NOW) == [False] * 500 + [True]
    assert reasons(2, NOW + 10_000) == [False, True]
    assert reasons(101, NOW + 1_010_000) == [False] * 100 + [True]
    assert reasons(1, NOW) == [True]  # a clock that goes back gives nothing


def test_a_replace_is_counted_and_a_cancel_is_not(fold):
    fold.apply("A", submit("o1", "Buy", "1", "100"))
    before = fold.accounts.by_id["A"].throttle_tokens_e6
    fold.apply("A", replace("o1", "o2", qty="2"))
    assert fold.accounts.by_id["A"].throttle_tokens_e6 == before - 1_000_000


def test_open_orders_are_limited_by_class(fold):
    for number in range(1000):
        time_us = NOW + number * 20_000
        fold.apply("A", submit(f"o{number}", "Buy", "0.1", "11", transact_time_us=time_us))
    event = event_of(fold, submit("one more", "Buy", "0.1", "11", transact_time_us=NOW + 10**9))
    assert event.reject_reasons == ["ExceedsLimit"]


def test_the_replay_class_takes_what_standard_does_not():
    fold = fold_of("replay")
    for number in range(3000):
        event = event_of(fold, submit(f"o{number}", "Buy", "0.0001", "500"))
        assert event.order_status == "PendingNew"


LONG = st.one_of(st.integers(-(2**63), 2**63 - 1), st.sampled_from([0, 1, -1, 2**63 - 1, -(2**63)]))
SMALL = st.integers(-3, 10**7)
PRICE = st.one_of(st.none(), LONG, SMALL)
INSTRUCTIONS = st.builds(
    Instructions,
    display_qty_e6=PRICE,
    min_qty_e6=PRICE,
    cash_qty_e4=PRICE,
    trail_offset_e4=PRICE,
    trail_percent_e4=PRICE,
    reprice=st.booleans(),
    reduce_only=st.booleans(),
)


@settings(deadline=None)
@given(
    st.sampled_from(["standard", "market_maker", "replay"]),
    st.sampled_from(["Buy", "Sell"]),
    st.sampled_from(["Market", "Limit", "Stop", "StopLimit"]),
    st.sampled_from(["Day", "GoodTillDate", "ImmediateOrCancel"]),
    st.one_of(LONG, SMALL),
    st.tuples(PRICE, PRICE, PRICE, PRICE, PRICE, PRICE),
    LONG,
    st.tuples(st.one_of(st.none(), INSTRUCTIONS), PRICE),
)
def test_no_number_of_64_bits_breaks_the_fold_or_its_outputs(
    account_class, side, order_type, tif, qty, prices, time, instructed
):
    fold = fold_of(account_class)
    limit, stop, expire, reference, bid, ask = prices
    instructions, trail = instructed
    stamped = {"reference_price_e4": reference, "bid_price_e4": bid, "ask_price_e4": ask, "transact_time_us": time}
    terms = {"qty_e6": qty, "limit_price_e4": limit, "stop_price_e4": stop, "expire_time_us": expire}
    shape = {"order_type": order_type, "time_in_force": tif}
    commands = [
        submit("o1", side, "1", **shape, **terms, **stamped),
        submit("o2", side, "1", "100"),
        replace("o2", "o3", time_in_force=tif, **terms, **stamped),
        submit("o4", side, "1", instructions=instructions, **shape, **terms, **stamped),
        submit("o5", side, "1", order_type="Stop", instructions=Instructions(trail_offset_e4=e4("1"))),
        replace("o5", "o6", trail_e4=trail, **stamped),
    ]
    for command in commands:
        step = fold.apply("A", command)
        for output in step.outputs:
            assert isinstance(output.message, OrderEvent | OrderCancelReject | NewOrder) or output.topic == "orders"
            encode(output.message)
        for name in step.changed:
            entry = fold.entry(name)
            assert entry is None or encode(entry)
