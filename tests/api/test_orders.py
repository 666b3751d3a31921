"""One order's path through the real platform, from POST to what GET shows."""

from __future__ import annotations

import asyncio
import time
from uuid import uuid4

import pytest

from api.log.commands import Commands
from api.log.market import NOTHING, Market
from api.orders.schemas import NewOrderRequest, Order, ReplaceOrderRequest
from api.orders.service import OrderService
from api.orders.translate import submit_order
from api.problems import Unavailable
from api.security.service import Caller
from config.settings import settings
from tests.api.client import eventually


async def test_a_post_is_answered_with_the_decision_and_a_get_sees_it_at_once(open_client, symbol):
    client = await open_client()
    placed = await client.place(symbol, qty="10", limit_price="99.50", client_order_id="first")
    assert placed.status_code == 200, placed.text
    order = Order.model_validate(placed.json())
    assert order.status in ("accepted", "new")
    assert (order.symbol, order.qty, order.limit_price, order.client_order_id) == (symbol, "10", "99.50", "first")
    found = await client.get(f"/v2/orders/{order.id}")
    assert found.status_code == 200, found.text
    assert Order.model_validate(found.json()).id == order.id


async def test_two_accounts_trade_and_cash_and_shares_move(open_client, symbol):
    seller, buyer = await open_client("0", **{symbol: "100"}), await open_client("100000")
    ask = (await seller.place(symbol, "sell", "10", limit_price="100.25")).json()
    bid = (await buyer.place(symbol, "buy", "4", limit_price="101")).json()
    assert await eventually(lambda: buyer.status_of(bid["id"]), lambda status: status == "filled")
    filled = (await buyer.get(f"/v2/orders/{bid['id']}")).json()
    assert (filled["filled_qty"], filled["filled_avg_price"]) == ("4", "100.25")
    assert filled["filled_at"] is not None
    assert await eventually(lambda: seller.status_of(ask["id"]), lambda status: status == "partially_filled")

    position = (await buyer.get(f"/v2/positions/{symbol}")).json()
    assert (position["qty"], position["cost_basis"][:3]) == ("4", "401")
    assert [row["symbol"] for row in (await seller.get("/v2/positions")).json()] == [symbol]
    assert (await seller.get(f"/v2/positions/{symbol}")).json()["qty_available"] == "90"
    account = (await buyer.get("/v2/account")).json()
    assert 99_590 < float(account["cash"]) <= 99_599
    assert account["buying_power"] == account["cash"]


async def test_buying_power_is_cash_less_what_open_orders_hold(open_client, symbol):
    client = await open_client("10000")
    assert (await client.place(symbol, qty="10", limit_price="90")).status_code == 200
    account = (await client.get("/v2/account")).json()
    assert account["cash"] == "10000.00"
    assert 9_090 < float(account["buying_power"]) <= 9_100


async def test_cancel_is_204_and_the_second_422(open_client, symbol):
    client = await open_client()
    order_id = (await client.place(symbol, limit_price="99")).json()["id"]
    assert (await client.delete(f"/v2/orders/{order_id}")).status_code == 204
    assert await eventually(lambda: client.status_of(order_id), lambda status: status == "canceled")
    again = await client.delete(f"/v2/orders/{order_id}")
    assert (again.status_code, again.json()["reason"]) == (422, "TooLate")


async def test_replace_makes_a_successor(open_client, symbol):
    client = await open_client()
    order_id = (await client.place(symbol, qty="10", limit_price="99")).json()["id"]
    replaced = await client.patch(f"/v2/orders/{order_id}", json={"qty": "12", "limit_price": "98.50"})
    assert replaced.status_code == 200, replaced.text
    successor = replaced.json()
    assert (successor["qty"], successor["limit_price"], successor["replaces"]) == ("12", "98.50", order_id)
    assert await client.status_of(successor["id"]) == "new"
    original = (await client.get(f"/v2/orders/{order_id}")).json()
    assert (original["status"], original["replaced_by"]) == ("replaced", successor["id"])
    by_alias = await client.put(f"/orders/{successor['id']}", json={"qty": "11"})
    assert (by_alias.status_code, by_alias.json()["qty"]) == (200, "11")


