"""Our own book as one venue of the market: what matching says of a symbol becomes what a venue says.

Reads `quotes`, `trades` and `instruments` without a group; its position is the next offset of each partition, and the
day that was last defined. Within what is fetched at once records go in the order in which the book decided them. The
day is the clock's: until midnight UTC with the `always` calendar, else a session of that calendar.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import exchange_calendars
from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from config.kafka import kafka_connection
from config.settings import Settings
from feeds.feed import Unit
from feeds.producer import instruments
from feeds.publish import clock_us
from topics.catalogue import INSTRUMENTS, QUOTES, TRADES
from topics.codec import decode
from topics.message import Message
from topics.messages import (
    FeedHeartbeat,
    Instrument,
    Quote,
    SecurityDefinition,
    Trade,
    VenueQuote,
    VenueStatus,
    VenueStatusKind,
    VenueTrade,
)

NAME = "own-book"
VENUE = "TAPE"
BEAT_US = 1_000_000
TOPICS = (INSTRUMENTS, QUOTES, TRADES)
SESSION = "session"


@dataclass(frozen=True, slots=True)
class Hours:
    """A day of our market: its name and its regular hours, microseconds since the epoch UTC."""

    session_id: str
    open_time_us: int
    close_time_us: int


def hours_at(calendar: str, now: dt.datetime) -> Hours:
    """The day that a moment belongs to: of a calendar the session that is, or the next one."""
    if calendar == "always":
        midnight = dt.datetime.combine(now.astimezone(dt.UTC).date(), dt.time(), dt.UTC)
        begin_us = int(midnight.timestamp()) * 1_000_000
        return Hours(midnight.date().isoformat(), begin_us, begin_us + 24 * 3600 * 1_000_000)
    days = exchange_calendars.get_calendar(calendar, start=now.date() - dt.timedelta(days=7))
    session = next(day for day, close in days.closes.items() if close > now)
    opens, closes = days.opens[session], days.closes[session]
    return Hours(session.date().isoformat(), int(opens.timestamp()) * 1_000_000, int(closes.timestamp()) * 1_000_000)


class OwnBook:
    """A feed without an end."""

    name = NAME

    def __init__(self, config: Settings) -> None:
        self.config = config
        self._position: dict[str, Any] = {}
        self._listed: dict[str, Instrument] = {}
        self._beat_us = 0
        self._hours = Hours("", 0, 0)

    async def units(self, position: str) -> AsyncIterator[Unit]:
        """What the book says, as it comes, and a heartbeat a second. Raises KafkaError when no broker answers."""
        self._position = json.loads(position or "{}")
        self._listed = await instruments(self.config) if position else {}
        consumer = AIOKafkaConsumer(
            **kafka_connection(self.config),
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=100,
        )
        await consumer.start()
        try:
            parts = [TopicPartition(topic, number) for topic in TOPICS for number in range(self.config.partitions)]
            consumer.assign(parts)
            for part in parts:
                if (offset := self._position.get(_name(part))) is not None:
                    consumer.seek(part, offset)
            while True:
                fetched = await consumer.getmany(timeout_ms=100, max_records=1000)
                unit = self._unit(fetched)
                if unit.messages:
                    yield unit
                await asyncio.sleep(0)
        finally:
            await consumer.stop()

    def _unit(self, fetched: dict[TopicPartition, list[Any]]) -> Unit:
        now_us = clock_us()
        if now_us >= self._hours.close_time_us:
            self._hours = hours_at(self.config.calendar, dt.datetime.fromtimestamp(now_us / 1e6, dt.UTC))
        hours = self._hours
        said: list[tuple[Any, int]] = []
        rows = 0
        for part, records in fetched.items():
            rows += len(records)
            said += [(decode(record.value), record.offset) for record in records if record.value is not None]
            self._position[_name(part)] = records[-1].offset + 1 if records else self._position.get(_name(part))
        messages: list[Message] = []
        if self._position.get(SESSION) != hours.session_id:
            self._position[SESSION] = hours.session_id
            messages += [_definition(self._listed[symbol], hours, now_us) for symbol in sorted(self._listed)]
        for message, offset in sorted(said, key=_order):
            messages += self._messages(message, offset, hours, now_us)
        if now_us >= self._beat_us + BEAT_US:
            self._beat_us = now_us
            messages.append(FeedHeartbeat(NAME, now_us, now_us))
        return Unit(json.dumps(self._position), rows, now_us, messages)

    def _messages(self, message: Any, offset: int, hours: Hours, now_us: int) -> list[Message]:
        """What a record of the book says as a venue's; a symbol's terms begin its day and say whether it trades."""
        if isinstance(message, Instrument):
            self._listed[message.symbol] = message
            kind: VenueStatusKind = "Resume" if message.status == "Active" else "Halt"
            begins = _definition(message, hours, now_us)
            return [begins, VenueStatus(message.symbol, VENUE, kind, "", NAME, offset, now_us, now_us)]
        if isinstance(message, Quote):
            return [_quote(message, offset, now_us)]
        return [_trade(message, offset, now_us)]


def _name(part: TopicPartition) -> str:
    return f"{part.topic}/{part.partition}"


def _order(said: tuple[Any, int]) -> tuple[bool, int, int]:
    """Terms first, then as the book decided: by time, and within a symbol by its number."""
    message = said[0]
    terms = isinstance(message, Instrument)
    return not terms, message.transact_time_us, message.version if terms else message.seq


def _definition(terms: Instrument, hours: Hours, now_us: int) -> SecurityDefinition:
    return SecurityDefinition(
        symbol=terms.symbol,
        session_id=hours.session_id,
        open_time_us=hours.open_time_us,
        close_time_us=hours.close_time_us,
        tier=terms.tier,
        primary_venue=VENUE,
        previous_close_e4=None,
        condition_table="Opaque",
        stale_after_us=None,
        feed=NAME,
        feed_position=0,
        transact_time_us=now_us,
        receive_time_us=now_us,
    )


def _quote(quote: Quote, offset: int, now_us: int) -> VenueQuote:
    return VenueQuote(
        symbol=quote.symbol,
        venue=VENUE,
        venue_seq=None,  # the book numbers its quotes among its other events
        bid_price_e4=quote.bid_price_e4,
        bid_qty_e6=quote.bid_qty_e6,
        ask_price_e4=quote.ask_price_e4,
        ask_qty_e6=quote.ask_qty_e6,
        conditions="",
        suspicious=False,
        feed=NAME,
        feed_position=offset,
        transact_time_us=quote.transact_time_us,
        receive_time_us=now_us,
    )


def _trade(trade: Trade, offset: int, now_us: int) -> VenueTrade:
    return VenueTrade(
        symbol=trade.symbol,
        venue=VENUE,
        venue_seq=None,
        trade_id=trade.trade_id,
        price_e4=trade.price_e4,
        qty_e6=trade.qty_e6,
        conditions="",
        aggressor_side=trade.aggressor_side,
        suspicious=False,
        feed=NAME,
        feed_position=offset,
        transact_time_us=trade.transact_time_us,
        receive_time_us=now_us,
    )
