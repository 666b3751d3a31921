"""What the API knows of each symbol when an order comes in: its terms and our best bid and offer, to stamp into it.

`instruments` is read from its beginning (it is compacted); of `quotes` the last part, so that a start is quick whatever
the topic holds. A symbol that has not been quoted within it is stamped with its reference price alone.
"""

from __future__ import annotations

import asyncio
import logging

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord, TopicPartition

from api.log.stopping import stopped
from config.kafka import kafka_connection
from config.settings import Settings
from topics.catalogue import INSTRUMENTS, QUOTES
from topics.codec import decode
from topics.messages import Instrument, Quote

QUOTES_READ_BACK = 20_000  # offsets of each partition; under a second to read
_RESTART_S = 0.5

log = logging.getLogger(__name__)


class Seen:
    """A symbol as last heard of. No instrument: it is not listed. A quote is decoded when it is looked at: most are
    replaced before an order comes."""

    __slots__ = ("_quote", "instrument", "quote_bytes")

    def __init__(self) -> None:
        self.instrument: Instrument | None = None
        self.quote_bytes: bytes | None = None
        self._quote: Quote | None = None

    @property
    def quote(self) -> Quote | None:
        if self.quote_bytes is not None:
            self._quote, self.quote_bytes = decode(self.quote_bytes), None
        return self._quote

    @property
    def bid_price_e4(self) -> int | None:
        return None if self.quote is None else self.quote.bid_price_e4

    @property
    def ask_price_e4(self) -> int | None:
        return None if self.quote is None else self.quote.ask_price_e4

    @property
    def mark_e4(self) -> int | None:
        """What a share is worth in 1e-4: the best bid, at which it could be sold, else the reference price."""
        if self.bid_price_e4 is not None:
            return self.bid_price_e4
        return None if self.instrument is None else self.instrument.reference_price_e4


NOTHING = Seen()


class Market:
    """Every symbol as last heard of."""

    def __init__(self, config: Settings) -> None:
        self._config = config
        self._seen: dict[str, Seen] = {}
        self.caught_up = asyncio.Event()

    def seen(self, symbol: str) -> Seen:
        return self._seen.get(symbol, NOTHING)

    def listed(self) -> list[Instrument]:
        """Every instrument, by symbol."""
        return [seen.instrument for _, seen in sorted(self._seen.items()) if seen.instrument is not None]

    async def run(self) -> None:
        """Read until cancelled; after a failure start over, which is idempotent."""
        while True:
            consumer = AIOKafkaConsumer(
                **kafka_connection(self._config),
                isolation_level="read_committed",
                enable_auto_commit=False,
                auto_offset_reset="earliest",
            )
            try:
                await consumer.start()
                await self._read(consumer)
            except (KafkaError, OSError) as error:
                log.warning("cannot follow the market: %r", error)
            finally:
                await stopped(consumer)
            await asyncio.sleep(_RESTART_S)

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        parts = [TopicPartition(topic, n) for topic in (INSTRUMENTS, QUOTES) for n in range(self._config.partitions)]
        consumer.assign(parts)
        begins = await consumer.beginning_offsets(parts)
        ends = await consumer.end_offsets(parts)
        for part in parts:
            back = QUOTES_READ_BACK if part.topic == QUOTES else ends[part]
            consumer.seek(part, max(begins[part], ends[part] - back))
        while True:
            for part, records in (await consumer.getmany(timeout_ms=200, max_records=1000)).items():
                for record in records:
                    if record.value is not None:
                        self._take(part.topic, record)
            if not self.caught_up.is_set() and all([await consumer.position(part) >= ends[part] for part in parts]):
                log.info("the market is known: %d symbols", len(self._seen))
                self.caught_up.set()

    def _take(self, topic: str, record: ConsumerRecord) -> None:
        symbol = record.key.decode()
        seen = self._seen.get(symbol)
        if seen is None:
            seen = self._seen[symbol] = Seen()
        if topic == QUOTES:
            seen.quote_bytes = record.value
        else:
            seen.instrument = decode(record.value)