async def test_a_replace_that_the_checks_refuse_leaves_the_order(open_client, symbol):
    client = await open_client("2000")
    order_id = (await client.place(symbol, qty="10", limit_price="99")).json()["id"]
    refused = await client.patch(f"/v2/orders/{order_id}", json={"qty": "1000"})
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["detail"].startswith("buying_power: the order needs $99"), problem
    assert problem["detail"].endswith("$2000.00 is free"), problem
    assert [(error["field"], error["rule"], error["limit"]) for error in problem["errors"]] == [
        ("qty", "buying_power", "2000.00")
    ]
    assert await eventually(lambda: client.status_of(order_id), lambda status: status == "new")


async def test_cancel_all_names_every_open_order(open_client, symbol):
    client = await open_client()
    placed = {(await client.place(symbol, limit_price=price)).json()["id"] for price in ("98", "98.50", "99")}
    answer = await client.delete("/v2/orders")
    assert answer.status_code == 207
    assert {item["id"] for item in answer.json()} == placed
    assert {item["status"] for item in answer.json()} == {200}

    async def still_open() -> list[object]:
        return (await client.get("/v2/orders")).json()

    assert await eventually(still_open, lambda orders: orders == []) == []
    assert (await client.delete("/v2/orders")).json() == []


async def test_cancel_all_of_a_symbol_leaves_the_others(open_client, symbols, symbol):
    client, stranger, other = await open_client(), await open_client(), next(symbols)
    mine = (await client.place(symbol, limit_price="99")).json()["id"]
    kept = (await client.place(other, limit_price="99")).json()["id"]
    theirs = (await stranger.place(symbol, limit_price="99")).json()["id"]
    canceled = await client.delete("/v2/orders", params={"symbol": symbol.lower()})
    assert (canceled.status_code, [item["id"] for item in canceled.json()]) == (207, [mine])
    assert await eventually(lambda: client.status_of(mine), lambda status: status == "canceled")
    assert (await client.delete("/v2/orders", params={"symbol": "NOSUCH"})).json() == []
    assert {await client.status_of(kept), await stranger.status_of(theirs)} <= {"accepted", "new"}


async def test_cancel_all_of_a_session_leaves_the_others(open_client, symbol):
    client = await open_client()
    at_close = (await client.place(symbol, limit_price="98", time_in_force="cls")).json()["id"]
    extended = (await client.place(symbol, limit_price="98", extended_hours=True)).json()["id"]
    regular = (await client.place(symbol, limit_price="99")).json()["id"]
    for session, expected in (("opening", []), ("closing", [at_close]), ("extended", [extended])):
        answer = await client.delete("/v2/orders", params={"session": session})
        assert (answer.status_code, [item["id"] for item in answer.json()]) == (207, expected)
    assert await client.status_of(regular) in ("accepted", "new")


@pytest.mark.parametrize(
    "query", ["session=evening", "symbols=AAPL", "symbl=AAPL", "symbol=", "symbol=A%00", "symbol=A*"]
)
async def test_a_cancel_all_that_is_not_understood_cancels_nothing(open_client, symbol, query):
    client = await open_client()
    order_id = (await client.place(symbol, limit_price="99")).json()["id"]
    assert (await client.delete(f"/v2/orders?{query}")).status_code == 422
    assert await client.status_of(order_id) in ("accepted", "new")


async def test_what_was_never_taken_can_neither_be_replaced_nor_canceled(open_client, symbol):
    """Accounts keeps no refused order, as it forgets finished ones after a day; the store has both."""
    client = await open_client("0")
    order_id = (await client.place(symbol, limit_price="99")).json()["order_id"]
    for method, changes in (("PATCH", {"qty": "2"}), ("DELETE", None)):
        answer = await client.request(method, f"/v2/orders/{order_id}", json=changes)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-cancelable"), answer.text
        assert answer.json()["reason"] == "TooLate"


async def test_a_finished_order_cannot_be_replaced(open_client, symbol):
    client = await open_client()
    order_id = (await client.place(symbol, limit_price="99", time_in_force="ioc")).json()["id"]
    assert await eventually(lambda: client.status_of(order_id), lambda status: status == "canceled")
    answer = await client.patch(f"/v2/orders/{order_id}", json={"qty": "2"})
    assert (answer.status_code, answer.json()["reason"]) == (422, "TooLate"), answer.text


