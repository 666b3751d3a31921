"""/v2/stocks/…: pages, files and the latest of the market's history, from a real ClickHouse."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import chain

import httpx
import pandas
import pyarrow
import pytest

from api.history.files import FILE_ROWS_MAX, FORMATS
from api.units import time_text
from tests.api.conftest import unused_port
from tests.api.history import NAMES, START, bars_of, of_topic, store, store_market, store_quotes, trade_at
from tests.sinks.making_market import OPEN_US

MINUTES = 65
pytestmark = pytest.mark.stack


@pytest.fixture
async def client(open_client):
    return await open_client()


@pytest.fixture
def symbol():
    return next(NAMES)


@pytest.fixture
def market(symbol, url):
    """A symbol, and the records of its day."""
    return symbol, store_market(symbol, MINUTES)


def joined(pages):
    return list(chain.from_iterable(pages))


async def pages(client, path, what=None, **query):
    """Every page's rows of a series of one symbol."""
    found, token = [], query.pop("page_token", None)
    while True:
        asked = {name: value for name, value in {**query, "page_token": token}.items() if value is not None}
        answer = await client.get(path, params=asked)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found.append(body[what or path.rpartition("/")[2]])
        token = body["next_page_token"]
        if token is None:
            return found


@pytest.mark.parametrize("minutes", [1, 3, 5, 10, 15, 30, 60])
async def test_bars_of_every_length_are_made_of_the_minutes_latest_revisions(client, market, minutes):
    symbol, records = market
    query = {"timeframe": f"{minutes}Min" if minutes < 60 else "1Hour", "start": "2023-11-14T22:00:00Z", "limit": 7}
    rows = joined(await pages(client, f"/v2/stocks/{symbol}/bars", **query, end="2023-11-15"))
    assert [{name: row[name] for name in "ohlcvn"} for row in rows] == bars_of(records, minutes)
    assert rows[0]["t"] == ("2023-11-14T22:13:00Z" if minutes == 1 else rows[0]["t"])


@pytest.mark.parametrize("timeframe", ["1Day", "1Week", "1Month"])
async def test_days_weeks_and_months_begin_at_midnight_of_new_york(client, market, timeframe):
    symbol, records = market
    [[row]] = await pages(
        client, f"/v2/stocks/{symbol}/bars", timeframe=timeframe, start="2023-11-01", end="2023-11-30"
    )
    begin = {"1Day": "2023-11-14T05:00:00Z", "1Week": "2023-11-13T05:00:00Z", "1Month": "2023-11-01T04:00:00Z"}
    assert row["t"] == begin[timeframe]
    assert row["v"] == sum(bar["v"] for bar in bars_of(records))


async def test_hours_that_do_not_divide_the_day_begin_at_its_midnight(client, market):
    symbol, _ = market
    [[row]] = await pages(client, f"/v2/stocks/{symbol}/bars", timeframe="7Hour", start="2023-11-14", end="2023-11-14")
    assert row["t"] == "2023-11-14T19:00:00Z"  # 14 hours after New York's midnight


@pytest.mark.parametrize("sort", ["asc", "desc"])
@pytest.mark.parametrize("what", ["quotes", "trades"])
async def test_pages_of_ticks_join_up_whatever_arrives_meanwhile(client, market, what, sort):
    """Two ticks of each microsecond, so that a page may end between them."""
    symbol, records = market
    twins = [
        trade_at(records, number, print_seq=1000 + number, seq=5000 + number, price_e4=7) for number in range(MINUTES)
    ]
    if what == "trades":
        store(("prints", twin) for twin in twins)
    query = {"start": START, "end": "2023-11-15", "limit": 13, "sort": sort}
    whole = joined(await pages(client, f"/v2/stocks/{symbol}/{what}", **{**query, "limit": 10_000}))
    assert len(whole) == (2 if what == "trades" else 1) * MINUTES
    first = (await client.get(f"/v2/stocks/{symbol}/{what}", params=query)).json()
    early = [trade_at(records, 0, print_seq=9000 + number, seq=9000 + number) for number in range(5)]
    store(("prints", trade) for trade in early)  # before or behind every page's end, by the order
    rest = await pages(client, f"/v2/stocks/{symbol}/{what}", **query, page_token=first["next_page_token"])
    found = joined([first[what], *rest])
    late = [row for row in found if row.get("i", 0) >= 9000]
    assert [row for row in found if row not in late] == whole
    assert len(late) == (5 if what == "trades" and sort == "desc" else 0)


