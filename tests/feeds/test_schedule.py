"""What the clock sends on which day, with its times in New York: from the calendar alone, without any server."""

from __future__ import annotations

import datetime as dt
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest

from feeds.schedule import DAYS, schedule

# The calendar library itself asks pandas for what pandas means to change.
pytestmark = pytest.mark.filterwarnings("ignore:Series.values returning an ndarray:pandas.errors.Pandas4Warning")
NEW_YORK = ZoneInfo("America/New_York")


def day(session_id, rules="Nasdaq", calendar="XNYS", draw=lambda _bound: 0):
    after = dt.datetime.fromisoformat(session_id).replace(tzinfo=dt.UTC) - dt.timedelta(days=1)
    coming = islice(schedule(calendar, rules, after, draw), 3000)
    return [due for due in coming if due.session_id == session_id]


def at(due, zone=NEW_YORK):
    return dt.datetime.fromtimestamp(due.time_us // 10**6, zone).strftime("%H:%M:%S")


def told(session_id):
    return [f"{at(due)} {due.phase or due.kind}" for due in day(session_id) if due.kind != "Indicate"]


def test_a_day_of_nasdaq():
    assert told("2026-11-25") == [
        *("04:00:00 PreTrading", "09:25:00 OpeningAuction", "09:25:00 NoCancel", "09:28:00 NoMarket"),
        *(
            "09:29:30 NoEntry",
            "09:30:00 Continuous",
            "15:55:00 NoMarket",
            "15:58:00 NoEntry",
            "16:00:00 ClosingAuction",
        ),
        *("16:00:00 PostTrading", "20:00:00 Quiescent"),
    ]


def test_an_early_close_moves_what_hangs_on_it():
    assert told("2026-11-27")[6:10] == [
        *("12:55:00 NoMarket", "12:58:00 NoEntry", "13:00:00 ClosingAuction", "13:00:00 PostTrading"),
    ]


def test_a_holiday_has_no_commands():
    assert day("2026-11-26") == []


def test_indicative_prices_at_the_cadence_of_nasdaq():
    times = [at(due) for due in day("2026-11-25") if due.kind == "Indicate"]
    assert len(times) == 18 + 120 + 30 + 300
    assert (times[0], times[17], times[18], times[138], times[-1]) == (
        *("09:25:00", "09:27:50", "09:28:00", "15:50:00", "15:59:59"),
    )


@pytest.mark.parametrize("rules", DAYS)
def test_times_rise_and_a_draw_is_within_its_bound(rules):
    for draw in (lambda _bound: 0, lambda bound: bound - 1):
        times = [due.time_us for due in day("2026-11-25", rules, draw=draw)]
        assert all(earlier < later for earlier, later in pairwise(times))


def test_an_end_is_drawn_at_random():
    first, last = (
        next(due for due in day("2026-11-25", "Xetra", draw=draw) if due.phase == "Continuous")
        for draw in (lambda _bound: 0, lambda bound: bound - 1)
    )
    assert last.time_us - first.time_us == 30 * 10**6


def test_the_market_that_is_always_open_has_ends_of_days_alone():
    after = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
    first, second = islice(schedule("always", "Nasdaq", after, lambda _bound: 0), 2)
    assert [(due.session_id, due.kind, at(due, dt.UTC)) for due in (first, second)] == [
        ("2026-11-25", "DayEnd", "00:00:00"),
        ("2026-11-26", "DayEnd", "00:00:00"),
    ]
