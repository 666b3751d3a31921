"""Records of the consolidated market as a stream sends them: encoded once, shared by everybody who follows the symbol.

A field is named as in its record, less its unit: prices and quantities are decimal strings, times ISO 8601. An interval
stays a number of microseconds. What nobody follows is not encoded at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from api.feed.encoding import json_of
from topics.catalogue import BARS, NBBO, PRINTS, TRADING_STATUS

Kind = Literal["nbbo", "trades", "bars", "status"]
KINDS: dict[str, Kind] = {NBBO: "nbbo", PRINTS: "trades", BARS: "bars", TRADING_STATUS: "status"}
TOPICS = tuple(KINDS)
"""The topics of a stream, in the order in which a place names their offsets."""


class Frame:
    """A record as one event, encoded when it is first sent. `positions`: where its partition was read to with it."""

    __slots__ = ("_body", "_whole", "kind", "offset", "partition", "positions", "record", "seq", "symbol", "topic")

    def __init__(self, record: Any, partition: int, topic: int, offset: int, positions: list[int]) -> None:
        self.record = record
        self.symbol: str = record.symbol
        self.seq: int = record.seq
        self.kind = KINDS[TOPICS[topic]]
        self.partition, self.topic, self.offset = partition, topic, offset  # topic: index in TOPICS
        self.positions = tuple(positions)
        self._body = self._whole = b""

    @property
    def place(self) -> str:
        """Where its partition's topics were read to with it."""
        return place_of(self.partition, self.positions)

    @property
    def body(self) -> bytes:
        """Event and data lines."""
        if not self._body:
            self._body = body_of(self.kind, self.record)
        return self._body

    @property
    def whole(self) -> bytes:
        """The event with the id of a stream that reads this partition alone."""
        if not self._whole:
            self._whole = b"%bid: %b\n\n" % (self.body, self.place.encode())
        return self._whole


def place_of(partition: int, positions: Sequence[int]) -> str:
    """`PARTITION-OFFSET.OFFSET…`: what comes next of each topic of a partition."""
    return f"{partition}-{'.'.join(map(str, positions))}"


def body_of(event: str, record: Any) -> bytes:
    """Event and data lines of a record, without the end of the event."""
    return f"event: {event}\ndata: {json_of(record)}\n".encode()
