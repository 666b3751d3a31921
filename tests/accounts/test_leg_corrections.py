"""Trades of brackets that are busted or corrected: the ledger follows, the book and so the legs stay as they are."""

from __future__ import annotations

from tests.accounts.say import e4, e6, report
from tests.accounts.test_correct import Desk
from topics import messages as m


def bracket(desk: Desk, qty: str) -> None:
    legs = [
        m.Leg("ot", "client-ot", "Limit", "Day", e4("99.5"), None, 0, None),
        m.Leg("os", "client-os", "Stop", "Day", None, e4("90"), 0, None),
    ]
    desk.order("o", "Buy", qty, "99", contingency=m.Contingency("Bracket", legs))


def filled(desk: Desk, order_id: str, qty: str, price: str) -> str:
    """Fill a part; the event of the trade need not be the last one, for legs are told too."""
    desk.fill(order_id, qty, price)
    return [event for event in desk.events if event.order_id == order_id and event.exec_type == "Trade"][-1].trade_id


def held(desk: Desk) -> tuple[int, int]:
    """Shares of the account, and what legs and other sells hold of them."""
    position = desk.account.position("AAPL")
    return position.qty_e6, position.held_qty_e6


def test_a_bust_of_what_an_entry_bought_cancels_the_legs_that_would_sell_it():
    desk = Desk()
    bracket(desk, "5")
    trade_id = filled(desk, "o", "4", "99")
    assert held(desk) == (e6("4"), e6("4"))
    desk.bust(trade_id)
    assert held(desk) == (0, e6("4")), "the book may have sold them by now: they are held until it says otherwise"
    assert [request.order_id for request in desk.requests] == ["ot", "os"]
    assert "o" in desk.account.orders, "what the entry has not bought yet it may still buy"
    for root in ("ot", "os"):
        desk.apply(report(desk.account.orders[root], "Canceled", leaves_qty_e6=0))
    assert held(desk) == (0, 0)
    filled(desk, "o", "1", "99")
    assert held(desk) == (e6("1"), 0), "no leg is left to hold it"


def test_a_leg_that_sells_before_its_cancel_comes_leaves_the_account_short_until_it_covers():
    desk = Desk()
    bracket(desk, "4")
    desk.bust(filled(desk, "o", "4", "99"))
    filled(desk, "ot", "4", "99.5")
    assert held(desk) == (e6("-4"), 0)


def test_a_bust_of_what_a_leg_sold_gives_shares_that_no_leg_holds():
    desk = Desk()
    bracket(desk, "5")
    filled(desk, "o", "5", "99")
    trade_id = filled(desk, "ot", "2", "99.5")
    assert held(desk) == (e6("3"), e6("3"))
    desk.bust(trade_id)
    assert held(desk) == (e6("5"), e6("3")), "the book does not offer them again, the account may"
    assert not desk.requests
    desk.order("p", "Sell", "2", "99")
    assert held(desk) == (e6("5"), e6("5"))


def test_a_corrected_quantity_of_an_entry_is_in_the_position_and_not_in_the_hold():
    desk = Desk()
    bracket(desk, "5")
    desk.correct(filled(desk, "o", "4", "99"), "TradeCorrect", qty="4.5")
    assert held(desk) == (e6("4.5"), e6("4"))
    assert not desk.requests
