"""The path of one order over the topics: from each of its events back along `origin` to what a client asked for.

The store says where the order's events and bookings are; everything else is read off the log, record by record, at the
place that the record before it names. So what is shown is what happened, not what should have.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg
from aiokafka.errors import KafkaError

from config.settings import Settings
from feeds.reading import Found, Place, Reading, header, reading
from streams.refold import parse_origin
from topics.catalogue import LEDGER, ORDER_EVENTS
from topics.codec import Undecodable, decode

__all__ = ["Hop", "KafkaError", "UnknownOrder", "trace"]

_PLACES = """
SELECT %(order_events)s AS topic, record_partition, record_offset FROM projection.executions
WHERE order_id = %(order_id)s
    AND account_id = (SELECT account_id FROM projection.orders WHERE order_id = %(order_id)s)
UNION
SELECT %(ledger)s, record_partition, record_offset FROM projection.ledger_entries
WHERE order_id = %(order_id)s
    AND account_id = (SELECT account_id FROM projection.orders WHERE order_id = %(order_id)s)
"""


class UnknownOrder(LookupError):
    """The store has no event of such an order (yet)."""


@dataclass(slots=True)
class Hop:
    """One record on the path, and what it caused of the path."""

    place: Place
    record: str  # its kind, or why it cannot be read
    about: str
    time_ms: int  # when it was written, milliseconds since the epoch
    caused_by: Place | None
    effects: list[Hop] = field(default_factory=list)

    def rows(self, depth: int = 0) -> list[tuple[int, Hop]]:
        """This hop and all below it, each with its depth, causes before effects."""
        return [(depth, self), *(row for hop in self.effects for row in hop.rows(depth + 1))]


async def trace(config: Settings, order_id: str) -> list[Hop]:
    """What began it, the earliest first; each with its effects below it.

    Raises UnknownOrder, psycopg.Error, KafkaError, and TimeoutError when the broker does not deliver.
    """
    hops: dict[Place, Hop] = {}
    places = _places(config, order_id)
    async with reading(config) as log:
        for place in places:
            at: Place | None = place
            while at is not None and at not in hops:
                hops[at] = await _hop(log, at)
                at = hops[at].caused_by
    for place in sorted(hops, key=lambda place: (hops[place].time_ms, place)):
        cause = hops[place].caused_by
        if cause is not None:
            hops[cause].effects.append(hops[place])
    return sorted((hop for hop in hops.values() if hop.caused_by is None), key=lambda hop: (hop.time_ms, hop.place))


def _places(config: Settings, order_id: str) -> list[Place]:
    names = {"order_id": order_id, "order_events": ORDER_EVENTS, "ledger": LEDGER}
    with psycopg.connect(config.postgres_dsn) as connection:
        rows = connection.execute(_PLACES, names).fetchall()
    if not rows:
        raise UnknownOrder(order_id)
    return sorted(Place(topic, partition, offset) for topic, partition, offset in rows)


async def _hop(log: Reading, place: Place) -> Hop:
    found = await log.at(place)
    if found is None:
        return Hop(place, "not there", "no longer kept, or of another log than the store's", 0, None)
    origin = header(found, "origin")
    cause = None if not origin else Place(*parse_origin(origin.encode())[:3])
    name, about = _told(found)
    return Hop(place, name, about, found.timestamp, cause)


def _told(found: Found) -> tuple[str, str]:
    """Kind of a record, and the few of its fields that tell steps of the same kind apart."""
    try:
        message: Any = decode(found.value)
    except Undecodable as error:
        return "unreadable", str(error)
    told = [getattr(message, name, None) for name in ("exec_type", "kind", "symbol", "order_id", "trade_id")]
    return message.NAME, " ".join(str(each) for each in told if each)
