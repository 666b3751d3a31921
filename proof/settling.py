"""Wait until a running stack has caught up with a frozen end of its log: the folds, the transactions, the stores.

Waiting ends with an error when nothing has moved for a stated time, however long there is still to go.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from aiokafka.structs import TopicPartition

from config.settings import Settings
from proof.log_reader import ends, open_ends, partitions, reading, records
from sinks.clickhouse import convert as clickhouse_convert
from sinks.clickhouse import read as clickhouse_read
from sinks.clickhouse.connect import connect
from sinks.postgres import convert as postgres_convert
from sinks.postgres import read as postgres_read
from streams.roles import ROLES
from topics.codec import decode

STALLED_S = 60.0  # longer than a session and a transaction may hold everything up together
POLL_S = 0.3

Progress = Callable[[str], None]
Positions = dict[TopicPartition, int]


class StalledError(RuntimeError):
    """Something that has to move stands still; says what and where."""


async def until_folded(config: Settings, frozen: Positions, progress: Progress) -> None:
    """Until every record below the frozen ends of the sources has been folded and its effects are durable."""
    async with reading(config) as consumer:
        marks = dict.fromkeys(frozen, -1)
        sources = {at.topic for at in frozen}
        changelogs = {
            at: TopicPartition(role.source, at.partition)
            for role in ROLES.values()
            if role.source in sources
            for at in partitions(config, [role.changelog])
        }
        consumer.assign(list(changelogs))
        await consumer.seek_to_beginning(*changelogs)

        async def behind() -> dict[str, int]:
            for at, end in (await consumer.end_offsets(list(changelogs))).items():
                while await consumer.position(at) < end:
                    for row in (await consumer.getmany(at, timeout_ms=100)).get(at, ()):
                        if row.key == b"mark":
                            marks[changelogs[at]] = decode(row.value).offset
            return {
                f"{at.topic}/{at.partition}": frozen[at] - 1 - mark
                for at, mark in marks.items()
                if await _waits(config, at, mark + 1, frozen[at])
            }

        await _until_none(behind, progress, "records to fold", "does a worker run?")


async def committed_ends(config: Settings, topics: list[str], progress: Progress) -> Positions:
    """Ends of topics now, once no transaction that was begun below them is open any more."""
    wanted = await open_ends(config, topics)
    reached: Positions = {}

    async def behind() -> dict[str, int]:
        reached.update(await ends(config, topics))
        return {f"{at.topic}/{at.partition}": end - reached[at] for at, end in wanted.items() if reached[at] < end}

    await _until_none(behind, progress, "records of open transactions", "a frozen worker?")
    return reached


async def until_stored(config: Settings, reached: Positions, progress: Progress) -> None:
    """Until both stores have passed the ends of their topics."""

    async def behind() -> dict[str, int]:
        return await to_store(config, reached)

    await _until_none(behind, progress, "records to store", "does its sink run?")


async def to_store(config: Settings, reached: Positions) -> dict[str, int]:
    """Records that a store has yet to pass, by store and partition; those that have none are left out."""

    def stored() -> dict[str, dict[tuple[str, int], int]]:
        with psycopg.connect(config.postgres_dsn) as connection, connect(config) as client:
            return {"postgres": postgres_read.offsets(connection), "clickhouse": clickhouse_read.offsets(client)}

    topics = {"postgres": postgres_convert.TOPICS, "clickhouse": clickhouse_convert.TOPICS}
    offsets = await asyncio.to_thread(stored)
    left = {
        f"{store} {at.topic}/{at.partition}": end - 1 - offsets[store].get((at.topic, at.partition), -1)
        for store in topics
        for at, end in reached.items()
        if at.topic in topics[store]
    }
    return {name: count for name, count in left.items() if count > 0}


async def _waits(config: Settings, at: TopicPartition, start: int, end: int) -> bool:
    """Whether a committed record lies in a range of offsets, which may also hold nothing but markers."""
    if start < end:
        async for _ in records(config, at, end, start):
            return True
    return False


async def _until_none(
    behind: Callable[[], Awaitable[dict[str, int]]], progress: Progress, what: str, question: str
) -> None:
    before: Any = None
    moved_at = time.monotonic()
    while left := await behind():
        if left != before:
            before, moved_at = left, time.monotonic()
            progress(f"{sum(left.values()):,} {what}: {', '.join(left)}")
        elif time.monotonic() - moved_at > STALLED_S:
            raise StalledError(f"{left} {what}, and nothing has moved for {STALLED_S:.0f} s; {question}")
        await asyncio.sleep(POLL_S)