async def test_pages_of_many_symbols_go_by_symbol_and_time(client, url):
    names = sorted(next(NAMES) for _ in range(3))
    records = {name: store_market(name, 9) for name in names}
    query = {"symbols": ",".join(names), "timeframe": "1Min", "start": START, "end": "2023-11-15", "limit": 5}
    joined, token, order = {}, None, []
    while True:
        asked = query if token is None else {**query, "page_token": token}
        body = (await client.get("/v2/stocks/bars", params=asked)).json()
        assert sum(map(len, body["bars"].values())) <= 5
        order += list(body["bars"])
        for name, rows in body["bars"].items():
            joined.setdefault(name, []).extend({letter: row[letter] for letter in "ohlcvn"} for row in rows)
        token = body["next_page_token"]
        if token is None:
            break
    assert order == sorted(order)
    assert joined == {name: bars_of(records[name]) for name in names}


async def test_a_span_that_is_left_open_is_fixed_by_the_first_page(client, market):
    """Without an end the first page's now is the end of all; a trade that comes later is on none of them."""
    symbol, records = market
    query = {"start": START, "limit": MINUTES - 1}
    first = (await client.get(f"/v2/stocks/{symbol}/trades", params=query)).json()
    store([("prints", trade_at(records, 0, print_seq=7777, transact_time_us=4_000_000_000_000_000))])
    [rows] = await pages(client, f"/v2/stocks/{symbol}/trades", **query, page_token=first["next_page_token"])
    assert len(rows) == 1
    assert rows[0]["i"] == MINUTES


async def test_a_correction_takes_the_place_of_its_trade_and_a_canceled_one_is_gone(client, market):
    symbol, records = market
    corrected = trade_at(records, 3, revision=1, price_e4=2_000_000)
    store([("prints", corrected), ("prints", trade_at(records, 5, revision=1, is_canceled=True))])
    [rows] = await pages(client, f"/v2/stocks/{symbol}/trades", start=START, end="2023-11-15")
    assert [row["i"] for row in rows] == [number for number in range(1, MINUTES + 1) if number != 6]
    assert rows[3]["p"] == 200


@pytest.mark.parametrize("query", [{"symbols": "AAPL"}, {"symbols": "AAPL", "timeframe": "1Day", "asof": "-"}])
async def test_without_a_key_nothing_is_told(url, query):
    async with httpx.AsyncClient(base_url=url) as stranger:
        assert (await stranger.get("/v2/stocks/snapshots", params=query)).status_code == 401
        assert (await stranger.get("/v2/stocks/bars", params=query)).status_code == 401


BAD = [
    ("bars", {"timeframe": None}, "timeframe", "missing"),
    ("bars", {"timeframe": "60Min"}, "timeframe", "timeframe"),
    ("bars", {"timeframe": "24Hour"}, "timeframe", "timeframe"),
    ("bars", {"timeframe": "2Day"}, "timeframe", "timeframe"),
    ("bars", {"timeframe": "4Month"}, "timeframe", "timeframe"),
    ("bars", {"timeframe": "1min"}, "timeframe", "timeframe"),
    ("bars", {"adjustment": "spin-off"}, "adjustment", "literal_error"),
    ("bars", {"start": "1980-01-01"}, "end", "span_max"),
    ("quotes", {"timeframe": "1Min"}, "timeframe", "extra_forbidden"),
    ("quotes", {"symbols": None}, "symbols", "missing"),
    ("quotes", {"symbols": ","}, "symbols", "count"),
    ("quotes", {"symbols": ",".join(f"S{number}" for number in range(1001))}, "symbols", "count"),
    ("quotes", {"symbols": "AAPL;MSFT"}, "symbols", "symbol"),
    ("quotes", {"symbols": "') OR 1=1 --"}, "symbols", "symbol"),
    ("trades", {"start": "yesterday"}, "start", "time"),
    ("trades", {"start": "2024-01-01T00:00:00"}, "start", "time"),
    ("trades", {"start": "2024-02-30"}, "start", "time"),
    ("trades", {"end": "9999-12-31"}, "end", "time"),
    ("trades", {"end": "2500-01-01"}, "end", "time_range"),
    ("trades", {"start": "2024-01-02", "end": "2024-01-01"}, "start", "before_end"),
    ("trades", {"limit": "0"}, "limit", "greater_than_equal"),
    ("trades", {"limit": "10001"}, "limit", "less_than_equal"),
    ("trades", {"sort": "up"}, "sort", "literal_error"),
    ("trades", {"feed": "iex"}, "feed", "literal_error"),
    ("trades", {"currency": "EUR"}, "currency", "literal_error"),
    ("trades", {"asof": "2024-01-01"}, "asof", "literal_error"),
    ("trades", {"page_token": "x"}, "page_token", "page_token"),
    ("trades", {"page_token": "8"}, "page_token", "page_token"),
    ("trades", {"page_token": "WzAsMSwiTVNGVCIsMSwwXQ"}, "page_token", "page_token"),  # of MSFT
    ("trades", {"page_token": "WzAsOTIyMzM3MjAzNjg1NDc3NTgwOCwiQUFQTCIsMSwwXQ"}, "page_token", "page_token"),  # 2**63
    ("trades", {"page_token": "W3RydWUsMSwiQUFQTCIsMSwwXQ"}, "page_token", "page_token"),  # [true, …]
]


