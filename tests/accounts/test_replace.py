"""Replaces beyond what the tables say."""

import pytest

from streams.accounts.fold import AccountsFold
from tests.accounts.say import NOW, deposit, e4, e6, opened, replace, report, submit
from topics.messages import ReplaceRequest


@pytest.fixture
def fold():
    fold = AccountsFold()
    for command in (opened(), deposit("1000.03"), submit("o1", "Buy", "10", "100")):
        fold.apply("A", command)
    fold.apply("A", report(order_of(fold), "New"))
    return fold


def order_of(fold, root="o1"):
    return fold.accounts.by_id["A"].orders[root]


def request_of(step):
    return next((output.message for output in step.outputs if isinstance(output.message, ReplaceRequest)), None)


def test_an_order_does_not_stand_in_its_own_way(fold):
    """All cash is held by the order itself: less, the same and a better price need nothing more."""
    assert fold.accounts.by_id["A"].buying_power_e4 == 0
    request = request_of(fold.apply("A", replace("o1", "o2", qty="9.5", limit="99")))
    assert (request.qty_e6, request.limit_price_e4, request.worst_price_e4) == (e6("9.5"), e4("99"), e4("99"))


def test_a_smaller_quantity_is_not_judged_by_where_the_market_has_gone(fold):
    """The limit is far through today's market by now, but the replace does not ask for a price."""
    moved = {"ask_price_e4": e4("50"), "bid_price_e4": e4("49"), "reference_price_e4": e4("50")}
    assert request_of(fold.apply("A", replace("o1", "o2", qty="9", **moved))) is not None


def test_a_new_price_is_judged_by_where_the_market_is(fold):
    moved = {"ask_price_e4": e4("50"), "bid_price_e4": e4("49"), "reference_price_e4": e4("50")}
    step = fold.apply("A", replace("o1", "o2", limit="99", **moved))
    assert request_of(step) is None
    assert "price_collar" in step.outputs[0].message.text


def test_a_stop_keeps_its_worst_price_with_its_stop(fold):
    fold.apply("A", deposit("5000", "t2"))
    fold.apply("A", submit("s1", "Buy", "1", stop="110"))
    fold.apply("A", report(order_of(fold, "s1"), "New"))
    kept = request_of(fold.apply("A", replace("s1", "s2", qty="2")))
    assert (kept.stop_price_e4, kept.worst_price_e4) == (e4("110"), e4("121"))


def test_the_successor_has_its_own_time_and_the_chain_its_place_and_fee_day(fold):
    fold.apply("A", replace("o1", "o2", qty="9", transact_time_us=NOW + 9))
    before = order_of(fold)
    seq, fee_day = before.accepted_seq, before.fee_day
    step = fold.apply("A", report(before, "Replaced", order_id="o2", orig_order_id="o1", qty_e6=e6("9")))
    old, new = (output.message for output in step.outputs)
    assert (old.submitted_time_us, new.submitted_time_us) == (NOW, NOW + 9)
    assert (order_of(fold).accepted_seq, order_of(fold).fee_day) == (seq, fee_day)
    assert (old.hold_e4, new.hold_e4) == (0, order_of(fold).hold_e4)


@pytest.mark.parametrize("time_in_force", ["ImmediateOrCancel", "FillOrKill"])
def test_what_rests_cannot_become_immediate(fold, time_in_force):
    assert request_of(fold.apply("A", replace("o1", "o2", time_in_force=time_in_force))) is None


def test_a_date_goes_with_good_till_date_and_leaves_with_it(fold):
    dated = replace("o1", "o2", time_in_force="GoodTillDate", expire_time_us=NOW + 10**9)
    assert request_of(fold.apply("A", dated)).expire_time_us == NOW + 10**9
    fold.apply("A", report(order_of(fold), "Replaced", order_id="o2", orig_order_id="o1"))
    request = request_of(fold.apply("A", replace("o2", "o3", time_in_force="Day")))
    assert (request.time_in_force, request.expire_time_us) == ("Day", None)
