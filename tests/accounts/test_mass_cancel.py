"""A mass cancel of orders with legs, both folds in turn: all of them end canceled, and no cancel is refused."""

from __future__ import annotations

from collections import deque

import pytest

from streams.accounts.fold import AccountsFold
from streams.fold import Output, Step
from streams.matching.fold import MatchingFold
from tests.accounts.say import NOW, deposit, deposit_shares, e4, opened, submit
from tests.matching.script import define
from topics import messages as m
from topics.catalogue import COMMANDS, ORDERS

BRACKET = (
    m.Leg("ot", "client-ot", "Limit", "Day", e4("110"), None, 0, None),
    m.Leg("os", "client-os", "Stop", "Day", None, e4("90"), 0, None),
)
ASKED = {
    "account": ("A", m.CancelAllOrders("A", NOW)),
    "symbol": ("A", m.CancelAllOrders("A", NOW, "AAPL")),
    "session": ("A", m.CancelAllOrders("A", NOW, None, "Regular")),
    "kill switch of the account": ("A", m.SetAccountStatus("A", "DISABLED", NOW, cancel_orders=True)),
    "kill switch of the house": ("firm", m.SetFirmStatus("Killed", "operator", NOW)),
}


class House:
    """The two folds, each given what the other says, in order; what goes to clients is kept."""

    def __init__(self) -> None:
        self.accounts, self.matching = AccountsFold(), MatchingFold()
        self.told: list[m.OrderEvent | m.OrderCancelReject] = []
        self.matching.apply("AAPL", define())
        for account_id in ("A", "B"):
            self.tell(account_id, opened(account_id))
            self.tell(account_id, deposit("10000", account_id=account_id))
            self.tell(account_id, deposit_shares("10", account_id=account_id))

    def tell(self, key: str, command: object) -> None:
        """A command of accounts, and all that follows from it."""
        waiting = deque([Output(COMMANDS, key, command)])
        while waiting:
            output = waiting.popleft()
            if output.topic in (COMMANDS, ORDERS):
                fold = self.accounts if output.topic == COMMANDS else self.matching
                step: Step = fold.apply(output.key, output.message)
                waiting += step.outputs
            elif isinstance(output.message, m.OrderEvent | m.OrderCancelReject):
                self.told.append(output.message)

    def ended(self) -> dict[str, str]:
        """Last exec type of each order that somebody has asked to cancel; a refused cancel by its reason."""
        asked = {event.order_id for event in self.told if getattr(event, "exec_type", "") == "PendingCancel"}
        last = {event.order_id: getattr(event, "exec_type", None) for event in self.told}
        refused = [event for event in self.told if isinstance(event, m.OrderCancelReject)]
        return {each: last[each] for each in sorted(asked)} | {r.order_id: r.cancel_reject_reason for r in refused}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("bought", ["0", "4"])
@pytest.mark.parametrize("legs", [BRACKET, BRACKET[:1], BRACKET[1:]], ids=["bracket", "profit", "stop"])
def test_an_entry_and_its_legs_are_canceled_and_none_is_refused(asked, bought, legs):
    house = House()
    kind = "Bracket" if len(legs) == 2 else "OneTriggersTheOther"
    house.tell("A", submit("o", "Buy", "5", "99", contingency=m.Contingency(kind, list(legs))))
    house.tell("A", submit("p", "Sell", "1", "105"))
    if bought != "0":
        house.tell("B", submit("b", "Sell", bought, "99", account_id="B", user_id="user-B"))
    house.tell(*ASKED[asked])
    wanted = ["o", *(leg.order_id for leg in legs), "p"]
    assert house.ended() == dict.fromkeys(sorted(wanted), "Canceled")
    account = house.accounts.accounts.by_id["A"]
    assert not account.orders
    assert (account.hold_e4, account.position("AAPL").held_qty_e6) == (0, 0)


@pytest.mark.parametrize("asked", ASKED)
def test_both_of_a_pair_are_canceled(asked):
    house = House()
    house.tell("A", submit("o", "Sell", "5", "110", contingency=m.Contingency("OneUpdatesTheOther", [BRACKET[1]])))
    house.tell(*ASKED[asked])
    assert house.ended() == {"o": "Canceled", "os": "Canceled"}
