"""On random days: the fold against plain definitions, and one that was loaded from entries against one that was not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.market_data.fold import MarketDataFold
from tests.market_data import naive
from tests.market_data.table import E6, SYMBOL, Reader
from topics import messages as m
from topics.codec import decode, encode

VENUES = st.sampled_from("NPQZ")
PRICES = st.integers(9_990, 10_010)
QUANTITIES = st.integers(1, 5)
STEP = st.sampled_from((0, 1, 300_000, 900_000, 20_000_000))


@st.composite
def days(draw, *, moves=40):
    """A definition and messages of some venues whose time does not go backwards, but for late trades."""
    reader = Reader()
    terms = draw(st.sampled_from(("", "tier=1 close=1.00", "tier=2 close=1.00 stale=30", "table=Cta primary=N tier=1")))
    messages = [reader.read(f"-1 define {terms}")]
    time_us, ids = reader.open_us() - E6, []
    for number in range(draw(st.integers(1, moves))):
        time_us += draw(STEP)
        common = {"symbol": SYMBOL, "feed": "made", "feed_position": number, "receive_time_us": time_us}
        kind = draw(
            st.sampled_from(("quote", "quote", "quote", "trade", "trade", "late", "cancel", "correct", "status"))
        )
        common |= {"venue": draw(VENUES), "transact_time_us": time_us}
        if kind == "quote":
            bid, ask = draw(st.none() | PRICES), draw(st.none() | PRICES)
            sides = {"bid_price_e4": bid, "bid_qty_e6": 0 if bid is None else draw(QUANTITIES) * E6}
            sides |= {"ask_price_e4": ask, "ask_qty_e6": 0 if ask is None else draw(QUANTITIES) * E6}
            messages.append(m.VenueQuote(venue_seq=None, **sides, conditions="", suspicious=False, **common))
        elif kind == "status":
            status = draw(st.sampled_from(("Halt", "Resume", "Stale", "Live")))
            messages.append(m.VenueStatus(kind=status, reason="", **common))
        elif kind in ("trade", "late"):
            common["transact_time_us"] -= draw(STEP) if kind == "late" else 0
            terms = {"price_e4": draw(PRICES), "qty_e6": draw(QUANTITIES) * E6, "trade_id": str(number)}
            terms["conditions"] = draw(st.sampled_from(("", "@", "I", "Z", "F")))
            ids.append((common["venue"], str(number)))
            messages.append(m.VenueTrade(venue_seq=None, **terms, aggressor_side=None, suspicious=False, **common))
        elif ids:
            common["venue"], trade_id = draw(st.sampled_from(ids))
            price, qty = (draw(PRICES), draw(QUANTITIES) * E6) if kind == "correct" else (None, None)
            terms = {"price_e4": price, "qty_e6": qty, "conditions": "", "trade_id": trade_id}
            messages.append(m.TradeCorrection(venue_seq=None, printed=None, kind=kind.capitalize(), **terms, **common))
    return messages


def key(message):
    return getattr(message, "symbol", "")


def said(step):
    return [(output.topic, output.key, encode(output.message)) for output in step.outputs], step.refused and str(
        step.refused
    )


def written(fold, step, entries):
    for name in step.changed:
        entry = fold.entry(name)
        if entry is None:
            entries.pop(name, None)
        else:
            entries[name] = encode(entry)


@settings(max_examples=150, deadline=None)
@given(days(), st.randoms(use_true_random=False))
def test_a_fold_loaded_from_its_entries_goes_on_the_same(messages, random):
    whole, entries = MarketDataFold(), {}
    piecewise = MarketDataFold()
    for message in messages:
        if random.random() < 0.3:
            rows = list(entries.items())
            random.shuffle(rows)
            piecewise = MarketDataFold()
            piecewise.load([(name, decode(value)) for name, value in rows])
        expected, actual = whole.apply(key(message), message), piecewise.apply(key(message), message)
        assert said(expected) == said(actual)
        written(piecewise, actual, entries)
    assert sorted(entries) == whole.entry_names()
    assert {name: encode(whole.entry(name)) for name in entries} == entries


@settings(max_examples=150, deadline=None)
@given(days())
def test_best_bid_and_offer_are_those_of_the_plain_definition(messages):
    fold, quotes = MarketDataFold(), {}
    for place, message in enumerate(messages):
        if isinstance(message, m.VenueStatus):
            continue
        fold.apply(key(message), message)
        if isinstance(message, m.VenueQuote):
            old = quotes.get(message.venue, (None, None))
            new = (message.bid_price_e4, message.bid_qty_e6), (message.ask_price_e4, message.ask_qty_e6)
            quotes[message.venue] = tuple(
                None
                if side[0] is None
                else was
                if was and was[:2] == side
                else (*side, message.transact_time_us, place)
                for was, side in zip(old, new, strict=True)
            )
        state = fold.entry(f"security/{SYMBOL}")
        if state.stale_after_us is None:
            bid, ask = naive.best(quotes)
            assert (state.bid_price_e4, state.bid_qty_e6, state.bid_venue) == (bid or (None, 0, ""))
            assert (state.ask_price_e4, state.ask_qty_e6, state.ask_venue) == (ask or (None, 0, ""))


@settings(max_examples=150, deadline=None)
@given(days())
def test_statistics_and_bars_are_as_if_trades_had_been_reported_rightly_at_first(messages):
    """Late and corrected trades within the window end in the day and the bars of the trades that are true."""
    fold, reader, true, last_bars, numbers = MarketDataFold(), Reader(), {}, {}, 0
    messages[0].condition_table = "Opaque"
    for message in messages:
        step = fold.apply(key(message), message)
        if step.refused is None and isinstance(message, m.VenueTrade):
            numbers += 1
            true[message.venue, message.trade_id] = message.transact_time_us, numbers, message.price_e4, message.qty_e6
        elif step.refused is None and isinstance(message, m.TradeCorrection):
            at, number, *_ = true.pop((message.venue, message.trade_id))
            if message.kind == "Correct":
                true[message.venue, message.trade_id] = at, number, message.price_e4, message.qty_e6
        keep_bars(step, last_bars)
    keep_bars(fold.apply("", reader.read("+23400 beat")), last_bars)
    state = fold.entry(f"security/{SYMBOL}")
    trades = sorted(true.values())
    prices = [trade[2] for trade in trades]
    last, opening = state.last and state.last.price_e4, state.opening and state.opening.price_e4
    assert (opening, last) == ((prices[0], prices[-1]) if prices else (None, None))
    assert (state.high_e4, state.low_e4) == ((max(prices), min(prices)) if prices else (None, None))
    assert (state.cum_qty_e6, state.trade_count) == (sum(trade[3] for trade in trades), len(trades))
    for length_us in (E6, 60 * E6):
        found = {start: bar for (length, start), (_, bar) in last_bars.items() if length == length_us and bar[-1]}
        assert found == naive.bars(trades, length_us)


def keep_bars(step, last_bars):
    """Every revision follows the one before."""
    for output in step.outputs:
        bar = output.message
        if isinstance(bar, m.Bar):
            at = (bar.interval_us, bar.start_time_us)
            revision = last_bars.get(at, (-1,))[0] + 1
            assert bar.revision == revision
            prices = bar.open_e4, bar.high_e4, bar.low_e4, bar.close_e4
            last_bars[at] = (bar.revision, (*prices, bar.qty_e6, bar.trade_count))
