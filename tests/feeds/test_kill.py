"""Kill switches on a log of several partitions: all of them are told, and what a fold has not taken is not claimed."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from api.accounts.opening import account_desk
from feeds import kill, taken
from feeds.kill import (
    NotSwitched,
    UnknownTarget,
    halt_symbols,
    resume_symbols,
    switch_account,
    switch_house,
    switch_symbol,
)
from feeds.list_instruments import list_instruments
from stack.own_stack import OwnStack, own_stack
from stack.processes import API, MIGRATE, SINGLE, SINK_POSTGRES
from tests.api.client import Client, eventually
from topics.catalogue import COMMANDS, ORDERS
from topics.partition import partition_of

pytestmark = pytest.mark.stack
PARTITIONS = 3
SYMBOLS = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")


def is_refused(answer) -> bool:
    return answer.status_code == 422


@pytest.fixture(scope="module")
def own():
    with own_stack((MIGRATE, SINGLE, SINK_POSTGRES, API), partitions=PARTITIONS) as running:
        yield running


@pytest.fixture(scope="module")
async def clients(own: OwnStack) -> AsyncIterator[dict[int, Client]]:
    """A client with an account in each partition."""
    found: dict[int, Client] = {}
    url = f"http://{own.config.api_host}:{own.config.api_port}"
    await list_instruments(own.config, tuple((symbol, symbol, 1_000_000, "") for symbol in SYMBOLS))
    async with account_desk(own.config) as (desk, _):
        while len(found) < PARTITIONS:
            opened = await desk.open_account(Decimal(100_000), {})
            at = partition_of(opened.account_id, PARTITIONS)
            found.setdefault(at, Client(url, opened.account_id, opened.key))
    yield found
    for client in found.values():
        await client.aclose()


async def test_the_house_is_told_in_every_partition(own, clients):
    resting = {at: (await client.place("AAA", limit_price="99")).json()["id"] for at, client in clients.items()}
    killed = await switch_house(own.config, kill=True)
    assert killed.status == "Killed"
    assert [(place.topic, place.partition) for place in killed.places] == [(COMMANDS, at) for at in range(PARTITIONS)]
    for at, client in clients.items():
        refused = await client.place("AAA", limit_price="99")
        assert [error["rule"] for error in refused.json()["errors"]] == ["firm_status"], at
        assert await eventually(lambda c=client, i=resting[at]: c.status_of(i), lambda status: status == "canceled")
    assert (await switch_house(own.config, kill=False)).status == "Trading"
    for at, client in clients.items():
        assert (await client.place("AAA", limit_price="99")).status_code == 200, at


async def test_an_account_and_a_symbol_are_told_in_their_own_partition(own, clients):
    for at, client in clients.items():
        killed = await switch_account(own.config, client.account_id, kill=True)
        assert [(place.topic, place.partition) for place in killed.places] == [(COMMANDS, at)]
        assert (await client.place("AAA", limit_price="99")).status_code == 422
        assert (await switch_account(own.config, client.account_id, kill=False)).status == "ACTIVE"
    for symbol in SYMBOLS:
        killed = await switch_symbol(own.config, symbol, kill=True)
        at = partition_of(symbol, PARTITIONS)
        assert [(place.topic, place.partition) for place in killed.places] == [(ORDERS, at)]
        assert (await switch_symbol(own.config, symbol, kill=False)).status == "Active"


async def test_the_market_is_halted_and_reopened_by_one_command_each(own, clients):
    """Every book of every partition: a resting order stays and may be canceled, and no new one is taken."""
    client = clients[0]
    resting = [(await client.place(symbol, limit_price="99")).json()["id"] for symbol in SYMBOLS]
    halted = await halt_symbols(own.config, [], "MarketWide")
    assert halted.status == "Halted"
    assert sorted(place.partition for place in halted.places) == sorted(partition_of(s, PARTITIONS) for s in SYMBOLS)
    for symbol in SYMBOLS:
        assert (await eventually(lambda s=symbol: client.place(s, limit_price="99"), is_refused)).json()["errors"]
    assert [await client.status_of(order_id) for order_id in resting] == ["new"] * len(SYMBOLS)
    assert (await client.delete(f"/v2/orders/{resting[0]}")).status_code == 204
    assert await eventually(lambda: client.status_of(resting[0]), "canceled".__eq__)
    assert (await resume_symbols(own.config, [], auction=True)).status == "Active"
    assert (await resume_symbols(own.config, [], auction=False)).status == "Active"
    assert await eventually(lambda: client.place("FFF", limit_price="99"), lambda answer: answer.status_code == 200)
    with pytest.raises(UnknownTarget, match="AAB is not listed; close to it: AAA"):
        await halt_symbols(own.config, ["AAA", "AAB"], "Regulatory")


async def test_a_switch_that_no_worker_has_taken_is_recorded_and_not_claimed(own, clients, monkeypatch):
    monkeypatch.setattr(taken, "WITHIN_S", 1)
    worker = own.running()["streams"].pid
    os.kill(worker, signal.SIGSTOP)
    try:
        with pytest.raises(NotSwitched, match=r"it is recorded .*commands/2/.* and no worker has taken it yet"):
            await switch_house(own.config, kill=True)
    finally:
        os.kill(worker, signal.SIGCONT)
    for client in clients.values():  # it is behind the switch in the log, so it is refused, however late
        refused = await client.place("AAA", limit_price="99")
        assert [error["rule"] for error in refused.json()["errors"]] == ["firm_status"]
    monkeypatch.undo()
    await switch_house(own.config, kill=False)


async def test_a_switch_that_comes_too_late_is_not_claimed(own, clients, monkeypatch):
    """The clock of a machine that is behind: its switch has an earlier time than one that was taken."""
    now_us = kill._now_us()
    monkeypatch.setattr(kill, "_now_us", lambda: now_us - 3_600_000_000)
    with pytest.raises(NotSwitched, match="of a later time stands"):
        await switch_house(own.config, kill=True)
    with pytest.raises(NotSwitched, match="of a later time stands"):
        await switch_symbol(own.config, "AAA", kill=True)
    monkeypatch.undo()
    assert (await clients[0].place("AAA", limit_price="99")).status_code == 200
