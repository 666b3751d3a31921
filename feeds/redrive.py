"""Dead letters: reads them, and puts a repaired one back on its way as a new command.

What is put back is the record at the letter's origin, whole, as today's code reads it: with the key and the partition
that it should have had, and the time stamped anew, since it is asked now. Only what a client or the operator may ask
for is put back. What a fold alone may write is not: the fold writes it again itself from its cause, or it is a forgery.
What the clock says it says again itself.

A letter is driven once. The new record names it in header `redriven-from`; one that is named on its topic already is
refused. Looking and writing are fenced by one constant transactional id, so that two operators cannot both do it.
"""

from __future__ import annotations

import dataclasses
import heapq
import time
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer

from config.kafka import kafka_connection
from config.settings import Settings
from feeds.producer import place as placed
from feeds.reading import Found, Place, Reading, header
from topics.catalogue import BY_NAME, COMMANDS, DEAD_LETTERS, ORDERS
from topics.codec import Undecodable, decode
from topics.messages import DeadLetter

REDRIVEN_FROM = "redriven-from"
TRANSACTIONAL_ID = "tapeline-redrive"
KEY_FIELDS = {
    COMMANDS: dict.fromkeys(
        (
            "OpenAccount",
            "SetAccountStatus",
            "Deposit",
            "Withdraw",
            "DepositShares",
            "WithdrawShares",
            "SubmitOrder",
            "CancelOrder",
            "CancelAllOrders",
            "ReplaceOrder",
        ),
        "account_id",
    ),
    ORDERS: {"DefineInstrument": "symbol"},
}


class NotRedriven(ValueError):
    """Why a letter is not put back on its way."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter where it lies."""

    place: Place
    time_ms: int
    origin: Place
    letter: DeadLetter
    sink: str | None  # which sink wrote it, None when a fold did


async def latest(log: Reading, limit: int) -> list[Letter]:
    """So many, the oldest of them first. Raises Undecodable for a letter that is none."""
    kept: list[tuple[int, Place, Found]] = []
    async for record in log.since(DEAD_LETTERS):
        heapq.heappush(kept, (record.timestamp, _place(record), record))
        if len(kept) > limit:
            heapq.heappop(kept)
    return [_letter(record) for _, _, record in sorted(kept, key=lambda row: row[:2])]


async def letter_at(log: Reading, place: Place) -> Letter | None:
    """The letter of a place, None when there is none."""
    record = await log.at(place)
    return None if record is None else _letter(record)


def _letter(record: Found) -> Letter:
    letter: DeadLetter = decode(record.value)
    origin = Place(letter.source_topic, letter.source_partition, letter.source_offset)
    return Letter(_place(record), record.timestamp, origin, letter, header(record, "sink"))


def _place(record: Found) -> Place:
    return Place(record.topic, record.partition, record.offset)


def check(letter: Letter, value: bytes | None) -> tuple[str, Any]:
    """Key and message that a letter's record should have had. Raises NotRedriven."""
    topic = letter.origin.topic
    if topic not in KEY_FIELDS:
        raise NotRedriven(f"only the folds write {topic}; rebuild the store once its sink takes such a record")
    try:
        message = decode(value)
    except Undecodable as error:
        raise NotRedriven(f"it cannot be read: {error}") from None
    if message.NAME not in BY_NAME[topic].records:
        raise NotRedriven(f"a {message.NAME} does not belong on {topic}")
    if message.NAME not in KEY_FIELDS[topic]:
        raise NotRedriven(f"only a fold or the clock may write a {message.NAME} on {topic}")
    return getattr(message, KEY_FIELDS[topic][message.NAME]), message


async def redrive(config: Settings, log: Reading, letter: Letter) -> Place:
    """Append the letter's record anew; returns where it is. Raises NotRedriven, and KafkaError when it is not known
    whether it was appended: asking again is safe.
    """
    source = await log.at(letter.origin)
    if source is None:
        raise NotRedriven(f"{letter.origin} is no longer kept")
    key, message = check(letter, source.value)
    message = dataclasses.replace(message, transact_time_us=time.time_ns() // 1000)
    headers = [(name, value) for name, value in source.headers if name == "correlation-id"]
    headers.append((REDRIVEN_FROM, str(letter.place).encode()))
    producer = AIOKafkaProducer(
        **kafka_connection(config),
        transactional_id=TRANSACTIONAL_ID,
        transaction_timeout_ms=config.transaction_timeout_ms,
        acks="all",
    )
    try:
        await producer.start()
        await _check_first(log, letter)
        record = placed(key, message, config.partitions) | {"headers": headers}
        async with producer.transaction():
            if letter.origin.topic == COMMANDS:
                sent = await producer.send_and_wait(COMMANDS, **record)
            else:
                sent = await producer.send_and_wait(ORDERS, **record)
    finally:
        await producer.stop()
    return Place(sent.topic, sent.partition, sent.offset)


async def _check_first(log: Reading, letter: Letter) -> None:
    async for record in log.since(letter.origin.topic, letter.time_ms):
        if header(record, REDRIVEN_FROM) == str(letter.place):
            raise NotRedriven(f"it was driven again as {_place(record)}")
