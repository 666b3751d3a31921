"""The generator: the same seed makes the same flow, and what it sends is what a market takes."""

import hashlib

import pytest

from feeds.flow import flow as flow_module
from feeds.flow.actions import Best, Cancel, Halt, Resume, Submit
from feeds.flow.day import SESSION_US, u_shape
from feeds.flow.flow import Flow
from feeds.flow.hawkes import Kernel
from feeds.flow.universe import universe

LISTED = universe(30)
EMPTY = Best()


def actions(seed, count=4000, best=EMPTY, **settings):
    """So many steps of a flow whose symbols are all open; what each asks, with its time."""
    flow = Flow(LISTED, seed, rate_per_s=settings.pop("rate_per_s", 15.0), **settings)
    made = [(0, action) for each in LISTED for action in flow.open(each.symbol)]
    for _ in range(count):
        time_us, asked = flow.step(lambda _: best)
        made += [(time_us, action) for action in asked]
    return made


def digest(made):
    return hashlib.sha256(repr(made).encode()).hexdigest()


def test_the_same_seed_makes_the_same_flow():
    assert digest(actions(7)) == digest(actions(7))
    assert digest(actions(7)) != digest(actions(8))


def test_times_do_not_go_back_and_numbers_are_used_once():
    made = actions(3)
    assert [time_us for time_us, _ in made] == sorted(time_us for time_us, _ in made)
    numbers = [(a.symbol, a.number) for _, a in made if isinstance(a, Submit)]
    assert len(set(numbers)) == len(numbers)


def test_everything_is_an_integer_that_a_market_takes():
    for _, action in actions(4, best=Best(2_299_900, 2_300_100)):
        if isinstance(action, Submit):
            assert type(action.qty_e6) is int
            assert action.qty_e6 > 0
            assert action.qty_e6 % 1_000_000 == 0
            if action.price_e4 is not None:
                assert type(action.price_e4) is int
                assert action.price_e4 > 0
                assert action.price_e4 % 100 == 0


def test_only_what_it_has_placed_is_taken_back_and_once():
    resting = set()
    for _, action in actions(5):
        if isinstance(action, Submit) and action.price_e4 is not None:
            resting.add((action.symbol, action.number))
        elif isinstance(action, Cancel):
            resting.remove((action.symbol, action.number))
    assert len(resting) < len(LISTED) * 40


def test_an_order_that_is_gone_is_not_taken_back():
    flow = Flow(LISTED, 1, 15.0)
    placed = [action for each in LISTED for action in flow.open(each.symbol)]
    for action in placed:
        flow.gone(action.symbol, action.number)
    gone = {(action.symbol, action.number) for action in placed}
    for _ in range(3000):
        asked = flow.step(lambda _: EMPTY)[1]
        assert gone.isdisjoint((a.symbol, a.number) for a in asked if isinstance(a, Cancel))


def test_what_an_earlier_run_left_is_adopted_and_counts_as_quotes():
    flow = Flow(LISTED, 1, 15.0)
    numbers = [flow.adopt("AAPL", side, 2_300_000) for side in ("Buy", "Sell", "Buy")]
    opened = flow.open("AAPL", 2_300_000)
    assert sorted(action.side for action in opened) == ["Buy", "Sell", "Sell"]
    assert not set(numbers) & {action.number for action in opened}
    assert all(abs(action.price_e4 - 2_300_000) < 10_000 for action in opened)


def test_a_closed_symbol_has_no_flow():
    flow = Flow(LISTED, 1, 15.0)
    flow.open("AAPL")
    asked = [action for _ in range(500) for action in flow.step(lambda _: EMPTY)[1]]
    assert {action.symbol for action in asked} == {"AAPL"}


def test_large_news_halt_a_symbol_and_it_resumes(monkeypatch):
    monkeypatch.setattr(flow_module, "jump", lambda _: flow_module.HALT_AT)
    monkeypatch.setattr(flow_module, "NEWS_A_DAY", 20.0)
    halted, halts = set(), 0
    for _, action in actions(6, 40_000):
        if isinstance(action, Halt):
            halted.add(action.symbol)
            halts += 1
        elif isinstance(action, Resume):
            halted.remove(action.symbol)
        else:
            assert action.symbol not in halted
    assert halts > len(halted)


def test_it_keeps_its_rate():
    """Over a day; news come on top of it."""
    flow = Flow(LISTED, 9, 2.0)
    for each in LISTED:
        flow.open(each.symbol)
    count = 0
    while flow.next_us < SESSION_US:
        count += len(flow.step(lambda _: EMPTY)[1])
    assert 0.8 < count * 1e6 / (SESSION_US * 2.0) < 1.3


def test_the_day_is_a_u_with_mean_one():
    shape = [u_shape(at * SESSION_US // 1000, SESSION_US) for at in range(1000)]
    assert sum(shape) / 1000 == pytest.approx(1.0, abs=0.01)
    assert shape[0] > 2 * shape[500] < shape[999]


def test_a_flow_without_end_is_refused():
    with pytest.raises(ValueError, match="must be below 1"):
        Flow(LISTED, 1, 1.0, kernels=(Kernel(1.2, 1.0),))


@pytest.mark.parametrize("settings", [{"rate_per_s": 0.0}, {"rate_per_s": -1.0}, {"rate_per_s": 1.0, "day_us": 0}])
def test_a_flow_that_cannot_be_is_refused(settings):
    with pytest.raises(ValueError, match="above 0"):
        Flow(LISTED, 1, **settings)


def test_the_universe_is_the_same_always_and_invents_no_company():
    thousand = universe(1000)
    assert thousand[:30] == LISTED
    assert len({each.symbol for each in thousand}) == 1000
    assert all(each.symbol.startswith("SIM") and each.name.startswith("Simulated ") for each in thousand[20:])
    assert all(each.price_e4 % 100 == 0 and each.price_e4 > 0 for each in thousand)
    with pytest.raises(ValueError, match="1 to 10,000"):
        universe(0)
