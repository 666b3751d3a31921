"""How fast quotes go into ClickHouse, and how small they are there: the recorded TAQ day over and over, each time under
another symbol.

`rows_per_s` is the sink's own store, which fixes a batch, inserts its rows under a token and waits for the disk. The
baseline is the server with nothing before it: the same rows as blocks of ClickHouse's Native format, made beforehand.
`from_topic_rows_per_s` is the sink's process, from Kafka on.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaProducer
from clickhouse_connect.driver.client import Client

from config.collector import collect_seldom
from config.kafka import kafka_connection
from config.settings import Settings
from feeds.day import Terms
from feeds.taq import TaqFeed, open_taq
from sinks.clickhouse.connect import connect
from sinks.clickhouse.convert import rows_of
from sinks.clickhouse.store import ClickHouseStore
from sinks.store import Batch
from topics import catalogue
from topics.codec import encode
from topics.messages import VenueQuote

RECEIVED_AFTER_US = 350  # what a feed's receive time is behind the venue's, about
_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Consumed:
    """A record as it is consumed."""

    offset: int
    value: bytes
    topic: str = catalogue.MARKET_DATA
    partition: int = 0
    key: bytes | None = None
    headers: tuple[tuple[str, bytes | None], ...] = ()


def recorded(folder: Path) -> list[VenueQuote]:
    """The quotes of the recorded day."""
    feed = TaqFeed(open_taq(folder), "TAQ", Terms(), lambda: 0)
    messages = chain.from_iterable(unit.messages for unit in feed.rows(""))
    return [
        replace(quote, receive_time_us=quote.transact_time_us + RECEIVED_AFTER_US + quote.feed_position % 97)
        for quote in messages
        if isinstance(quote, VenueQuote)
    ]


def repeated(quotes: list[VenueQuote], rows: int) -> Iterator[Consumed]:
    """So many records, each day of them under another symbol."""
    days = (replace(quote, symbol=f"TAQ{day}") for day in count() for quote in quotes)
    return (Consumed(offset, encode(quote)) for offset, quote in enumerate(islice(days, rows)))


async def measure(config: Settings, rows: int, tell: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Figures of a stack with tables, no sink and nothing on topic `market-data`. Raises TaqError without the day."""
    collect_seldom()  # as the sink's process does
    records = list(repeated(recorded(config.data / "taq_2013"), rows))
    tell(f"{len(records):,} quotes from the topic")
    from_topic = await _from_topic(config, records)
    tell("the same rows by the store alone, and by the server alone")
    with connect(config) as client:
        for table in ("quotes", "batches"):
            client.command(f"TRUNCATE TABLE {table}")
    return {**await into_store(config, records), "from_topic_rows_per_s": round(from_topic)}


async def into_store(config: Settings, records: list[Consumed]) -> dict[str, Any]:
    """Figures of the store and of the server, of tables that are empty."""
    batches, conversions_per_s = _converted(records)
    store = ClickHouseStore(config)
    await store.resume(catalogue.MARKET_DATA, 0, 0)
    began = time.perf_counter()
    for batch in batches:
        await store.write(batch)
    by_store = len(records) / (time.perf_counter() - began)
    await store.close()
    with connect(config) as client:
        by_server = len(records) / _bare_s(client, batches)
        client.command("OPTIMIZE TABLE quotes FINAL")
        rows, size = client.query(
            "SELECT sum(rows), sum(bytes_on_disk) FROM system.parts "
            "WHERE database = currentDatabase() AND table = 'quotes' AND active"
        ).result_rows[0]
    return {
        "rows": rows,
        "rows_per_s": round(by_store),
        "server_rows_per_s": round(by_server),
        "ratio": round(by_store / by_server, 2),
        "conversions_per_s": round(conversions_per_s),
        "bytes_per_row": round(size / rows, 1),
    }


def _bare_s(client: Client, batches: list[Batch]) -> float:
    """Seconds that the server takes for the stored rows of these batches as blocks made beforehand."""
    query = "SELECT * FROM quotes WHERE record_offset >= {first:Int64} AND record_offset < {end:Int64} FORMAT Native"
    blocks = [client.raw_query(query, parameters={"first": batch.first, "end": batch.next}) for batch in batches]
    client.command("CREATE TABLE bare AS quotes")
    began = time.perf_counter()
    for block in blocks:
        client.raw_insert("bare", insert_block=block, fmt="Native")
    elapsed_s = time.perf_counter() - began
    client.command("DROP TABLE bare")
    return elapsed_s


def _converted(records: list[Consumed]) -> tuple[list[Batch], float]:
    """Batches as the sink makes them, and how many records a second it makes rows of."""
    size, batches = ClickHouseStore.records_max, []
    began = time.perf_counter()
    for first in range(0, len(records), size):
        part = records[first : first + size]
        batch = Batch(catalogue.MARKET_DATA, 0, first, first + len(part))
        for record in part:
            batch.add(rows_of(record))
        batches.append(batch)
    return batches, len(records) / (time.perf_counter() - began)


async def _from_topic(config: Settings, records: list[Consumed]) -> float:
    """Rows a second of the sink's process, from its first stored batch to its last."""
    producer = AIOKafkaProducer(**kafka_connection(config), linger_ms=20, max_batch_size=500_000)
    await producer.start()
    for record in records:
        await producer.send(catalogue.MARKET_DATA, record.value, key=b"TAQ", partition=0)
    await producer.stop()
    environment = {**os.environ, "TAPELINE_HOME": str(config.home), "TAPELINE_LOG_LEVEL": "WARNING"}
    sink = await asyncio.create_subprocess_exec(sys.executable, "-m", "sinks", "clickhouse", env=environment)
    try:
        return await asyncio.to_thread(_watched, config, len(records))
    finally:
        sink.terminate()
        await sink.wait()


def _watched(config: Settings, rows: int) -> float:
    first: tuple[float, int] | None = None
    with connect(config) as client:
        while True:
            stored = client.query("SELECT count() FROM quotes").result_rows[0][0]
            now = time.perf_counter()
            if stored and first is None:
                first = (now, stored)
            if stored >= rows:
                break
            time.sleep(_POLL_S)
    assert first is not None
    return (rows - first[1]) / (now - first[0]) if rows > first[1] else rows / max(now - first[0], _POLL_S)
