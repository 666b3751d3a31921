"""Kill switches over several accounts: whose orders are canceled and in which order, once, and after a restart."""

import pytest

from streams.accounts.fold import AccountsFold
from streams.fold import Refused
from tests.accounts.say import NOW, deposit, opened, replace, submit
from topics.messages import CancelRequest, FirmEntry, OrderCancelReject, OrderEvent, SetAccountStatus, SetFirmStatus

OPENED_IN_ORDER = ("B", "C", "A")


def fold_of(*orders):
    """Three accounts with cash, opened in no order, and buys of a share as (account, order id, symbol)."""
    fold = AccountsFold()
    for account_id in OPENED_IN_ORDER:
        fold.apply(account_id, opened(account_id))
        fold.apply(account_id, deposit("10000", account_id=account_id))
    for account_id, order_id, symbol in orders:
        fold.apply(account_id, buy(order_id, account_id, symbol=symbol))
    return fold


def buy(order_id, account_id, **changes):
    return submit(order_id, "Buy", "1", "99", account_id=account_id, **changes)


def house(fold, status, time_us):
    return fold.apply("firm", SetFirmStatus(status, "operator", time_us))


def restarted(fold):
    """A fold that was loaded from the entries of another."""
    names = ["firm/house"]
    for account_id, account in fold.accounts.by_id.items():
        names += [f"account/{account_id}", *(f"order/{account_id}/{root}" for root in account.orders)]
    again = AccountsFold()
    again.load((name, fold.entry(name)) for name in reversed(names))
    return again


def asked(step):
    """Orders whose cancel is asked of a book, as (account, order id)."""
    requests = [output.message for output in step.outputs if isinstance(output.message, CancelRequest)]
    return [(request.account_id, request.order_id) for request in requests]


def refusals(event):
    return [check.rule_id for check in event.checks if not check.passed]


ORDERS = (("C", "c1", "AAPL"), ("A", "a2", "MSFT"), ("A", "a1", "AAPL"), ("B", "b1", "AAPL"))


def test_the_house_cancels_by_account_then_by_arrival():
    step = house(fold_of(*ORDERS), "Killed", NOW)
    assert asked(step) == [("A", "a2"), ("A", "a1"), ("B", "b1"), ("C", "c1")]
    events = [output for output in step.outputs if isinstance(output.message, OrderEvent)]
    assert {event.message.exec_type for event in events} == {"PendingCancel"}
    assert [event.key for event in events] == ["A", "A", "B", "C"]
    assert {"firm/house", "order/A/a1", "order/B/b1"} <= set(step.changed)


def test_the_house_refuses_every_order_and_replace_until_it_is_restored():
    fold = fold_of(("A", "a1", "AAPL"))
    house(fold, "Killed", NOW)
    late = opened("D"), deposit("10000", account_id="D")
    for command in late:  # opened under the kill
        fold.apply("D", command)
    for account_id in ("A", "B", "D"):
        (event,) = (output.message for output in fold.apply(account_id, buy("x", account_id)).outputs)
        assert (event.exec_type, refusals(event)) == ("Rejected", ["firm_status"])
        assert event.text == "firm_status: 0 against 1"
    fold.accounts.by_id["A"].orders["a1"].pending_cancel = False  # as if the book had refused the cancel
    (reject,) = (output.message for output in fold.apply("A", replace("a1", "a2", qty="2", account_id="A")).outputs)
    assert isinstance(reject, OrderCancelReject)
    assert reject.text == "firm_status: 0 against 1"
    house(fold, "Trading", NOW + 1)
    assert fold.apply("D", buy("x2", "D")).outputs[0].message.exec_type == "PendingNew"


def test_a_killed_house_is_refused_beside_whatever_else_is_wrong():
    fold = fold_of()
    house(fold, "Killed", NOW)
    (event,) = (output.message for output in fold.apply("A", buy("x", "A", qty_e6=0)).outputs)
    assert refusals(event) == ["firm_status", "quantity_positive", "order_value_min"]


@pytest.mark.parametrize("late_us", [0, -1, -(10**9)])
def test_a_command_that_is_not_later_than_the_last_does_nothing(late_us):
    fold = fold_of(*ORDERS)
    house(fold, "Trading", NOW)
    step = house(fold, "Killed", NOW + late_us)
    assert (step.outputs, list(step.changed)) == ([], [])
    assert fold.accounts.firm == FirmEntry("Trading", NOW)


def test_a_second_kill_asks_only_for_what_is_not_asked_for_yet():
    fold = fold_of(*ORDERS)
    assert len(asked(house(fold, "Killed", NOW))) == len(ORDERS)
    again = house(fold, "Killed", NOW + 1)
    assert asked(again) == []
    assert list(again.changed) == ["firm/house"]


def test_a_restart_knows_that_the_house_is_killed_and_what_it_asked():
    fold = fold_of(*ORDERS)
    house(fold, "Killed", NOW)
    again = restarted(fold)
    assert again.accounts.firm == FirmEntry("Killed", NOW)
    assert refusals(again.apply("A", buy("x", "A")).outputs[0].message) == ["firm_status"]
    assert (house(again, "Trading", NOW).outputs, again.accounts.firm.status) == ([], "Killed")
    assert asked(house(again, "Killed", NOW + 1)) == []


def test_a_restart_cancels_in_the_same_order():
    fold = fold_of(*ORDERS)
    again = restarted(fold)
    assert asked(house(again, "Killed", NOW)) == asked(house(fold, "Killed", NOW))


@pytest.mark.parametrize("key", ["A", "clock", "house", ""])
def test_the_house_is_told_under_its_own_key(key):
    with pytest.raises(Refused):
        fold_of().apply(key, SetFirmStatus("Killed", "operator", NOW))


def test_the_kill_of_an_account_leaves_the_others():
    fold = fold_of(*ORDERS)
    step = fold.apply("A", SetAccountStatus("A", "DISABLED", NOW, cancel_orders=True))
    assert asked(step) == [("A", "a2"), ("A", "a1")]
    assert refusals(fold.apply("A", buy("x", "A")).outputs[0].message) == ["account_status"]
    assert fold.apply("B", buy("x", "B")).outputs[0].message.exec_type == "PendingNew"


def test_a_status_alone_leaves_the_orders_open():
    fold = fold_of(*ORDERS)
    assert asked(fold.apply("A", SetAccountStatus("A", "DISABLED", NOW))) == []


def test_an_account_that_was_never_opened_is_refused():
    with pytest.raises(Refused):
        fold_of().apply("Z", SetAccountStatus("Z", "DISABLED", NOW, cancel_orders=True))
