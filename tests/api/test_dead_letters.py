"""`tapeline dead-letters`: lists and explains letters, and drives again what a client may ask for, once."""

from __future__ import annotations

import json

import pytest
from aiokafka import AIOKafkaProducer

from config.settings import settings
from feeds.redrive import KEY_FIELDS
from streams.roles import ROLES
from tests.api.client import eventually
from tests.api.test_command_line import run
from topics import catalogue
from topics.codec import encode
from topics.messages import AdvanceTime, CancelRequest, Deposit, OrderCancelReject
from topics.partition import partition_of

NOW_US = 1_700_000_000_000_000


async def produce(topic, value, key=None, headers=()):
    """A record as nobody but a test may write it; returns `topic/partition/offset`."""
    producer = AIOKafkaProducer(bootstrap_servers=settings().kafka_bootstrap)
    await producer.start()
    try:
        sent = await producer.send_and_wait(topic, value, key=key, partition=0, headers=list(headers))
    finally:
        await producer.stop()
    return f"{sent.topic}/{sent.partition}/{sent.offset}"


async def letter_of(origin):
    """The letter's row of `tapeline dead-letters list`, once the fold has written it."""

    async def ask():
        listed = await run("stack", "dead-letters", "list", "--limit", "1000", "--json")
        assert listed.returncode == 0, listed.stderr
        return [row for row in json.loads(listed.stdout) if row["origin"] == origin]

    return (await eventually(ask, bool, timeout_s=30))[0]


async def test_a_deposit_without_a_key_is_repaired_and_booked_once(open_client):
    client = await open_client("100")
    deposit = Deposit(client.account_id, f"T-{client.account_id}", 2_500_000, NOW_US)
    origin = await produce(catalogue.COMMANDS, encode(deposit), headers=[("correlation-id", b"mine")])
    letter = await letter_of(origin)
    assert (letter["reason"], letter["written_by"]) == ("refused", "a fold")
    assert "without a key" in letter["text"]
    assert letter["id"] in (await run("stack", "dead-letters", "list", "--limit", "1000")).stdout

    told = json.loads((await run("stack", "dead-letters", "show", letter["id"], "--json")).stdout)
    assert told["value"]["record"] == "Deposit"
    assert told["value"]["amount_e4"] == 2_500_000
    assert told["redrivable"] == "yes"

    driven = await run("stack", "dead-letters", "redrive", letter["id"], "--json")
    assert driven.returncode == 0, driven.stderr
    place = json.loads(driven.stdout)["redriven_as"]
    assert place.startswith(f"commands/{partition_of(client.account_id, settings().partitions)}/")

    async def cash():
        return (await client.get("/v2/account")).json()["cash"]

    await eventually(cash, "350.00".__eq__)
    again = await run("stack", "dead-letters", "redrive", letter["id"])
    assert again.returncode == 1
    assert f"it was driven again as {place}" in again.stderr


FORGED = CancelRequest("A", "O", "O", "X", NOW_US)
NOT_DRIVEN = {
    "no record": (catalogue.COMMANDS, b"garbage", b"A", "it cannot be read"),
    "a report that is not matching's": (
        catalogue.COMMANDS,
        encode(OrderCancelReject("A", "U", "O", "O", "X", "OrderCancelRequest", "TooLate", "", NOW_US)),
        b"A",
        "only a fold or the clock may write a OrderCancelReject",
    ),
    "the clock's": (catalogue.COMMANDS, encode(AdvanceTime("clock", -1)), b"clock", "only a fold or the clock"),
    "a cancel that accounts did not send": (catalogue.ORDERS, encode(FORGED), b"X", "only a fold or the clock"),
    "a command on the wrong topic": (
        catalogue.ORDERS,
        encode(Deposit("A", "T", 1, NOW_US)),
        b"A",
        "a Deposit does not belong on orders",
    ),
}


@pytest.mark.parametrize(("topic", "value", "key", "said"), NOT_DRIVEN.values(), ids=NOT_DRIVEN.keys())
async def test_what_only_a_fold_may_write_is_not_driven_again(processes, topic, value, key, said):
    letter = await letter_of(await produce(topic, value, key))
    shown = await run("stack", "dead-letters", "show", letter["id"])
    assert shown.returncode == 0, shown.stderr
    assert f"no: {said}" in shown.stdout
    refused = await run("stack", "dead-letters", "redrive", letter["id"])
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr, refused.stderr


@pytest.mark.parametrize("letter_id", ["0-99999999", "99-0", "x", "0-", "0-²"])
async def test_an_unknown_letter_is_said_in_a_sentence(processes, letter_id):
    refused = await run("stack", "dead-letters", "show", letter_id)
    assert refused.returncode == 1
    assert f"There is no dead letter {letter_id}" in refused.stderr
    assert "Traceback" not in refused.stderr, refused.stderr


def test_what_a_fold_alone_may_write_is_nowhere_among_what_is_driven():
    for role in ROLES.values():
        driven = set(KEY_FIELDS.get(role.source, ()))
        assert driven <= set(catalogue.BY_NAME[role.source].records)
        assert driven.isdisjoint(role.caused_by)
        assert driven.isdisjoint({"AdvanceTime", "SessionCommand"})
