"""A broker that asks: the platform trades on it, and it refuses by itself what the catalogue does not allow.

Whether a user may write a topic is tried with a record too large for any: the broker looks at rights first, so it
answers either that the user may not, or that the record is too large; nothing is written.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import aiohttp
import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.conn import create_conn
from aiokafka.errors import (
    KafkaConnectionError,
    MessageSizeTooLargeError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
)
from aiokafka.structs import TopicPartition
from confluent_kafka import Consumer, KafkaError
from confluent_kafka.admin import AclBinding, AclOperation, AclPermissionType, ResourcePatternType, ResourceType
from pydantic import SecretStr

from api.accounts.opening import account_desk
from api.accounts.service import Shares
from bench.accounts import Trader, trader_of
from config.kafka import kafka_connection
from config.settings import Settings
from stack.create_topics import create_topics
from stack.embedded import kafka_access
from stack.errors import StackError
from stack.own_stack import OwnStack, own_stack
from stack.processes import BY_NAME
from topics.catalogue import (
    ACCOUNTS_CHANGELOG,
    AUCTIONS,
    BARS,
    BOOK_EVENTS,
    COMMANDS,
    DEAD_LETTERS,
    FEED_POSITIONS,
    INSTRUMENTS,
    LEDGER,
    MARKET_DATA,
    MARKET_DATA_CHANGELOG,
    MATCHING_CHANGELOG,
    NBBO,
    ORDER_EVENTS,
    ORDERS,
    PRINTS,
    QUOTES,
    SNAPSHOTS,
    TOPICS,
    TRADE_CORRECTIONS,
    TRADES,
    TRADING_STATUS,
)
from topics.codec import decode
from topics.page import PAGE

pytestmark = pytest.mark.stack

ACCOUNTS_WRITES = {ORDERS, ORDER_EVENTS, LEDGER, DEAD_LETTERS, ACCOUNTS_CHANGELOG}
MATCHING_WRITES = {
    COMMANDS,
    TRADES,
    TRADE_CORRECTIONS,
    QUOTES,
    BOOK_EVENTS,
    INSTRUMENTS,
    AUCTIONS,
    DEAD_LETTERS,
    MATCHING_CHANGELOG,
}
CONSOLIDATED = {NBBO, PRINTS, BARS, TRADING_STATUS, SNAPSHOTS}
MAY_WRITE = {
    "api": {COMMANDS},
    "accounts": ACCOUNTS_WRITES,
    "matching": MATCHING_WRITES,
    "streams": ACCOUNTS_WRITES | MATCHING_WRITES,
    "sinks": {DEAD_LETTERS},
    "clock": {COMMANDS, ORDERS},
    "operator": {COMMANDS, ORDERS, MARKET_DATA, FEED_POSITIONS},
    "feeds": {MARKET_DATA, FEED_POSITIONS},
    "market-data": CONSOLIDATED | {DEAD_LETTERS, MARKET_DATA_CHANGELOG},
    "downstream": set(),
}
PUBLIC = {TRADES, TRADE_CORRECTIONS, QUOTES, BOOK_EVENTS, INSTRUMENTS, AUCTIONS, MARKET_DATA} | CONSOLIDATED
TOO_LARGE = 1_200_000
USER_OF = {"streams": "streams", "sink-postgres": "sinks", "api": "api", "clock": "clock"}


@pytest.fixture(scope="module")
def own() -> Iterator[OwnStack]:
    names = ("migrate", "streams", "sink-postgres", "api", "instruments", "clock")
    parts = [BY_NAME[name] for name in names]
    with own_stack(parts, environment={"TAPELINE_KAFKA_SECURITY": "scram"}) as running:
        yield running


def passwords(own: OwnStack) -> dict[str, str]:
    return dict(json.loads((own.home / "kafka-users.json").read_text()))


def as_user(own: OwnStack, user: str, password: str | None = None) -> Settings:
    """The stack's settings for a process of this user."""
    secret = SecretStr(password or passwords(own)[user])
    return own.config.model_copy(update={"kafka_user": user, "kafka_password": secret})


def stranger(own: OwnStack, **further: str) -> Consumer:
    """A consumer of librdkafka, which says what it was refused, with the settings that docs/topics.md prints."""
    (printed,) = re.findall(r"```properties\n(.*?)```", PAGE.read_text(), re.DOTALL)
    lines = printed.replace("PASSWORD", passwords(own)["downstream"]).splitlines()
    settings = dict(line.split("=", 1) for line in lines)
    reach = {"bootstrap.servers": own.config.kafka_bootstrap, "auto.offset.reset": "earliest"}
    return Consumer(settings | reach | {name.replace("_", "."): value for name, value in further.items()})


