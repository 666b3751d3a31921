"""The generated encoding against fastavro's: the same bytes for whatever a schema can say, and nothing else is read."""

import io

import fastavro
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from topics import messages, schemas
from topics.avro_body import LONG_MAX, LONG_MIN
from topics.codec import Undecodable, decode, encode
from topics.frame import FRAME, FRAME_BYTES

LONGS = st.integers(LONG_MIN, LONG_MAX) | st.sampled_from([0, -1, 63, 64, -64, -65, LONG_MIN, LONG_MAX])
PRIMITIVES = {"string": st.text(), "long": LONGS, "boolean": st.booleans(), "bytes": st.binary()}


def values(schema, known):
    """What fastavro takes for a schema."""
    if isinstance(schema, list):
        return st.none() | values(schema[1], known)
    if isinstance(schema, str):
        return PRIMITIVES[schema] if schema in PRIMITIVES else values(known[schema], known)
    if schema["type"] == "array":
        return st.lists(values(schema["items"], known), max_size=3)
    known[schema["name"]] = schema
    if schema["type"] == "enum":
        return st.sampled_from(schema["symbols"])
    return st.fixed_dictionaries({field["name"]: values(field["type"], known) for field in schema["fields"]})


def framed(name, write):
    body = io.BytesIO()
    body.write(FRAME.pack(0, schemas.schema_id(name)))
    write(body)
    return body.getvalue()


@pytest.mark.parametrize("name", schemas.current())
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_bytes_are_those_of_fastavro(name, data):
    schema = schemas.current()[name]
    value = data.draw(values(schema, {}))
    parsed = fastavro.parse_schema(schema)
    theirs = framed(name, lambda body: fastavro.schemaless_writer(body, parsed, value))
    message = decode(theirs)
    ours = encode(message)
    assert ours == theirs
    assert fastavro.schemaless_reader(io.BytesIO(ours[FRAME_BYTES:]), parsed) == value


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(list(schemas.current())), body=st.binary(max_size=60))
def test_any_bytes_are_a_record_or_undecodable(name, body):
    try:
        message = decode(FRAME.pack(0, schemas.schema_id(name)) + body)
    except Undecodable:
        return
    assert type(message) is getattr(messages, name)


ONE_LONG = "Mark"  # begins with a long, then an array of records
BAD = {
    "a number of 65 bits": b"\xff" * 9 + b"\x03\0",
    "a number of 11 bytes": b"\x80" * 10 + b"\0\0",
    "a number that never ends": b"\xff" * 50,
    "an array that never ends": b"\0\xfe\xff\xff\xff\xff\x0f",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_what_no_writer_writes_is_undecodable(body):
    with pytest.raises(Undecodable):
        decode(FRAME.pack(0, schemas.schema_id(ONE_LONG)) + body)


def test_blocks_of_an_array_may_name_their_size():
    """A negative count and the bytes of the block, as other writers do it."""
    spans = [messages.Span("v", 1), messages.Span("w", 2)]
    sized = b"\x0e" + b"\x03\x0c" + b"\x02v\x02" + b"\x02w\x04" + b"\0"
    assert decode(FRAME.pack(0, schemas.schema_id("Mark")) + sized) == messages.Mark(7, spans)


def test_a_number_beyond_64_bits_is_not_written():
    with pytest.raises(OverflowError):
        encode(messages.CancelOrder("A", "O", LONG_MAX + 1))
