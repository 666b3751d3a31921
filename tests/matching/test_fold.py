"""The fold's contract: what it refuses, its limits, its entries, and that the same log gives the same bytes."""

from __future__ import annotations

import copy
from random import Random

import pytest

from streams.fold import Refused
from streams.matching import fold as fold_module
from streams.matching.fold import MatchingFold
from streams.matching.limits import STOPS_PER_SYMBOL_MAX
from tests.matching.checks import entries_of, outputs_of
from tests.matching.naive import NaiveMatcher
from tests.matching.script import HALF_PENNY_US, MIDDLE_E4, SYMBOL, Script, cancel, define, new, session
from topics import messages as m
from topics.codec import decode, encode


@pytest.fixture
def fold():
    made = MatchingFold()
    made.apply(SYMBOL, define())
    return made


def stop(order_id, stop_price, side="Buy", qty=1):
    return new(order_id, "B", side, qty, order_type="Stop", stop_price_e4=stop_price)


def types_of(step):
    return [o.message.exec_type for o in step.outputs if isinstance(o.message, m.ExecutionReport)]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("MSFT", new("1")),
        (SYMBOL, m.Deposit("A", "T1", 1, 1)),
        ("ZZZZ", session("Halt", 1, symbol="ZZZZ")),
        ("A/B", define("A/B")),
        ("", define("")),
    ],
    ids=["other key", "other record", "session of an unlisted symbol", "symbol with a slash", "empty symbol"],
)
def test_refused_and_nothing_changed(fold, key, message):
    fold.apply(SYMBOL, new("1", price=MIDDLE_E4))
    before = copy.deepcopy(entries_of(fold))
    with pytest.raises(Refused):
        fold.apply(key, message)
    assert entries_of(fold) == before


def test_unlisted_symbol_is_answered_and_leaves_no_entry():
    fold = MatchingFold()
    step = fold.apply(SYMBOL, new("1"))
    assert [o.message.order_reject_reason for o in step.outputs] == ["UnknownSymbol"]
    step = fold.apply(SYMBOL, cancel("1"))
    assert [o.message.cancel_reject_reason for o in step.outputs] == ["UnknownOrder"]
    assert entries_of(fold) == {}


def test_terms_are_published_once_with_a_rising_version(fold):
    assert fold.apply(SYMBOL, define()).outputs == []
    step = fold.apply(SYMBOL, define(tier=2))
    assert [(o.topic, o.message.tier, o.message.version) for o in step.outputs] == [("instruments", 2, 2)]


def test_inactive_instrument_takes_cancels_only(fold):
    fold.apply(SYMBOL, new("1", price=MIDDLE_E4))
    fold.apply(SYMBOL, define(status="Inactive"))
    assert types_of(fold.apply(SYMBOL, new("2", price=MIDDLE_E4))) == ["Rejected"]
    assert types_of(fold.apply(SYMBOL, session("Resume", 9))) == []
    assert types_of(fold.apply(SYMBOL, cancel("1"))) == ["Canceled"]


def test_stops_of_a_symbol_are_limited(fold):
    for number in range(STOPS_PER_SYMBOL_MAX):
        assert types_of(fold.apply(SYMBOL, stop(f"S{number}", MIDDLE_E4))) == ["New"]
    (refused,) = fold.apply(SYMBOL, stop("one more", MIDDLE_E4)).outputs
    assert refused.message.order_reject_reason == "ExceedsLimit"


def test_open_orders_of_a_symbol_are_limited(fold, monkeypatch):
    monkeypatch.setattr(fold_module, "OPEN_ORDERS_PER_SYMBOL_MAX", 2)
    fold.apply(SYMBOL, new("1", price=MIDDLE_E4))
    fold.apply(SYMBOL, stop("2", 2 * MIDDLE_E4))
    (refused,) = fold.apply(SYMBOL, new("3", price=MIDDLE_E4)).outputs
    assert refused.message.order_reject_reason == "ExceedsLimit"


