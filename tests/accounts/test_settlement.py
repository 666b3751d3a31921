"""Settlement days by date, and the holidays behind them."""

from datetime import date

import exchange_calendars
import pytest

from streams.accounts.holidays import CLOSED_DAYS
from streams.accounts.settlement import is_business_day, settlement_day
from streams.dated import EPOCH, day_of_date

# traded      settles       why
TABLE = """
2012-06-21    2012-06-26    T+3 over a weekend
2012-10-26    2012-11-02    T+3 over a weekend and Hurricane Sandy
2017-08-31    2017-09-06    T+3 over Labor Day
2017-09-01    2017-09-07    the last day of T+3
2017-09-05    2017-09-07    the first day of T+2
2024-05-24    2024-05-29    the last day of T+2, over Memorial Day
2024-05-28    2024-05-29    the first day of T+1
2025-01-08    2025-01-10    over the day of mourning
2026-11-25    2026-11-27    T+1 over Thanksgiving
2026-11-28    2026-12-01    a Saturday counts as Monday
2026-12-24    2026-12-28    T+1 over Christmas and a weekend
2024-05-26    2024-05-29    a Sunday before a holiday counts as Tuesday, already T+1
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines(), ids=lambda line: line.split()[0])
def test_settlement_day(line):
    traded, settles = line.split()[:2]
    assert settlement_day(day_of_date(traded)) == day_of_date(settles)


@pytest.mark.filterwarnings("ignore:Series.values:pandas.errors.Pandas4Warning")  # inside exchange_calendars
def test_business_days_are_the_sessions_of_the_new_york_stock_exchange():
    sessions = exchange_calendars.get_calendar("XNYS", start="2012-01-01", end="2028-12-31").sessions
    expected = {session.date().toordinal() - EPOCH for session in sessions}
    days = range(date(2012, 1, 1).toordinal() - EPOCH, date(2028, 12, 31).toordinal() - EPOCH + 1)
    assert {day for day in days if is_business_day(day)} == expected


def test_no_closed_day_is_a_weekend():
    assert all((day + 3) % 7 < 5 for day in CLOSED_DAYS)