async def test_changes_do_not_wait_for_the_store(open_client, processes, symbol, free_port):
    """With a sink that stands, what is stored already can be changed, by an API that has not placed it itself."""
    client = await open_client()
    stored = [(await client.place(symbol, limit_price=price)).json()["id"] for price in ("97", "98")]
    assert await client.status_of(stored[1]) == "new"
    other = processes.start_api("api-other", free_port)
    assert processes.stop("sink")
    try:
        later = (await client.place(symbol, limit_price="99")).json()["id"]
        assert (await client.get(f"{other}/v2/orders/{later}")).status_code == 503
        replaced = await client.patch(f"{other}/v2/orders/{stored[0]}", json={"qty": "9"})
        assert replaced.status_code == 200, replaced.text
        assert (await client.delete(f"{other}/v2/orders/{stored[1]}")).status_code == 204
        left = await client.delete(f"{other}/v2/orders")
        assert left.status_code == 207, left.text
        assert {item["id"] for item in left.json()} == {later, replaced.json()["id"]}
        assert (await client.delete(f"{other}/v2/orders")).json() == []
    finally:
        processes.start("sink", "sinks", "postgres")
    assert processes.stop("api-other")
    assert await eventually(lambda: client.get("/v2/orders"), lambda answer: answer.status_code == 200, timeout_s=30)
    assert (await client.get("/v2/orders")).json() == []


async def test_a_client_order_id_finds_its_order_and_is_taken(open_client, symbol):
    client = await open_client()
    first = (await client.place(symbol, limit_price="99", client_order_id="mine")).json()
    found = await client.get("/v2/orders:by_client_order_id", params={"client_order_id": "mine"})
    assert found.json()["id"] == first["id"]
    second = await client.place(symbol, limit_price="99", client_order_id="mine")
    assert second.status_code == 422
    assert second.json()["existing_order_id"] == first["id"]
    assert second.json()["type"] == "/problems/duplicate-client-order-id"
    still = await client.get("/v2/orders:by_client_order_id", params={"client_order_id": "mine"})
    assert still.json()["id"] == first["id"]


async def test_lists_are_filtered_and_ordered(open_client, symbols, symbol):
    client, other = await open_client(**{symbol: "50"}), next(symbols)
    ids = [
        (await client.place(symbol, limit_price="99")).json()["id"],
        (await client.place(other, limit_price="98")).json()["id"],
        (await client.place(symbol, "sell", limit_price="105")).json()["id"],
    ]
    await client.delete(f"/v2/orders/{ids[1]}")
    assert await eventually(lambda: client.status_of(ids[1]), lambda status: status == "canceled")

    async def listed(**query: object) -> list[int]:
        answer = await client.get("/v2/orders", params=query)
        assert answer.status_code == 200, answer.text
        return [ids.index(order["id"]) for order in answer.json()]

    submitted = (await client.get(f"/v2/orders/{ids[0]}")).json()["submitted_at"]
    assert await listed() == [2, 0]
    assert await listed(status="all") == [2, 1, 0]
    assert await listed(status="closed") == [1]
    assert await listed(status="all", direction="asc", limit=2) == [0, 1]
    assert await listed(status="all", symbols=other) == [1]
    assert await listed(status="all", side="sell") == [2]
    assert await listed(status="all", after=submitted) == [2, 1]
    assert await listed(status="all", until=submitted) == []


