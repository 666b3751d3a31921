"""`tapeline trade bust` and `correct` on the whole platform: both parties, the stores, and what is refused."""

from __future__ import annotations

import json

import httpx
import psycopg
import pytest

from config.settings import settings
from tests.api.client import eventually
from tests.api.stream import following
from tests.api.test_command_line import run

REASON = ("--reason", "wrong price")


async def traded(open_client, symbol, limit="101", asked="100"):
    """Buyer, seller and the trade of 4 shares between them; the seller's order has 6 left."""
    buyer, seller = await open_client(), await open_client(**{symbol: "10"})
    ask = (await seller.place(symbol, "sell", "10", limit_price=asked)).json()["id"]
    bid = (await buyer.place(symbol, "buy", "4", limit_price=limit)).json()["id"]
    await eventually(lambda: buyer.status_of(bid), lambda status: status == "filled")
    await eventually(lambda: seller.status_of(ask), lambda status: status == "partially_filled")
    return buyer, seller, bid, ask, stored("SELECT trade_id FROM projection.trades WHERE order_id = %s", bid)[0][0]


def stored(query, *parameters):
    with psycopg.connect(settings().postgres_dsn) as connection:
        return connection.execute(query, parameters).fetchall()


async def done(*arguments):
    ended = await run("stack", "trade", *arguments, *REASON, "--yes", "--json")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


async def refused(*arguments):
    ended = await run("stack", "trade", *arguments, *REASON, "--yes")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr


async def balances(client, symbol):
    account, held = (await client.get("/v2/account")).json(), await client.get(f"/v2/positions/{symbol}")
    return account["cash"], held.json().get("qty"), held.json().get("cost_basis")


async def test_a_bust_gives_both_parties_back_what_they_had(open_client, symbol):
    buyer, seller, bid, ask, trade_id = await traded(open_client, symbol)
    async with following(buyer) as one, following(seller) as other:
        shown = json.loads((await run("stack", "trade", "bust", trade_id, *REASON, "--json")).stdout)
        assert (shown["done"], {side["side"] for side in shown["sides"]}) == (False, {"Buy", "Sell"})
        assert await balances(buyer, symbol) == ("99599.988", "4", "400.00")
        result = await done("bust", trade_id)
        assert (result["trade_id"], result["done"]) == (trade_id, True)
        for stream in (one, other):
            await stream.until(lambda stream: "trade_bust" in stream.names)
    told = one.events[-1]
    assert (told["event"], told["qty"], told["price"], told["reason"]) == ("trade_bust", "4", "100.00", "wrong price")
    fill = stored("SELECT exec_id FROM projection.trades WHERE order_id = %s", bid)[0][0]
    assert told["previous_execution_id"] == fill
    assert told["position_qty"] == "0"
    assert await balances(buyer, symbol) == ("100000.00", None, None)
    assert await balances(seller, symbol) == ("100000.00", "10", "1000.00")
    order = (await buyer.get(f"/v2/orders/{bid}")).json()
    assert (order["status"], order["filled_qty"], order["filled_avg_price"]) == ("canceled", "0", None)
    order = (await seller.get(f"/v2/orders/{ask}")).json()
    assert (order["status"], order["filled_qty"]) == ("partially_filled", "0")
    rows = stored("SELECT status, fee FROM public.trades WHERE trade_id = %s", trade_id)
    assert [status for status, _ in rows] == ["busted", "busted"]
    assert f"{trade_id} was busted already" in await refused("bust", trade_id)
    assert f"{trade_id} was busted already" in await refused("correct", trade_id, "--price", "100.5")


async def test_a_correction_moves_the_price_for_both(open_client, symbol):
    buyer, seller, bid, _, trade_id = await traded(open_client, symbol)
    async with following(buyer) as stream:
        await done("correct", trade_id, "--price", "100.50", "--qty", "3")
        await stream.until(lambda stream: "trade_correct" in stream.names)
    assert (stream.events[-1]["price"], stream.events[-1]["qty"]) == ("100.50", "3")
    assert (await balances(buyer, symbol))[1:] == ("3", "301.50")
    assert (await balances(seller, symbol))[1:] == ("7", "700.00")
    order = (await buyer.get(f"/v2/orders/{bid}")).json()
    assert (order["filled_qty"], order["filled_avg_price"], order["status"]) == ("3", "100.50", "canceled")
    rows = stored("SELECT status, execution_price, execution_quantity FROM public.trades WHERE trade_id = %s", trade_id)
    assert [(status, str(price), str(qty)) for status, price, qty in rows] == [
        ("corrected", "100.5000", "3.000000")
    ] * 2
    await done("bust", trade_id)
    assert await balances(buyer, symbol) == ("100000.00", None, None)


async def test_an_account_that_sold_on_is_restricted_until_it_has_covered(open_client, symbols, symbol):
    buyer, _, _, _, trade_id = await traded(open_client, symbol)
    third, other = await open_client(), next(symbols)
    await third.place(symbol, "buy", "4", limit_price="99")
    await buyer.place(symbol, "sell", "4", limit_price="99")
    await eventually(lambda: balances(buyer, symbol), lambda found: found[1] is None)
    shown = json.loads((await run("stack", "trade", "bust", trade_id, *REASON, "--json")).stdout)
    assert {side["side"]: side["will_owe"] for side in shown["sides"]} == {"Buy": True, "Sell": False}
    await done("bust", trade_id)
    await eventually(lambda: balances(buyer, symbol), lambda found: found[1] == "-4")
    position = (await buyer.get(f"/v2/positions/{symbol}")).json()
    assert position["side"] == "short"
    assert (await buyer.get("/v2/account")).json()["transfers_blocked"] is True
    answer = await buyer.place(other, "buy", "1", limit_price="100")
    assert (answer.status_code, [error["rule"] for error in answer.json()["errors"]]) == (422, ["covered"])
    assert (await buyer.place(symbol, "buy", "4", limit_price="100")).status_code == 200
    await eventually(lambda: balances(buyer, symbol), lambda found: found[1] is None)
    assert (await buyer.place(other, "buy", "1", limit_price="100")).status_code == 200


async def test_a_bust_reaches_the_consolidated_market(processes, url, open_client, symbol):
    processes.start("market-data", "streams", "single-market-data")
    processes.start("own-book", "feeds", "own-book")
    try:
        async with httpx.AsyncClient(base_url=url, trust_env=False) as stranger:

            async def day():
                found = (await stranger.get(f"/marketdata/{symbol}")).json()
                return [found.get(name) for name in ("last_price", "cum_qty", "trade_count")]

            *_, first = await traded(open_client, symbol, asked="100.5")
            await traded(open_client, symbol)
            await eventually(day, lambda found: found == ["100.00", "8", 2], timeout_s=30)
            await done("bust", first)
            await eventually(day, lambda found: found == ["100.00", "4", 1], timeout_s=30)
    finally:
        processes.stop("own-book")
        processes.stop("market-data")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bust", "NOSUCH-1"), "the store knows no trade NOSUCH-1"),
        (("correct", "NOSUCH-1"), "neither --price nor --qty was given"),
        (("correct", "NOSUCH-1", "--price", "1e2"), "is not a plain decimal number"),
    ],
)
async def test_what_cannot_be_corrected_is_said_in_a_sentence(url, arguments, said):
    assert said in await refused(*arguments)


async def test_the_book_refuses_what_its_orders_do_not_allow(open_client, symbol):
    *_, trade_id = await traded(open_client, symbol)
    assert "is beyond the limits of its orders" in await refused("correct", trade_id, "--price", "101.01")
    assert "at most what it is" in await refused("correct", trade_id, "--qty", "5")
