"""A recorded day of IBM, every row: the fold's NBBO against one that is computed from the raw file alone."""

import csv
import io
import os
import zipfile
from pathlib import Path

import pytest

from feeds.day import Terms
from feeds.taq import TaqFeed, open_taq
from streams.market_data.fold import MarketDataFold
from tests.market_data import naive
from topics import messages as m

FOLDER = Path(os.environ.get("TAPELINE_DATA", "../shared/data")) / "taq_2013"
NOW_US = 1_800_000_000_000_000
MS_OPEN, MS_CLOSE = 34_200_000, 57_600_000
pytestmark = pytest.mark.lobster


def raw(kind):
    with zipfile.ZipFile(FOLDER / f"ibm_20131007_{kind}.zip") as archive:
        text = archive.read(archive.namelist()[0]).decode()
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture(scope="module")
def day():
    """What the fold makes of the day: its outputs, refusals by reason, and the best after each row of quotes."""
    feed = TaqFeed(open_taq(FOLDER), "IBM", Terms(tier=1), lambda: NOW_US)
    fold, outputs, refused, after, rows = MarketDataFold(), [], {}, [], 0
    for unit in feed.rows(""):
        rows += unit.rows
        assert unit.rejected == []
        for message in unit.messages:
            step = fold.apply(getattr(message, "symbol", ""), message)
            outputs += [output.message for output in step.outputs]
            if step.refused is not None:
                refused[step.refused.reason] = refused.get(step.refused.reason, 0) + 1
        if unit.rows:
            state = fold.entry("security/IBM")
            best = (state.bid_price_e4, state.bid_qty_e6, state.ask_price_e4, state.ask_qty_e6)
            after.append((unit.rows, unit.time_us, best, (state.bid_venue, state.ask_venue)))
    return fold, outputs, refused, after, rows


def test_every_row_is_read(day):
    _, outputs, refused, _, rows = day
    assert rows == len(raw("quote")) + len(raw("trade"))
    assert refused == {"Suspicious": 1}
    assert sum(isinstance(output, m.Print) for output in outputs) == len(raw("trade"))


