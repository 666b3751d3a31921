"""Orders with instructions through the real platform: what a client sends, reads and is told. The rules themselves have
their tests beside the folds."""

from __future__ import annotations

import json
from decimal import Decimal
from uuid import uuid4

import psycopg
import pytest

from api.orders.schemas import Order
from api.security.keys import generate, hash_of
from config.settings import settings
from tests.api.client import Client, eventually
from tests.api.stream import following
from tests.api.test_command_line import run


async def placed(client: Client, symbol: str, side: str, qty: str | None, **fields: object) -> dict:
    """The answer to an order that the checks pass; a limit order unless the fields say otherwise."""
    answer = await client.place(symbol, side, qty, **fields)
    assert answer.status_code == 200, answer.text
    return Order.model_validate(answer.json()).model_dump()


async def shown(client: Client, order_id: str, **wanted: object) -> dict:
    """The order once it shows what is wanted."""

    async def get() -> dict:
        return (await client.get(f"/v2/orders/{order_id}")).json()

    order = await eventually(get, lambda order: wanted.items() <= order.items())
    return Order.model_validate(order).model_dump()


async def trade(maker: Client, taker: Client, symbol: str, price: str) -> None:
    """One share changes hands at a price."""
    await placed(maker, symbol, "sell", "1", limit_price=price)
    taken = await placed(taker, symbol, "buy", "1", limit_price=price)
    await shown(taker, taken["id"], status="filled", filled_avg_price=price)


async def test_a_trailing_stop_follows_the_market_and_is_followed(open_client, symbol):
    holder, maker, taker = await open_client(**{symbol: "5"}), await open_client(**{symbol: "50"}), await open_client()
    async with following(holder) as stream:
        stop = await placed(holder, symbol, "sell", "5", type="trailing_stop", trail_price="2", time_in_force="gtc")
        assert (stop["type"], stop["order_type"], stop["trigger"]) == ("trailing_stop", "trailing_stop", "last_trade")
        assert (stop["trail_price"], stop["trail_percent"], stop["limit_price"]) == ("2.00", None, None)
        assert (stop["hwm"], stop["stop_price"]) == ("100.00", "98.00")
        await shown(holder, stop["id"], status="new")

        await trade(maker, taker, symbol, "103.00")
        await shown(holder, stop["id"], hwm="103.00", stop_price="101.00", status="new")
        tighter = (await holder.patch(f"/v2/orders/{stop['id']}", json={"trail": "0.75"})).json()
        assert (tighter["replaces"], tighter["trail_price"]) == (stop["id"], "0.75")
        assert (tighter["hwm"], tighter["stop_price"], tighter["type"]) == ("103.00", "102.25", "trailing_stop")
        refused = await holder.patch(f"/v2/orders/{tighter['id']}", json={"stop_price": "99"})
        assert refused.status_code == 422, refused.text

        await placed(taker, symbol, "buy", "10", limit_price="101.50")
        await trade(maker, taker, symbol, "102.00")
        sold = await shown(holder, tighter["id"], status="filled")
        assert (sold["filled_avg_price"], sold["hwm"]) == ("101.50", "103.00")
        await stream.until(lambda stream: "fill" in stream.names)
    restated = [event["order"] for event in stream.events if event["event"] == "restated"]
    assert [(order["hwm"], order["stop_price"]) for order in restated] == [("103.00", "101.00")]


async def test_a_trail_in_percent_keeps_its_unit(open_client, symbol):
    buyer = await open_client()
    stop = await placed(buyer, symbol, "buy", "1", type="trailing_stop", trail_percent="1.5")
    assert (stop["trail_price"], stop["trail_percent"]) == (None, "1.5")
    assert (stop["hwm"], stop["stop_price"]) == ("100.00", "101.50")
    wider = (await buyer.patch(f"/v2/orders/{stop['id']}", json={"trail": "2.25"})).json()
    assert (wider["trail_price"], wider["trail_percent"], wider["stop_price"]) == (None, "2.25", "102.25")
    refused = (await buyer.patch(f"/v2/orders/{wider['id']}", json={"trail": "100"})).json()
    assert [(error["field"], error["rule"]) for error in refused["errors"]] == [("trail", "trail_range")], refused


