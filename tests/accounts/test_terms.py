"""Ticks by date, collars, and limits by class."""

import pytest

from streams.accounts.collar import collared_price_e4, reference_price_e4, worst_price_e4
from streams.accounts.limits import LIMITS, limits_of
from streams.dated import Dated, day_of_date
from streams.ticks import off_tick_e4
from tests.accounts.say import e4, submit

# price      rule               day          off by
TICKS = """
100.00       Rule612            2026-11-23   0
100.005      Rule612            2026-11-23   0.005
1.0001       Rule612            2026-11-23   0.0001
1.00         Rule612            2026-11-23   0
0.9999       Rule612            2026-11-23   0
100.005      Rule612HalfPenny   2026-11-23   0.005
100.005      Rule612HalfPenny   2027-10-31   0.005
100.005      Rule612HalfPenny   2027-11-01   0
100.004      Rule612HalfPenny   2027-11-01   0.004
100.005      Rule612            2027-11-01   0.005
"""


@pytest.mark.parametrize("line", TICKS.strip().splitlines())
def test_tick(line):
    price, rule, day, off = line.split()
    assert off_tick_e4(e4(price), rule, day_of_date(day)) == e4(off)


# side  reference  collar bps  edge
COLLARS = """
Buy     100        1000        110
Sell    100        1000        90
Buy     0.0001     1000        0.0001
Sell    0.0001     1000        0.0001
Buy     33.3333    1000        36.6666
Sell    33.3333    1000        30
Sell    100        10000       0.0001
Sell    100        1000000     0.0001
Buy     100        1000000     10100
"""


@pytest.mark.parametrize("line", COLLARS.strip().splitlines())
def test_collar_is_rounded_towards_the_reference(line):
    side, reference, bps, edge = line.split()
    assert collared_price_e4(side, e4(reference), int(bps)) == e4(edge)


def test_the_reference_is_the_other_side_else_the_instrument_and_the_stop_where_there_is_one():
    buy, sell = submit("o", "Buy", "1"), submit("o", "Sell", "1", bid_price_e4=None)
    assert reference_price_e4("Buy", None, buy) == e4("100")
    assert reference_price_e4("Sell", None, sell) == e4("100")
    assert reference_price_e4("Sell", None, buy) == e4("99")
    assert reference_price_e4("Sell", e4("90"), buy) == e4("90")


def test_the_worst_price_is_the_limit_or_the_end_of_the_collar():
    assert worst_price_e4("Buy", "Limit", e4("5"), e4("100"), 1000) == e4("5")
    assert worst_price_e4("Sell", "StopLimit", e4("5"), e4("100"), 1000) == e4("5")
    assert worst_price_e4("Buy", "Market", None, e4("100"), 1000) == e4("110")
    assert worst_price_e4("Sell", "Stop", None, e4("90"), 1000) == e4("81")
    assert worst_price_e4("Buy", "Market", None, None, 1000) is None


def test_rows_hold_from_their_day_on_and_the_first_before_it():
    rows = Dated(("2020-01-01", "a"), ("2021-01-01", "b"))
    days = ("1969-12-31", "2019-12-31", "2020-12-31", "2021-01-01", "2030-01-01")
    assert [rows.at(day_of_date(day)) for day in days] == ["a", "a", "a", "b", "b"]


def test_the_replay_class_is_wider_in_every_limit():
    standard, replay = limits_of("standard", 20_000), limits_of("replay", 20_000)
    assert set(LIMITS) == {"standard", "market_maker", "replay"}
    assert replay.max_open_orders >= 100_000
    for name in ("max_qty_e6", "max_notional_e4", "collar_bps", "messages_per_s", "message_burst", "max_open_orders"):
        assert getattr(replay, name) > getattr(standard, name)
    assert replay.min_value_e4 < standard.min_value_e4