def test_longest_cascade_ends_in_the_stated_order(fold):
    """Every stop that a book may hold, each setting off the next: one command, each stop activated once."""
    ladder = range(1, STOPS_PER_SYMBOL_MAX + 1)
    for number in (0, *ladder, len(ladder) + 1):
        fold.apply(SYMBOL, new(f"A{number}", side="Sell", qty=1, price=MIDDLE_E4 + 100 * number))
    for number in reversed(ladder):
        fold.apply(SYMBOL, stop(f"S{number}", MIDDLE_E4 + 100 * (number - 1)))
    step = fold.apply(SYMBOL, new("T", qty=1, price=MIDDLE_E4))
    activated = [
        o.message.order_id
        for o in step.outputs
        if isinstance(o.message, m.ExecutionReport) and o.message.exec_type == "TriggeredOrActivated"
    ]
    assert activated == [f"S{number}" for number in ladder]
    assert types_of(step).count("Trade") == 2 * (len(ladder) + 1)
    assert [name for name in fold.entry_names() if "/S" in name] == []


def test_time_is_the_largest_seen(fold):
    fold.apply(SYMBOL, new("1", price=MIDDLE_E4, transact_time_us=2_000_000))
    step = fold.apply(SYMBOL, new("2", price=MIDDLE_E4, transact_time_us=1_500_000))
    assert {o.message.transact_time_us for o in step.outputs} == {2_000_000}


def test_load_refuses_what_is_not_an_entry_of_a_book():
    with pytest.raises(ValueError, match="not of a book"):
        MatchingFold().load([("mark", m.Mark(1, []))])


def test_load_refuses_an_order_without_its_book(fold):
    fold.apply(SYMBOL, new("1", price=MIDDLE_E4))
    with pytest.raises(ValueError, match="no book"):
        MatchingFold().load([(f"order/{SYMBOL}/1", fold.entry(f"order/{SYMBOL}/1"))])


def test_entries_are_values_that_later_commands_do_not_change(fold):
    fold.apply(SYMBOL, new("1", price=MIDDLE_E4))
    taken = entries_of(fold)
    before = copy.deepcopy(taken)
    fold.apply(SYMBOL, session("Halt", 2_000_000))
    fold.apply(SYMBOL, cancel("1"))
    assert taken == before


def test_the_same_log_gives_the_same_bytes_and_loses_nothing_on_the_wire():
    commands = list(Script(Random(7).choice, NaiveMatcher()).commands(400))
    first, second = bytes_of(commands), bytes_of(decode(encode(command)) for command in commands)
    assert first == second
    assert len(first) > 400


def bytes_of(commands):
    fold = MatchingFold()
    folded = []
    for command in commands:
        for topic, key, message in outputs_of(fold.apply(command.symbol, command)):
            folded.append((topic, key, encode(message)))
            assert decode(folded[-1][2]) == message
    for name, entry in entries_of(fold).items():
        folded.append(("changelog", name, encode(entry)))
        assert decode(folded[-1][2]) == entry
    return folded


@pytest.mark.parametrize(
    ("rule", "stamped_us", "price_e4", "reason"),
    [
        ("Rule612HalfPenny", HALF_PENNY_US - 1, MIDDLE_E4 + 50, "InvalidPriceIncrement"),
        ("Rule612HalfPenny", HALF_PENNY_US - 1, MIDDLE_E4 + 100, None),
        ("Rule612HalfPenny", HALF_PENNY_US, MIDDLE_E4 + 50, None),
        ("Rule612HalfPenny", HALF_PENNY_US, MIDDLE_E4 + 25, "InvalidPriceIncrement"),
        ("Rule612", HALF_PENNY_US, MIDDLE_E4 + 50, "InvalidPriceIncrement"),
    ],
)
def test_the_half_penny_is_of_the_day_on_which_the_order_was_stamped(rule, stamped_us, price_e4, reason):
    """As accounts has it, although the order reaches its book on a later day."""
    fold = MatchingFold()
    fold.apply(SYMBOL, define(tick_rule=rule, time_us=HALF_PENNY_US + 10**12))
    step = fold.apply(SYMBOL, new("1", price=price_e4, transact_time_us=stamped_us))
    (report,) = [output.message for output in step.outputs if isinstance(output.message, m.ExecutionReport)]
    assert report.order_reject_reason == reason
