"""The published records: documented, frozen once released, and readable for ever."""

import ast
import io
import json

import fastavro
import pytest

from topics import catalogue, generate, messages, schemas
from topics.codec import Undecodable, decode, encode
from topics.frame import FRAME

NAMES = list(schemas.current())
RELEASED = list(schemas.released().items())


def every_field(schema):
    """Fields of a record and of the records inside it."""
    for field in schema["fields"]:
        yield field
        kind = field["type"]
        kinds = kind if isinstance(kind, list) else [kind]
        for inner in kinds:
            inner = inner.get("items", inner) if isinstance(inner, dict) and inner["type"] == "array" else inner
            if isinstance(inner, dict) and inner["type"] == "record":
                yield from every_field(inner)


def example(schema, known=None):
    """A value of a schema, with every nullable set."""
    known = {} if known is None else known
    if isinstance(schema, list):
        return example(schema[1], known)
    if isinstance(schema, str):
        if schema in known:
            return example(known[schema], known)
        return {"string": "x", "long": 7, "boolean": True, "bytes": b"y"}[schema]
    if schema["type"] == "enum":
        known[schema["name"]] = schema
        return schema["symbols"][-1]
    if schema["type"] == "array":
        return [example(schema["items"], known)]
    known[schema["name"]] = schema
    return {field["name"]: example(field["type"], known) for field in schema["fields"]}


@pytest.mark.parametrize("name", NAMES)
def test_every_field_says_what_it_is(name):
    schema = schemas.current()[name]
    assert schema["doc"]
    assert schema["name"] == name
    assert [field["name"] for field in every_field(schema) if not field.get("doc")] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_field_is_a_float(name):
    assert '"double"' not in json.dumps(schemas.current()[name])
    assert '"float"' not in json.dumps(schemas.current()[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_scaled_integer_names_its_unit(name):
    """A long is a count, a sequence, a time with its unit, or a scaled number with its scale."""
    plain = {"seq", "version", "tier", "priority", "offset", "partition", "limit", "value", "headroom", "amount", "day"}
    plain |= {"count", "rows", "position", "revision"}
    for field in every_field(schemas.current()[name]):
        kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
        if "long" in kinds:
            assert field["name"].rsplit("_", 1)[-1] in plain | {"e4", "e6", "e12", "us"}, field["name"]


def test_generated_classes_are_up_to_date():
    """`python -m topics generate` would change nothing but the layout, which the formatter settles."""
    for name, text in generate.generate().items():
        written = (generate.FOLDER / name).read_text()
        assert statements(text) == statements(written), f"{name}: run `python -m topics generate`"


def statements(source):
    """What a module defines, whatever its layout and the order of its imports."""
    imports = (ast.Import, ast.ImportFrom)
    return [ast.dump(node) for node in ast.parse(source).body if not isinstance(node, imports)]


def test_an_enumeration_is_the_same_in_every_schema():
    enums, records = {}, {}
    for schema in schemas.current().values():
        found = {}
        generate.collect(schema, found, records)
        for name, enum in found.items():
            assert enums.setdefault(name, enum["symbols"]) == enum["symbols"], name


def test_every_current_schema_is_released():
    assert [name for name in NAMES if schemas.schema_id(name) not in schemas.released()] == []


@pytest.mark.parametrize(("schema_id", "written"), RELEASED)
def test_whatever_was_ever_written_is_readable_today(schema_id, written):
    """Backward transitive compatibility: a record under any released schema decodes into today's class."""
    body = io.BytesIO()
    body.write(FRAME.pack(0, schema_id))
    fastavro.schemaless_writer(body, fastavro.parse_schema(written), example(written))
    assert written["name"] == decode(body.getvalue()).NAME


@pytest.mark.parametrize("name", NAMES)
def test_a_message_survives_the_wire(name):
    schema = schemas.current()[name]
    body = io.BytesIO()
    body.write(FRAME.pack(0, schemas.schema_id(name)))
    fastavro.schemaless_writer(body, fastavro.parse_schema(schema), example(schema))
    message = decode(body.getvalue())
    assert encode(message) == body.getvalue()
    assert decode(encode(message)) == message


BAD = {
    "nothing": None,
    "empty": b"",
    "too short": b"\0\0\0",
    "no frame": b'{"side": "Buy"}',
    "unknown schema": FRAME.pack(0, 99_999) + b"abc",
    "cut off": encode(messages.CancelOrder("A", "O", 1))[:-1],
    "trailing": encode(messages.CancelOrder("A", "O", 1)) + b"!",
    "no such enum": FRAME.pack(0, schemas.schema_id("SetAccountStatus")) + b"\x02A\x7e\x02",
    "huge string": FRAME.pack(0, schemas.schema_id("CancelOrder")) + b"\xfe\xff\xff\xff\xff\x0f",
    "not utf-8": FRAME.pack(0, schemas.schema_id("CancelOrder")) + b"\x02\xff\x02O\x02",
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_bad_bytes_are_undecodable_and_nothing_else(data):
    with pytest.raises(Undecodable):
        decode(data)


def test_every_record_of_a_topic_exists():
    for topic in catalogue.TOPICS:
        assert set(topic.records) <= set(NAMES), topic.name
    assert set(NAMES) == {record for topic in catalogue.TOPICS for record in topic.records}
