"""What was read, cut before each record that waits for what becomes of those before it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiokafka.structs import TopicPartition

from feeds.merged import Read
from topics.messages import Instrument


def order(read: Read) -> tuple[int, int]:
    """As the book decided: by time, and within a symbol by its number. Terms come before all."""
    return read.time_us, 0 if isinstance(read.message, Instrument) else read.message.seq


def cut(read: Sequence[Read], waits: Callable[[Read], bool]) -> list[list[Read]]:
    """In pieces, of which each but the first has one record that waits, and none before it; the first may be empty.

    `read` is by offset within a partition, and so are the pieces: a position can be behind any of them.
    """
    pieces, rest = [], list(read)
    for waiting in sorted(filter(waits, read), key=order):
        held: set[TopicPartition] = set()
        before, after = [], []
        for each in rest:
            if each.part in held or order(each) >= order(waiting):
                held.add(each.part)
                after.append(each)
            else:
                before.append(each)
        pieces.append(before)
        rest = after
    return [*pieces, rest]
