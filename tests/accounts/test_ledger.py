"""Cost basis, realised profit, and fees of fills too small to pay for them."""

import pytest

from streams.accounts.fold import AccountsFold
from tests.accounts.say import deposit, deposit_shares, e4, e6, fill, opened, report, submit, us
from topics.messages import JournalEntry, WithdrawShares

# what        shares      price or cost   position   cost       realised
AVERAGE_COST = """
deposit       3           10              3          10         0
sell          1           5               2          6.6667     1.6667
buy           1           4               3          10.6667    1.6667
withdraw      1           -               2          7.1112     1.6667
sell          0.333333    5               1.666667   5.9261     2.1482
sell          1.666667    2               0          0          -0.4446
buy           1           7               1          7          -0.4446
sell          1           7.5             0          0          0.0554
"""


@pytest.fixture
def fold():
    fold = AccountsFold()
    fold.apply("A", opened())
    fold.apply("A", deposit("1000"))
    return fold


def filled(fold, number, side, shares, price):
    """Submit and fill completely as maker."""
    stamped = {"ask_price_e4": e4(price), "bid_price_e4": e4(price)}
    fold.apply("A", submit(f"o{number}", side, shares, price, **stamped))
    return fold.apply("A", fill(fold.accounts.by_id["A"].orders[f"o{number}"], e4(price), e6(shares), "AddedLiquidity"))


def test_average_cost(fold):
    for number, line in enumerate(AVERAGE_COST.strip().splitlines()):
        what, shares, price, *after = line.split()
        if what == "deposit":
            step = fold.apply("A", deposit_shares(shares, price))
        elif what == "withdraw":
            step = fold.apply("A", WithdrawShares("A", "w", "AAPL", e6(shares), 0))
        else:
            step = filled(fold, number, what.capitalize(), shares, price)
        (entry,) = [output.message for output in step.outputs if isinstance(output.message, JournalEntry)]
        expected = (e6(after[0]), e4(after[1]), e4(after[2]))
        assert (entry.position_qty_e6, entry.cost_basis_e4, entry.realized_e4) == expected, line


def test_a_fill_of_a_sell_costs_at_most_its_proceeds_and_the_rest_waits(fold):
    june = us("2026-06-15T15:00:00")
    fold.apply("A", deposit_shares("10"))
    fold.apply("A", submit("o1", "Sell", "10", "0.5", bid_price_e4=e4("0.5")))
    order = fold.accounts.by_id["A"].orders["o1"]
    fold.apply("A", report(order, "New"))

    def fee(qty_e6):
        step = fold.apply("A", fill(order, e4("0.5"), qty_e6, "AddedLiquidity", transact_time_us=june))
        return step.outputs[-1].message.fee_e4

    assert fee(1) == 0  # an amount of 0 pays nothing, though the activity fee accrued 195e-12
    assert order.fee_uncharged_e12 == 195
    assert fee(e6("1")) == 3  # ceil of 0.000205300195
    assert fee(e6("2")) == 4  # ceil of 0.000615900195, less 0.0003
