"""The hold formula on its own: rounding, and the worst of two terms while a replace is on its way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.accounts.fees import charged, worst_house_fee_e12
from streams.accounts.holds import buy_hold_e4, hold_of
from streams.accounts.submit import order_of
from tests.accounts.say import e4, e6, submit
from topics.messages import Instructions, PendingReplace


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


def amount(side, cash_e4, worst_e4, qty_e6=0):
    command = submit("o", side, "0", instructions=Instructions(cash_qty_e4=cash_e4))
    order = order_of(command, worst_price_e4=worst_e4, fee_day=0)
    order.qty_e6 = qty_e6
    return order


# side  amount   worst  quantity   filled  spent     holds
AMOUNTS = """
Buy     100      110    0          0       0         100.3
Buy     100      110    1          0       0         100.003
Buy     100      110    0.5        0       0         55.0015
Buy     100      110    1.1        0.5     50        50.0018
Buy     100      110    1.1        1       50        11.0003
Buy     0.0001   110    0          0       0         0.0002
Sell    100      90     0          0       0         1.111111
Sell    100      90     1.05       0       0         1.05
Sell    100      90     1.05       1       99        0.05
"""


@pytest.mark.parametrize("line", AMOUNTS.strip().splitlines())
def test_an_amount_holds_itself_or_its_quantity_at_the_worst_price(line):
    side, cash, worst, qty, cum, spent, holds = line.split()
    order = amount(side, e4(cash), e4(worst), e6(qty))
    order.cum_qty_e6, order.cum_amount_e4 = e6(cum), e4(spent)
    assert hold_of(order, None) == ((e4(holds), 0) if side == "Buy" else (0, e6(holds)))


@given(
    st.integers(1, 10**7),
    st.integers(1, 10**7),
    st.integers(1, 2000),
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), max_size=8),
)
def test_fills_of_an_amount_take_no_more_than_the_hold_gives_back(cash_e4, worst_e4, better_ppm, fills):
    """Whatever quantity the book fixes, however it is filled: amount and fee come out of what the hold lets go."""
    order = amount("Buy", cash_e4, worst_e4)
    hold, _ = hold_of(order, None)
    order.qty_e6 = cash_e4 * 10**6 * 1000 // (worst_e4 * better_ppm)
    if not order.qty_e6:
        return
    fixed, _ = hold_of(order, None)
    assert 0 <= fixed <= hold
    hold = fixed
    for below, part in fills:
        price_e4 = max(worst_e4 * (100 - below) // 100, 1)
        qty_e6 = min(order.qty_e6 * part // 100, order.qty_e6 - order.cum_qty_e6)
        amount_e4 = price_e4 * qty_e6 // 10**6
        if not qty_e6 or order.cum_amount_e4 + amount_e4 > cash_e4:
            continue
        order.cum_qty_e6 += qty_e6
        order.cum_amount_e4 += amount_e4
        fees = [("taker", worst_house_fee_e12(order.fee_day, qty_e6, amount_e4))]
        fee_e4, order.fee_uncharged_e12 = charged("Buy", order.fee_uncharged_e12, fees, amount_e4)
        after, _ = hold_of(order, None)
        assert after >= 0
        assert amount_e4 + fee_e4 + after <= hold
        hold = after


@given(
    st.tuples(st.integers(1, 50), st.integers(1, 50)),
    st.one_of(st.none(), st.tuples(st.integers(1, 50), st.integers(1, 50))),
    st.integers(0, 49),
    st.integers(0, 49),
    st.sampled_from(["Buy", "Sell"]),
)
def test_a_decrement_never_holds_more(old, new, filled, less, side):
    """So it needs no check, whatever replace is on its way."""
    order = order_of(submit("o", side, "1", "1"), worst_price_e4=old[1], fee_day=0)
    order.qty_e6, order.cum_qty_e6 = old[0] * 10**6, min(filled, old[0] - 1) * 10**6
    waiting = None if new is None else pending(new[0] * 10**6, new[1])
    before = hold_of(order, waiting)
    order.qty_e6 = max(order.qty_e6 - less * 10**6, order.cum_qty_e6 + 1)
    cash, shares = hold_of(order, waiting)
    assert cash <= before[0]
    assert shares <= before[1]
