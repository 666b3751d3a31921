"""Our own trades as the tape has them, for corrections that come too late to be known there by the trade's id alone."""

from __future__ import annotations

import asyncio
import logging
from copy import copy

from config.settings import Settings
from feeds.hours import hours_at
from feeds.own_records import VENUE
from feeds.reading import reading
from topics.catalogue import PRINTS
from topics.codec import decode
from topics.messages import CorrectedTrade, PrintedTrade
from topics.partition import partition_of

KNOWN_US = 240_000_000  # the tape knows a trade by its id for five minutes of event time
EARLIER_MS = 1000  # a print is written after its trade, by another clock perhaps
WAIT_S = 30.0  # for a print that the tape may be about to write; then the correction goes out without it
AGAIN_S = 0.2

log = logging.getLogger(__name__)


def is_late(said: CorrectedTrade) -> bool:
    """Whether the tape may have forgotten the trade's id."""
    return said.transact_time_us >= said.traded_time_us + KNOWN_US


class Printed:
    """Looks prints up on the log, which keeps them for longer than a trade can be corrected."""

    def __init__(self, config: Settings) -> None:
        self._config = config
        self._corrected: dict[str, PrintedTrade] = {}  # by trade, as its last correction will print it

    async def before(self, said: CorrectedTrade, until_s: float) -> PrintedTrade | None:
        """The trade before this correction, waited for until a time of the event loop's clock.

        None where the tape knows it, or has not printed it by then. Raises KafkaError and TimeoutError when the broker
        does not answer.
        """
        if not is_late(said):
            return None
        found = self._corrected.get(said.trade_id) or await self._look_up(said)
        while found is None and asyncio.get_running_loop().time() < until_s:
            await asyncio.sleep(AGAIN_S)
            found = await self._look_up(said)
        if found is None:
            log.warning("%s is corrected, and was not printed in %.0f s", said.trade_id, WAIT_S)
        else:
            self._corrected[said.trade_id] = _with(found, found.revision + 1, said.price_e4, said.qty_e6)
        return found

    async def _look_up(self, said: CorrectedTrade) -> PrintedTrade | None:
        key, found = said.symbol.encode(), None
        home = partition_of(said.symbol, self._config.partitions)
        async with reading(self._config) as topics:
            async for record in topics.since(PRINTS, said.traded_time_us // 1000 - EARLIER_MS, home):
                if record.key == key and record.value is not None:
                    printed = decode(record.value)
                    if (printed.venue, printed.trade_id) == (VENUE, said.trade_id):
                        found = printed
        if found is None:
            return None
        return PrintedTrade(
            session_id=hours_at(self._config.calendar, found.transact_time_us).session_id,
            print_seq=found.print_seq,
            revision=found.revision,
            price_e4=found.price_e4,
            qty_e6=found.qty_e6,
            conditions=found.conditions,
            aggressor_side=found.aggressor_side,
            updates_high_low=found.updates_high_low,
            updates_volume=found.updates_volume,
            transact_time_us=found.transact_time_us,
        )


def _with(printed: PrintedTrade, revision: int, price_e4: int, qty_e6: int) -> PrintedTrade:
    now = copy(printed)
    now.revision, now.price_e4, now.qty_e6 = revision, price_e4, qty_e6
    return now
