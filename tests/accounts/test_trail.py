"""Trailing stops: where the first stop lies, and what a replace of the trail asks of the book."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.accounts.fold import AccountsFold
from streams.accounts.trail import stop_behind_e4
from tests.accounts.say import deposit, deposit_shares, e4, opened, replace, report, submit
from topics.messages import Instructions, ReplaceRequest

# side  mark      trail    stop
STOPS = """
Sell    100       2        98
Buy     100       2        102
Sell    100       1.5%     98.5
Buy     100       1.5%     101.5
Sell    33.33     1.5%     32.83
Buy     33.33     1.5%     33.83
Sell    0.0001    0.0001%  0
Sell    1.0001    1%       0.9900
Buy     1.0001    1%       1.0102
Sell    5         99.9999% 0
Buy     5         99.9999% 10
Sell    5         7        -2
"""


@pytest.mark.parametrize("line", STOPS.strip().splitlines())
def test_a_stop_lies_behind_its_mark_and_a_part_is_rounded_away_from_it(line):
    side, mark, trail, stop = line.split()
    percent = {"trail_percent_e4": e4(trail[:-1])} if trail.endswith("%") else {"trail_offset_e4": e4(trail)}
    assert stop_behind_e4(side, e4(mark), Instructions(**percent)) == e4(stop)


@given(st.integers(1, 10**10), st.integers(1, 999_999))
def test_a_percentage_is_at_least_what_it_says_and_less_than_one_increment_more(mark, percent):
    for side, sign in (("Sell", 1), ("Buy", -1)):
        away = sign * (mark - stop_behind_e4(side, mark, Instructions(trail_percent_e4=percent)))
        assert 0 <= away * 1_000_000 - mark * percent < 1_000_000


@pytest.fixture
def fold():
    fold = AccountsFold()
    for command in (opened(), deposit("10000"), deposit_shares("10")):
        fold.apply("A", command)
    return fold


def trailing(side, **trail):
    return submit("o1", side, "10", order_type="Stop", instructions=Instructions(**trail))


def order_of(fold):
    return fold.accounts.by_id["A"].orders["o1"]


def request_of(step):
    return next((output.message for output in step.outputs if isinstance(output.message, ReplaceRequest)), None)


@pytest.mark.parametrize("unit", ["trail_offset_e4", "trail_percent_e4"])
def test_a_new_trail_is_in_the_unit_of_the_order_and_taken_with_the_report(fold, unit):
    fold.apply("A", trailing("Sell", **{unit: e4("2")}))
    request = request_of(fold.apply("A", replace("o1", "o2", trail_e4=e4("3"))))
    assert request.trail_e4 == e4("3")
    before = order_of(fold)
    assert (getattr(before.instructions, unit), before.pending_replace.trail_e4) == (e4("2"), e4("3"))
    fold.apply("A", report(before, "New", stop_price_e4=before.stop_price_e4, high_water_e4=before.high_water_e4))
    marks = {"stop_price_e4": e4("96.5"), "high_water_e4": e4("99.5")}
    step = fold.apply("A", report(before, "Replaced", order_id="o2", orig_order_id="o1", **marks))
    old, new = (output.message for output in step.outputs)
    assert (getattr(old.instructions, unit), getattr(new.instructions, unit)) == (e4("2"), e4("3"))
    assert (new.stop_price_e4, new.high_water_e4) == (e4("96.5"), e4("99.5"))


def test_the_collar_of_a_new_trail_is_laid_around_the_stop_that_it_leaves(fold):
    """A buy that trails by more may wake at a higher price, so it holds for that."""
    fold.apply("A", trailing("Buy", trail_offset_e4=e4("2")))
    order = order_of(fold)
    assert (order.stop_price_e4, order.worst_price_e4) == (e4("102"), e4("112.2"))
    fold.apply("A", report(order, "New", stop_price_e4=e4("92"), high_water_e4=e4("90")))
    held = order.hold_e4
    request = request_of(fold.apply("A", replace("o1", "o2", trail_e4=e4("20"))))
    assert (request.stop_price_e4, request.worst_price_e4) == (e4("110"), e4("121"))
    assert order.hold_e4 - held == e4("88")


def test_a_quantity_alone_keeps_the_trail(fold):
    fold.apply("A", trailing("Sell", trail_offset_e4=e4("2")))
    assert request_of(fold.apply("A", replace("o1", "o2", qty="5"))).trail_e4 is None


@pytest.mark.parametrize("change", [{"stop": "98"}, {"trail_e4": 0}, {"trail_e4": e4("99")}, {"trail_e4": -1}])
def test_a_replace_that_leaves_no_trail_is_refused(fold, change):
    fold.apply("A", trailing("Sell", trail_offset_e4=e4("2")))
    assert request_of(fold.apply("A", replace("o1", "o2", **change))) is None


def test_the_stop_that_a_new_trail_leaves_is_checked_as_a_price(fold):
    fold.apply("A", trailing("Buy", trail_offset_e4=e4("2")))
    rejected = fold.apply("A", replace("o1", "o2", trail_e4=e4("1000000"))).outputs[0].message
    assert "price_limit: 10001000000 against 10000000000" in rejected.text


def test_a_stop_that_does_not_trail_takes_no_trail(fold):
    fold.apply("A", submit("o1", "Sell", "1", stop="98"))
    step = fold.apply("A", replace("o1", "o2", trail_e4=e4("1")))
    assert request_of(step) is None
    assert "only a trailing stop has a trail" in step.outputs[0].message.text