@pytest.mark.parametrize(("what", "change", "field", "rule"), BAD)
async def test_what_cannot_be_answered_is_refused_by_name_and_rule(client, what, change, field, rule):
    query = {"symbols": "AAPL", "start": "2024-01-01"} | ({"timeframe": "1Min"} if what == "bars" else {})
    params = {name: value for name, value in {**query, **change}.items() if value is not None}
    answer = await client.get(f"/v2/stocks/{what}", params=params)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [(error["field"], error["rule"]) for error in answer.json()["errors"]] == [(field, rule)]


async def test_bars_that_are_known_are_not_sent_again_and_a_corrected_one_is(client, market):
    symbol, records = market
    query = {"symbols": symbol, "timeframe": "1Min", "start": START, "end": "2023-11-15"}
    first = await client.get("/v2/stocks/bars", params=query)
    assert first.headers["cache-control"] == "private, max-age=60"
    known = {"If-None-Match": first.headers["etag"]}
    again = await client.get("/v2/stocks/bars", params=query, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    corrected = replace(of_topic(records, "bars")[1], revision=9, high_e4=9_990_000)
    store([("bars", corrected)])
    changed = await client.get("/v2/stocks/bars", params=query, headers=known)
    assert changed.status_code == 200
    assert changed.json()["bars"][symbol][0]["h"] == 999


async def test_a_file_of_bars_that_is_known_is_not_sent_again_and_a_corrected_one_is(client, market):
    symbol, records = market
    query = {"symbols": symbol, "timeframe": "1Min", "start": START, "end": "2023-11-15"}
    tags = {}
    for media_type in FORMATS:
        file = await client.get("/v2/stocks/bars", params=query, headers={"Accept": media_type})
        tags[media_type] = file.headers["etag"]
        known = {"Accept": media_type, "If-None-Match": tags[media_type]}
        again = await client.get("/v2/stocks/bars", params=query, headers=known)
        assert (again.status_code, again.content) == (304, b"")
    assert len(set(tags.values())) == len(FORMATS)
    store([("bars", replace(of_topic(records, "bars")[1], revision=9, high_e4=9_990_000))])
    for media_type, tag in tags.items():
        known = {"Accept": media_type, "If-None-Match": tag}
        changed = await client.get("/v2/stocks/bars", params=query, headers=known)
        assert changed.status_code == 200
        assert changed.headers["etag"] != tag


async def test_bars_that_may_still_change_are_asked_for_again(client, market):
    query = {"symbols": market[0], "timeframe": "1Day", "start": "2023-11-14"}
    answer = await client.get("/v2/stocks/bars", params=query)
    assert answer.headers["cache-control"] == "private, no-cache"


async def test_files_have_the_rows_of_the_pages(client, market):
    """CSV, Arrow and Parquet, read by the libraries that people read them with."""
    symbol, _ = market
    for what, query in (("bars", {"timeframe": "5Min"}), ("quotes", {}), ("trades", {})):
        asked = {"symbols": symbol, "start": "2023-11-14T22:00:00Z", "end": "2023-11-15", **query}
        rows = (await client.get(f"/v2/stocks/{what}", params=asked)).json()[what][symbol]
        tables = []
        for media_type in FORMATS:
            answer = await client.get(f"/v2/stocks/{what}", params=asked, headers={"Accept": media_type})
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"].partition(";")[0] == media_type
            tables.append(READERS[media_type](io.BytesIO(answer.content)))
        for table in tables:
            assert list(table["symbol"]) == [symbol] * len(rows)
            for letter, name in COLUMNS[what].items():
                assert [float(value) for value in table[name]] == [row[letter] for row in rows], (what, name)


COLUMNS = {
    "bars": {
        "o": "open",
        "h": "high",
        "l": "low",
        "c": "close",
        "v": "volume",
        "n": "trade_count",
        "vw": "vwap",
    },
    "quotes": {"ap": "ask_price", "as": "ask_size", "bp": "bid_price", "bs": "bid_size"},
    "trades": {"p": "price", "s": "size", "i": "id"},
}
READERS = {
    "text/csv": pandas.read_csv,
    "application/vnd.apache.arrow.stream": lambda file: pyarrow.ipc.open_stream(file).read_pandas(),
    "application/vnd.apache.parquet": pandas.read_parquet,
}


async def test_a_file_is_everything_or_a_refusal(client, symbol, url):
    store_quotes(symbol, FILE_ROWS_MAX + 1)
    file = {"Accept": "text/csv"}
    query = {"symbols": symbol, "start": "2023-11-14", "end": "2023-11-15"}
    answer = await client.get("/v2/stocks/quotes", params=query, headers=file)
    assert answer.status_code == 422
    assert [(error["field"], error["rule"]) for error in answer.json()["errors"]] == [("end", "rows_max")]
    query["end"] = time_text(OPEN_US + FILE_ROWS_MAX - 1)
    refused = await client.get("/v2/stocks/quotes", params={**query, "limit": 10}, headers=file)
    assert [(error["field"], error["rule"]) for error in refused.json()["errors"]] == [("limit", "pages_only")]
    answer = await client.get("/v2/stocks/quotes", params=query, headers=file)
    assert answer.content.count(b"\n") == 1 + FILE_ROWS_MAX


async def test_history_has_the_same_bars_in_the_form_of_marketdata(client, market):
    symbol, records = market
    query = {"timeframe": "1Min", "start": START, "end": "2023-11-15"}
    found = joined(await pages(client, "/marketdata/history", "bars", symbol=symbol, limit=40, **query))
    assert found[0] == {
        "start_time": START,
        "open": "100.00",
        "high": "100.05",
        "low": "99.95",
        "close": "100.005",
        "qty": "300",
        "vwap": "100.01",
        "trade_count": 3,
    }
    assert [float(bar["high"]) for bar in found] == [bar["h"] for bar in bars_of(records)]
    file = await client.get(
        "/marketdata/history", params={"symbol": symbol, **query}, headers={"Accept": "text/csv;q=0.9"}
    )
    assert file.text.splitlines()[0] == '"symbol","timestamp","open","high","low","close","volume","trade_count","vwap"'
    refused = await client.get("/marketdata/history", params={"symbol": "A,B", **query})
    assert refused.json()["errors"][0]["field"] == "symbol"
    async with httpx.AsyncClient(base_url=client.base_url) as stranger:
        assert (await stranger.get("/marketdata/history", params={"symbol": symbol, **query})).status_code == 401


async def test_without_clickhouse_the_past_is_503_and_the_rest_goes_on(processes, open_client, free_port):
    away = str(unused_port())
    url = processes.start_api("api-without-history", free_port, TAPELINE_CLICKHOUSE_PORT=away)
    client = await open_client()
    client.base_url = url
    for path in ("/v2/stocks/bars?timeframe=1Day&symbols=AAPL", "/v2/stocks/AAPL/snapshot", "/v2/stocks/AAPL/trades"):
        for accept in ("application/json", "text/csv"):
            answer = await client.get(path, headers={"Accept": accept})
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
            assert answer.json()["type"] == "/problems/unavailable"
    assert (await client.get("/v2/account")).status_code == 200
    assert processes.stop("api-without-history")