async def opened(own: OwnStack) -> list[Trader]:
    async with account_desk(own.config) as (desk, _):
        buyer = await desk.open_account(Decimal(100_000), {})
        seller = await desk.open_account(Decimal(0), {"AAPL": Shares(Decimal(10), Decimal(1))})
    return [trader_of(buyer), trader_of(seller)]


async def filled(own: OwnStack) -> dict[str, Any]:
    """A buy that met a sell, over REST; read until it says that it was filled."""
    buyer, seller = await opened(own)
    base = f"http://{own.config.api_host}:{own.config.api_port}/v2/orders"
    terms = {"symbol": "AAPL", "qty": "3", "type": "limit", "limit_price": "230.00", "time_in_force": "day"}
    async with aiohttp.ClientSession() as session, asyncio.timeout(30):
        for trader, side in ((seller, "sell"), (buyer, "buy")):
            async with session.post(base, headers=trader.headers, json=terms | {"side": side}) as answer:
                order: dict[str, Any] = await answer.json()
                assert answer.status == 200, order
        while order["status"] != "filled":
            async with session.get(f"{base}/{order['id']}", headers=buyer.headers) as answer:
                order = await answer.json()
    return order


async def test_an_order_goes_through_to_its_fill(own: OwnStack) -> None:
    order = await filled(own)
    assert (order["filled_qty"], order["filled_avg_price"]) == ("3", "230.00")
    assert {name: row.restarts for name, row in own.running().items()} == dict.fromkeys(own.running(), 0)


async def test_the_clock_is_heard_by_accounts_and_books(own: OwnStack) -> None:
    for topic, record in ((COMMANDS, "AdvanceTime"), (ORDERS, "SessionCommand")):
        async with reading(as_user(own, "operator"), topic) as consumer, asyncio.timeout(30):
            while record != decode((await consumer.getone()).value).NAME:
                pass


@asynccontextmanager
async def reading(config: Settings, topic: str) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(**kafka_connection(config), auto_offset_reset="earliest")
    async with consumer:
        consumer.assign([TopicPartition(topic, 0)])
        yield consumer


def test_each_process_has_a_user_of_its_own(own: OwnStack) -> None:
    rows = own.running()
    for name, user in USER_OF.items():
        assert psutil.Process(rows[name].pid).environ()["TAPELINE_KAFKA_USER"] == user


def test_passwords_are_in_files_for_their_owner_alone_and_nowhere_else(own: OwnStack) -> None:
    for name in ("kafka-users.json", "stack.env", "kafka/server.properties"):
        assert (own.home / name).stat().st_mode & 0o777 == 0o600
    told = [" ".join(psutil.Process(row.pid).cmdline()) for row in own.running().values()]
    told += [path.read_text(errors="replace") for path in (own.home / "logs").iterdir()]
    assert [user for user, password in passwords(own).items() for text in told if password in text] == []


@pytest.mark.parametrize("user", MAY_WRITE)
async def test_a_user_writes_what_its_part_produces_and_nothing_else(own: OwnStack, user: str) -> None:
    found = {}
    async with AIOKafkaProducer(**kafka_connection(as_user(own, user)), max_request_size=2 * TOO_LARGE) as producer:
        for topic in TOPICS:
            with pytest.raises((MessageSizeTooLargeError, TopicAuthorizationFailedError)) as refused:
                await producer.send_and_wait(topic.name, bytes(TOO_LARGE), key=b"key", partition=0)
            found[topic.name] = refused.type
    allowed = {topic for topic, answer in found.items() if answer is MessageSizeTooLargeError}
    assert allowed == MAY_WRITE[user]


@pytest.mark.parametrize(
    ("user", "identity"),
    [("api", "tapeline-single"), ("sinks", "accounts-commands-0"), ("accounts", "matching-orders-0")],
)
async def test_nobody_writes_under_anothers_transactional_id(own: OwnStack, user: str, identity: str) -> None:
    """It would bar the worker that owns it."""
    with pytest.raises(TransactionalIdAuthorizationFailed):
        await started(own, user, identity)


