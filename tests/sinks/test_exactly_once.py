"""A batch that fails after any of its steps and is written again, by the same process or by the next one."""

from __future__ import annotations

import asyncio

import pytest

from sinks.clickhouse.connect import connect
from sinks.clickhouse.convert import rows_of as clickhouse_rows_of
from sinks.clickhouse.store import ClickHouseStore
from sinks.errors import Fenced
from sinks.postgres.convert import rows_of as postgres_rows_of
from sinks.postgres.store import PostgresStore
from sinks.store import Batch, Resume
from tests.sinks.making import CHECKS, made, order_event

pytestmark = pytest.mark.stack
TOPIC = "order-events"


def batch_of(rows_of, first: int, count: int) -> Batch:
    """Orders of an account of their own, from an offset on; origins are as the offsets."""
    batch = Batch(TOPIC, 0, first, first + count + 1)  # one more for the marker
    for offset in range(first, first + count):
        event = order_event(order_id=f"once-{offset}", exec_id=f"once-{offset}", checks=CHECKS, account_seq=offset)
        origin = (("origin", f"commands/0/{offset}/0".encode()),)
        batch.add(rows_of(made(TOPIC, event, offset=offset, headers=origin)))
    return batch


class Crash(Exception):
    """The process ends here."""


class CrashingClient:
    """A real client whose process ends before or after its n-th insert reaches the server."""

    def __init__(self, client, number: int, arrives: bool) -> None:
        self._client, self._left, self._arrives = client, number, arrives

    def insert(self, *arguments, **named):
        self._left -= 1
        if self._left == 0 and not self._arrives:
            raise Crash
        self._client.insert(*arguments, **named)
        if self._left == 0:
            raise Crash

    def __getattr__(self, name):
        return getattr(self._client, name)


@pytest.mark.parametrize("arrives", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_clickhouse_has_a_batch_once_whichever_insert_a_crash_hits(stores, number, arrives):
    """Inserts of a batch: it is fixed, its rows, it is stored."""
    first = stores.starts[TOPIC, 0] + 1000 * (2 * number + arrives)
    with connect(stores.config) as client:
        start = (TOPIC, 0, first, first, 1, first * 2 + 1)
        client.insert("batches", [start], settings={"async_insert": 0})
        batch = batch_of(clickhouse_rows_of, first, 5)

        crashing = ClickHouseStore(stores.config)
        crashing._connected = CrashingClient(client, number, arrives)
        with pytest.raises(Crash):
            asyncio.run(crashing.write(batch))

        async def go_on() -> Resume:
            store = ClickHouseStore(stores.config)
            resume = await store.resume(TOPIC, 0, 0)
            if resume.offset == first:
                await store.write(batch)
            await store.write(batch)  # its answer is lost, so it is tried again
            await store.close()
            return resume

        resume = asyncio.run(go_on())
        was_fixed = number > 1 or arrives
        was_stored = number == 3 and arrives
        assert resume == (
            Resume(batch.next) if was_stored else Resume(first, fixed_end=batch.next if was_fixed else None)
        )
        found = client.query(
            "SELECT record_offset, count() FROM risk_checks WHERE record_offset >= {first:Int64} "
            "AND record_offset < {next:Int64} GROUP BY record_offset ORDER BY record_offset",
            parameters={"first": first, "next": batch.next},
        ).result_rows
        assert found == [(offset, 2) for offset in range(first, first + 5)]


def test_a_stored_batch_is_never_inserted_again_however_long_ago_it_was(stores):
    """Its token has left the window of the table by then."""
    first = stores.starts[TOPIC, 0] + 100_000
    with connect(stores.config) as client:
        client.insert("batches", [(TOPIC, 0, first, first, 1, first * 2 + 1)], settings={"async_insert": 0})
        client.command("ALTER TABLE risk_checks MODIFY SETTING non_replicated_deduplication_window = 1")
        inserted = []

        class Counting:
            def insert(self, table, *arguments, **named):
                inserted.append(table)
                client.insert(table, *arguments, **named)

            def __getattr__(self, name):
                return getattr(client, name)

        store = ClickHouseStore(stores.config)
        store._connected = Counting()
        old, new = batch_of(clickhouse_rows_of, first, 1), batch_of(clickhouse_rows_of, first + 2, 1)
        asyncio.run(store.write(old))
        asyncio.run(store.write(new))
        assert inserted == ["batches", "risk_checks", "batches"] * 2
        asyncio.run(store.write(new))
        with pytest.raises(Fenced, match="another sink or a rebuild moved it"):
            asyncio.run(store.write(old))
        assert len(inserted) == 6


def test_postgres_has_a_batch_once_however_often_it_is_written(stores):
    first = stores.starts[TOPIC, 0]
    one, two = batch_of(postgres_rows_of, first, 5), batch_of(postgres_rows_of, first + 6, 5)

    async def write() -> None:
        store = PostgresStore(stores.config)
        await store.open()
        try:
            assert await store.resume(TOPIC, 0, 0) == Resume(first)
            for _ in range(2):
                await store.write(one)
            with pytest.raises(Fenced, match="another sink or a rebuild moved it"):
                await store.write(batch_of(postgres_rows_of, first + 7, 1))
            for _ in range(2):
                await store.write(two)
            with pytest.raises(Fenced, match="another sink or a rebuild moved it"):
                await store.write(one)
            assert await store.resume(TOPIC, 0, 0) == Resume(two.next)
        finally:
            await store.close()

    asyncio.run(write())
    with stores.postgres() as connection:
        for table, count in (("orders", 10), ("executions", 10), ("risk_checks", 10)):
            found = connection.execute(f"SELECT count(*) FROM projection.{table}").fetchone()
            assert found == (count,), table