async def test_an_amount_has_no_quantity_until_the_book_fixes_it_and_never_spends_more(open_client, symbol):
    maker, buyer = await open_client(**{symbol: "20"}), await open_client("1000")
    await placed(maker, symbol, "sell", "2", limit_price="100")
    await placed(maker, symbol, "sell", "10", limit_price="101")
    async with following(buyer) as stream:
        order = await placed(buyer, symbol, "buy", None, type="market", notional="500.00")
        assert (order["notional"], order["qty"], order["type"]) == ("500.00", None, "market")
        await stream.until(lambda stream: "fill" in stream.names)
    filled = await shown(buyer, order["id"], status="filled", qty="4.970297", filled_qty="4.970297")
    assert filled["notional"] == "500.00"
    assert [event["order"]["qty"] for event in stream.events] == [None, *["4.970297"] * 3]
    paid = 1000 - Decimal((await buyer.get("/v2/account")).json()["cash"])
    assert Decimal("499.99") < paid < Decimal("500.10"), "with the fees"
    with psycopg.connect(settings().postgres_dsn) as connection:
        item = connection.execute("SELECT quantity FROM public.order_items WHERE order_id = %s", [order["id"]])
        assert item.fetchone() == (None,)


async def test_what_is_not_shown_trades(open_client, symbol):
    maker, taker = await open_client(**{symbol: "20"}), await open_client()
    iceberg = await placed(maker, symbol, "sell", "10", limit_price="100", display_qty="2")
    hidden = await placed(maker, symbol, "sell", "10", limit_price="100", display_qty="0")
    assert (iceberg["display_qty"], hidden["display_qty"]) == ("2", "0")
    taken = await placed(taker, symbol, "buy", "15", limit_price="100")
    await shown(taker, taken["id"], filled_qty="15")
    assert (await shown(maker, iceberg["id"], status="filled"))["display_qty"] == "2"
    await shown(maker, hidden["id"], filled_qty="5")


async def test_a_minimum_that_cannot_be_filled_ends_the_order(open_client, symbol):
    maker, taker = await open_client(**{symbol: "20"}), await open_client()
    await placed(maker, symbol, "sell", "3", limit_price="100")
    order = await placed(taker, symbol, "buy", "5", limit_price="100", min_qty="4")
    canceled = await shown(taker, order["id"], status="canceled")
    assert (canceled["min_qty"], canceled["filled_qty"]) == ("4", "0")
    assert "minimum quantity" in canceled["reject_reason"]
    order = await placed(taker, symbol, "buy", "5", limit_price="100", min_qty="3")
    await shown(taker, order["id"], status="partially_filled", filled_qty="3")


async def test_a_post_only_order_is_refused_or_repriced(open_client, symbol):
    maker, client = await open_client(**{symbol: "20"}), await open_client("2000")
    await placed(maker, symbol, "sell", "3", limit_price="100")
    refused = await placed(client, symbol, "buy", "5", limit_price="101", post_only=True)
    assert refused["post_only_action"] == "reject"
    await shown(client, refused["id"], status="rejected")
    order = await placed(client, symbol, "buy", "5", limit_price="101", post_only=True, post_only_action="reprice")
    resting = await shown(client, order["id"], status="new", limit_price="99.99")
    assert resting["post_only_action"] == "reprice"
    free = Decimal((await client.get("/v2/account")).json()["buying_power"])
    assert Decimal(1500) < free <= Decimal("1500.05"), "held at the price that it was given, with the fee"


async def test_a_reduce_only_order_is_shrunk_to_what_is_free(open_client, symbol):
    client = await open_client(**{symbol: "10"})
    await placed(client, symbol, "sell", "6", limit_price="105")
    order = await placed(client, symbol, "sell", "10", limit_price="106", reduce_only=True)
    assert (order["reduce_only"], order["qty"]) == (True, "4")
    answer = await client.place(symbol, "sell", "1", limit_price="106", reduce_only=True)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (403, "position"), answer.text


async def test_orders_that_meet_are_decremented_and_the_prevented_quantity_is_told(open_client, symbol):
    client = await open_client(**{symbol: "10"})
    async with following(client) as stream:
        ask = await placed(client, symbol, "sell", "5", limit_price="100")
        bid = await placed(client, symbol, "buy", "8", limit_price="100", self_match_prevention="decrement_and_cancel")
        assert bid["self_match_prevention"] == "decrement_and_cancel"
        await shown(client, ask["id"], status="canceled", filled_qty="0")
        await shown(client, bid["id"], status="new", qty="3", filled_qty="0")
        await stream.until(lambda stream: {"canceled", "restated"} <= set(stream.names))
    told = {event["event"]: event["prevented_qty"] for event in stream.events}
    assert (told["canceled"], told["restated"], told["new"]) == ("5", "5", None)


