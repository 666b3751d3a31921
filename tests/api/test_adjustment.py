"""Bars adjusted for splits and dividends, entered by an operator, held against fractions in plain Python."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction

import pytest

from api.history.corporate_actions import CorporateAction, add_action
from tests.api.history import NAMES, bars_of, of_topic, store, store_market
from tests.api.test_command_line import run

pytestmark = pytest.mark.stack
SPAN = {"start": "2023-11-14T22:00:00Z", "end": "2023-11-15"}
CLOSE = Fraction(1_000_050, 10_000)  # the made market's last price on 2023-11-14


@pytest.fixture
async def client(open_client):
    return await open_client()


ACTIONS = (
    (dt.date(2023, 11, 15), "CashDividend", None, None, 500_000),
    (dt.date(2023, 11, 20), "Split", 4_000_000, 1_000_000, None),
    (dt.date(2023, 12, 20), "Split", 1_000_000, 10_000_000, None),
)


@pytest.fixture
async def market(url, desk_and_pool):
    """A symbol whose day is before a dividend of 0.50, a 4:1 split, and a 1:10 split that follow each other."""
    symbol = next(NAMES)
    for action in ACTIONS:
        assert await add_action(desk_and_pool[1], CorporateAction(symbol, *action))
    return symbol, store_market(symbol, 66)


FACTORS = {
    "raw": (Fraction(1), Fraction(1)),
    "split": (Fraction(10, 4), Fraction(4, 10)),
    "dividend": (1 - Fraction(1, 2) / CLOSE, Fraction(1)),
    "all": ((1 - Fraction(1, 2) / CLOSE) * Fraction(10, 4), Fraction(4, 10)),
}


@pytest.mark.parametrize("adjustment", FACTORS)
async def test_bars_before_an_action_are_adjusted(client, market, adjustment):
    symbol, records = market
    last = max((bar.start_time_us, bar.revision, bar.close_e4) for bar in of_topic(records, "bars"))
    assert Fraction(last[2], 10_000) == CLOSE
    price, qty = FACTORS[adjustment]
    query = {"symbols": symbol, "timeframe": "5Min", "adjustment": adjustment, **SPAN}
    found = (await client.get("/v2/stocks/bars", params=query)).json()["bars"][symbol]
    made = bars_of(records, 5)
    assert len(found) == len(made)
    for row, raw in zip(found, made, strict=True):
        for letter in "ohlc":
            assert row[letter] == pytest.approx(float(Fraction(str(raw[letter])) * price), abs=0.0001)
        assert row["v"] == pytest.approx(float(raw["v"] * qty))
        assert row["vw"] == pytest.approx(float(Fraction("100.01") * price), abs=0.0002)
        assert row["n"] == raw["n"]


async def test_a_month_across_an_action_adjusts_the_days_before_it_alone(client, market):
    """Days behind the split keep their prices: the same day again, two weeks later."""
    symbol, records = market
    later = [
        ("bars", replace(bar, start_time_us=bar.start_time_us + 14 * 86_400_000_000))
        for bar in of_topic(records, "bars")
    ]
    store(later)
    query = {
        "symbols": symbol,
        "timeframe": "1Month",
        "adjustment": "split",
        "start": "2023-11-01",
        "end": "2023-11-30",
    }
    [row] = (await client.get("/v2/stocks/bars", params=query)).json()["bars"][symbol]
    made = bars_of(records, 60)
    volume = sum(bar["v"] for bar in made)
    assert row["v"] == pytest.approx(volume * 0.4 + volume * 0.1)
    assert row["o"] == pytest.approx(made[0]["o"] * 2.5)
    assert row["c"] == pytest.approx(made[-1]["c"] * 10)


async def test_an_action_is_added_once_listed_and_taken_away(url):
    symbol = next(NAMES)
    one = ("stack", "corporate-action", "{}", symbol, "--ex-date", "2023-11-20")

    async def did(verb, *arguments):
        return await run(*(word.format(verb) for word in one), *arguments)

    for arguments in (("--split", "4:1"), ("--dividend", "0.24")):
        assert (await did("add", *arguments)).returncode == 0
    again = await did("add", "--split", "2:1")
    assert again.returncode == 1
    assert "already" in again.stderr
    listed = json.loads((await run("stack", "corporate-action", "list", "--json")).stdout)
    mine = [(each["ex_date"], each["kind"]) for each in listed if each["symbol"] == symbol]
    assert mine == [("2023-11-20", "CashDividend"), ("2023-11-20", "Split")]
    assert [(await did("remove", "--kind", "split")).returncode for _ in range(2)] == [0, 1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--split", "4"), "is not NEW:OLD"),
        (("--split", "0:1"), "must be above 0"),
        (("--split", "4:1", "--dividend", "1"), "either a split or a dividend"),
        ((), "either a split or a dividend"),
        (("--dividend", "1e3"), "is not a plain decimal"),
        (("--dividend", "0.0000001"), "more than 6 decimals"),
    ],
)
async def test_what_is_no_action_is_refused_in_a_sentence(url, arguments, said):
    done = await run("stack", "corporate-action", "add", "AAPL", "--ex-date", "2024-01-02", *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
