"""Every cell of the table of phases: what becomes of an order that arrives, and that a phase comes once."""

from __future__ import annotations

import pytest

from streams.matching.fold import MatchingFold
from streams.matching.phases import KINDS, TABLE
from tests.matching.checks import outputs_of
from tests.matching.script import MIDDLE_E4, SYMBOL, define, new, session
from topics import messages as m

ORDERS = {
    "plain": {"price": MIDDLE_E4},
    "market": {},
    "stop": {"order_type": "Stop", "stop_price_e4": MIDDLE_E4},
    "at_once": {"price": MIDDLE_E4, "time_in_force": "ImmediateOrCancel"},
    "extended": {"price": MIDDLE_E4, "instructions": m.Instructions(extended_hours=True)},
    "opening": {"price": MIDDLE_E4, "time_in_force": "AtTheOpening"},
    "closing": {"price": MIDDLE_E4, "time_in_force": "AtTheClose"},
}
CELLS = [(phase, kind) for phase in TABLE for kind in KINDS]


def book_in(phase):
    """A book that has sold at the middle, offers a share there, and is in a phase."""
    fold = MatchingFold()
    fold.apply(SYMBOL, define())
    hours = m.Instructions(extended_hours=True)
    for order_id, account, side, qty in (("s1", "S", "Sell", 1), ("b1", "T", "Buy", 1), ("s2", "S", "Sell", 1)):
        terms = new(order_id, account, side, qty, MIDDLE_E4, time_in_force="GoodTillCancel", instructions=hours)
        fold.apply(SYMBOL, terms)
    fold.apply(SYMBOL, session("Phase", 2_000_000, phase=phase))
    return fold


@pytest.mark.parametrize(("phase", "kind"), CELLS)
def test_what_arrives(phase, kind):
    fold = book_in(phase)
    step = fold.apply(SYMBOL, new("x", "A", "Buy", 1, **ORDERS[kind]))
    reports = [message for _, _, message in outputs_of(step) if isinstance(message, m.ExecutionReport)]
    word = TABLE[phase][kind]
    if word == "trade":
        assert "Trade" in [report.exec_type for report in reports]
    elif word == "queue":
        assert [report.exec_type for report in reports] == ["New"]
        assert fold.entry(f"order/{SYMBOL}/x").queued is (kind != "stop")
    else:
        reason = {"closed": "ExchangeClosed", "late": "TooLate"}[word]
        assert [report.order_reject_reason for report in reports] == [reason]
        assert fold.entry(f"order/{SYMBOL}/x") is None


@pytest.mark.parametrize("phase", TABLE)
def test_a_phase_that_is_sent_again_does_nothing(phase):
    fold = book_in(phase)
    fold.apply(SYMBOL, new("x", "A", "Buy", 1, MIDDLE_E4, time_in_force="GoodTillCancel"))
    assert fold.apply(SYMBOL, session("Phase", 2_000_000, phase=phase)).outputs == []
    assert fold.apply(SYMBOL, session("Phase", 1_999_999, phase="Quiescent")).outputs == []
    assert fold.apply(SYMBOL, session("Phase", 2_000_001, phase=phase)).outputs == []


def test_reason_of_a_halt_is_told_until_it_ends():
    fold = book_in("Continuous")
    (halted,) = outputs_of(fold.apply(SYMBOL, session("Halt", 3_000_000, halt_reason="Volatility")))
    assert (halted[2].status, halted[2].halt_reason) == ("Halted", "Volatility")
    (resumed,) = outputs_of(fold.apply(SYMBOL, session("Resume", 3_000_001)))
    assert (resumed[2].status, resumed[2].halt_reason) == ("Active", None)
