"""The event stream: every event of the account once and in order, however often the client comes back."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from uuid import uuid4

import httpx
import psycopg
import pytest
from pydantic import TypeAdapter

from api.events.service import STREAMS_OF_ACCOUNT_MAX
from api.log.market import NOTHING
from api.orders.schemas import NewOrderRequest
from api.orders.translate import submit_order
from api.security.service import Caller
from config.settings import settings
from tests.api.client import eventually
from tests.api.stream import following

TIME_OF = TypeAdapter(datetime)


async def test_a_fill_is_streamed_with_its_order(open_client, symbol):
    seller, buyer = await open_client("0", **{symbol: "10"}), await open_client()
    async with following(buyer) as stream:
        await seller.place(symbol, "sell", "10", limit_price="100")
        first = (await buyer.place(symbol, "buy", "4", limit_price="100")).json()
        events = await stream.until(lambda stream: "fill" in stream.names)
        assert stream.names == ["pending_new", "new", "fill"]
    fill = events[-1]
    assert (fill["price"], fill["qty"], fill["position_qty"]) == ("100.00", "4", "4")
    assert (fill["order"]["id"], fill["order"]["status"]) == (first["id"], "filled")
    assert fill["account_id"] == buyer.account_id
    assert fill["execution_id"]


async def test_only_the_accounts_own_events_come(open_client, symbol):
    one, other = await open_client(), await open_client()
    async with following(one) as stream:
        await other.place(symbol, qty="1", limit_price="99")
        mine = (await one.place(symbol, qty="1", limit_price="99")).json()
        await stream.until(lambda stream: "new" in stream.names)
        assert {event["order_id"] for event in stream.events} == {mine["id"]}


async def test_a_client_that_comes_back_misses_nothing_and_gets_nothing_twice(open_client, symbol):
    """Orders keep coming while the client disconnects and resumes again and again."""
    client = await open_client("10000000")
    placing = asyncio.create_task(place_many(client, symbol, 60))
    ids: list[str] = []
    headers: dict[str, str] = {}
    async with following(client, since="2020-01-01T00:00:00Z") as whole:
        for count in (5, 12, 30, 55, 90):
            if ids:
                headers = {"Last-Event-ID": ids[-1]}
            cursors = {} if ids else {"since": "2020-01-01T00:00:00Z"}
            async with following(client, headers=headers, **cursors) as part:
                await part.until_count(count - len(ids))
                ids += part.ids
        await placing
        await whole.until(lambda whole: len(whole.events) == 120)
        async with following(client, headers={"Last-Event-ID": ids[-1]}) as rest:
            await rest.until(lambda rest: len(ids) + len(rest.events) == 120)
            ids += rest.ids
    assert ids == whole.ids
    assert len(set(ids)) == 120


async def place_many(client, symbol, count):
    for _ in range(count):
        assert (await client.place(symbol, qty="1", limit_price="99")).status_code == 200


async def test_cursors_bound_the_stream(open_client, symbol):
    client = await open_client()
    async with following(client) as live:
        await place_many(client, symbol, 3)
        await live.until(lambda live: len(live.events) == 6)
        ids, times = live.ids, [event["at"] for event in live.events]
    async with following(client, since_id=ids[1], until_id=ids[4]) as stream:
        await stream.until(lambda stream: stream.ended)
        assert stream.ids == ids[2:5]
    async with following(client, since=times[0], until=times[3]) as stream:
        await stream.until(lambda stream: stream.ended)
        assert stream.ids == [event_id for event_id, at in zip(ids, times, strict=True) if at <= times[3]]


async def test_a_cancel_a_replace_and_their_refusals_are_events(open_client, symbol):
    client = await open_client()
    async with following(client) as stream:
        order_id = (await client.place(symbol, qty="2", limit_price="99")).json()["id"]
        await stream.until(lambda stream: "new" in stream.names)
        successor = (await client.patch(f"/v2/orders/{order_id}", json={"qty": "3"})).json()["id"]
        await client.delete(f"/v2/orders/{successor}")
        await stream.until(lambda stream: "canceled" in stream.names)
        await client.delete(f"/v2/orders/{successor}")
        await stream.until(lambda stream: "order_cancel_rejected" in stream.names)
    assert stream.names == [
        "pending_new",
        "new",
        "pending_replace",
        "replaced",
        "replaced",
        "pending_cancel",
        "canceled",
        "order_cancel_rejected",
    ]
    assert stream.events[-1]["reason"]


async def test_canceling_everything_or_nothing_makes_events_of_orders_alone(open_client, symbol):
    client = await open_client()
    async with following(client) as stream:
        assert (await client.delete("/v2/orders")).json() == []
        assert (await client.delete(f"/v2/orders/{uuid4()}")).status_code == 404
        await client.place(symbol, qty="2", limit_price="99")
        await stream.until(lambda stream: "new" in stream.names)
        await client.delete("/v2/orders")
        await stream.until(lambda stream: "canceled" in stream.names)
    assert stream.names == ["pending_new", "new", "pending_cancel", "canceled"]


async def test_a_quiet_stream_is_kept_alive(open_client):
    client = await open_client()
    async with following(client) as stream:
        await stream.until(lambda stream: stream.comments == [": heartbeat"])


async def test_a_revoked_key_ends_its_stream_and_is_refused_within_seconds(open_client):
    client = await open_client()
    assert (await client.get("/v2/account")).status_code == 200
    async with following(client) as stream:
        async with await psycopg.AsyncConnection.connect(settings().postgres_dsn, autocommit=True) as connection:
            await connection.execute(
                "UPDATE identity.api_keys SET revoked_at = now() WHERE key_id = %s", [client.key.key_id]
            )

        async def status() -> int:
            return (await client.get("/v2/account")).status_code

        assert await eventually(status, lambda status: status == 401, timeout_s=4) == 401
        await stream.until(lambda stream: stream.ended)


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
async def test_health_and_metrics_need_no_key(url, open_client, path):
    async with httpx.AsyncClient(base_url=url, trust_env=False) as anybody:
        answer = await anybody.get(path)
    assert answer.status_code == 200
    if path == "/health/ready":
        servers, workers = {"kafka", "postgres", "order-events", "market", "projection"}, {"accounts", "matching"}
        assert set(answer.json()["dependencies"]) == servers | workers | {"sink-postgres"}
        assert set(answer.json()["beside"]) == {"market-data", "sink-clickhouse"}
    if path == "/metrics":
        assert "tapeline_api_requests_total" in answer.text


async def test_a_time_that_goes_back_ends_no_stream(open_client, desk_and_pool, symbol):
    """Orders of two API processes whose clocks differ by ten minutes."""
    client = await open_client()
    commands = desk_and_pool[0]._asker._commands
    async with following(client) as live:
        await place_many(client, symbol, 1)
        await live.until(lambda live: "new" in live.names)
        late = TIME_OF.validate_python(live.events[0]["at"])
        early = late - timedelta(minutes=10)
        request = NewOrderRequest.model_validate(
            {"symbol": symbol, "side": "buy", "qty": "1", "type": "limit", "time_in_force": "day", "limit_price": "99"}
        )
        who = Caller(client.account_id, str(uuid4()), client.key.key_id)
        order_id, time_us = str(uuid4()), int(early.timestamp() * 1_000_000)
        command = submit_order(request, who, order_id, "early", NOTHING, time_us)
        await (await commands.append(client.account_id, command, order_id))
        await live.until(lambda live: "rejected" in live.names)
        expected = [event["event_id"] for event in live.events if TIME_OF.validate_python(event["at"]) <= early]
    assert len(expected) == 1
    async with following(client, since="2020-01-01T00:00:00Z", until=early.isoformat()) as stream:
        await stream.until(lambda stream: stream.ended)
        assert stream.ids == expected


async def test_an_account_has_a_few_streams_at_most(open_client):
    one, other = await open_client(), await open_client()
    async with AsyncExitStack() as streams:
        for _ in range(STREAMS_OF_ACCOUNT_MAX):
            await streams.enter_async_context(following(one))
        refused = await one.get("/v2/events/trades")
        assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-requests")
        async with following(other):
            pass

    async def again() -> int:
        async with one.stream("GET", "/v2/events/trades") as answer:
            return answer.status_code

    await eventually(again, lambda status: status == 200)
