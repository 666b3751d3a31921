"""What was read, cut before what waits: names are a record's partition and its offset there."""

import pytest
from aiokafka.structs import TopicPartition

from feeds.cut import cut
from feeds.merged import Read
from topics.messages import CorrectedTrade, Instrument, Trade

PARTS = {
    letter: TopicPartition(topic, 0) for letter, topic in zip("itc", ("instruments", "trades", "corr"), strict=True)
}


def read(name, time_us):
    offset = int(name[1])
    if name[0] == "i":
        message = Instrument("A", "A", "Active", "Rule612", 1, 1, 1, 0)
    elif name[0] == "t":
        message = Trade("A-1", "A", offset, 1, 1, 1, "Buy", "m", "t", time_us)
    else:
        message = CorrectedTrade("A-1", "A", offset, "TradeCancel", 1, 0, 0, 0, time_us)
    return Read(PARTS[name[0]], offset, time_us, message)


@pytest.mark.parametrize(
    ("told", "pieces"),
    [
        ("", [[]]),
        ("t0=1 t1=2", [["t0", "t1"]]),
        ("c0=5", [[], ["c0"]]),
        ("t0=1 t1=9 c0=5", [["t0"], ["c0", "t1"]]),
        ("i0=0 t0=1 c0=5 c1=6", [["i0", "t0"], ["c0"], ["c1"]]),
        ("i0=0 t0=1 t1=5 t2=7 c0=3 c1=6", [["i0", "t0"], ["c0", "t1"], ["c1", "t2"]]),
        ("t0=1 t1=9 t2=2 c0=5", [["t0"], ["c0", "t1", "t2"]]),  # a partition stays by offset
    ],
)
def test_each_piece_but_the_first_begins_with_what_waits(told, pieces):
    given = [read(name, int(time_us)) for name, time_us in (each.split("=") for each in told.split())]
    found = cut(given, lambda each: isinstance(each.message, CorrectedTrade))
    names = {(part, offset): f"{letter}{offset}" for letter, part in PARTS.items() for offset in range(9)}
    assert [sorted(names[each.part, each.offset] for each in piece) for piece in found] == pieces
