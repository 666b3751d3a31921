"""What a schema registry knows, out of `avro/released` and the catalogue: ids, subjects and their versions.

A deserialiser asks by the id that is in front of each record, and for that no subject matters. Subjects serve whoever
looks a topic up before reading it, by either of the names that clients build:

* `TOPIC-RECORD` (TopicRecordNameStrategy), for every record that a topic may carry;
* `TOPIC-value` (TopicNameStrategy, the default of clients), for topics that carry one kind of record. For the others
  there is no such subject: one latest schema would be wrong for most of their records.

A subject's versions are the released schemas of its record, from the oldest on, counted from 1.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import fastavro
from fastavro.schema import SchemaParseException, UnknownType

from topics import schemas
from topics.catalogue import TOPICS

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Version:
    """One schema of a subject."""

    subject: str
    version: int  # from 1 on
    schema_id: int


def text(schema_id: int) -> str | None:
    """Avro text of a released schema, None when the id was never given."""
    schema = schemas.released().get(schema_id)
    return None if schema is None else json.dumps(schema)


@cache
def subjects() -> dict[str, tuple[Version, ...]]:
    """Every subject with its versions, the oldest first; subjects sorted by name."""
    ids: dict[str, list[int]] = {}
    for schema_id, schema in schemas.released().items():
        ids.setdefault(schema["name"], []).append(schema_id)
    found: dict[str, tuple[Version, ...]] = {}
    for topic in TOPICS:
        for record in topic.records:
            names = [f"{topic.name}-{fullname(schemas.current()[record])}"]
            names += [f"{topic.name}-value"] if len(topic.records) == 1 else []
            for name in names:
                found[name] = tuple(Version(name, number, each) for number, each in enumerate(ids[record], start=1))
    return dict(sorted(found.items()))


def fullname(schema: dict[str, Any]) -> str:
    """Namespace and name of a record, as Avro joins them."""
    return f"{schema['namespace']}.{schema['name']}"


def version_of(subject: str, asked: str) -> Version | None:
    """A version by its number, `latest` or -1 (what clients send for the latest); None when there is none.

    Raises KeyError for an unknown subject, ValueError for what is no version.
    """
    versions = subjects()[subject]
    if asked in (LATEST, "-1"):
        return versions[-1]
    if (number := int(asked)) < 1:
        raise ValueError(asked)
    return next((each for each in versions if each.version == number), None)


def where_used(schema_id: int) -> list[Version]:
    """Every subject and version under which an id is found."""
    return [each for versions in subjects().values() for each in versions if each.schema_id == schema_id]


def find(subject: str, schema: str) -> Version | None:
    """The version of a subject that is this schema: the same in its canonical form, which leaves documents out.

    Raises KeyError for an unknown subject, ValueError for what is no Avro schema.
    """
    versions = subjects()[subject]
    wanted = _canonical(schema)
    same = [each for each in versions if _canonical(json.dumps(schemas.released()[each.schema_id])) == wanted]
    return same[-1] if same else None


def _canonical(schema: str) -> str:
    try:
        return str(fastavro.schema.to_parsing_canonical_form(json.loads(schema)))
    except (SchemaParseException, UnknownType, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an Avro schema: {error!r}") from error