def test_nbbo_is_that_of_the_raw_file_after_every_pair_of_rows(day):
    """Rows are pairs of the consolidated best bid and best offer with their venues, but for an offer at the beginning;
    the offer of the last pair is suspicious, so its bid alone is left."""
    quotes = raw("quote")[:-1]
    assert [row[7] for row in raw("quote")] == ["0"] * len(quotes) + ["1"]
    assert [bool(int(row[1])) for row in quotes] == [False, True] * (len(quotes) // 2)
    pairs = [(bid, ask) for bid, ask in zip(quotes[1:-1:2], quotes[2::2], strict=True)]
    assert all(bid[0] == ask[0] for bid, ask in pairs)
    found = [(best, venues) for rows, _, best, venues in day[3] if rows == 2][:-1]
    wanted = [((int(b[1]), int(b[2]) * 10**6, int(a[3]), int(a[4]) * 10**6), (b[5], a[5])) for b, a in pairs]
    assert len(found) == len(wanted) == 54_532
    own_locks = [at for at, (best, venues) in enumerate(wanted) if venues[0] == venues[1] and best[0] >= best[2]]
    assert [at for at, (f, w) in enumerate(zip(found, wanted, strict=True)) if f != w] == own_locks


def test_flags_of_the_nbbo_are_those_of_the_raw_file(day):
    flagged = {"Locked": 0, "Crossed": 0}
    for output in day[1]:
        if isinstance(output, m.Nbbo) and output.condition in flagged:
            flagged[output.condition] += 1
            assert (output.bid_price_e4 == output.ask_price_e4) == (output.condition == "Locked")
    assert flagged == {"Locked": 325, "Crossed": 43}


def test_day_statistics_are_those_of_the_raw_file(day):
    state, trades = day[0].entry("security/IBM"), raw("trade")
    prices, sizes = [int(row[1]) for row in trades], [int(row[2]) for row in trades]
    in_hours = [int(row[1]) for row in trades if MS_OPEN <= int(row[0]) < MS_CLOSE]
    assert (state.opening.price_e4, state.last.price_e4) == (prices[0], prices[-1])
    assert (state.high_e4, state.low_e4, state.close_e4) == (max(prices), min(prices), in_hours[-1])
    assert (state.cum_qty_e6, state.trade_count) == (sum(sizes) * 10**6, len(trades))
    assert state.cum_amount_e4 == sum(price * size for price, size in zip(prices, sizes, strict=True))


@pytest.mark.parametrize("length_us", [1_000_000, 60_000_000])
def test_bars_are_those_of_the_raw_file(day, length_us):
    midnight_us = day[3][0][1] - int(raw("quote")[0][0]) * 1000
    midnight_us -= midnight_us % 60_000_000
    trades = [(midnight_us + int(r[0]) * 1000, n, int(r[1]), int(r[2]) * 10**6) for n, r in enumerate(raw("trade"))]
    found = {
        bar.start_time_us: (bar.open_e4, bar.high_e4, bar.low_e4, bar.close_e4, bar.qty_e6, bar.trade_count)
        for bar in day[1]
        if isinstance(bar, m.Bar) and bar.interval_us == length_us and bar.revision == 0
    }
    assert found == naive.bars(trades, length_us)


def test_trade_throughs_are_those_of_the_raw_file(day, record_property):
    """Prints in regular hours outside of the best bid and offer of an earlier millisecond, which are not crossed."""
    quotes, best, wanted, at = raw("quote"), {}, 0, 0
    trades = [row for row in raw("trade") if MS_OPEN <= int(row[0]) < MS_CLOSE]
    for trade in trades:
        while at < len(quotes) and int(quotes[at][0]) < int(trade[0]):
            side, price = ("bid", quotes[at][1]) if quotes[at][1] != "0" else ("ask", quotes[at][3])
            best[side] = int(price)
            at += 1
        crossed = best["bid"] > best["ask"]
        wanted += not crossed and not best["bid"] <= int(trade[1]) <= best["ask"]
    found = sum(isinstance(output, m.Print) and output.is_trade_through for output in day[1])
    record_property("trade_through_rate", f"{found}/{len(trades)}")
    print(f"trade-throughs: {found} of {len(trades)} prints in regular hours, {100 * found / len(trades):.2f} %")
    assert found == wanted > 0


def test_read_as_venues_own_quotes_the_day_is_consolidated_as_a_plain_definition_says():
    """The same rows as if each venue kept its side until it sends another: eleven venues, ties and all, every row equal
    to the plain definition. The market is crossed in most of them, which is why the feed does not read it so."""
    fold, quotes, crossed = MarketDataFold(), {}, 0
    feed = TaqFeed(open_taq(FOLDER), "IBM", Terms(), lambda: NOW_US)
    unit = next(feed.rows(""))
    fold.apply("IBM", unit.messages[0])
    rows = raw("quote")[:-1]
    for place, row in enumerate(rows):
        side = 0 if row[1] != "0" else 1
        price, size = int(row[1 + 2 * side]), int(row[2 + 2 * side]) * 10**6
        time_us = unit.time_us + int(row[0]) * 1000
        sides = list(quotes.get(row[5], (None, None)))
        if sides[side] is None or sides[side][:2] != (price, size):
            sides[side] = (price, size, time_us, place)
        quotes[row[5]] = tuple(sides)
        (bid, bid_qty), (ask, ask_qty) = (side[:2] if side else (None, 0) for side in sides)
        terms = ("IBM", row[5], None, bid, bid_qty, ask, ask_qty, "", False, feed.name, place, time_us, NOW_US)
        fold.apply("IBM", m.VenueQuote(*terms))
        state = fold._securities["IBM"].state
        bid, ask = naive.best(quotes)
        assert (state.bid_price_e4, state.bid_qty_e6, state.bid_venue) == (bid or (None, 0, "")), row
        assert (state.ask_price_e4, state.ask_qty_e6, state.ask_venue) == (ask or (None, 0, "")), row
        crossed += state.condition == "Crossed"
    assert crossed > 0.8 * len(rows)
