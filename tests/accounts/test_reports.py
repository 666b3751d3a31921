"""Reports that do not fit: which stop the process, which become dead letters, and that neither changes anything."""

import pytest

from streams.accounts.fold import AccountsFold
from streams.accounts.lifecycle import OPEN, TRANSITIONS, Defect
from streams.fold import Refused
from tests.accounts.say import deposit, deposit_shares, e4, e6, fill, opened, reject, report, submit
from topics.messages import AdvanceTime, CancelOrder, NewOrder, OrderCancelReject, SetAccountStatus

EXEC_TYPES = ("New", "Trade", "Canceled", "Expired", "Rejected", "Replaced", "TriggeredOrActivated", "PendingCancel")


@pytest.fixture
def fold():
    fold = AccountsFold()
    for command in (opened(), deposit("10000"), deposit_shares("10"), submit("o1", "Buy", "10", "100")):
        fold.apply("A", command)
    return fold


def order_of(fold, root="o1"):
    return fold.accounts.by_id["A"].orders[root]


@pytest.mark.parametrize(
    "changes",
    [
        {"last_px_e4": e4("100.01"), "amount_e4": e4("100.01")},  # through the worst price
        {"amount_e4": e4("100.0001")},  # not price x quantity
        {"cum_qty_e6": e6("2")},  # a fill was lost before
        {"leaves_qty_e6": e6("8")},
        {"last_qty_e6": e6("-1"), "amount_e4": e4("-100"), "cum_qty_e6": e6("-1"), "leaves_qty_e6": e6("11")},
        {"last_qty_e6": e6("11"), "amount_e4": e4("1100"), "cum_qty_e6": e6("11"), "leaves_qty_e6": e6("-1")},
        {"side": "Sell"},
        {"symbol": "MSFT"},
        {"root_order_id": "o2", "order_id": "o2"},  # no such order
        {"account_id": "B"},  # no such account
    ],
)
def test_a_trade_that_cannot_be_is_a_defect(fold, changes):
    trade = fill(order_of(fold), e4("100"), e6("1"), **changes)
    with pytest.raises(Defect):
        fold.apply(trade.account_id, trade)
    account = fold.accounts.by_id["A"]
    assert (account.cash_e4, account.position_qty_e6("AAPL"), account.seq) == (e4("10000"), e6("10"), 4)


def test_a_report_that_shows_a_lost_fill_is_a_defect(fold):
    with pytest.raises(Defect, match="reported 1000000 filled, booked 0"):
        fold.apply("A", report(order_of(fold), "Canceled", cum_qty_e6=e6("1"), leaves_qty_e6=0))


def test_a_replace_that_nobody_asked_for_is_a_defect(fold):
    fold.apply("A", report(order_of(fold), "New"))
    with pytest.raises(Defect, match="which was not asked"):
        fold.apply("A", report(order_of(fold), "Replaced", order_id="o2"))


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize("exec_type", EXEC_TYPES)
def test_what_is_not_in_the_table_is_impossible(fold, status, exec_type):
    order = order_of(fold)
    order.order_status = status
    message = fill(order, e4("100"), e6("1")) if exec_type == "Trade" else report(order, exec_type)
    if exec_type == "Replaced" or (status, exec_type) not in TRANSITIONS:
        with pytest.raises(Defect):
            fold.apply("A", message)
        return
    event = fold.apply("A", message).outputs[-1].message
    assert event.exec_type == exec_type
    assert event.order_status in TRANSITIONS[status, exec_type]


@pytest.mark.parametrize("exec_type", ["New", "Canceled", "Expired", "Rejected"])
def test_any_other_report_of_an_order_that_is_not_open_is_a_dead_letter(fold, exec_type):
    ended = report(order_of(fold), "Canceled", leaves_qty_e6=0)
    late = report(order_of(fold), exec_type, leaves_qty_e6=0)
    fold.apply("A", ended)
    with pytest.raises(Refused, match="which is not open"):
        fold.apply("A", late)


def test_a_cancel_that_the_book_refuses_after_the_end_reaches_the_client(fold):
    order = order_of(fold)
    fold.apply("A", CancelOrder("A", "o1", 0))
    fold.apply("A", fill(order, e4("100"), e6("10")))
    (output,) = fold.apply("A", reject(order, "OrderCancelRequest")).outputs
    assert (output.topic, output.message.user_id, output.message.order_id) == ("order-events", "user-A", "o1")


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("B", opened("A")),
        ("A", AdvanceTime("clock", 0)),
        ("A", NewOrder("A", "o", "S", "Buy", "Limit", "Day", 1, 1, None, None, False, "Off", 1, 1, 0)),
        ("C", opened("C", "no such class")),
        ("a/b", opened("a/b")),
        ("", opened("")),
        ("C", SetAccountStatus("C", "ACTIVE", 0)),
        ("C", OrderCancelReject("C", None, "o", "o", "AAPL", "OrderCancelRequest", "TooLate", "", 0)),
        ("A", submit("o1", "Sell", "1", "100", client_order_id="new")),  # the order id of an open order
    ],
)
def test_what_does_not_belong_is_refused_and_changes_nothing(fold, key, message):
    before = fold.entry("account/A"), fold.entry("order/A/o1"), sorted(fold.accounts.by_id)
    with pytest.raises(Refused):
        fold.apply(key, message)
    assert before == (fold.entry("account/A"), fold.entry("order/A/o1"), sorted(fold.accounts.by_id))
