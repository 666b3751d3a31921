"""The clock on a real broker: each book is told of a phase once, however late it was listed."""

import asyncio
import contextlib
import time
from collections import Counter

import pytest

from feeds import clock
from feeds.producer import place, producing
from proof.log_reader import ends, records
from stack.own_stack import own_stack
from stack.processes import MIGRATE
from topics import catalogue
from topics.codec import decode
from topics.messages import Instrument

pytestmark = pytest.mark.filterwarnings("ignore:Series.values returning an ndarray")


async def list_symbol(config, symbol):
    terms = Instrument(symbol, "made", "Active", "Rule612", 100_000, 1, 1, time.time_ns() // 1000)
    async with producing(config) as producer:
        await producer.send_and_wait(catalogue.INSTRUMENTS, **place(symbol, terms, config.partitions))


async def commands(config, kind):
    """How often each book was told something of a kind: by symbol, time and phase."""
    found = Counter()
    for at, end in (await ends(config, [catalogue.ORDERS])).items():
        async for record in records(config, at, end):
            command = decode(record.value)
            if command.kind == kind:
                found[command.symbol, command.transact_time_us, command.phase] += 1
    return found


async def until_expired(config, symbol, times):
    async with asyncio.timeout(60):
        while sum(told[0] == symbol for told in await commands(config, "Expire")) < times:
            pass


@pytest.mark.stack
def test_a_book_is_told_of_a_phase_once_and_one_that_is_listed_later_too(monkeypatch):
    monkeypatch.setattr(clock, "EXPIRE_EVERY_S", 0.2)

    async def run(config):
        await list_symbol(config, "EARLY")
        running = asyncio.create_task(clock.run(config))
        await until_expired(config, "EARLY", 3)
        await list_symbol(config, "LATE")
        await until_expired(config, "LATE", 3)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        return await commands(config, "Phase")

    with own_stack((MIGRATE,)) as own:
        told = asyncio.run(run(own.config.model_copy(update={"calendar": "XNYS"})))
    assert set(told.values()) == {1}
    last = max((time_us, phase) for _, time_us, phase in told)
    assert {symbol for symbol, *of in told if tuple(of) == last} == {"EARLY", "LATE"}
