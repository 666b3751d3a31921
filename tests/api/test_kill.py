"""`tapeline kill` and `tapeline restore` on the whole platform: what rests is canceled, what comes is refused, and
after the restore it trades again."""

from __future__ import annotations

import json
import re

import pytest

from config.settings import settings
from feeds.kill import switch_house
from tests.api.client import eventually
from tests.api.stream import following
from tests.api.test_command_line import run


@pytest.fixture
async def house(url):
    """Whatever happens in a test, the others find the house open."""
    yield
    await switch_house(settings(), kill=False)


async def switched(*arguments):
    ended = await run("stack", *arguments, "--json")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


async def canceled(client, order_id):
    """The order, once it is canceled."""

    async def ask():
        return (await client.get(f"/v2/orders/{order_id}")).json()

    return await eventually(ask, lambda order: order["status"] == "canceled")


def rules(answer):
    return answer.status_code, [(error["field"], error["rule"]) for error in answer.json().get("errors", [])]


async def test_a_killed_house_cancels_everything_and_takes_nothing_until_it_is_restored(
    open_client, symbols, symbol, house
):
    one, two, other = await open_client(), await open_client(**{symbol: "5"}), next(symbols)
    resting = [
        (one, (await one.place(symbol, limit_price="99")).json()["id"]),
        (one, (await one.place(other, limit_price="99")).json()["id"]),
        (two, (await two.place(symbol, "sell", "5", limit_price="105")).json()["id"]),
    ]
    killed = await switched("kill", "house")
    assert (killed["target"], killed["status"]) == ("house", "Killed")
    assert [re.fullmatch(r"commands/0/\d+", place) is not None for place in killed["recorded"]] == [True]

    refused = await one.place(symbol, limit_price="99")
    assert rules(refused) == (422, [("house", "firm_status")])
    assert refused.json()["detail"] == "firm_status: the house takes no orders now, from any account"
    assert rules(await two.place(other, "buy", "1", limit_price="99")) == (422, [("house", "firm_status")])
    for client, order_id in resting:
        await canceled(client, order_id)
    assert (await one.get("/v2/account")).json()["status"] == "ACTIVE"
    assert (await two.get("/v2/positions")).json()[0]["qty_available"] == "5"
    again = await switched("kill", "house")
    assert again["status"] == "Killed"

    assert (await switched("restore", "house"))["status"] == "Trading"
    placed = await one.place(symbol, limit_price="99")
    assert (placed.status_code, placed.json()["status"]) == (200, "accepted")
    for client, order_id in resting:
        assert await client.status_of(order_id) == "canceled"


async def test_a_killed_symbol_loses_its_book_and_takes_nothing_until_it_is_restored(open_client, symbols, symbol):
    one, two, other = await open_client(), await open_client(**{symbol: "5"}), next(symbols)
    async with following(one) as stream:
        bid = (await one.place(symbol, limit_price="99")).json()["id"]
        ask = (await two.place(symbol, "sell", "5", limit_price="105")).json()["id"]
        elsewhere = (await one.place(other, limit_price="99")).json()["id"]
        killed = await switched("kill", "symbol", symbol.lower())
        assert (killed["target"], killed["status"]) == (f"symbol {symbol}", "Halted")
        assert re.fullmatch(r"orders/0/\d+", killed["recorded"][0])
        assert (await canceled(one, bid))["reject_reason"] == "kill switch of the symbol"
        assert (await canceled(two, ask))["reject_reason"] == "kill switch of the symbol"
        await stream.until(lambda stream: "canceled" in stream.names)
    assert [event["reason"] for event in stream.events if event["event"] == "canceled"] == ["kill switch of the symbol"]

    late = await one.place(symbol, limit_price="99")  # the API may not have heard of it yet; the book has
    if late.status_code == 200:
        assert await eventually(lambda: one.status_of(late.json()["id"]), lambda status: status == "rejected")
    refused = await eventually(lambda: one.place(symbol, limit_price="99"), lambda answer: answer.status_code == 422)
    assert rules(refused) == (422, [("symbol", "tradable_symbol")])
    assert await one.status_of(elsewhere) == "new"

    assert (await switched("restore", "symbol", symbol))["status"] == "Active"
    placed = await eventually(lambda: one.place(symbol, limit_price="99"), lambda answer: answer.status_code == 200)
    assert await eventually(lambda: one.status_of(placed.json()["id"]), lambda status: status == "new")


async def test_a_killed_account_is_stopped_alone_until_it_is_restored(open_client, symbol):
    one, two = await open_client(), await open_client()
    mine = [(await one.place(symbol, limit_price=price)).json()["id"] for price in ("98", "99")]
    theirs = (await two.place(symbol, limit_price="99")).json()["id"]
    killed = await switched("kill", "account", one.account_id)
    assert (killed["target"], killed["status"]) == (f"account {one.account_id}", "DISABLED")
    for order_id in mine:
        await canceled(one, order_id)
    assert rules(await one.place(symbol, limit_price="99")) == (422, [("account", "account_status")])
    shown = (await one.get("/v2/account")).json()
    assert (shown["status"], shown["trading_blocked"]) == ("DISABLED", True)
    assert await two.status_of(theirs) == "new"
    assert (await two.place(symbol, limit_price="99")).status_code == 200

    assert (await switched("restore", "account", one.account_id))["status"] == "ACTIVE"
    assert (await one.place(symbol, limit_price="99")).status_code == 200


async def test_a_person_reads_where_it_is_recorded_and_what_follows(url, symbol):
    killed = await run("stack", "kill", "symbol", symbol)
    assert re.fullmatch(
        rf"symbol {symbol} is Halted from orders/0/\d+ on: no order behind that is taken, and the open ones are being "
        r"canceled\.\n",
        killed.stdout,
    )
    restored = await run("stack", "restore", "symbol", symbol)
    assert re.fullmatch(rf"symbol {symbol} is Active from orders/0/\d+ on: orders are taken again\.\n", restored.stdout)


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (("kill", "symbol", "NOSUCH"), {}, "Nothing was switched: NOSUCH is not listed."),
        (("restore", "symbol", "API0"), {}, "API0 is not listed; close to it: API"),
        (("kill", "account", "nobody"), {}, "Nothing was switched: account nobody was never opened."),
        (("restore", "account", "nobody"), {}, "Nothing was switched: account nobody was never opened."),
        (("kill", "house"), {"TAPELINE_PARTITIONS": "3"}, "the log has 1 partitions, and TAPELINE_PARTITIONS is 3"),
        (("kill", "house"), {"TAPELINE_KAFKA_BOOTSTRAP": "127.0.0.1:1"}, "The broker does not answer"),
    ],
)
async def test_what_cannot_be_switched_is_said_in_a_sentence(url, monkeypatch, arguments, variables, said):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    refused = await run("stack", *arguments)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "run this again" in refused.stderr
