"""Trades that are busted or corrected after the account has gone on: what comes back, what is owed, and what it may do.

The book is honest here; what it refuses is in `tests/matching/test_correct.py`.
"""

import pytest

from feeds.booked import Side, Trade
from streams.accounts.fold import AccountsFold
from streams.accounts.lifecycle import Defect
from tests.accounts.say import NOW, deposit, deposit_shares, e4, e6, fill, opened, report, submit
from topics.codec import decode
from topics.messages import (
    AdvanceTime,
    CancelRequest,
    CorrectFill,
    JournalEntry,
    OrderEvent,
    Withdraw,
    WithdrawShares,
)

DAY_US = 24 * 3600 * 10**6


class Desk:
    """One account, its events, and corrections as its book would pass them on."""

    def __init__(self, cash="1000", shares="0", cost="0"):
        self.fold, self.events, self.entries, self.requests = AccountsFold(decode), [], [], []
        self.apply(opened())
        self.apply(deposit(cash))
        if shares != "0":
            self.apply(deposit_shares(shares, cost))

    @property
    def account(self):
        return self.fold.accounts.by_id["A"]

    def apply(self, message, key="A"):
        for output in self.fold.apply(key, message).outputs:
            kinds = {OrderEvent: self.events, JournalEntry: self.entries, CancelRequest: self.requests}
            kinds.get(type(output.message), []).append(output.message)

    def state(self, symbol="AAPL"):
        """Cash, unsettled, shares, cost and realised profit."""
        position = self.account.position(symbol)
        unsettled_e4 = self.account.unsettled_e4
        return self.account.cash_e4, unsettled_e4, position.qty_e6, position.cost_basis_e4, position.realized_e4

    def order(self, order_id, side, qty, limit, **changes):
        self.apply(submit(order_id, side, qty, limit, ask_price_e4=e4(limit), bid_price_e4=e4(limit), **changes))

    def fill(self, order_id, qty, price, liquidity="RemovedLiquidity"):
        """Fill a part of an open order; returns the trade's id."""
        self.apply(fill(self.account.orders[order_id], e4(price), e6(qty), liquidity))
        return self.events[-1].trade_id

    def trade(self, order_id, side, qty, price, **changes):
        self.order(order_id, side, qty, price, **changes)
        return self.fill(order_id, qty, price)

    def correct(self, trade_id, kind, price=None, qty=None):
        """What the book passes to this side."""
        (told,) = [event for event in self.events if event.trade_id == trade_id and event.exec_type == "Trade"]
        standing = [event for event in self.events if told.exec_id in (event.exec_id, event.exec_ref_id)][-1]
        order = [event for event in self.events if event.root_order_id == told.root_order_id][-1]
        booked = [
            entry for entry in self.entries if entry.trade_id == trade_id and entry.kind in ("Trade", "TradeCorrect")
        ]
        side = Side(told, standing, booked[-1], order, told.submitted_time_us // DAY_US)
        command = Trade(side, side).command(
            kind, None if price is None else e4(price), None if qty is None else e6(qty), "wrong price", NOW
        )
        self.apply(
            CorrectFill(
                account_id="A",
                fill=command.buy,
                new_amount_e4=command.new_price_e4 * command.new_qty_e6 // 10**6,
                **{
                    name: getattr(command, name)
                    for name in (
                        *("trade_id", "symbol", "kind", "price_e4", "qty_e6", "amount_e4", "new_price_e4"),
                        *("new_qty_e6", "settlement_day", "traded_time_us", "text", "transact_time_us"),
                    )
                },
            )
        )
        return [event for event in self.events if event.exec_type == kind][-1]

    def bust(self, trade_id):
        return self.correct(trade_id, "TradeCancel")


@pytest.mark.parametrize(
    ("side", "qty", "price"), [("Buy", "3", "33.3333"), ("Sell", "3", "33.3333"), ("Sell", "10", "0.5")]
)
@pytest.mark.parametrize("rest", ["0", "1"])
def test_a_bust_leaves_everything_as_it_was(side, qty, price, rest):
    """Cash, fees of every kind, what settles, shares, cost and profit; whether or not a part of the order is open."""
    desk = Desk(shares="11", cost="100.0001")
    before, fees = desk.state(), []
    whole = str(int(qty) + int(rest))
    desk.order("o", side, whole, price, reference_price_e4=e4(price), limit_price_e4=e4(price), tick_rule="Rule612")
    if not desk.account.orders:
        desk.order("p", side, whole, "33.33")
        price = "33.33"
    trade_id = desk.fill(next(iter(desk.account.orders)), qty, price)
    fees = [leg for leg in desk.entries[-1].postings if leg.ledger_account.startswith("fees:")]
    assert fees
    assert desk.state() != before
    event = desk.bust(trade_id)
    assert desk.state() == before
    returned = {(leg.ledger_account, leg.amount) for leg in desk.entries[-1].postings}
    assert {(leg.ledger_account, -leg.amount) for leg in fees} <= returned
    assert desk.entries[-1].kind == "TradeCancel"
    assert (event.cum_qty_e6, event.cum_amount_e4, event.exec_ref_id) == (0, 0, desk.events[-2].exec_id)
    assert (event.last_qty_e6, event.text, event.correction_count) == (e6(qty), "wrong price", 1)
    assert event.order_status == ("Canceled" if rest == "0" else "PartiallyFilled")
    assert event.leaves_qty_e6 == e6(rest)


def test_a_later_fill_is_charged_as_if_the_busted_one_had_not_been():
    """Fees are rounded up once an order, so a bust takes back what had been rounded too."""
    one, other = Desk(), Desk()
    for desk in (one, other):
        desk.order("o", "Buy", "3", "99")
    one.bust(one.fill("o", "0.333333", "99"))
    assert one.account.orders["o"].fee_uncharged_e12 == other.account.orders["o"].fee_uncharged_e12 == 0
    for desk in (one, other):
        desk.fill("o", "1", "99")
    assert one.state() == other.state()


@pytest.mark.parametrize(("price", "qty"), [("98", None), (None, "1"), ("97.5", "0.5")])
@pytest.mark.parametrize("side", ["Buy", "Sell"])
def test_a_correction_is_as_if_it_had_been_traded_so(side, price, qty):
    corrected, right = Desk(shares="5", cost="77"), Desk(shares="5", cost="77")
    limit = "99" if side == "Buy" else "97"
    event = corrected.correct(_traded(corrected, side, limit, "2", "99"), "TradeCorrect", price, qty)
    _traded(right, side, limit, qty or "2", price or "99")
    assert corrected.state() == right.state()
    assert [entry.kind for entry in corrected.entries[-2:]] == ["TradeCancel", "TradeCorrect"]
    expected = right.events[-1]
    assert (event.last_px_e4, event.last_qty_e6, event.amount_e4) == (
        *(expected.last_px_e4, expected.last_qty_e6, expected.amount_e4),
    )
    assert (event.fee_e4, event.cum_qty_e6, event.cum_amount_e4) == (
        *(expected.fee_e4, expected.cum_qty_e6, expected.cum_amount_e4),
    )


def _traded(desk, side, limit, qty, price):
    desk.order("o", side, "2", limit)
    return desk.fill("o", qty, price)


def test_what_was_corrected_can_be_corrected_again_and_busted():
    desk = Desk(shares="5", cost="77")
    before = desk.state()
    trade_id = desk.trade("o", "Sell", "2", "99")
    desk.correct(trade_id, "TradeCorrect", "99.5")
    second = desk.correct(trade_id, "TradeCorrect", "100", "1")
    assert (second.correction_count, second.cum_qty_e6, second.order_status) == (2, e6("1"), "Canceled")
    assert desk.bust(trade_id).correction_count == 3
    assert desk.state() == before


def test_shares_that_were_sold_on_are_owed_until_they_are_bought():
    desk = Desk()
    bought = desk.trade("b", "Buy", "5", "100")
    desk.trade("s", "Sell", "4", "110")
    desk.bust(bought)
    cash_e4, _, qty_e6, cost_e4, realized_e4 = desk.state()
    assert (qty_e6, list(desk.account.shorts)) == (-e6("4"), ["AAPL"])
    assert cost_e4 - realized_e4 == -e4("440")  # bought for nothing, sold for 440
    desk.apply(Withdraw("A", "w", 1, NOW))
    assert desk.account.cash_e4 == cash_e4
    desk.order("other", "Buy", "1", "10", symbol="MSFT")
    assert [check.rule_id for check in desk.events[-1].checks if not check.passed] == ["covered"]
    desk.order("more", "Sell", "1", "110")
    assert [check.rule_id for check in desk.events[-1].checks if not check.passed] == ["position"]
    desk.trade("cover", "Buy", "5", "100")
    _, _, qty_e6, cost_e4, realized_e4 = desk.state()
    assert (qty_e6, cost_e4, realized_e4) == (e6("1"), e4("100"), e4("40"))
    assert not desk.account.shorts
    desk.order("again", "Buy", "1", "10", symbol="MSFT")
    assert desk.events[-1].exec_type == "PendingNew"


def test_shares_that_come_in_cover_what_is_owed():
    desk = Desk()
    bought = desk.trade("b", "Buy", "5", "100")
    desk.trade("s", "Sell", "5", "110")
    desk.bust(bought)
    desk.apply(deposit_shares("6", "600"))
    _, _, qty_e6, cost_e4, realized_e4 = desk.state()
    assert (qty_e6, cost_e4, realized_e4) == (e6("1"), e4("100"), e4("50"))
    assert not desk.account.shorts


def test_cash_that_was_spent_is_owed_until_it_is_there():
    desk = Desk(cash="1", shares="5", cost="77")
    sold = desk.trade("s", "Sell", "4", "100")
    desk.trade("b", "Buy", "3", "100", symbol="MSFT")
    desk.bust(sold)
    assert desk.account.cash_e4 < 0
    assert desk.account.owes
    desk.apply(WithdrawShares("A", "w", "AAPL", e6("1"), NOW))
    assert desk.state()[2] == e6("5")
    desk.order("more", "Buy", "1", "1", symbol="MSFT")
    assert [check.rule_id for check in desk.events[-1].checks if not check.passed] == ["buying_power"]
    desk.trade("cover", "Sell", "4", "100")
    assert not desk.account.owes


def test_open_orders_that_are_no_more_covered_are_canceled():
    desk = Desk(cash="1000")
    bought = desk.trade("b", "Buy", "5", "100")
    desk.order("s1", "Sell", "2", "120")
    desk.order("s2", "Sell", "3", "121")
    desk.order("still", "Buy", "1", "50", symbol="MSFT")
    desk.bust(bought)
    assert [request.order_id for request in desk.requests] == ["s1", "s2"]
    desk.apply(fill(desk.account.orders["s1"], e4("120"), e6("2")))  # it was faster than its cancel
    assert desk.state()[2] == -e6("2")

    spent = Desk(cash="0.5", shares="5", cost="77")
    sold = spent.trade("s", "Sell", "4", "100")
    spent.order("buy", "Buy", "3", "100", symbol="MSFT")
    spent.order("keep", "Sell", "1", "130")
    spent.bust(sold)
    assert [request.order_id for request in spent.requests] == ["buy"]


def test_what_has_settled_is_not_taken_from_what_settles():
    desk = Desk(shares="5", cost="77")
    before = desk.state()
    sold = desk.trade("s", "Sell", "4", "100")
    desk.apply(AdvanceTime("clock", NOW + 2 * DAY_US), "clock")
    assert desk.entries[-1].kind == "Settlement"
    desk.bust(sold)
    assert desk.state() == before


def test_an_order_that_goes_on_shows_what_its_trades_are_now():
    desk = Desk()
    desk.order("o", "Buy", "5", "100")
    first = desk.fill("o", "2", "100")
    desk.bust(first)
    desk.fill("o", "1", "100")
    event = desk.events[-1]
    assert (event.cum_qty_e6, event.leaves_qty_e6, event.cum_amount_e4) == (e6("1"), e6("2"), e4("100"))
    desk.fill("o", "2", "100")
    event = desk.events[-1]
    assert (event.exec_type, event.order_status, event.cum_qty_e6) == ("Trade", "Canceled", e6("3"))
    assert desk.account.hold_e4 == 0


def test_an_order_that_was_canceled_stays_so():
    desk = Desk()
    desk.order("o", "Buy", "5", "100")
    trade_id = desk.fill("o", "2", "100")
    desk.apply(report(desk.account.orders["o"], "Canceled", leaves_qty_e6=0))
    event = desk.bust(trade_id)
    assert (event.order_status, event.leaves_qty_e6, event.cum_qty_e6) == ("Canceled", 0, 0)


def test_a_book_that_contradicts_the_account_stops_it():
    desk = Desk()
    trade_id = desk.trade("o", "Buy", "5", "100")
    desk.events[-1].order_status = "PartiallyFilled"  # as if the book had it open still
    with pytest.raises(Defect):
        desk.bust(trade_id)


def test_a_restart_knows_what_was_corrected_and_is_owed():
    desk = Desk()
    desk.order("o", "Buy", "5", "100", time_in_force="GoodTillCancel")
    bought = desk.fill("o", "2", "100")
    desk.trade("s", "Sell", "2", "110")
    desk.bust(bought)
    names = ["account/A", "position/A/AAPL", "order/A/o", "firm/house"]
    again = AccountsFold(decode)
    again.load((name, desk.fold.entry(name)) for name in names)
    account = again.accounts.by_id["A"]
    assert list(account.shorts) == ["AAPL"]
    assert account.orders["o"] == desk.account.orders["o"]
    assert account.orders["o"].corrected_qty_e6 == -e6("2")
