"""A made day of ITCH as a feed: its quotes against a naive book, its prints and halts, and going on in the middle."""

import datetime as dt
import random

import pytest

from feeds.itch_feed import ItchFeed
from streams.market_data.fold import MarketDataFold
from tests.feeds.itch_encoder import encode, frame
from topics.messages import FeedHeartbeat, SecurityDefinition, TradeCorrection, VenueQuote, VenueStatus, VenueTrade

DAY = dt.date(2024, 5, 1)
OPEN_NS = 34_200 * 10**9
NOW_US = 1_800_000_000_000_000


def naive_best(orders):
    """Best of each side of (is a buy, price, shares)."""
    bids = [price for is_buy, price, _ in orders.values() if is_buy]
    asks = [price for is_buy, price, _ in orders.values() if not is_buy]
    bid, ask = max(bids, default=None), min(asks, default=None)
    shown = [sum(q for b, p, q in orders.values() if b == side and p == best) for side, best in ((1, bid), (0, ask))]
    return bid, shown[0] * 10**6, ask, shown[1] * 10**6


def made(seed, messages=600):
    """Frames of a symbol's random orders; the best after each message, and prints as (price, shares)."""
    chance, orders, ids = random.Random(seed), {}, iter(range(1, 10**6))
    rows, best, prints = [encode("R", stock="AAA", market_category="Q", luld_tier="1", time_ns=OPEN_NS - 1)], [], []
    rows.append(encode("R", stock="BBB", locate=2, market_category="Q", time_ns=OPEN_NS - 1))
    best += [naive_best({})] * 2
    for number in range(messages):
        common = {"time_ns": OPEN_NS + number * 10**7}
        code = chance.choice("AAAFXDUEECPQ") if orders else "A"
        reference = chance.choice(list(orders)) if orders else 0
        is_buy, price, shares = orders.get(reference, (0, 0, 0))
        if code in "AF":
            is_buy, price, shares = chance.randint(0, 1), chance.randint(1, 9) * 100, chance.randint(1, 9)
            price += 0 if is_buy else 1000
            reference = next(ids)
            orders[reference] = (is_buy, price, shares)
            terms = {"side": "B" if is_buy else "S", "shares": shares, "price_e4": price, "stock": "AAA"}
            rows.append(encode(code, order_reference=reference, **terms, **common))
        elif code == "P":
            prints.append((555, 3))
            rows.append(encode("P", side="B", shares=3, price_e4=555, match_number=next(ids), stock="AAA", **common))
        elif code == "Q":
            prints.append((444, 7))
            rows.append(encode("Q", shares=7, cross_price_e4=444, match_number=next(ids), cross_type="O", **common))
        elif code == "U":
            del orders[reference]
            new = next(ids)
            orders[new] = (is_buy, price + 1, shares + 1)
            terms = {"new_order_reference": new, "shares": shares + 1, "price_e4": price + 1}
            rows.append(encode("U", order_reference=reference, **terms, **common))
        else:
            taken = shares if code == "D" else chance.randint(1, shares)
            left = shares - taken
            orders.pop(reference)
            if left:
                orders[reference] = (is_buy, price, left)
            terms = {"order_reference": reference}
            terms |= {} if code == "D" else {"shares": taken}
            if code in "EC":
                terms["match_number"] = next(ids)
                printable = chance.choice("YN") if code == "C" else "Y"
                terms |= {"printable": printable, "price_e4": 321} if code == "C" else {}
                if printable == "Y":
                    prints.append((321 if code == "C" else price, taken))
            rows.append(encode(code, **terms, **common))
        best.append(naive_best(orders))
    return b"".join(map(frame, rows)), best, prints


@pytest.mark.parametrize("seed", range(5))
def test_quotes_are_the_best_of_a_naive_book_after_every_message(tmp_path, seed):
    data, best, prints = made(seed)
    path = tmp_path / "day.itch"
    path.write_bytes(data)
    now, found, traded = (None, 0, None, 0), [], []
    for unit in ItchFeed(path, DAY, frozenset({"AAA"}), lambda: NOW_US).rows(""):
        for message in unit.messages:
            if isinstance(message, VenueQuote):
                now = message.bid_price_e4, message.bid_qty_e6, message.ask_price_e4, message.ask_qty_e6
            elif isinstance(message, VenueTrade):
                traded.append((message.price_e4, message.qty_e6 // 10**6))
        if unit.rows:
            found.append(now)
    assert found == best
    assert traded == prints


def test_it_goes_on_in_the_middle_as_if_it_had_never_stopped(tmp_path):
    path = tmp_path / "day.itch"
    path.write_bytes(made(7)[0])

    def rest(position):
        units = ItchFeed(path, DAY, frozenset({"AAA"}), lambda: NOW_US).rows(position)
        return [
            (unit.position, [each for each in unit.messages if not isinstance(each, FeedHeartbeat)]) for unit in units
        ]

    whole = rest("")
    for at in (1, 100, 333):
        assert rest(str(at)) == whole[at:]


def test_a_day_is_consolidated(tmp_path):
    """Directory, halt, resumption, a broken trade and faults in the file, up to the consolidated day."""
    times = iter(range(OPEN_NS, OPEN_NS + 10**12, 10**9))
    rows = [
        encode("R", stock="AAA", market_category="Q", luld_tier="2", time_ns=OPEN_NS - 1),
        encode("S", event_code="Q", locate=0, time_ns=next(times)),
        encode("A", order_reference=1, side="B", shares=100, stock="AAA", price_e4=100_000, time_ns=next(times)),
        encode("A", order_reference=2, side="S", shares=100, stock="AAA", price_e4=100_200, time_ns=next(times)),
        encode("E", order_reference=2, shares=40, match_number=1, time_ns=next(times)),
        encode("E", order_reference=1, shares=10, match_number=2, time_ns=next(times)),
        encode("B", match_number=1, time_ns=next(times)),
        encode("H", stock="AAA", trading_state="H", reason="T1", time_ns=next(times)),
        encode("H", stock="AAA", trading_state="T", reason="", time_ns=next(times)),
        encode("D", order_reference=99, time_ns=next(times)),
    ]
    path = tmp_path / "day.itch"
    path.write_bytes(b"".join(map(frame, rows)) + frame(b"?") + b"\0\x13D")
    fold, states, rejected, kinds = MarketDataFold(), [], {}, set()
    for unit in ItchFeed(path, DAY, frozenset({"AAA"}), lambda: NOW_US).rows(""):
        for each in unit.rejected:
            rejected[each.kind] = rejected.get(each.kind, 0) + 1
        for message in unit.messages:
            kinds.add(type(message))
            step = fold.apply(getattr(message, "symbol", ""), message)
            assert step.refused is None
            if (known := fold.entry("security/AAA")) is not None:
                states.append(known.trading_state)
    state = fold.entry("security/AAA")
    assert kinds == {SecurityDefinition, VenueQuote, VenueTrade, TradeCorrection, VenueStatus, FeedHeartbeat}
    assert rejected == {"unchanged": 1, "unknown-order": 1, "unknown-type": 1, "truncated": 1}
    assert (state.bid_price_e4, state.bid_qty_e6, state.ask_qty_e6) == (100_000, 90 * 10**6, 60 * 10**6)
    assert (state.last.price_e4, state.cum_qty_e6, state.trade_count) == (100_000, 10 * 10**6, 1)
    assert (state.tier, state.primary_venue, states[-1]) == (2, "XNAS", "Closed")
    assert list(dict.fromkeys(states)) == ["PreOpen", "Trading", "Halted", "Closed"]
