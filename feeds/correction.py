"""The operator cancels a trade (a bust) or corrects it: one command to its book, which tells both accounts.

The book decides, and refuses what is too old or was corrected meanwhile: the dead letter that such a command becomes is
the answer. A command that was recorded is decided once, whatever dies meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from config.settings import Settings
from feeds import taken
from feeds.booked import NotCorrectable
from feeds.producer import place, producing
from feeds.reading import Found, Place, reading
from topics.catalogue import DEAD_LETTERS, MATCHING_CHANGELOG, ORDERS
from topics.codec import decode
from topics.messages import CorrectTrade

LETTER_WITHIN_S = 10.0


class NotCertain(RuntimeError):
    """The command is recorded, and nobody has decided on it yet."""


async def correct(config: Settings, command: CorrectTrade) -> Place:
    """Send the command and wait until its book has taken it; returns where it is recorded.

    Raises NotCorrectable when the book refuses it, NotCertain when no worker takes it in time, and KafkaError when it
    is not known whether it was recorded.
    """
    async with reading(config) as log, producing(config) as producer:
        starts, letters = await log.ends(MATCHING_CHANGELOG), await log.ends(DEAD_LETTERS)
        sent = await producer.send_and_wait(ORDERS, **place(command.symbol, command, config.partitions))
        at = Place(sent.topic, sent.partition, sent.offset)
        name = f"correction/{command.symbol}/{command.buy.root_order_id}"
        try:
            (entry,) = await taken.entries(log, starts, [at], [name])
            if entry is None:
                raise NotCorrectable(await _refusal(log.following(letters), at))
        except TimeoutError:
            raise NotCertain(f"it is recorded ({at}), and no worker has taken it yet") from None
        return at


async def _refusal(letters: AsyncIterator[Found], at: Place) -> str:
    """Text of the dead letter that a record has become."""
    async with asyncio.timeout(LETTER_WITHIN_S):
        async for record in letters:
            letter = decode(record.value)
            if (letter.source_topic, letter.source_partition, letter.source_offset) == (
                ORDERS,
                at.partition,
                at.offset,
            ):
                return str(letter.text)
    raise TimeoutError
