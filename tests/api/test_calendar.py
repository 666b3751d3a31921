"""/v2/assets, /v2/calendar and /v2/clock, as Alpaca's own client reads them."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from alpaca.common.exceptions import APIError
from alpaca.trading.client import TradingClient
from alpaca.trading.enums import AssetStatus
from alpaca.trading.requests import GetAssetsRequest, GetCalendarRequest

from api.calendar.days import days
from api.calendar.endpoints import state_at

pytestmark = pytest.mark.filterwarnings("ignore:Series.values:pandas.errors.Pandas4Warning")  # in exchange_calendars


@pytest.fixture
async def alpaca(url, open_client):
    key = (await open_client()).key
    return TradingClient(key.key_id, key.secret, url_override=url)


async def test_an_asset_by_symbol_by_id_and_in_the_list(alpaca, symbol):
    one = await asyncio.to_thread(alpaca.get_asset, symbol)
    assert (one.symbol, one.name, one.status, one.tradable, one.fractionable, one.marginable) == (
        symbol,
        symbol,
        AssetStatus.ACTIVE,
        True,
        True,
        False,
    )
    assert await asyncio.to_thread(alpaca.get_asset, one.id) == one
    listed = await asyncio.to_thread(alpaca.get_all_assets, GetAssetsRequest(status=AssetStatus.ACTIVE))
    assert one in listed
    assert [each.symbol for each in listed] == sorted(each.symbol for each in listed)
    assert await asyncio.to_thread(alpaca.get_all_assets, GetAssetsRequest(status=AssetStatus.INACTIVE)) == []


async def test_an_asset_that_is_not_listed_is_404(alpaca):
    with pytest.raises(APIError) as raised:
        await asyncio.to_thread(alpaca.get_asset, "NOSUCH")
    assert raised.value.status_code == 404


async def test_a_market_that_is_always_open(alpaca):
    clock = await asyncio.to_thread(alpaca.get_clock)
    assert clock.is_open
    assert clock.next_open == clock.next_close > clock.timestamp
    asked = GetCalendarRequest(start=dt.date(2024, 1, 6), end=dt.date(2024, 1, 7))  # a weekend
    found = await asyncio.to_thread(alpaca.get_calendar, asked)
    assert [(day.date.isoformat(), day.open.hour, f"{day.close:%H:%M}") for day in found] == [
        ("2024-01-06", 0, "23:59"),
        ("2024-01-07", 0, "23:59"),
    ]


async def test_a_market_with_sessions(open_client, processes, free_port):
    """Another process of the API, with the calendar of New York: the holiday has no session, the day after is short."""
    url = processes.start_api("api-xnys", free_port, TAPELINE_CALENDAR="XNYS")
    key = (await open_client()).key
    alpaca = TradingClient(key.key_id, key.secret, url_override=url)
    asked = GetCalendarRequest(start=dt.date(2024, 11, 27), end=dt.date(2024, 12, 1))
    found = await asyncio.to_thread(alpaca.get_calendar, asked)
    assert [(day.date.day, f"{day.open:%H:%M}", f"{day.close:%H:%M}") for day in found] == [
        (27, "09:30", "16:00"),
        (29, "09:30", "13:00"),
    ]
    clock = await asyncio.to_thread(alpaca.get_clock)
    assert clock.timestamp.utcoffset() in (dt.timedelta(hours=-5), dt.timedelta(hours=-4))
    assert processes.stop("api-xnys")


@pytest.mark.parametrize(
    ("now", "is_open", "opens", "closes"),
    [
        ("2024-11-27T14:29:59+00:00", False, "2024-11-27T09:30:00-05:00", "2024-11-27T16:00:00-05:00"),
        ("2024-11-27T14:30:00+00:00", True, "2024-11-29T09:30:00-05:00", "2024-11-27T16:00:00-05:00"),
        ("2024-11-27T21:00:00+00:00", False, "2024-11-29T09:30:00-05:00", "2024-11-29T13:00:00-05:00"),
        ("2024-11-29T18:00:00+00:00", False, "2024-12-02T09:30:00-05:00", "2024-12-02T16:00:00-05:00"),
    ],
)
def test_the_clock_around_a_holiday(now, is_open, opens, closes):
    moment = dt.datetime.fromisoformat(now)
    said = state_at(days("XNYS", moment), moment)
    assert (said["is_open"], said["next_open"], said["next_close"]) == (is_open, opens, closes)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v2/calendar?start=2024-13-01", "start"),
        ("/v2/calendar?start=2024-01-02&end=2024-01-01", "start"),
        ("/v2/calendar?date_type=SETTLEMENT", "date_type"),
        ("/v2/assets?status=all", "status"),
        ("/v2/assets?attributes=ipo", "attributes"),
    ],
)
async def test_what_is_not_understood_is_refused_by_name(open_client, path, field):
    answer = await (await open_client()).get(path)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
