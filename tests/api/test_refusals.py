"""What the pre-trade checks refuse, as clients see it: 403, 422 or 429 with every rule, its limit and its headroom."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path
from uuid import uuid4

import pytest

from api.log.commands import Commands
from api.log.market import NOTHING
from api.orders.checks import RULES
from api.orders.schemas import NewOrderRequest
from api.orders.translate import submit_order
from api.security.service import Caller
from config.settings import settings
from streams.combinations import ANY, CONTINGENT, INSTRUCTED

# side qty   price   status  type                 rules that failed
CASES = """
buy    100   100     403     insufficient-funds   buying_power
sell   1     100     403     insufficient-funds   position
buy    1     99.999  422     order-refused        tick_size
buy    1     120     422     order-refused        price_collar
sell   1     120.001 422     order-refused        tick_size,position
buy    2000000 100   422     order-refused        quantity_limit,notional_limit,buying_power
buy    0.005 100     422     order-refused        order_value_min
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
async def test_a_refusal_names_every_rule(open_client, symbol, line):
    side, qty, price, status, kind, rules = line.split()
    client = await open_client("1000")
    answer = await client.place(symbol, side, qty, limit_price=price)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (int(status), f"/problems/{kind}"), answer.text
    assert [error["rule"] for error in problem["errors"]] == rules.split(",")
    assert all({"field", "message", "limit", "value", "headroom"} <= set(error) for error in problem["errors"])
    kept = (await client.get(f"/v2/orders/{problem['order_id']}")).json()
    assert kept["status"] == "rejected"
    assert kept["failed_at"] is not None


async def test_headroom_is_in_the_unit_of_the_field(open_client, symbol):
    client = await open_client("1000", **{symbol: "5"})
    short = (await client.place(symbol, "sell", "7.5", limit_price="100")).json()["errors"][0]
    assert (short["limit"], short["value"], short["headroom"]) == ("5", "7.5", "-2.5")
    poor = (await client.place(symbol, "buy", "11", limit_price="100")).json()["errors"][0]
    assert poor["limit"] == "1000.00"
    assert float(poor["headroom"]) <= -100


# side qty     price   what people read, in the problem and in the order                       of the rule
WORDS = """
buy    100     100     $1000.00 is free                                                       | buying_power
sell   1.5     100     the order needs 1.5 shares, 0 are free                                  | position
buy    1       99.9951 the price is $0.0051 off its increment                                  | tick_size
buy    1       120     $120.00 reaches through the market beyond $110.00                       | price_collar
buy    0.005   100     the order is worth $0.50, at least $1.00 is needed                      | order_value_min
buy    2000000 100     2000000 shares, at most 1000000 are taken                               | quantity_limit
buy    2000000 100     the order may be worth $200000000.00, at most $10000000.00 is taken     | notional_limit
"""


@pytest.mark.parametrize("line", WORDS.strip().splitlines())
async def test_figures_are_dollars_and_shares(open_client, symbol, line):
    case, rule = (part.strip() for part in line.split("|"))
    side, qty, price, words = case.split(maxsplit=3)
    client = await open_client("1000")
    problem = (await client.place(symbol, side, qty, limit_price=price)).json()
    message = next(error["message"] for error in problem["errors"] if error["rule"] == rule)
    assert words in message
    assert f"{rule}: {message}" in problem["detail"]
    shown = (await client.get(f"/v2/orders/{problem['order_id']}")).json()
    assert shown["reject_reason"] == problem["detail"]


def test_every_check_has_its_words():
    source = Path("streams/accounts/checks.py").read_text()
    checks = set(re.findall(r'(?:at_most|at_least|compare)\(\s*"(\w+)"', source))
    assert checks | {combination.rule_id for combination, _ in (*ANY, *INSTRUCTED, *CONTINGENT)} == set(RULES)


async def test_an_unknown_symbol_is_named(open_client):
    answer = await (await open_client()).place("NOSUCH", limit_price="10")
    assert answer.status_code == 422
    assert ("symbol", "known_symbol") in {(error["field"], error["rule"]) for error in answer.json()["errors"]}


async def test_a_refused_order_does_not_use_up_its_client_order_id(open_client, symbol):
    client = await open_client("1000")
    assert (await client.place(symbol, qty="100", limit_price="100", client_order_id="again")).status_code == 403
    placed = await client.place(symbol, qty="1", limit_price="99", client_order_id="again")
    assert placed.status_code == 200
    found = await client.get("/v2/orders:by_client_order_id", params={"client_order_id": "again"})
    assert found.json()["id"] == placed.json()["id"]


async def test_an_account_that_sends_too_much_is_told_to_wait(open_client, symbol):
    """A standard account may send 500 messages at once; these have a later stamp than the POST, which gets no token."""
    client = await open_client()
    commands = Commands(settings())
    running = asyncio.create_task(commands.run())
    await commands.ready.wait()
    good = NewOrderRequest(symbol=symbol, qty="1", side="buy", type="limit", time_in_force="day", limit_price="1")
    caller = Caller(client.account_id, "somebody", client.key.key_id)
    in_an_hour_us = time.time_ns() // 1000 + 3_600_000_000
    orders = [submit_order(good, caller, str(uuid4()), str(uuid4()), NOTHING, in_an_hour_us) for _ in range(500)]
    await asyncio.gather(*[await commands.append(client.account_id, order, order.order_id) for order in orders])
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    answer = await client.place(symbol, qty="1", limit_price="99")
    assert (answer.status_code, answer.headers.get("retry-after")) == (429, "1"), answer.text
    assert [error["rule"] for error in answer.json()["errors"]] == ["message_rate"]


async def test_two_posts_with_one_client_order_id_at_once_make_one_order(open_client, symbol):
    client = await open_client()
    answers = await asyncio.gather(
        *(client.place(symbol, qty="1", limit_price="99", client_order_id="once") for _ in range(20))
    )
    placed = [answer.json()["id"] for answer in answers if answer.status_code == 200]
    refused = {answer.json()["existing_order_id"] for answer in answers if answer.status_code == 422}
    assert len(placed) == 1
    assert refused == set(placed)
    assert len((await client.get("/v2/orders")).json()) == 1
