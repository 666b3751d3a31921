"""What a feed of market data is: a name, units of venue events, and a position to go on from.

A unit is what the source gives at once: a row, a packet, a message. It becomes some records, or none for a reason that
is counted; so rows read are rows published plus rows rejected, by kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from topics.message import Message


@dataclass(slots=True)
class Rejected:
    """A row that becomes no record: the kind that is counted, and where and why for people, where it is an error."""

    kind: str
    text: str = ""


UNCHANGED = "unchanged"  # a row that says nothing new of what venues publish


@dataclass(slots=True)
class Unit:
    """Rows of a source and what they become. `position` is where the source goes on behind them."""

    position: str
    rows: int
    time_us: int  # event time, microseconds since the epoch UTC
    messages: list[Message] = field(default_factory=list)  # each with a symbol, or a FeedHeartbeat for all partitions
    rejected: list[Rejected] = field(default_factory=list)


class Feed(Protocol):
    """A source of units. The same position gives the same units again, or later ones of a source that goes on."""

    name: str

    def units(self, position: str) -> AsyncIterator[Unit]:
        """From a position on; from the beginning where it is empty. Ends with a recorded source."""


class Recorded(ABC):
    """A feed of files: its units come from an ordinary iterator, in no time."""

    name: str

    @abstractmethod
    def rows(self, position: str) -> Iterator[Unit]:
        """Units from a position on."""

    async def units(self, position: str) -> AsyncIterator[Unit]:
        """As a feed gives them."""
        for unit in self.rows(position):
            yield unit