async def test_workers_of_a_cluster_write_under_their_own(own: OwnStack) -> None:
    await started(own, "accounts", "accounts-commands-63")
    await started(own, "matching", "matching-orders-63")
    await started(own, "operator", "tapeline-redrive")


async def started(own: OwnStack, user: str, identity: str) -> None:
    producer = AIOKafkaProducer(**kafka_connection(as_user(own, user)), transactional_id=identity)
    try:
        async with asyncio.timeout(10):
            await producer.start()
    finally:
        await producer.stop()


@pytest.mark.parametrize("topic", [topic.name for topic in TOPICS])
def test_strangers_read_what_is_public(own: OwnStack, topic: str) -> None:
    consumer = stranger(own)
    try:
        error = consumer.list_topics(topic, timeout=10).topics[topic].error
    finally:
        consumer.close()
    assert (None if error is None else error.code()) == (
        None if topic in PUBLIC else KafkaError.TOPIC_AUTHORIZATION_FAILED
    )


@pytest.mark.parametrize(
    ("group", "topic", "answer"),
    [
        ("downstream-my-consumer", TRADES, "Trade"),
        ("downstream-my-consumer", ORDERS, KafkaError.TOPIC_AUTHORIZATION_FAILED),
        ("accounts", TRADES, KafkaError.GROUP_AUTHORIZATION_FAILED),
    ],
)
def test_strangers_consume_in_groups_of_their_own(own: OwnStack, group: str, topic: str, answer: object) -> None:
    consumer = stranger(own, group_id=group)
    try:
        consumer.subscribe([topic])
        message = consumer.poll(20)
    finally:
        consumer.close()
    assert message is not None
    error = message.error()
    assert (decode(message.value()).NAME if error is None else error.code()) == answer


@pytest.mark.parametrize("user", ["operator", "api", "downstream"])
async def test_only_the_administrator_makes_topics(own: OwnStack, user: str) -> None:
    admin = AIOKafkaAdminClient(**kafka_connection(as_user(own, user)))
    await admin.start()
    try:
        ((_, code, _),) = (await admin.create_topics([NewTopic("another", 1, 1)])).topic_errors
    finally:
        await admin.close()
    assert code == TopicAuthorizationFailedError.errno


async def test_the_administrator_is_asked_too(own: OwnStack) -> None:
    assert await asyncio.to_thread(create_topics, as_user(own, "admin")) == []
    with pytest.raises(StackError) as refused:
        await asyncio.to_thread(create_topics, as_user(own, "admin", "wrong"))
    assert "does not take the user admin" in refused.value.problem


@pytest.mark.parametrize("user", ["api", "downstream", "nobody"])
async def test_a_wrong_password_is_refused(own: OwnStack, user: str) -> None:
    await refuse(as_user(own, user, "wrong"))


async def test_who_does_not_say_who_he_is_is_refused(own: OwnStack) -> None:
    await refuse(own.config.model_copy(update={"kafka_security": "none"}))


async def test_the_controllers_port_asks_too(own: OwnStack) -> None:
    """It would be the way around the broker's."""
    port = json.loads((own.home / "ports.json").read_text())["kafka_controller"]
    said = {"security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "PLAIN", "sasl_plain_username": "admin"}
    (await create_conn("127.0.0.1", port, **said, sasl_plain_password=passwords(own)["admin"])).close()
    with pytest.raises(SaslAuthenticationFailed):
        await create_conn("127.0.0.1", port, **said, sasl_plain_password="wrong")


async def refuse(config: Settings) -> None:
    producer = AIOKafkaProducer(**kafka_connection(config))
    try:
        with pytest.raises(KafkaConnectionError):
            await producer.start()
    finally:
        await producer.stop()


def test_a_start_takes_back_what_the_catalogue_does_not_say_and_leaves_others_alone(own: OwnStack) -> None:
    bootstrap, known = own.config.kafka_bootstrap, passwords(own)
    admin = kafka_access.administrator(bootstrap, known)
    before = kafka_access.held(admin)
    more, guests = (
        AclBinding(
            ResourceType.TOPIC,
            LEDGER,
            ResourcePatternType.LITERAL,
            f"User:{user}",
            "*",
            AclOperation.READ,
            AclPermissionType.ALLOW,
        )
        for user in ("downstream", "guest")
    )
    for done in admin.create_acls([more, guests]).values():
        done.result(10)
    assert kafka_access.held(admin) == before | {more, guests}
    kafka_access.provision(bootstrap, known)
    assert kafka_access.held(admin) == before | {guests}
