"""What must be true of every auction, whatever its orders and rules; and that a storm of stops stays bounded."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.matching.fold import MatchingFold
from streams.matching.limits import STOPS_PER_SYMBOL_MAX
from tests.matching.checks import outputs_of
from tests.matching.script import MIDDLE_E4, SYMBOL, define, new, session
from topics import messages as m

RULES = ("Nasdaq", "Xetra", "Euronext", "Jse")
ORDER = st.tuples(
    st.sampled_from(("Buy", "Sell")),
    st.booleans(),  # a market order
    st.integers(-6, 6),
    st.integers(1, 9),
)


def call(orders, rules):
    """Orders of as many accounts, queued, uncrossed; returns them by id and the outputs."""
    fold = MatchingFold()
    fold.apply(SYMBOL, define())
    fold.apply(SYMBOL, session("Phase", 2_000_000, phase="OpeningAuction", auction_rules=rules))
    sent = {}
    for number, (side, is_market, cents, qty) in enumerate(orders):
        price = MIDDLE_E4 + 100 * cents
        terms = new(f"O{number}", f"A{number}", side, qty, None if is_market else price, time_in_force="AtTheOpening")
        terms.worst_price_e4 = price
        sent[terms.order_id] = terms
        fold.apply(SYMBOL, terms)
    step = fold.apply(SYMBOL, session("Phase", 3_000_000, phase="Continuous", auction_rules=rules))
    return sent, [message for _, _, message in outputs_of(step)]


def volume_e6(sent, price):
    demand = sum(terms.qty_e6 for terms in sent.values() if terms.side == "Buy" and terms.worst_price_e4 >= price)
    supply = sum(terms.qty_e6 for terms in sent.values() if terms.side == "Sell" and terms.worst_price_e4 <= price)
    return min(demand, supply)


@settings(max_examples=300, deadline=None)
@given(st.lists(ORDER, min_size=2, max_size=14), st.sampled_from(RULES))
def test_no_price_gives_more_and_nobody_trades_beyond_a_limit_or_before_another(orders, rules):
    sent, outputs = call(orders, rules)
    trades = [message for message in outputs if isinstance(message, m.Trade)]
    traded = sum(trade.qty_e6 for trade in trades)
    assert traded == max(volume_e6(sent, MIDDLE_E4 + 100 * cents) for cents in range(-8, 9))
    fills = [message for message in outputs if getattr(message, "exec_type", None) == "Trade"]
    filled = Counter()
    for fill in fills:
        filled[fill.order_id] += fill.last_qty_e6
        worst = sent[fill.order_id].worst_price_e4
        assert fill.last_px_e4 <= worst if fill.side == "Buy" else fill.last_px_e4 >= worst
    assert len({trade.price_e4 for trade in trades}) <= 1
    assert {fill.last_liquidity for fill in fills} <= {"Auction"}
    for side, sign in (("Buy", -1), ("Sell", 1)):
        price = trades[0].price_e4 if trades else 0
        able = [t for t in sent.values() if t.side == side and sign * t.worst_price_e4 <= sign * price]
        able.sort(key=lambda terms: (terms.limit_price_e4 is not None, sign * (terms.limit_price_e4 or 0)))
        shares = [filled[terms.order_id] for terms in able]
        open_at = next((i for i, terms in enumerate(able) if filled[terms.order_id] < terms.qty_e6), len(able))
        assert not any(shares[open_at + 1 :]), "one behind an order that is still open has traded"


@pytest.mark.parametrize("rules", RULES)
def test_a_storm_of_stops_ends_in_one_step(rules):
    """All the stops that a book may hold, at one price, set off by an auction: each once, and the step's outputs are of
    the order of the stops."""
    fold = MatchingFold()
    fold.apply(SYMBOL, define())
    for number in range(STOPS_PER_SYMBOL_MAX):
        stop = new(f"S{number}", "B", "Buy", 1, order_type="Stop", stop_price_e4=MIDDLE_E4)
        fold.apply(SYMBOL, stop)
    fold.apply(SYMBOL, new("offer", "C", "Sell", STOPS_PER_SYMBOL_MAX // 2, MIDDLE_E4 + 100))
    fold.apply(SYMBOL, session("Phase", 2_000_000, phase="OpeningAuction", auction_rules=rules))
    for order_id, side in (("b", "Buy"), ("s", "Sell")):
        fold.apply(SYMBOL, new(order_id, order_id, side, 1, MIDDLE_E4))
    outputs = outputs_of(fold.apply(SYMBOL, session("Phase", 3_000_000, phase="Continuous", auction_rules=rules)))
    reports = Counter(message.exec_type for _, _, message in outputs if isinstance(message, m.ExecutionReport))
    assert reports == {
        "TriggeredOrActivated": STOPS_PER_SYMBOL_MAX,
        "Trade": 2 + STOPS_PER_SYMBOL_MAX,
        "Canceled": STOPS_PER_SYMBOL_MAX // 2,
    }
    assert len(outputs) < 5 * STOPS_PER_SYMBOL_MAX
    assert not [name for name in fold.entry_names() if "/S" in name]