@pytest.mark.parametrize(("scope", "status"), [("account", "filled"), ("owner", "canceled")])
async def test_accounts_of_one_owner_are_kept_apart_on_request(open_client, desk_and_pool, url, symbol, scope, status):
    one = await open_client(**{symbol: "10"})
    account_id, key = str(uuid4()), generate()
    with psycopg.connect(settings().postgres_dsn, autocommit=True) as connection:
        owner = connection.execute("SELECT user_id FROM identity.accounts WHERE account_id = %s", [one.account_id])
        (user_id,) = owner.fetchone()
        connection.execute("INSERT INTO identity.accounts (account_id, user_id) VALUES (%s, %s)", [account_id, user_id])
        connection.execute(
            "INSERT INTO identity.api_keys (key_id, account_id, secret_hash) VALUES (%s, %s, %s)",
            [key.key_id, account_id, hash_of(key.secret)],
        )
    await desk_and_pool[0].fund(account_id, user_id, "standard", Decimal(1000), {})
    async with Client(url, account_id, key) as other:
        await placed(one, symbol, "sell", "1", limit_price="100")
        order = await placed(other, symbol, "buy", "1", limit_price="100", self_match_scope=scope)
        assert order["self_match_scope"] == scope
        await shown(other, order["id"], status=status)


async def test_a_stop_may_look_at_the_quote(open_client, symbol):
    """Nothing trades before it is triggered."""
    maker, holder = await open_client(), await open_client(**{symbol: "5"})
    high = await placed(maker, symbol, "buy", "5", limit_price="100")
    await placed(maker, symbol, "buy", "5", limit_price="98.50")
    stop = await placed(holder, symbol, "sell", "5", type="stop", stop_price="99", trigger="best_quote")
    assert stop["trigger"] == "best_quote"
    await shown(holder, stop["id"], status="new")
    assert (await maker.delete(f"/v2/orders/{high['id']}")).status_code == 204
    await shown(holder, stop["id"], status="filled", filled_avg_price="98.50")


# what is asked                                                                 status  field            rule
REFUSED = """
{"qty": "1000", "limit_price": "1", "display_qty": "1"}                       | 422 | display_qty    | display_qty_share
{"qty": "5", "limit_price": "1", "min_qty": "6"}                              | 422 | min_qty        | min_qty_range
{"type": "market", "notional": "0.50"}                                        | 422 | notional       | order_value_min
{"type": "market", "notional": "1500"}                                        | 403 | notional       | buying_power
{"type": "market", "notional": "20000000"}                                    | 422 | notional       | notional_limit
{"type": "market", "notional": "20000000", "side": "sell"}                    | 422 | notional       | position
{"type": "trailing_stop", "qty": "1", "trail_price": "200", "side": "sell"}   | 422 | trail_price    | order_fields
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
async def test_what_the_checks_refuse_names_the_field_that_was_sent(open_client, symbol, line):
    asked, status, field, rule = (part.strip() for part in line.split("|"))
    client = await open_client("1000")
    fields = {"side": "buy", "qty": None, **json.loads(asked)}
    answer = await client.place(symbol, **fields)
    assert answer.status_code == int(status), answer.text
    assert (field, rule) in {(error["field"], error["rule"]) for error in answer.json()["errors"]}, answer.text
    kept = Order.model_validate((await client.get(f"/v2/orders/{answer.json()['order_id']}")).json())
    assert (kept.status, kept.qty) == ("rejected", fields["qty"])


async def test_a_replace_into_a_refused_combination_is_told_once_with_its_field(open_client, symbol):
    client = await open_client()
    order = await placed(client, symbol, "buy", "100", limit_price="1", display_qty="1")
    await shown(client, order["id"], status="new")
    refused = await client.patch(f"/v2/orders/{order['id']}", json={"qty": "101"})
    assert refused.status_code == 422, refused.text
    (error,) = refused.json()["errors"]
    assert (error["field"], error["rule"]) == ("display_qty", "display_qty_share")
    assert refused.json()["detail"] == f"display_qty_share: {error['message']}"


async def test_instructions_from_the_command_line(open_client, symbol):
    client = await open_client(**{symbol: "20"})
    key = {"key_id": client.key.key_id, "secret": client.key.secret}

    async def submit(*arguments: str) -> dict:
        done = await run("stack", "order", "submit", symbol, *arguments, "--json", key=key)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    stop = await submit("sell", "2", "--type", "trailing_stop", "--trail-percent", "5", "--trigger", "best_quote")
    assert (stop["type"], stop["trail_percent"], stop["trigger"]) == ("trailing_stop", "5", "best_quote")
    done = await run("stack", "order", "replace", stop["id"], "--trail", "4", "--json", key=key)
    assert json.loads(done.stdout)["trail_percent"] == "4", done.stderr
    hidden = await submit("sell", "2", "--type", "limit", "--limit-price", "105", "--display-qty", "0", "--reduce-only")
    assert (hidden["display_qty"], hidden["reduce_only"]) == ("0", True)
    listed = await run("stack", "order", "list", key=key)
    assert "trailing_stop" in listed.stdout
    amount = await run("stack", "order", "submit", symbol, "buy", "--notional", "50", key=key)
    assert "$50.00" in amount.stdout, amount.stderr
