"""The fold against the naive matcher on random streams of commands, seeded and by hypothesis."""

from __future__ import annotations

import copy
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.fold import Refused
from streams.matching.fold import MatchingFold
from tests.matching.checks import Lives, Rebuilt, best, entries_of, naive_queues, outputs_of, queues
from tests.matching.naive import NaiveMatcher
from tests.matching.script import SYMBOL, Script


def compare(choose, number, symbols=(SYMBOL,)):
    """Run both on one script and hold every property after each command; returns all outputs."""
    fold, naive = MatchingFold(), NaiveMatcher()
    changelog = {}
    rebuilt = {symbol: Rebuilt() for symbol in symbols}
    lives = Lives()
    everything = []
    for message in Script(choose, naive, symbols).commands(number):
        symbol = message.symbol
        expected = naive_outputs(naive, message)
        try:
            step = fold.apply(symbol, copy.deepcopy(message))
        except Refused:
            assert expected is None
            continue
        outputs = outputs_of(step)
        assert outputs == expected
        everything += outputs
        for topic, key, output in outputs:
            lives.take(topic, output)
            if key == symbol and symbol in rebuilt:
                rebuilt[symbol].take(topic, output)
        for name in step.changed:
            entry = fold.entry(name)
            changelog.pop(name, None)
            if entry is not None:
                changelog[name] = entry
        if symbol in rebuilt:
            visible = queues(changelog, symbol)
            assert visible == rebuilt[symbol].queues == naive_queues(naive, symbol)
            hold_book(visible, outputs)
        if choose((False,) * 9 + (True,)):
            assert changelog == entries_of(fold)
            fold = reloaded(changelog, choose)
    assert changelog == entries_of(fold)
    assert not any(lives.net.values()), "a trade whose sides differ"
    live = {entry.root_order_id for entry in changelog.values() if hasattr(entry, "root_order_id")}
    assert live == set(lives.orders), "an order that is live without a report, or left without one"
    return everything


def naive_outputs(naive, message):
    try:
        return naive.apply(message.symbol, message)
    except Refused:
        return None


def reloaded(changelog, choose):
    """A fold built from copies of the entries, in another order."""
    names = sorted(changelog, key=lambda name: (len(name) * choose((1, -1)), name), reverse=choose((True, False)))
    fold = MatchingFold()
    fold.load((name, copy.deepcopy(changelog[name])) for name in names)
    return fold


def hold_book(visible, outputs):
    """Never crossed; the last quote, and only a command that changed the best, says what is best."""
    bid, bid_qty, ask, ask_qty = best(visible)
    assert bid is None or ask is None or bid < ask
    for topic, _, message in outputs:
        if topic == "quotes":
            assert message == outputs[-1][2]
            assert (message.bid_price_e4, message.bid_qty_e6) == (bid, bid_qty)
            assert (message.ask_price_e4, message.ask_qty_e6) == (ask, ask_qty)


@pytest.mark.parametrize("seed", range(40))
def test_same_outputs_as_naive(seed):
    compare(Random(seed).choice, 300)


@pytest.mark.parametrize("seed", range(5))
def test_same_outputs_as_naive_on_three_symbols(seed):
    compare(Random(1000 + seed).choice, 400, ("AAPL", "MSFT", "BRK.B"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.integers(1, 40))
def test_same_outputs_as_naive_by_hypothesis(data, number):
    compare(lambda options: data.draw(st.sampled_from(options)), number)


def test_scripts_reach_every_outcome():
    """The comparison above means little for what no script does."""
    outputs = [output for seed in range(12) for output in compare(Random(seed).choice, 300)]
    reports = [message for topic, _, message in outputs if topic == "commands" and message.NAME == "ExecutionReport"]
    refusals = [message for _, _, message in outputs if message.NAME == "OrderCancelReject"]
    assert {r.exec_type for r in reports} >= {
        *("New", "Trade", "Canceled", "Expired", "Replaced", "Rejected", "TriggeredOrActivated", "Restated")
    }
    assert {r.order_reject_reason for r in reports} == {
        *(None, "UnknownSymbol", "ExchangeClosed", "Duplicate", "InvalidPriceIncrement", "PriceExceedsBand", "Other"),
        *("UnsupportedCharacteristic", "IncorrectQuantity", "ExceedsLimit", "Stale"),
    }
    assert {r.text for r in reports} >= {
        *("self-match prevention", "fill or kill: cannot be filled completely", "replaced to the filled quantity"),
        *("nothing more to trade with within the price", "end of the trading day", "expire time has passed"),
        *("post-only would take liquidity", "minimum quantity: cannot be filled at once"),
    }
    assert {(r.exec_type, r.prevented_qty_e6 > 0) for r in reports} >= {("Restated", True), ("Restated", False)}
    assert {(r.exec_type, r.limit_price_e4 is not None) for r in reports} >= {("New", True), ("Replaced", True)}
    assert {r.exec_type for r in reports if r.high_water_e4} >= {"New", "Restated", "Replaced", "TriggeredOrActivated"}
    assert {r.text for r in refusals} >= {
        *("no such order in the book", "the market is Halted", "the stop has been triggered"),
        *("fill or kill cannot be filled completely", "post-only would take liquidity", "expire time has passed"),
    }
    assert {m.kind for topic, _, m in outputs if topic == "book-events"} == {"Add", "Execute", "Delete", "Amend"}
