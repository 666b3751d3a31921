"""What clients are told while a server is away, and that no order is lost, doubled or half done."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys

import httpx
import pytest

from config.settings import settings
from feeds.producer import place, producing
from tests.api.client import eventually
from tests.api.made import TIME_US, empty
from topics.catalogue import MARKET_DATA
from topics.messages import VenueQuote


@pytest.fixture
def broker(stack):
    return stack.children["kafka"]


async def test_an_outcome_that_is_not_known_is_504_and_the_order_is_there_once(open_client, processes, broker, symbol):
    """The broker is frozen with the command on its way to it."""
    client = await open_client()
    os.kill(broker.pid, signal.SIGSTOP)
    try:
        unknown = await client.place(symbol, qty="1", limit_price="99")
        again = await client.place(symbol, qty="1", limit_price="99", client_order_id="mine")
    finally:
        os.kill(broker.pid, signal.SIGCONT)
    processes.kill("streams")  # its transaction may have timed out and ended it, and the tests have no supervisor
    processes.start("streams", "streams", "single")
    assert (unknown.status_code, again.status_code) == (504, 504), unknown.text
    assert unknown.json()["type"] == "/problems/outcome-unknown"
    assert again.json()["client_order_id"] == "mine"

    async def place_again() -> httpx.Response:
        return await client.place(symbol, qty="1", limit_price="99", client_order_id="mine")

    def is_decided(answer: httpx.Response) -> bool:
        return answer.status_code == 422 or answer.json().get("status") == "accepted"

    retried = await eventually(place_again, is_decided, timeout_s=60)
    assert (retried.status_code, retried.json()["type"]) == (422, "/problems/duplicate-client-order-id")

    async def listed() -> httpx.Response:
        return await client.get("/v2/orders", params={"status": "open"})

    opened = await eventually(listed, lambda answer: answer.status_code == 200, timeout_s=30)
    assert {order["client_order_id"] for order in opened.json()} == {unknown.json()["client_order_id"], "mine"}


async def test_without_a_broker_nothing_is_recorded_and_clients_are_told_so(
    stack, url, open_client, processes, broker, symbol
):
    client = await open_client()
    assert (await client.place(symbol, qty="1", limit_price="99")).status_code == 200
    os.kill(broker.pid, signal.SIGKILL)
    broker.wait_stopped()

    async def place() -> httpx.Response:
        return await client.place(symbol, qty="1", limit_price="98")

    refused = await eventually(place, lambda answer: answer.status_code == 503)
    assert refused.json()["type"] == "/problems/unavailable"
    assert refused.headers["retry-after"] == "1"
    for path in ("/v2/orders", "/v2/account", "/health/ready"):
        answer = await client.get(path)
        assert answer.status_code == 503, (path, answer.text)
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.get("/health/ready")).json()["dependencies"]["kafka"] != "ok"

    stack.spawn("kafka")

    async def ready() -> int:
        return (await client.get("/health/ready")).status_code

    assert await eventually(ready, lambda status: status == 200, timeout_s=60) == 200
    processes.kill("streams")  # without a broker it may have ended, and the tests have no supervisor
    pending = await place()
    assert (pending.status_code, pending.json()["status"]) == (200, "pending_new"), pending.text
    processes.start("streams", "streams", "single")
    placed = await eventually(place, lambda answer: answer.json()["status"] == "accepted", timeout_s=60)

    async def open_ids() -> httpx.Response:
        return await client.get("/v2/orders", params={"limit": 500})

    listed = await eventually(open_ids, lambda answer: answer.status_code == 200, timeout_s=30)
    assert {pending.json()["id"], placed.json()["id"]} <= {order["id"] for order in listed.json()}


async def test_a_dead_worker_and_dead_sinks_are_named_and_what_is_idle_is_not(open_client, processes, symbol):
    """The sink of ClickHouse does not run in these tests at all, nor does the worker of market data."""
    client = await open_client()
    quote = empty(VenueQuote, symbol=symbol, transact_time_us=TIME_US)
    async with producing(settings()) as producer:
        await producer.send_and_wait(MARKET_DATA, **place(symbol, quote, settings().partitions))

    async def ready() -> httpx.Response:
        return await client.get("/health/ready")

    def named(answer: httpx.Response) -> set[str]:
        return {name for name, said in answer.json()["dependencies"].items() if said != "ok"}

    assert processes.stop("sink")
    assert (await client.place(symbol, qty="1", limit_price="99")).status_code == 200
    assert await eventually(ready, lambda answer: named(answer) == {"sink-postgres"}, timeout_s=40)
    processes.kill("streams")
    assert (await client.place(symbol, qty="1", limit_price="99")).json()["status"] == "pending_new"
    stalled = await eventually(ready, lambda answer: named(answer) == {"sink-postgres", "accounts"}, timeout_s=40)
    assert stalled.status_code == 503
    assert stalled.json()["dependencies"]["accounts"] == "stands still while records wait: commands/0"
    assert "order-events/0" in stalled.json()["dependencies"]["sink-postgres"]
    assert "order-events/0" in stalled.json()["beside"]["sink-clickhouse"]
    processes.start("streams", "streams", "single")
    processes.start("sink", "sinks", "postgres")
    found = await eventually(ready, lambda answer: answer.status_code == 200, timeout_s=40)
    assert "stands still" in found.json()["beside"]["sink-clickhouse"]
    assert found.json()["beside"]["market-data"] == "stands still while records wait: market-data/0"
    processes.start("market-data", "streams", "single-market-data")
    await eventually(ready, lambda answer: answer.json()["beside"]["market-data"] == "ok", timeout_s=40)
    assert processes.stop("market-data")


async def test_an_emptied_store_is_waited_for_and_not_read(open_client, processes, symbol):
    """A rebuild in a quiet market: nothing is recorded between it and the reads."""
    client = await open_client()
    order_id = (await client.place(symbol, qty="1", limit_price="99")).json()["id"]

    async def listed() -> httpx.Response:
        return await client.get("/v2/orders")

    assert [order["id"] for order in (await listed()).json()] == [order_id]
    command = [sys.executable, "-m", "sinks", "rebuild", "postgres"]
    await asyncio.to_thread(subprocess.run, command, check=True, timeout=60)
    assert await eventually(listed, lambda answer: answer.status_code == 503)

    async def has_ended() -> bool:
        return processes.has_ended("sink")

    assert await eventually(has_ended, bool, timeout_s=30)
    processes.start("sink", "sinks", "postgres")  # as a supervisor does
    found = await eventually(listed, lambda answer: answer.status_code == 200, timeout_s=30)
    assert [order["id"] for order in found.json()] == [order_id]


async def test_without_a_database_clients_are_told_so(processes, open_client, free_port):
    client = await open_client()
    processes.start("api-alone", "api", TAPELINE_API_PORT=str(free_port), TAPELINE_POSTGRES_PORT="1")
    url = f"http://{settings().api_host}:{free_port}"

    async def alive() -> bool:
        try:
            return (await client.get(f"{url}/health/live")).is_success
        except httpx.TransportError:
            return False

    assert await eventually(alive, bool)
    ready = await client.get(f"{url}/health/ready")
    assert (ready.status_code, ready.json()["dependencies"]["postgres"]) == (503, "does not answer")
    answers = await asyncio.gather(client.get(f"{url}/v2/account"), client.get(f"{url}/v2/orders"))
    assert {answer.status_code for answer in answers} == {503}
    assert {answer.json()["type"] for answer in answers} == {"/problems/unavailable"}
    assert processes.stop("api-alone")
