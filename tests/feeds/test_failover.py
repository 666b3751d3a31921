"""The failover: cases by hand, then any two lines with outages, lags and repetitions."""

import random

import pytest

from feeds.live import failover
from feeds.live.failover import BACKUP, PRIMARY, Dropped, Failover, GapBegan, GapEnded, Switched
from feeds.live.points import Event

SILENT_US, STALE_US = 2_000_000, 30_000_000
SECOND_US = 1_000_000


def trade(number, at_us, symbol="A"):
    return Event(symbol, "C", at_us * 1000, None, ("t", symbol, number))


def quote(at_us, price, symbol="A"):
    side = ("V", price, 1)
    return Event(symbol, "C", at_us * 1000, (side, side), ("q", side, side, ""))


def new():
    made = Failover(SILENT_US, STALE_US)
    made.up(PRIMARY)
    made.up(BACKUP)
    return made


def kinds(outcomes):
    return [type(each).__name__ if not isinstance(each, Dropped) else each.kind for each in outcomes]


def test_the_active_line_is_passed_on_and_the_other_repeats():
    fold = new()
    assert kinds(fold.heard(PRIMARY, trade(1, 10), 10)) == ["Event"]
    assert kinds(fold.heard(BACKUP, trade(1, 10), 11)) == ["repeated"]
    assert fold.heard(BACKUP, trade(2, 12), 13) == []  # held
    assert kinds(fold.heard(PRIMARY, trade(2, 12), 14)) == ["Event"]
    assert kinds(fold.tick(13 + SILENT_US)) == ["repeated"]
    assert fold.active == PRIMARY


def test_a_silent_primary_is_replaced_and_nothing_is_missing():
    fold = new()
    fold.heard(PRIMARY, trade(1, 10), 10)
    for number in range(2, 6):
        assert fold.heard(BACKUP, trade(number, number * 10), number * 10) == []
    assert fold.tick(19 + SILENT_US) == []
    out = fold.tick(20 + SILENT_US)
    assert out[0] == Switched(BACKUP, "silent")
    assert [event.identity[2] for event in out[1:]] == [2, 3, 4, 5]
    assert kinds(fold.heard(BACKUP, trade(6, 60), 60 + SILENT_US)) == ["Event"]


def test_what_the_primary_alone_leaves_out_is_filled_in():
    """A primary that is there but has lost an event keeps its place."""
    fold = new()
    fold.heard(BACKUP, trade(1, 10), 10)
    fold.heard(PRIMARY, trade(2, 20), 20)
    assert kinds(fold.tick(10 + SILENT_US)) == ["Event"]
    assert fold.active == PRIMARY


def test_a_lost_connection_is_replaced_at_once():
    fold = new()
    fold.heard(PRIMARY, trade(1, 10), 10)
    fold.heard(BACKUP, trade(2, 20), 20)
    assert kinds(fold.lost(PRIMARY, 21)) == ["Switched", "Event"]
    assert fold.lost(BACKUP, 22) == [GapBegan(20_000)]
    fold.up(BACKUP)
    assert fold.heard(BACKUP, trade(3, 90), 95)[0] == GapEnded(20_000, 90_000)


