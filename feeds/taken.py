"""Waits until a fold has taken a record: its changelog has a mark beyond it, behind the entries that it changed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from feeds.reading import Place, Reading
from topics.codec import decode
from topics.messages import Mark

WITHIN_S = 15.0


async def entries(
    log: Reading, starts: Sequence[Place], places: Sequence[Place], names: Sequence[str]
) -> list[Any | None]:
    """What each place's partition has as the entry of its name when its fold has taken the records; None where no batch
    since the starts, which lie in the changelog before the records were written, has changed such an entry.

    Raises TimeoutError when a fold does not take its record in time.
    """
    left: dict[int, int] = {}
    for place in places:
        left[place.partition] = max(place.offset, left.get(place.partition, 0))
    keys = {name.encode() for name in names}
    found: dict[tuple[int, bytes], Any] = {}
    async with asyncio.timeout(WITHIN_S):
        async for record in log.following([start for start in starts if start.partition in left]):
            if record.partition not in left or record.value is None:
                continue
            message = decode(record.value)
            if record.key in keys:
                found[record.partition, record.key] = message
            elif isinstance(message, Mark) and message.offset >= left[record.partition]:
                del left[record.partition]
                if not left:
                    break
    return [found.get((place.partition, name.encode())) for place, name in zip(places, names, strict=True)]
