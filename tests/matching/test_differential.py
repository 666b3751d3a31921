"""The fold against the naive matcher on random streams of commands, seeded and by hypothesis."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.matching.phases import TABLE
from tests.matching.differential import compare
from tests.matching.script import PHASED


@pytest.mark.parametrize("seed", range(40))
def test_same_outputs_as_naive(seed):
    compare(Random(seed).choice, 300)


@pytest.mark.parametrize("seed", range(5))
def test_same_outputs_as_naive_on_three_symbols(seed):
    compare(Random(1000 + seed).choice, 400, ("AAPL", "MSFT", "BRK.B"))


@pytest.mark.parametrize("seed", range(40))
def test_same_outputs_as_naive_through_the_phases_of_the_day(seed):
    compare(Random(2000 + seed).choice, 300, day=PHASED)


def test_an_iceberg_that_trades_on_in_an_auction_stays_first():
    """A seed that found it shown again, behind others, between two of its own trades."""
    compare(Random(2614).choice, 300, day=PHASED)


def test_a_leg_whose_sibling_has_sold_all_in_an_auction_is_not_its_turn():
    """A seed that found it asked before the auction, where the fold is compiled."""
    compare(Random(50467).choice, 300, day=PHASED)


def test_an_elected_leg_whose_entry_has_ended_has_no_turn():
    """A seed that found it after its sibling had sold what was armed of it."""
    compare(Random(60401).choice, 300, day=PHASED)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.integers(1, 40))
def test_same_outputs_as_naive_by_hypothesis(data, number):
    compare(lambda options: data.draw(st.sampled_from(options)), number, day=data.draw(st.sampled_from(((), PHASED))))


def test_scripts_reach_every_outcome():
    """The comparison above means little for what no script does."""
    outputs = [output for seed in range(20) for output in compare(Random(seed).choice, 300)]
    reports = [message for topic, _, message in outputs if topic == "commands" and message.NAME == "ExecutionReport"]
    refusals = [message for _, _, message in outputs if message.NAME == "OrderCancelReject"]
    assert {r.exec_type for r in reports} >= {
        *(
            "New",
            "Trade",
            "Canceled",
            "Expired",
            "Replaced",
            "Rejected",
            "TriggeredOrActivated",
            "Restated",
            "Suspended",
        )
    }
    assert {r.order_reject_reason for r in reports} == {
        *(None, "UnknownSymbol", "ExchangeClosed", "Duplicate", "InvalidPriceIncrement", "PriceExceedsBand", "Other"),
        *("UnsupportedCharacteristic", "IncorrectQuantity", "ExceedsLimit", "Stale", "TooLate"),
    }
    assert {r.text for r in reports} >= {
        *("self-match prevention", "fill or kill: cannot be filled completely", "replaced to the filled quantity"),
        *("nothing more to trade with within the price", "end of the trading day", "expire time has passed"),
        *("post-only would take liquidity", "minimum quantity: cannot be filled at once"),
        *("the other leg has sold the shares", "its entry has ended"),
    }
    assert {(r.exec_type, r.prevented_qty_e6 > 0) for r in reports} >= {("Restated", True), ("Restated", False)}
    assert {(r.exec_type, r.limit_price_e4 is not None) for r in reports} >= {("New", True), ("Replaced", True)}
    assert {r.exec_type for r in reports if r.high_water_e4} >= {"New", "Restated", "Replaced", "TriggeredOrActivated"}
    assert {r.text for r in refusals} >= {
        *("no such order in the book", "the market is Halted", "the stop has been triggered"),
        *("fill or kill cannot be filled completely", "post-only would take liquidity", "expire time has passed"),
        "the profit is not above the limit of the entry",
    }
    assert {m.kind for topic, _, m in outputs if topic == "book-events"} == {"Add", "Execute", "Delete", "Amend"}


def test_scripts_of_the_day_reach_every_phase_and_kind_of_trade():
    outputs = [output for seed in range(24) for output in compare(Random(2000 + seed).choice, 300, day=PHASED)]
    by_topic = {}
    for topic, _, message in outputs:
        by_topic.setdefault(topic, []).append(message)
    assert {message.match_type for message in by_topic["trades"]} == {"AutoMatch", "CallAuction"}
    assert {message.phase for message in by_topic["instruments"]} == set(TABLE)
    assert {(m.kind, m.price_e4 is None) for m in by_topic["auctions"]} >= {
        *(("Indicative", True), ("Indicative", False), ("Uncrossed", False)),
    }
    assert {getattr(message, "text", "") for message in by_topic["commands"]} >= {
        *("not filled in its auction", "not taken in this phase of the day", "the auction of the order is over"),
        *("end of the trading session", "no more orders for the auction"),
        "no more cancels and replaces of orders for the auction",
    }
    fills = [m for m in by_topic["commands"] if getattr(m, "last_liquidity", None) == "Auction"]
    assert {fill.side for fill in fills} == {"Buy", "Sell"}