def recovering(lag_us):
    """When the backup is active and the primary comes back with a lag: at which second it is active again, if ever."""
    fold = new()
    fold.heard(PRIMARY, trade(0, 0), 0)
    fold.lost(PRIMARY, 1)
    fold.up(PRIMARY)
    for second in range(1, 30):
        at = second * SECOND_US
        fold.heard(BACKUP, trade(second, at), at)
        fold.heard(PRIMARY, trade(max(0, second - lag_us // SECOND_US), max(0, at - lag_us)), at + 1)
        if fold.active == PRIMARY:
            return second
    return None


def test_the_primary_comes_back_when_it_has_kept_up_for_a_while():
    assert recovering(lag_us=0) == 1 + failover.STEADY * SILENT_US // SECOND_US
    assert recovering(lag_us=SECOND_US) == 1 + failover.STEADY * SILENT_US // SECOND_US
    assert recovering(lag_us=5 * SECOND_US) is None


def test_an_older_quote_is_superseded():
    fold = new()
    fold.heard(PRIMARY, quote(10, 1), 10)
    fold.heard(PRIMARY, quote(20, 2), 20)
    assert kinds(fold.heard(BACKUP, quote(10, 1), 21)) == ["superseded"]
    assert kinds(fold.heard(BACKUP, quote(20, 2), 22)) == ["repeated"]
    assert kinds(fold.heard(PRIMARY, quote(20, 3), 23)) == ["Event"]


def test_silence_of_both_is_a_gap():
    fold = new()
    fold.heard(PRIMARY, trade(1, 10), 10)
    assert fold.tick(9 + STALE_US) == []
    assert fold.tick(10 + STALE_US) == [GapBegan(10_000)]
    assert fold.tick(11 + STALE_US) == []
    assert kinds(fold.heard(PRIMARY, trade(2, 20), 12 + STALE_US)) == ["GapEnded", "Event"]


def test_that_nothing_ever_came_is_a_gap_since_the_beginning():
    fold = new()
    assert fold.tick(50) == []
    assert fold.tick(49 + STALE_US) == []
    assert fold.tick(50 + STALE_US) == [GapBegan(50_000)]
    assert fold.tick(51 + STALE_US) == []
    assert fold.gap_since_ns == 50_000
    assert fold.heard(PRIMARY, trade(1, 60), 52 + STALE_US)[0] == GapEnded(50_000, 60_000)
    assert fold.gap_since_ns is None


def test_a_provider_that_is_not_there_at_the_beginning_is_a_gap_at_once():
    fold = Failover(SILENT_US, STALE_US)
    assert fold.lost(PRIMARY, 50) == [GapBegan(50_000)]
    assert fold.lost(PRIMARY, 60) == []


def test_after_a_restart_what_was_published_is_known():
    fold = new()
    fold.resume([("t", "A", 1)], {"A": 30}, 30_000)
    assert kinds(fold.heard(PRIMARY, trade(1, 10), 50)) == ["repeated"]
    assert kinds(fold.heard(PRIMARY, quote(30, 1), 51)) == ["superseded"]
    assert fold.heard(PRIMARY, quote(40, 1), 52)[0] == GapEnded(30_000, 40_000)


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(failover, "MEMORY", 50)
    monkeypatch.setattr(failover, "HELD_MAX", 20)
    fold = new()
    for number in range(1000):
        fold.heard(number % 2, trade(number, number), number)
    assert len(fold._seen) <= 50
    assert len(fold._held) <= 20


def scenario(seed):
    """Arrivals of two lines: each with its own lag, and outages with the connection or without a word. At most one line
    is out at a time. (arrival, line, event or "lost" or "up")."""
    chance = random.Random(seed)
    length_us = 60 * SECOND_US
    events, at = [], 0
    while at < length_us:
        at += chance.choice([1000, 50_000, 300_000])
        symbol = chance.choice("ABC")
        events.append(quote(at, at, symbol) if chance.random() < 0.4 else trade(at, at, symbol))
    out = [[], []]
    begin = 5 * SECOND_US
    while begin < length_us - 15 * SECOND_US:
        end = begin + chance.randint(1, 8) * SECOND_US
        out[chance.randint(0, 1)].append((begin, end, chance.choice(["lost", "mute"])))
        begin = end + chance.randint(1, 10) * SECOND_US
    arrivals = []
    for line in (PRIMARY, BACKUP):
        lag = chance.choice([0, 5_000, 400_000])
        last = 0
        for event in events:
            if any(first <= event.time_ns // 1000 < end for first, end, _ in out[line]):
                continue
            last = max(last, event.time_ns // 1000 + lag + chance.randint(0, 20_000))
            arrivals += [(last, line, event)] * (2 if chance.random() < 0.02 else 1)
        for first, end, how in out[line]:
            if how == "lost":
                arrivals += [(first + lag, line, "lost"), (end + lag, line, "up")]
    return events, sorted(arrivals, key=lambda each: each[0])


def run(arrivals):
    fold, out = new(), []
    for at, line, what in arrivals:
        if what == "up":
            fold.up(line)
        else:
            out += fold.lost(line, at) if what == "lost" else fold.heard(line, what, at)
    return out + fold.tick(arrivals[-1][0] + 2 * SILENT_US)


@pytest.mark.parametrize("seed", range(60))
def test_each_event_is_passed_on_once_whatever_fails(seed):
    events, arrivals = scenario(seed)
    out = run(arrivals)
    passed = [each for each in out if isinstance(each, Event)]
    trades = [event.identity for event in passed if not event.is_quote]
    assert sorted(trades) == sorted(event.identity for event in events if not event.is_quote)
    for symbol in "ABC":
        quotes = [(event.time_ns, event.identity) for event in passed if event.is_quote and event.symbol == symbol]
        assert quotes == sorted(set(quotes))
        assert quotes[-1][0] == max(e.time_ns for e in events if e.is_quote and e.symbol == symbol)
    told = len(passed) + sum(isinstance(each, Dropped) for each in out)
    assert told == sum(not isinstance(what, str) for _, _, what in arrivals)  # each row has its fate
    assert out == run(arrivals)
