"""What the book fixes of an order, or takes off it: which reports fit, and which stop the process."""

import pytest

from streams.accounts.fold import AccountsFold
from streams.accounts.lifecycle import Defect
from tests.accounts.say import deposit, deposit_shares, e4, e6, fill, opened, replace, report, submit
from topics.messages import Instructions

AMOUNT = {"qty_e6": 0, "instructions": Instructions(cash_qty_e4=e4("100"))}
REPRICED = {"post_only": True, "instructions": Instructions(reprice=True)}
ORDERS = {
    "plain": submit("o1", "Buy", "10", "100"),
    "amount to buy": submit("o1", "Buy", "0", **AMOUNT),
    "amount to sell": submit("o1", "Sell", "0", **AMOUNT),
    "repriced buy": submit("o1", "Buy", "10", "100", **REPRICED),
    "repriced sell": submit("o1", "Sell", "10", "100", **REPRICED),
    "limitless": submit("o1", "Sell", "10", instructions=Instructions(self_match_scope="Owner")),
}


def fold_with(name, *exec_types):
    fold = AccountsFold()
    for command in (opened(), deposit("10000"), deposit_shares("10"), ORDERS[name]):
        fold.apply("A", command)
    for exec_type in exec_types:
        fold.apply("A", report(order_of(fold), exec_type))
    return fold


def order_of(fold):
    return fold.accounts.by_id["A"].orders["o1"]


def restated(order, prevented, **changes):
    qty_e6 = order.qty_e6 - e6(prevented)
    return report(order, "Restated", **{"qty_e6": qty_e6, "prevented_qty_e6": e6(prevented), **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"qty_e6": e6("7")},  # not less by what was prevented
        {"prevented_qty_e6": -1, "qty_e6": e6("10") + 1},
        {"prevented_qty_e6": e6("10"), "qty_e6": 0},  # nothing is left: it would be canceled
        {"cum_qty_e6": 1},
    ],
)
def test_a_quantity_that_does_not_fit_what_was_prevented_is_a_defect(changes):
    fold = fold_with("plain", "New")
    with pytest.raises(Defect):
        fold.apply("A", restated(order_of(fold), "2", **changes))


def test_a_decrement_to_what_was_filled_is_a_defect():
    fold = fold_with("plain", "New")
    fold.apply("A", fill(order_of(fold), e4("100"), e6("4")))
    with pytest.raises(Defect):
        fold.apply("A", restated(order_of(fold), "6"))


@pytest.mark.parametrize("status", ["PendingNew", "New"])
def test_only_an_order_in_the_book_is_decremented(status):
    fold = fold_with("plain", *(["New"] if status == "New" else []))
    message = restated(order_of(fold), "2")
    if status == "PendingNew":
        with pytest.raises(Defect, match="is PendingNew and was reported Restated"):
            fold.apply("A", message)
        return
    event = fold.apply("A", message).outputs[0].message
    assert (event.qty_e6, event.leaves_qty_e6, event.prevented_qty_e6) == (e6("8"), e6("8"), e6("2"))
    assert event.hold_e4 == e4("800.024")


def test_a_decrement_leaves_a_replace_on_its_way_as_it_was_asked():
    """The hold covers both: 8 at 100 are open, and 10 at 99 are asked for."""
    fold = fold_with("plain", "New")
    fold.apply("A", replace("o1", "o2", limit="99"))
    order = order_of(fold)
    fold.apply("A", restated(order, "2"))
    assert (order.qty_e6, order.pending_replace.qty_e6, order.hold_e4) == (e6("8"), e6("10"), e4("998.03"))
    fold.apply("A", fill(order, e4("100"), e6("7")))
    assert order.hold_e4 == e4("298.009")
    fold.apply("A", report(order, "Replaced", order_id="o2", orig_order_id="o1", qty_e6=e6("10")))
    assert (order.qty_e6, order.cum_qty_e6, order.hold_e4) == (e6("10"), e6("7"), e4("297.009"))


@pytest.mark.parametrize(
    ("name", "qty", "fits"),
    [
        ("amount to buy", "1.01", True),
        ("amount to buy", "1000000", True),  # at a price far below the worst: the amount bounds the hold
        ("amount to buy", "0", False),
        ("amount to buy", "-1", False),
        ("amount to sell", "1.122334", True),  # 100 / 89.1
        ("amount to sell", "1.122335", False),
        ("amount to sell", "0", False),
    ],
)
def test_the_book_fixes_the_quantity_of_an_amount_within_what_is_held(name, qty, fits):
    fold = fold_with(name)
    order = order_of(fold)
    held = order.hold_e4, order.hold_qty_e6
    message = report(order, "New", qty_e6=e6(qty), leaves_qty_e6=e6(qty))
    if not fits:
        with pytest.raises(Defect, match="impossible quantity"):
            fold.apply("A", message)
        return
    event = fold.apply("A", message).outputs[0].message
    assert event.qty_e6 == event.leaves_qty_e6 == e6(qty)
    assert (order.hold_e4, order.hold_qty_e6) <= held


@pytest.mark.parametrize("name", ["amount to buy", "amount to sell"])
def test_fills_beyond_the_amount_are_a_defect(name):
    fold = fold_with(name)
    order = order_of(fold)
    fold.apply("A", report(order, "New", qty_e6=e6("1.1"), leaves_qty_e6=e6("1.1")))
    fold.apply("A", fill(order, e4("100"), e6("0.5")))
    with pytest.raises(Defect, match="impossible fill"):
        fold.apply("A", fill(order, e4("100"), e6("0.500001")))
    fold.apply("A", fill(order, e4("100"), e6("0.5")))
    assert order.cum_amount_e4 == e4("100")


def test_an_amount_is_not_filled_before_its_quantity_is_known():
    fold = fold_with("amount to buy")
    with pytest.raises(Defect):
        fold.apply("A", fill(order_of(fold), e4("100"), e6("0.5")))


@pytest.mark.parametrize(
    ("name", "limit", "fits"),
    [
        ("repriced buy", "99.99", True),
        ("repriced buy", "100", True),
        ("repriced buy", "100.01", False),
        ("repriced sell", "100.01", True),
        ("repriced sell", "99.99", False),
        ("limitless", "100", False),
    ],
)
def test_the_book_gives_a_price_no_worse_than_the_one_asked_for(name, limit, fits):
    fold = fold_with(name)
    order = order_of(fold)
    message = report(order, "New", limit_price_e4=e4(limit))
    if not fits:
        with pytest.raises(Defect, match="impossible price"):
            fold.apply("A", message)
        return
    event = fold.apply("A", message).outputs[0].message
    assert event.limit_price_e4 == event.worst_price_e4 == order.limit_price_e4 == e4(limit)
