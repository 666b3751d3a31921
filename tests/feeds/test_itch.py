"""ITCH 5.0: every type against an encoder that is written from the specification, and what is wrong with its offset."""

import gzip
import io
import random

import pytest

from feeds.itch import Fault, frames, named, open_itch
from feeds.itch_spec import KINDS
from tests.feeds.itch_encoder import LAYOUTS, encode, filled, frame


def test_every_type_of_the_specification_is_known():
    assert set(KINDS) == set(LAYOUTS)


@pytest.mark.parametrize("code", LAYOUTS)
def test_every_field_of_every_type(code):
    chance = random.Random(code)
    for _ in range(50):
        values, data = filled(code, chance)
        (message,) = frames(io.BytesIO(frame(data)))
        assert (chr(message[0]), named(message)) == (code, values)


def test_a_stream_is_read_whole_however_it_is_cut(monkeypatch):
    chance = random.Random(1)
    sent = [filled(chance.choice(list(LAYOUTS)), chance) for _ in range(400)]
    data = b"".join(frame(encoded) for _, encoded in sent)
    for chunk in (1, 2, 3, 17, 50, 1000, len(data)):
        monkeypatch.setattr("feeds.itch.CHUNK", chunk)
        assert [named(message) for message in frames(io.BytesIO(data))] == [values for values, _ in sent]


GOOD = frame(encode("D", order_reference=7))
CASES = {
    "nothing": (b"", []),
    "a half length": (GOOD + b"\0", [(21, "truncated")]),
    "a length alone": (GOOD + b"\0\x13", [(21, "truncated")]),
    "cut off in the middle": (GOOD + GOOD[:-1], [(21, "truncated")]),
    "unknown type": (GOOD + frame(b"?abc") + GOOD, [(21, "unknown-type")]),
    "no bytes": (GOOD + b"\0\0" + GOOD, [(21, "corrupt")]),
    "too short for its type": (GOOD + frame(GOOD[2:-1]) + GOOD, [(21, "corrupt")]),
    "too long for its type": (frame(GOOD[2:] + b"!") + GOOD, [(0, "corrupt")]),
}


@pytest.mark.parametrize(("data", "faults"), CASES.values(), ids=CASES.keys())
def test_what_is_wrong_is_told_with_its_offset_and_passed_over(data, faults):
    found = list(frames(io.BytesIO(data)))
    assert [(each.offset, each.kind) for each in found if isinstance(each, Fault)] == faults
    assert sum(not isinstance(each, Fault) for each in found) == data.count(GOOD)


@pytest.mark.parametrize("kept", [1.0, 0.5])
def test_packed_files_are_read_and_one_that_breaks_off_is_told(tmp_path, kept):
    chance = random.Random(2)
    data = b"".join(frame(filled("A", chance)[1]) for _ in range(2000))
    packed, path = gzip.compress(data), tmp_path / "day.gz"
    path.write_bytes(packed[: int(len(packed) * kept)])
    with open_itch(path) as stream:
        found = list(frames(stream))
    faults = [each for each in found if isinstance(each, Fault)]
    assert [each.kind for each in faults] == ([] if kept == 1.0 else ["truncated"])
    assert (len(found) == 2000) == (kept == 1.0)
