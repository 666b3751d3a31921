"""Bracket, OCO and OTO orders through the real platform: placed, shown with their legs, filled, replaced and canceled.

The rules themselves have their tests beside the folds."""

from __future__ import annotations

import psycopg

from config.settings import settings
from tests.api.client import Client
from tests.api.stream import following
from tests.api.test_instructions import placed, shown


async def nested(client: Client, order_id: str, *statuses: str) -> list[dict]:
    """The legs of an order, once they have these statuses."""
    for leg, status in zip(await legs_of(client, order_id), statuses, strict=True):
        await shown(client, leg["id"], status=status)
    return await legs_of(client, order_id)


async def legs_of(client: Client, order_id: str) -> list[dict]:
    return (await client.get(f"/v2/orders/{order_id}", params={"nested": "true"})).json()["legs"]


def told(events: list[dict]) -> list[tuple[str, str]]:
    return [(event["event"], event["order_id"]) for event in events]


def bracket(profit: str = "110", **loss: str) -> dict:
    loss = loss or {"stop_price": "90"}
    return {"order_class": "bracket", "take_profit": {"limit_price": profit}, "stop_loss": loss, "limit_price": "100"}


async def test_a_fill_of_part_of_a_bracket_is_protected_at_once(open_client, symbol):
    buyer, seller = await open_client(), await open_client(**{symbol: "20"})
    async with following(buyer) as stream:
        order = await placed(buyer, symbol, "buy", "10", **bracket(), time_in_force="gtc")
        assert (order["order_class"], len(order["legs"])) == ("bracket", 2)
        profit, loss = await nested(buyer, order["id"], "held", "held")
        assert [leg["id"] for leg in order["legs"]] == [profit["id"], loss["id"]]
        assert [(leg["order_class"], leg["side"], leg["type"], leg["qty"]) for leg in (profit, loss)] == [
            ("bracket", "sell", "limit", "10"),
            ("bracket", "sell", "stop", "10"),
        ]

        await placed(seller, symbol, "sell", "4", limit_price="100")
        await nested(buyer, order["id"], "new", "new")
        position = (await buyer.get(f"/v2/positions/{symbol}")).json()
        assert (position["qty"], position["qty_available"]) == ("4", "0")
        refused = await buyer.place(symbol, "sell", "1", limit_price="101")
        assert refused.status_code == 403, refused.text

        await placed(seller, symbol, "buy", "3", limit_price="110", self_match_prevention="off")
        await shown(buyer, profit["id"], status="partially_filled", filled_qty="3")
        await shown(buyer, loss["id"], status="new", qty="7")

        assert (await buyer.delete(f"/v2/orders/{order['id']}")).status_code == 204
        await shown(buyer, order["id"], status="canceled", filled_qty="4")
        await shown(buyer, loss["id"], status="new", qty="1")
        await placed(seller, symbol, "buy", "1", limit_price="110", self_match_prevention="off")
        await nested(buyer, order["id"], "filled", "canceled")
        await stream.until(lambda stream: ("canceled", loss["id"]) in told(stream.events))
        assert ("held", profit["id"]) in told(stream.events)


async def test_a_stop_leg_that_is_triggered_sells_and_cancels_the_profit(open_client, symbol):
    buyer, maker, taker = await open_client(), await open_client(**{symbol: "20"}), await open_client()
    order = await placed(buyer, symbol, "buy", "5", **bracket(stop_price="95", limit_price="94"))
    await placed(maker, symbol, "sell", "5", limit_price="100")
    await nested(buyer, order["id"], "new", "new")
    await placed(taker, symbol, "buy", "6", limit_price="95")
    await placed(maker, symbol, "sell", "1", limit_price="95")
    profit, loss = await nested(buyer, order["id"], "canceled", "filled")
    assert (loss["type"], loss["filled_avg_price"], profit["reject_reason"]) == (
        "stop_limit",
        "95.00",
        "the other leg has sold the shares",
    )


async def test_legs_are_replaced_and_canceled_by_their_own_ids(open_client, symbol):
    buyer, seller = await open_client(), await open_client(**{symbol: "20"})
    order = await placed(buyer, symbol, "buy", "5", **bracket(trail_price="3"))
    profit, loss = await nested(buyer, order["id"], "held", "held")
    assert (loss["type"], loss["trail_price"], loss["stop_price"]) == ("trailing_stop", "3.00", "97.00")
    answer = await buyer.patch(f"/v2/orders/{profit['id']}", json={"limit_price": "120"})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["replaces"], answer.json()["limit_price"]) == (profit["id"], "120.00")
    refused = await buyer.patch(f"/v2/orders/{answer.json()['id']}", json={"qty": "4"})
    assert refused.status_code == 422, refused.text
    too_low = await buyer.patch(f"/v2/orders/{answer.json()['id']}", json={"limit_price": "100"})
    assert (too_low.status_code, "above the limit" in too_low.text) == (422, True)
    larger = await buyer.patch(f"/v2/orders/{order['id']}", json={"qty": "8"})
    assert larger.status_code == 200, larger.text
    await shown(buyer, loss["id"], qty="8", status="held")
    assert (await buyer.delete(f"/v2/orders/{loss['id']}")).status_code == 204
    await shown(buyer, loss["id"], status="canceled")
    await placed(seller, symbol, "sell", "8", limit_price="100")
    await shown(buyer, answer.json()["id"], status="new", qty="8", limit_price="120.00")
    listed = (await buyer.get("/v2/orders", params={"status": "all", "nested": "true"})).json()
    by_id = {found["id"]: found for found in listed}
    assert [leg["id"] for leg in by_id[larger.json()["id"]]["legs"]] == [answer.json()["id"], loss["id"]]
    open_orders = (await buyer.get("/v2/orders", params={"status": "open", "nested": "true"})).json()
    assert [found["id"] for found in open_orders] == [answer.json()["id"]], "its entry is filled, the leg is open"


async def test_an_oco_sells_a_position_once(open_client, symbol):
    holder, taker = await open_client(**{symbol: "10"}), await open_client()
    legs = {"order_class": "oco", "take_profit": {"limit_price": "105"}, "stop_loss": {"stop_price": "95"}}
    order = await placed(holder, symbol, "sell", "10", limit_price=None, **legs)
    assert (order["order_class"], order["limit_price"], len(order["legs"])) == ("oco", "105.00", 1)
    await nested(holder, order["id"], "new")
    refused = await holder.place(symbol, "sell", "1", limit_price="101")
    assert refused.status_code == 403, refused.text
    await placed(taker, symbol, "buy", "10", limit_price="105")
    await shown(holder, order["id"], status="filled")
    (stop,) = await nested(holder, order["id"], "canceled")
    assert stop["order_class"] == "oco"
    with psycopg.connect(settings().postgres_dsn) as connection:
        items = connection.execute(
            "SELECT leg, price_e4 FROM projection.order_items WHERE order_id = %s ORDER BY leg", [order["id"]]
        ).fetchall()
    assert items == [(1, 1_050_000), (2, None)]


async def test_legs_that_do_not_fit_are_refused_with_their_fields(open_client, symbol):
    buyer = await open_client()
    refused = await buyer.place(symbol, "buy", "5", **bracket("100.005", stop_price="101"))
    assert refused.status_code == 422, refused.text
    fields = {(error["field"], error["rule"]) for error in refused.json()["errors"]}
    assert fields == {("take_profit.limit_price", "take_profit.tick_size"), ("stop_loss", "legs_apart")}
