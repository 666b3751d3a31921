"""Fees by date, rounding, caps and how a charge is split."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.accounts.fees import E4, charged, fill_fees_e12, split_charge, worst_house_fee_e12
from streams.dated import day_of_date
from tests.accounts.say import e4, e6, exact

# day         price   shares   sec of the fill   taf of the fill   (currency, exact)
REGULATORY = """
2012-01-03    100     100      0                 0
2012-02-21    100     100      0.18              0
2012-03-31    100     100      0.18              0.0095
2012-06-21    580     100      1.2992            0.0095
2012-07-01    100     100      0.224             0.0119
2013-05-25    100     100      0.174             0.0119
2014-03-18    100     100      0.221             0.0119
2015-02-14    100     100      0.184             0.0119
2016-02-16    100     100      0.218             0.0119
2017-07-04    100     100      0.231             0.0119
2018-05-22    100     100      0.13              0.0119
2019-04-16    100     100      0.207             0.0119
2020-02-18    100     100      0.221             0.0119
2021-02-25    100     100      0.051             0.0119
2022-05-13    100     100      0.051             0.013
2022-05-14    100     100      0.229             0.013
2023-02-27    100     100      0.08              0.0145
2024-05-22    100     100      0.278             0.0166
2025-05-14    100     100      0                 0.0166
2026-04-03    100     100      0                 0.0195
2026-04-04    100     100      0.206             0.0195
2026-04-04    1       1000000  20.6              9.79
2026-04-04    0.0001  1000000  0.00206           0
2026-04-04    0.0002  1000000  0.00412           9.79
2026-10-01    100     100      0.206             0
2026-12-31    100     100      0.206             0
2027-01-01    100     100      0.206             0.0195
"""


@pytest.mark.parametrize("line", REGULATORY.strip().splitlines())
def test_fees_of_a_sale_by_day(line):
    day, price, shares, sec, taf = line.split()
    amount_e4 = e4(price) * e6(shares) // 1_000_000
    fees = fill_fees_e12("Sell", "AddedLiquidity", 0, day_of_date(day), e4(price), e6(shares), amount_e4)
    expected = {"sec": exact(Decimal(sec) * 10**12), "taf": exact(Decimal(taf) * 10**12)}
    assert dict(fees) == {name: fee for name, fee in expected.items() if fee}


@pytest.mark.parametrize("line", REGULATORY.strip().splitlines()[-3:])
def test_a_buy_pays_the_house_alone(line):
    day, price, shares, _, _ = line.split()
    amount_e4 = e4(price) * e6(shares) // 1_000_000
    fees = fill_fees_e12("Buy", "RemovedLiquidity", 0, day_of_date(day), e4(price), e6(shares), amount_e4)
    assert fees == [("taker", 3 * 10**9 * int(shares))]


def test_the_taker_fee_is_at_most_a_part_of_the_amount():
    assert fill_fees_e12("Buy", "RemovedLiquidity", 0, 0, e4("0.5"), e6("10"), e4("5")) == [("taker", 15 * 10**9)]


def test_the_maker_pays_nothing():
    assert fill_fees_e12("Buy", "AddedLiquidity", 0, 0, e4("100"), e6("10"), e4("1000")) == []


@given(st.lists(st.integers(0, 10**13), max_size=30))
def test_an_order_is_rounded_up_once(accruals):
    paid = uncharged = 0
    for number, fee in enumerate(accruals, start=1):
        due, uncharged = charged("Buy", uncharged, [("taker", fee)], 0)
        paid += due
        accrued = sum(accruals[:number])
        assert paid == -(-accrued // E4)
        assert uncharged == accrued - paid * E4


@given(st.integers(0, 10**9), st.lists(st.tuples(st.sampled_from(["sec", "taf", "taker"]), st.integers(1, 10**13))))
def test_the_legs_of_a_charge_sum_to_it(charge, fees):
    legs = split_charge(charge, fees)
    assert sum(leg for _, leg in legs) == charge
    assert all(leg > 0 for _, leg in legs)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 10**7), st.integers(1, 10**9), st.sampled_from(["AddedLiquidity", "RemovedLiquidity"])
        ),
        min_size=1,
        max_size=10,
    )
)
def test_no_split_into_fills_costs_more_than_the_worst_fee(fills):
    worst_price = max(price for price, _, _ in fills)
    qty = sum(qty for _, qty, _ in fills)
    fees = sum(
        fee
        for price, qty, liquidity in fills
        for _, fee in fill_fees_e12("Buy", liquidity, 0, 0, price, qty, price * qty // 1_000_000)
    )
    assert fees <= worst_house_fee_e12(0, qty, worst_price * qty // 1_000_000)
