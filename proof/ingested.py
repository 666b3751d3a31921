"""What became of a feed: rows of its source, records, prints and dead letters, and rows in ClickHouse, which add up."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from config.settings import Settings
from feeds.publish import read_position
from proof.log_reader import ends, partitions, records
from proof.settling import Progress, committed_ends, until_folded, until_stored
from sinks.clickhouse.connect import connect
from streams.processor import origin_of
from streams.refold import parse_origin
from topics import catalogue
from topics.codec import decode
from topics.messages import FeedPosition

At = tuple[int, int]  # partition and offset of market-data


@dataclass(slots=True)
class Reconciliation:
    """Counts of one feed, and in words where they do not add up."""

    position: FeedPosition
    records: Counter[str] = field(default_factory=Counter)  # on market-data, by name; a heartbeat once a partition
    letters: Counter[str] = field(default_factory=Counter)  # dead letters by reason
    prints: int = 0  # first revisions
    refused_trades: int = 0
    stored_quotes: int = 0  # in ClickHouse
    stored_prints: int = 0  # first revisions
    faults: list[str] = field(default_factory=list)

    def rows(self) -> list[tuple[str, int]]:
        """The table: what, how many."""
        state = self.position
        table = [("rows read", state.read_rows), ("rows published", state.published_rows)]
        table += [(f"rows {each.kind}", each.count) for each in state.rejected]
        table += [(f"records: {name}", count) for name, count in sorted(self.records.items())]
        table += [("prints", self.prints)]
        table += [("stored: quotes", self.stored_quotes), ("stored: prints", self.stored_prints)]
        return table + [(f"dead letters: {reason}", count) for reason, count in sorted(self.letters.items())]


async def reconcile(config: Settings, feed: str, progress: Progress) -> Reconciliation:
    """Wait until all of market-data is folded and stored, and count. Raises StalledError where either stands still."""
    frozen = await ends(config, [catalogue.MARKET_DATA])
    await until_folded(config, frozen, progress)
    outputs = [catalogue.PRINTS, catalogue.DEAD_LETTERS]
    reached = await committed_ends(config, outputs, progress)
    found = Reconciliation(await read_position(config, feed))
    own: dict[At, str] = {}
    for at in partitions(config, [catalogue.MARKET_DATA]):
        progress(f"counting {at.topic}/{at.partition}")
        async for record in records(config, at, frozen[at]):
            message = decode(record.value)
            if message.feed == feed:
                own[at.partition, record.offset] = message.NAME
                found.records[message.NAME] += 1
    for at in partitions(config, outputs):
        progress(f"counting {at.topic}/{at.partition}")
        async for record in records(config, at, reached[at]):
            cause = _cause(origin_of(record))
            if cause is not None and cause in own:
                message = decode(record.value)
                if at.topic == catalogue.DEAD_LETTERS:
                    found.letters[message.reason] += 1
                    found.refused_trades += own[cause] == "VenueTrade"
                elif message.revision == 0:
                    found.prints += 1
    await until_stored(config, {**frozen, **reached}, progress)
    progress("counting what is stored")
    await asyncio.to_thread(_count_stored, config, feed, own, found)
    found.faults = list(_faults(config, found))
    return found


def _count_stored(config: Settings, feed: str, own: Mapping[At, str], found: Reconciliation) -> None:
    """Rows of ClickHouse by the place of the record that they are of, or that caused them."""
    with connect(config) as client:
        quotes = client.query(
            "SELECT record_partition, record_offset FROM quotes WHERE feed = {feed:String}", parameters={"feed": feed}
        ).result_rows
        prints = client.query(
            "SELECT origin_partition, origin_offset FROM trades WHERE revision = 0 AND origin_topic = {topic:String}",
            parameters={"topic": catalogue.MARKET_DATA},
        ).result_rows
    found.stored_quotes = sum(own.get((at[0], at[1])) == "VenueQuote" for at in quotes)
    found.stored_prints = sum((at[0], at[1]) in own for at in prints)


def _cause(origin: bytes) -> At | None:
    """Place of the record on market-data that caused an output."""
    try:
        topic, partition, offset, _ = parse_origin(origin)
    except ValueError:
        return None
    return (partition, offset) if topic == catalogue.MARKET_DATA else None


def _faults(config: Settings, found: Reconciliation) -> Iterable[str]:
    state = found.position
    rejected = sum(each.count for each in state.rejected)
    if state.read_rows != state.published_rows + rejected:
        yield f"{state.read_rows} rows read, {state.published_rows} published and {rejected} not"
    beats = found.records["FeedHeartbeat"]
    others = sum(found.records.values()) - beats
    if beats % config.partitions or others + beats // config.partitions != state.record_count:
        yield f"{state.record_count} records published, {others} and {beats} heartbeats on the topic"
    if found.records["VenueTrade"] != found.prints + found.refused_trades:
        yield f"{found.records['VenueTrade']} trades, {found.prints} prints and {found.refused_trades} refused"
    if found.records["VenueQuote"] != found.stored_quotes:
        yield f"{found.records['VenueQuote']} quotes, {found.stored_quotes} stored"
    if found.prints != found.stored_prints:
        yield f"{found.prints} prints, {found.stored_prints} stored"
