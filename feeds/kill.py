"""The operator's kill switches: from here on an account, a symbol or the whole house takes no order, and what is open
is canceled; and how each is undone, which brings no order back. A halt of a symbol is one that leaves its orders.

A switch is a command in the log like any other: no order that lies behind it is taken. What the fold says of it is its
entry once it has taken it. Only the broker and the folds are asked, so that a switch works where the API or a store is
down. Each may be sent again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import difflib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.structs import RecordMetadata

from config.settings import Settings
from feeds import taken
from feeds.producer import instruments, place, producing
from feeds.reading import Place, Reading, reading
from topics.catalogue import ACCOUNTS_CHANGELOG, COMMANDS, MATCHING_CHANGELOG, ORDERS
from topics.codec import encode
from topics.messages import HaltReason, SessionCommand, SessionKind, SetAccountStatus, SetFirmStatus

NAME = "operator"
HOUSE_KEY = "firm"
_ACTIVE = ("Active",)


class NotSwitched(RuntimeError):
    """Why a switch does not stand as it was asked, or not for certain."""


class UnknownTarget(NotSwitched):
    """There is no such account or symbol; nothing has changed."""


@dataclass(frozen=True, slots=True)
class Switched:
    """A switch that stands: the status by the fold, and where it is recorded in each partition that it concerns."""

    status: str
    places: list[Place]


async def switch_account(config: Settings, account_id: str, *, kill: bool) -> Switched:
    """Disable an account and cancel its orders, or make it active, whatever it was before.

    Raises NotSwitched, and KafkaError when it is not known whether the switch was recorded.
    """
    command = SetAccountStatus(account_id, "DISABLED" if kill else "ACTIVE", _now_us(), cancel_orders=kill)
    async with _switching(config) as (log, producer):
        starts = await log.ends(ACCOUNTS_CHANGELOG)
        sent = await producer.send_and_wait(COMMANDS, **place(account_id, command, config.partitions))
        found = await _entries(log, starts, [_place(sent)], [f"account/{account_id}"])
    if found == [None]:
        raise UnknownTarget(f"account {account_id} was never opened")
    return _switched(found, (command.status,), [_place(sent)])


async def switch_symbol(config: Settings, symbol: str, *, kill: bool) -> Switched:
    """Halt a symbol and cancel all that its book holds, or resume it. Raises as `switch_account` does."""
    return await _tell_books(
        config, [symbol], "Kill" if kill else "Resume", ("Halted", "Inactive") if kill else _ACTIVE
    )


async def halt_symbols(config: Settings, symbols: Sequence[str], reason: HaltReason) -> Switched:
    """Halt symbols, of none every one that is listed; orders stay in the books. Raises as `switch_account` does."""
    return await _tell_books(config, symbols, "Halt", ("Halted", "Inactive"), reason)


async def resume_symbols(config: Settings, symbols: Sequence[str], *, auction: bool) -> Switched:
    """Let halted symbols, of none every one that is listed, trade, or call an auction, which the next resume ends.

    Raises as `switch_account` does.
    """
    return await _tell_books(config, symbols, "Reopen" if auction else "Resume", _ACTIVE)


async def _tell_books(
    config: Settings,
    symbols: Sequence[str],
    kind: SessionKind,
    wanted: Sequence[str],
    reason: HaltReason | None = None,
) -> Switched:
    """One command a book, all at one stamped time."""
    listed = await instruments(config)
    for symbol in symbols:
        if symbol not in listed:
            close = difflib.get_close_matches(symbol, listed)
            raise UnknownTarget(f"{symbol} is not listed" + (f"; close to it: {', '.join(close)}" if close else ""))
    told = symbols or sorted(listed)
    if not told:
        raise UnknownTarget("no symbol is listed")
    today, now_us = dt.datetime.now(dt.UTC).date().isoformat(), _now_us()
    commands = [SessionCommand(symbol, today, kind, NAME, now_us, halt_reason=reason) for symbol in told]
    async with _switching(config) as (log, producer):
        starts = await log.ends(MATCHING_CHANGELOG)
        sends = [await producer.send(ORDERS, **place(each.symbol, each, config.partitions)) for each in commands]
        places = [_place(sent) for sent in await asyncio.gather(*sends)]
        found = await _entries(log, starts, places, [f"book/{symbol}" for symbol in told])
    return _switched(found, wanted, places)


async def switch_house(config: Settings, *, kill: bool) -> Switched:
    """Stop the whole house, or let it trade: told to every partition of accounts. Raises as `switch_account` does.

    A partition that cannot be told does not keep the others from being told.
    """
    command = SetFirmStatus("Killed" if kill else "Trading", NAME, _now_us())
    key, value = HOUSE_KEY.encode(), encode(command)
    async with _switching(config) as (log, producer):
        starts = await log.ends(ACCOUNTS_CHANGELOG)
        numbers = range(config.partitions)
        sends = [producer.send_and_wait(COMMANDS, key=key, value=value, partition=number) for number in numbers]
        told = await asyncio.gather(*sends, return_exceptions=True)
        untold = [(number, error) for number, error in enumerate(told) if isinstance(error, BaseException)]
        if untold:
            raise NotSwitched(f"not told for certain: partitions {untold}; the other {len(told) - len(untold)} are")
        places = [_place(sent) for sent in told]
        found = await _entries(log, starts, places, [f"{HOUSE_KEY}/house"] * len(places))
    return _switched(found, (command.status,), places)


@asynccontextmanager
async def _switching(config: Settings) -> AsyncIterator[tuple[Reading, AIOKafkaProducer]]:
    async with reading(config) as log, producing(config) as producer:
        there = len(await producer.partitions_for(COMMANDS))
        if there != config.partitions:  # a part of the house, or another account's partition, would be told
            raise NotSwitched(f"the log has {there} partitions, and TAPELINE_PARTITIONS is {config.partitions}")
        yield log, producer


async def _entries(log: Reading, starts: Sequence[Place], places: Sequence[Place], names: Sequence[str]) -> list[Any]:
    try:
        return await taken.entries(log, starts, places, names)
    except TimeoutError:
        recorded = ", ".join(map(str, places))
        raise NotSwitched(f"it is recorded ({recorded}), and no worker has taken it yet; none trades past it") from None


def _switched(found: Sequence[Any], wanted: Sequence[str], places: list[Place]) -> Switched:
    if any(entry is None or entry.status not in wanted for entry in found):
        raise NotSwitched("another one of a later time stands: somebody else's, or the clock of this machine is behind")
    return Switched(found[0].status, places)


def _place(sent: RecordMetadata) -> Place:
    return Place(sent.topic, sent.partition, sent.offset)


def _now_us() -> int:
    return time.time_ns() // 1000