@pytest.mark.parametrize("direction", ["asc", "desc"])
async def test_pages_lose_and_repeat_nothing_where_orders_have_one_time(open_client, symbol, direction):
    client = await open_client()
    commands = Commands(settings())
    running = asyncio.create_task(commands.run())
    await commands.ready.wait()
    good = NewOrderRequest(symbol=symbol, qty="1", side="buy", type="limit", time_in_force="day", limit_price="1")
    caller = Caller(client.account_id, "somebody", client.key.key_id)
    now_us = time.time_ns() // 1000
    times_us = [now_us + number // 4 for number in range(7)]  # four at one microsecond, then three at the next
    orders = [submit_order(good, caller, str(uuid4()), str(uuid4()), NOTHING, time_us) for time_us in times_us]
    await asyncio.gather(*[await commands.append(client.account_id, order, order.order_id) for order in orders])
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    async def page(**query: object) -> list[str]:
        answer = await client.get("/v2/orders", params={"status": "all", "direction": direction, **query})
        assert answer.status_code == 200, answer.text
        return [order["id"] for order in answer.json()]

    whole = await eventually(page, lambda ids: len(ids) == 7)
    cursor = "after_order_id" if direction == "asc" else "before_order_id"
    paged = await page(limit=2)
    while following := await page(limit=2, **{cursor: paged[-1]}):
        paged += following
    assert paged == whole
    assert set(whole) == {order.order_id for order in orders}


async def test_a_page_begins_in_one_way_and_at_an_order_of_the_account(open_client, symbol):
    client, stranger = await open_client(), await open_client()
    order_id = (await client.place(symbol, limit_price="99")).json()["id"]
    bad = [
        (client, {"after_order_id": order_id, "before_order_id": order_id}, "cursors_mixed"),
        (client, {"after_order_id": order_id, "until": "2026-01-01T00:00:00Z"}, "cursors_mixed"),
        (stranger, {"before_order_id": order_id}, "known_order"),
    ]
    for who, query, rule in bad:
        answer = await who.get("/v2/orders", params=query)
        assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, rule), answer.text


async def test_what_belongs_to_another_account_is_not_found(open_client, symbol):
    owner, stranger = await open_client(), await open_client()
    order_id = (await owner.place(symbol, limit_price="99", client_order_id="secret")).json()["id"]
    answers = [
        await stranger.get(f"/v2/orders/{order_id}"),
        await stranger.delete(f"/v2/orders/{order_id}"),
        await stranger.patch(f"/v2/orders/{order_id}", json={"qty": "1"}),
        await stranger.get("/v2/orders:by_client_order_id", params={"client_order_id": "secret"}),
        await stranger.get(f"/v2/orders/{uuid4()}"),
        await stranger.get("/v2/orders/not-an-id"),
        await stranger.get("/v2/positions/NONE"),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
    assert await eventually(lambda: owner.status_of(order_id), lambda status: status == "new")


async def test_every_instance_reads_what_another_wrote(open_client, processes, symbol, free_port):
    client = await open_client()
    other = processes.start_api("api-2", free_port)
    for _ in range(20):
        order_id = (await client.place(symbol, limit_price="99", qty="1")).json()["id"]
        assert (await client.get(f"{other}/v2/orders/{order_id}")).status_code == 200
    assert processes.stop("api-2")


async def test_a_decision_that_takes_too_long_is_pending_new(open_client, processes, symbol, free_port):
    client = await open_client()
    hasty = processes.start_api("api-hasty", free_port, TAPELINE_DECISION_TIMEOUT_MS="1")
    order = {"symbol": symbol, "side": "buy", "qty": "1", "type": "limit", "time_in_force": "day", "limit_price": "99"}
    answer = await client.post(f"{hasty}/v2/orders", json=order)
    assert answer.status_code in (200, 504), answer.text  # 504: even the broker's word took longer than a millisecond
    client_order_id = answer.json()["client_order_id"]
    if answer.status_code == 200:
        assert Order.model_validate(answer.json()).status == "pending_new"
    query = {"client_order_id": client_order_id}
    found = await eventually(
        lambda: client.get("/v2/orders:by_client_order_id", params=query), lambda found: found.status_code == 200
    )
    assert found.json()["status"] in ("accepted", "new")
    assert processes.stop("api-hasty")


async def test_an_order_that_comes_before_terms_are_read_is_turned_away(desk_and_pool, open_client, symbol):
    """Stamped with no terms it would be refused for good, as if its symbol were not listed."""
    client = await open_client()
    placed = (await client.place(symbol, limit_price="99")).json()
    desk, pool = desk_and_pool
    starting = OrderService(pool, None, desk._asker, Market(settings()))
    who = Caller(client.account_id, str(uuid4()), client.key.key_id)
    request = {"symbol": symbol, "side": "buy", "qty": "1", "type": "market", "time_in_force": "day"}
    with pytest.raises(Unavailable):
        await starting.submit(who, NewOrderRequest.model_validate(request))
    await eventually(lambda: client.status_of(placed["id"]), lambda status: status == "new")
    with pytest.raises(Unavailable):
        await starting.replace(who, placed["id"], ReplaceOrderRequest.model_validate({"qty": "2"}))
