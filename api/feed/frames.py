"""Records of the consolidated market as a stream sends them: encoded once, shared by everybody who follows the symbol.

A field is named as in its record, less its unit: prices and quantities are decimal strings, times ISO 8601. An interval
stays a number of microseconds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal

from api.units import money_text, quantity_text, time_text
from topics.catalogue import BARS, NBBO, PRINTS, TRADING_STATUS

Kind = Literal["nbbo", "trades", "bars", "status"]
KINDS: dict[str, Kind] = {NBBO: "nbbo", PRINTS: "trades", BARS: "bars", TRADING_STATUS: "status"}
TOPICS = tuple(KINDS)
"""The topics of a stream, in the order in which a place names their offsets."""


@dataclass(slots=True)
class Frame:
    """A record as one event. `place` is where its partition's topics were read to with it."""

    symbol: str
    kind: Kind
    seq: int
    partition: int
    topic: int  # index in TOPICS
    offset: int
    place: str
    body: bytes  # event and data lines
    whole: bytes  # with the id of a stream that reads this partition alone


def place_of(partition: int, positions: list[int]) -> str:
    """`PARTITION-OFFSET.OFFSET…`: what comes next of each topic of a partition."""
    return f"{partition}-{'.'.join(map(str, positions))}"


def frame_of(record: Any, partition: int, topic: int, offset: int, positions: list[int]) -> Frame:
    """The event of a decoded record, with the positions that are reached with it."""
    kind = KINDS[TOPICS[topic]]
    place = place_of(partition, positions)
    body = body_of(kind, record)
    return Frame(
        record.symbol, kind, record.seq, partition, topic, offset, place, body, body + f"id: {place}\n\n".encode()
    )


def body_of(event: str, record: Any) -> bytes:
    """Event and data lines of a record, without the end of the event."""
    return f"event: {event}\ndata: {json.dumps(shown(record), separators=(',', ':'))}\n".encode()


def shown(record: Any) -> dict[str, Any]:
    """A record under its names less their units, as JSON has it."""
    return {name: _value(getattr(record, field), unit) for field, name, unit in _names(type(record))}  # type: ignore[arg-type]


@cache
def _names(kind: type[Any]) -> tuple[tuple[str, str, str], ...]:
    """(field, name without its unit, unit) of a record's class."""
    found = []
    for field in fields(kind):
        for unit, suffix in (("e4", "_e4"), ("e6", "_e6"), ("time", "_us")):
            if field.name.endswith("time_us" if unit == "time" else suffix):
                found.append((field.name, field.name.removesuffix(suffix), unit))
                break
        else:
            found.append((field.name, field.name, ""))
    return tuple(found)


def _value(value: Any, unit: str) -> Any:
    if value is None:
        return None
    if unit == "e4":
        return money_text(value)
    if unit == "e6":
        return quantity_text(value)
    if unit == "time":
        return time_text(value)
    if isinstance(value, list):
        return [shown(item) if is_dataclass(item) else item for item in value]
    return value
