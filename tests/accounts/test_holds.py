"""The hold formula on its own: rounding, and the worst of two terms while a replace is on its way."""

from hypothesis import given
from hypothesis import strategies as st

from streams.accounts.holds import buy_hold_e4, hold_of
from streams.accounts.submit import order_of
from tests.accounts.say import e4, e6, submit
from topics.messages import PendingReplace


def buy(qty, worst, cum=0):
    order = order_of(submit("o", "Buy", qty, worst), worst_price_e4=e4(worst), fee_day=0)
    order.cum_qty_e6 = cum
    return order


def pending(qty_e6, worst_e4):
    return PendingReplace("n", "c", "Day", qty_e6, worst_e4, None, None, worst_e4, 0)


def test_value_and_fee_are_rounded_up():
    assert buy_hold_e4(333_300 * 1_500_001, 1_500_001, 0, 0) == 499_951 + 46  # 49.99503333 and 0.004500003


def test_what_was_charged_is_not_held_again():
    assert buy_hold_e4(0, 0, 0, 0) == 0


def test_a_sell_holds_the_larger_leaves():
    order = order_of(submit("o", "Sell", "5", "100"), worst_price_e4=1, fee_day=0)
    order.cum_qty_e6 = e6("1")
    assert hold_of(order, None) == (0, e6("4"))
    assert hold_of(order, pending(e6("3"), 1)) == (0, e6("4"))
    assert hold_of(order, pending(e6("7"), 1)) == (0, e6("6"))


def test_a_replace_to_less_than_was_filled_holds_what_is_open_until_the_book_answers():
    order = buy("5", "100", cum=e6("3"))
    assert hold_of(order, pending(e6("2"), e4("200"))) == hold_of(order, None)


@given(
    st.tuples(st.integers(1, 50), st.integers(1, 50)),
    st.tuples(st.integers(1, 50), st.integers(1, 50)),
    st.integers(0, 50),
    st.booleans(),
)
def test_fills_before_and_after_a_replace_never_cost_more_than_its_hold(old, new, early, replaced):
    """Every amount is a whole 1e-4 here, so the worst case is reached exactly by some draw."""
    order = buy("1", "1")
    order.qty_e6, order.worst_price_e4 = old[0] * 10**6, old[1]
    hold, _ = hold_of(order, pending(new[0] * 10**6, new[1]))
    early = min(early, old[0])
    late = max(new[0] - early, 0) if replaced else old[0] - early
    assert early * old[1] + late * (new[1] if replaced else old[1]) <= hold
