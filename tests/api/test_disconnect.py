"""Cancel on disconnect: whatever ends the stream of an account that asked for it, its open orders are canceled."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

import psycopg
import pytest

from api.events import disconnect
from api.events.disconnect import Disconnects
from api.problems import Unavailable
from config.settings import settings
from tests.api.client import eventually
from tests.api.stream import following
from topics.messages import CancelAllOrders

ASKED = {"cancel_on_disconnect": "true"}


async def rests(client, symbol):
    """An order that is in the book."""
    order_id = (await client.place(symbol, limit_price="99")).json()["id"]
    await eventually(lambda: client.status_of(order_id), lambda status: status == "new")
    return order_id


async def is_canceled(client, order_id, timeout_s=15):
    return await eventually(lambda: client.status_of(order_id), lambda status: status == "canceled", timeout_s)


def connected(client, url, *, asked="true"):
    """A socket of one's own, in the middle of the account's stream."""
    at = urlsplit(url)
    peer = socket.create_connection((at.hostname, at.port))
    request = (
        f"GET /v2/events/trades?cancel_on_disconnect={asked} HTTP/1.1\r\nHost: {at.netloc}\r\n"
        f"APCA-API-KEY-ID: {client.key.key_id}\r\nAPCA-API-SECRET-KEY: {client.key.secret}\r\n\r\n"
    )
    peer.sendall(request.encode())
    assert peer.recv(4096).startswith(b"HTTP/1.1 200")
    return peer


def deafen(peer):
    """Drop whatever arrives at a socket before it is acknowledged, as if the cable were cut."""
    drop_all = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0))  # BPF: return 0
    program = struct.pack("HL", 1, ctypes.addressof(drop_all))
    peer.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_ATTACH_FILTER", 26), program)


async def test_a_client_that_leaves_loses_its_orders_and_nobody_else_does(open_client, symbols, symbol):
    client, stranger, other = await open_client(), await open_client(), next(symbols)
    async with following(client, **ASKED):
        mine = [await rests(client, symbol), await rests(client, other)]
        theirs = await rests(stranger, symbol)
    assert [await is_canceled(client, order_id) for order_id in mine] == ["canceled"] * 2
    assert await stranger.status_of(theirs) == "new"
    assert (await client.place(symbol, limit_price="99")).status_code == 200, "the account goes on trading"


@pytest.mark.parametrize("query", [{}, {"cancel_on_disconnect": "false"}])
async def test_nobody_loses_orders_who_did_not_ask(open_client, symbol, query):
    client, asker = await open_client(), await open_client()
    async with following(client, **query):
        kept = await rests(client, symbol)
    await is_canceled_behind(asker, symbol)
    assert await client.status_of(kept) == "new"


async def is_canceled_behind(asker, symbol):
    """A cancel that was asked for behind all that the end of an earlier stream could have caused."""
    async with following(asker, **ASKED):
        order_id = await rests(asker, symbol)
    await is_canceled(asker, order_id)


async def test_a_connection_that_is_reset_cancels(url, open_client, symbol):
    client = await open_client()
    peer = connected(client, url)
    order_id = await rests(client, symbol)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()  # RST, as of a process that was killed with unread data
    await is_canceled(client, order_id)


async def test_a_client_that_is_cut_off_without_a_word_is_found_out(open_client, processes, symbol, free_port):
    """Its machine acknowledges nothing any more. One that only reads nothing stays."""
    impatient = processes.start_api("api-impatient", free_port, "tests.api.impatient")
    cut, idle = await open_client(), await open_client()
    with closing(connected(cut, impatient)) as peer, closing(connected(idle, impatient)):
        lost, kept = await rests(cut, symbol), await rests(idle, symbol)
        deafen(peer)
        await is_canceled(cut, lost, timeout_s=60)
        assert await idle.status_of(kept) == "new"
    assert processes.stop("api-impatient")


async def test_an_api_that_is_stopped_in_order_cancels(open_client, processes, symbol, free_port):
    client = await open_client()
    stopping = processes.start_api("api-stopping", free_port)
    with closing(connected(client, stopping)):
        order_id = await rests(client, symbol)
        assert processes.stop("api-stopping")
        await is_canceled(client, order_id)


async def test_an_api_that_is_killed_cancels_nothing(open_client, processes, symbol, free_port):
    """As the route says: nobody is left to do it."""
    client, asker = await open_client(), await open_client()
    killed = processes.start_api("api-killed", free_port)
    with closing(connected(client, killed)):
        order_id = await rests(client, symbol)
        processes.kill("api-killed")
        await is_canceled_behind(asker, symbol)
        assert await client.status_of(order_id) == "new"


async def test_a_key_that_is_revoked_cancels(open_client, symbol):
    client = await open_client()
    async with following(client, **ASKED) as stream:
        await rests(client, symbol)
        async with await psycopg.AsyncConnection.connect(settings().postgres_dsn, autocommit=True) as connection:
            await connection.execute(
                "UPDATE identity.api_keys SET revoked_at = now() WHERE key_id = %s", [client.key.key_id]
            )

            async def open_orders():
                found = await connection.execute(
                    "SELECT count(*) FROM projection.orders WHERE account_id = %s AND is_open", [client.account_id]
                )
                return (await found.fetchone())[0]

            await stream.until(lambda stream: stream.ended)
            assert await eventually(open_orders, lambda count: count == 0) == 0


@pytest.mark.parametrize(
    "query",
    [
        {**ASKED, "until": "2099-01-01T00:00:00Z"},
        {**ASKED, "until_id": "0-9999"},
        {"cancel_on_disconnect": "perhaps"},
        {"cancel_on_disconect": "true"},
    ],
)
async def test_what_is_not_understood_or_would_end_by_itself_is_refused(open_client, query):
    client = await open_client()
    refused = await client.get("/v2/events/trades", params=query)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] in ("cancel_on_disconnect", "cancel_on_disconect")


class Log:
    """Stands for Commands: refuses, loses and takes records as it is told."""

    def __init__(self, *ends):
        self.ends, self.taken = list(ends), []

    async def append(self, account_id, command, _correlation_id):
        end = self.ends.pop(0) if self.ends else "there"
        if end == "away":
            raise Unavailable("the log cannot be reached")
        delivery = asyncio.get_running_loop().create_future()
        if end == "lost":
            delivery.set_exception(TimeoutError())
        elif end == "there":
            delivery.set_result(None)
            assert isinstance(command, CancelAllOrders)
            assert command.symbol is None
            self.taken.append(account_id)
        return delivery


async def test_a_log_that_is_away_is_asked_until_it_has_the_cancel(monkeypatch):
    monkeypatch.setattr(disconnect, "_RETRY_S", 0)
    log = Log("away", "lost", "away", "there")
    disconnects = Disconnects(log)
    disconnects.watch("stream", "A")
    disconnects.ended("stream")
    disconnects.ended("stream")
    disconnects.ended("one that did not ask")
    await disconnects.finish()
    assert (log.ends, log.taken) == ([], ["A"])


async def test_streams_that_are_open_when_the_process_stops_are_ended():
    log = Log()
    disconnects = Disconnects(log)
    for stream, account_id in enumerate("ABA"):
        disconnects.watch(stream, account_id)
    await disconnects.finish()
    assert sorted(log.taken) == ["A", "A", "B"]


@pytest.mark.parametrize("end", ["away", "never"])
async def test_what_cannot_be_canceled_before_the_process_is_gone_is_said(monkeypatch, caplog, end):
    monkeypatch.setattr(disconnect, "FINISH_WITHIN_S", 0.05)
    disconnects = Disconnects(Log(end))
    disconnects.watch("stream", "A")
    with caplog.at_level(logging.ERROR):
        await disconnects.finish()
    assert "the orders of 1 streams that have ended stay open" in caplog.text
