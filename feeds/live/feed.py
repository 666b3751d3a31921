"""The live connector as a feed: two lines, the failover that chooses between them, and the records they become.

A stream cannot be read again, so the position says what the records themselves do not: which symbols' days have begun,
and which exchanges' quotes stand. What was passed on lately is read back off the topic, so a line that lags behind what
was published before a restart repeats nothing. A gap takes the standing quotes out of the best bid and offer, until
their exchanges quote again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from config.settings import Settings
from feeds.feed import UNCHANGED, Rejected, Unit
from feeds.live.errors import LiveError
from feeds.live.failover import BACKUP, PRIMARY, Dropped, Failover, GapBegan, GapEnded, Outcome, Switched
from feeds.live.line import Heard, Terms, follow
from feeds.live.metrics import Metrics
from feeds.live.past import read_back
from feeds.live.points import Event, Point, Unusable, event_of
from feeds.live.records import Records
from feeds.producer import instruments
from topics.messages import FeedHeartbeat

NAME = "live"
LINES = ("primary", "backup")
BEAT_US = 1_000_000
TICK_S = 0.1
WAITING_MAX = 1000  # frames; then a line waits, and its provider buffers or ends it as too slow
TAKEN_MAX = 500  # frames that become one unit

log = logging.getLogger(__name__)


def lines_of(config: Settings, symbols: Sequence[str]) -> list[Terms]:
    """The lines that the settings name."""
    first = Terms(
        name=LINES[PRIMARY],
        url=config.live_url,
        key_id=config.live_key_id,
        secret_key=config.live_secret_key,
        symbols=tuple(symbols),
        codec=config.live_codec,
        settings="TAPELINE_LIVE",
    )
    if not config.live_backup_url:
        return [first]
    own = bool(config.live_backup_key_id)
    second = Terms(
        name=LINES[BACKUP],
        url=config.live_backup_url,
        key_id=config.live_backup_key_id if own else config.live_key_id,
        secret_key=config.live_backup_secret_key if own else config.live_secret_key,
        symbols=tuple(symbols),
        codec=config.live_codec,
        settings="TAPELINE_LIVE_BACKUP",
    )
    return [first, second]


async def require_possible(config: Settings, named: Sequence[str]) -> None:
    """Raises LiveError where there is no key or symbol, or one would be published under a name that is traded here."""
    if not config.live_key_id:
        raise LiveError("There is no key.", "Set TAPELINE_LIVE_KEY_ID and TAPELINE_LIVE_SECRET_KEY.")
    if not named:
        raise LiveError("No symbol is given.", "Name some, such as AAPL,MSFT, by --symbols or TAPELINE_LIVE_SYMBOLS.")
    if traded := sorted(set(named) & (await instruments(config)).keys()):
        raise LiveError(
            f"{', '.join(traded[:5])} is traded here today.",
            "Publish the live market beside it, by --suffix .LIVE or TAPELINE_LIVE_SUFFIX.",
        )


class LiveFeed:
    """A feed without an end. `suffix` is put behind each symbol, for where those are traded here too."""

    name = NAME

    def __init__(self, config: Settings, symbols: Sequence[str], suffix: str, clock_us: Callable[[], int]) -> None:
        self.config, self.clock_us = config, clock_us
        self.records = Records(NAME, suffix)
        self.named = [symbol + suffix for symbol in symbols]
        self.lines = lines_of(config, symbols)
        self.failover = Failover(config.live_silent_ms * 1000, config.live_stale_ms * 1000)
        self.counts: Counter[str] = Counter()  # what was passed on, by record, and switches and gaps
        self.metrics = Metrics([terms.name for terms in self.lines], clock_us)
        self._beat_us = 0

    def described(self) -> str:
        """Which line is active, and what there was, for people."""
        counted = ", ".join(f"{count:,} {name}" for name, count in sorted(self.counts.items()))
        return f"{LINES[self.failover.active]} active; {counted}"

    async def units(self, position: str) -> AsyncIterator[Unit]:
        """What the lines bring, as it comes. Raises LineError where a provider refuses, and KafkaError."""
        if position:
            yield await self._resumed(json.loads(position))
        waiting: asyncio.Queue[Heard | Exception] = asyncio.Queue(WAITING_MAX)
        following = [asyncio.create_task(_follow(terms, waiting)) for terms in self.lines]
        try:
            while True:
                unit = self._unit(await _taken(waiting), self.clock_us())
                if unit.rows or unit.messages:
                    yield unit
        finally:
            for each in following:
                each.cancel()
            await asyncio.gather(*following, return_exceptions=True)

    async def _resumed(self, position: dict[str, Any]) -> Unit:
        now_us = self.clock_us()
        seen, quotes_us = await read_back(self.config, NAME, self.records.suffix, now_us)
        since_ns = position["time_ns"] or position.get("gap_since_ns") or now_us * 1000  # perhaps nothing ever came
        self.failover.resume(seen, quotes_us, since_ns)
        stale = self.records.resume(position, now_us)
        return Unit(self._position(), 0, now_us, stale)

    def _position(self) -> str:
        state = {"active": LINES[self.failover.active], "gap_since_ns": self.failover.gap_since_ns}
        return json.dumps(self.records.position() | state)

    def _unit(self, heard: Sequence[Heard | Exception], now_us: int) -> Unit:
        self.records.enter_day(now_us)
        unit = Unit("", 0, now_us)
        for each in heard:
            if isinstance(each, Exception):
                raise each
            line = LINES.index(each.line)
            self.metrics.heard(each, now_us)
            if not each.is_up:
                self._take(unit, self.failover.lost(line, now_us), now_us)
            elif not each.points:
                self.failover.up(line)
            for point in each.points:
                self._hear(unit, line, point, now_us)
        self._take(unit, self.failover.tick(now_us), now_us)
        self.metrics.in_force(LINES[self.failover.active], is_gap=self.failover.gap_since_ns is not None)
        if now_us >= self._beat_us + BEAT_US:
            self._beat_us = now_us
            # A second behind the clock: what is on its way is not late.
            unit.messages.append(FeedHeartbeat(NAME, now_us - BEAT_US, now_us))
        unit.position = self._position()
        return unit

    def _hear(self, unit: Unit, line: int, point: Point, now_us: int) -> None:
        try:
            event = event_of(point, self.config.live_quote_lot)
        except Unusable as error:
            unit.rows += 1
            unit.rejected.append(Rejected(error.kind, str(error)))
            return
        self._take(unit, self.failover.heard(line, event, now_us), now_us)

    def _take(self, unit: Unit, outcomes: Sequence[Outcome], now_us: int) -> None:
        """What the failover decides becomes rows that are counted, records, and words for people."""
        for each in outcomes:
            if isinstance(each, Event):
                unit.rows += 1
                messages = self.records.of(each, now_us)
                self.counts.update(message.NAME for message in messages)
                unit.messages += messages
                if not messages:
                    unit.rejected.append(Rejected(UNCHANGED))
            elif isinstance(each, Dropped):
                unit.rows += 1
                unit.rejected.append(Rejected(each.kind))
            elif isinstance(each, Switched):
                self.counts["switches"] += 1
                self.metrics.switched()
                log.warning("%s is active: %s", LINES[each.to], each.reason)
            elif isinstance(each, GapBegan):
                self.counts["gaps"] += 1
                self.metrics.gap()
                log.warning("nothing is heard since %s", _time(each.since_ns))
                unit.messages += self.records.forget_quotes(now_us)
            elif isinstance(each, GapEnded):
                log.warning("events of %s to %s may be missing", _time(each.since_ns), _time(each.until_ns))


async def _follow(terms: Terms, waiting: asyncio.Queue[Heard | Exception]) -> None:
    try:
        await follow(terms, waiting.put)
    except Exception as error:  # handed over, and raised where units are made
        await waiting.put(error)


async def _taken(waiting: asyncio.Queue[Heard | Exception]) -> list[Heard | Exception]:
    """What waits, or nothing after a tick."""
    try:
        async with asyncio.timeout(TICK_S):
            taken = [await waiting.get()]
    except TimeoutError:
        return []
    while len(taken) < TAKEN_MAX and not waiting.empty():
        taken.append(waiting.get_nowait())
    return taken


def _time(time_ns: int) -> str:
    return dt.datetime.fromtimestamp(time_ns / 1e9, dt.UTC).isoformat(timespec="milliseconds")
