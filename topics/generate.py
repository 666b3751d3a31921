"""Writes `messages/` from `avro/`: a slotted class a record, one module a group of schemas.

Generated rather than built at run time so that mypy sees every field and a reader can look one up.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from topics import generate_wire, schemas

FOLDER = Path(__file__).resolve().parent
PRIMITIVES = {"string": "str", "long": "int", "boolean": "bool", "bytes": "bytes"}
MADE_BY = "Made by `python -m topics generate`; do not edit."


def collect(schema: Any, enums: dict[str, Any], records: dict[str, Any]) -> None:
    """Gather the named types inside a schema, inner ones first."""
    if isinstance(schema, list):
        for branch in schema:
            collect(branch, enums, records)
    elif isinstance(schema, dict) and schema["type"] == "enum":
        enums[schema["name"]] = schema
    elif isinstance(schema, dict) and schema["type"] == "array":
        collect(schema["items"], enums, records)
    elif isinstance(schema, dict) and schema["type"] == "record":
        for field in schema["fields"]:
            collect(field["type"], enums, records)
        records[schema["name"]] = schema


def annotation(schema: Any) -> str:
    """Python type of an Avro type."""
    if isinstance(schema, list):
        return f"{annotation(schema[1])} | None"
    if isinstance(schema, str):
        return PRIMITIVES.get(schema, schema)
    if schema["type"] == "array":
        return f"list[{annotation(schema['items'])}]"
    return str(schema["name"])


def field_lines(field: dict[str, Any], added: bool) -> list[str]:
    """A field with what it is; one that was added has its default, and its comment above where there is room."""
    name_and_type = f"    {field['name']}: {annotation(field['type'])}"
    if added:
        return [f"    # {field['doc']}", f"{name_and_type} = {field['default']!r}"]
    return [f"{name_and_type}  # {field['doc']}"]


def record_class(schema: dict[str, Any]) -> str:
    """A record's class. The fields at its end that have a default, which is where a later one is added, keep it."""
    added = len(schema["fields"])
    while added and "default" in schema["fields"][added - 1]:
        added -= 1
    lines = [
        "@dataclass(slots=True, init=False)",
        f"class {schema['name']}(Message):",
        f'    """{schema["doc"]}"""',
        "",
    ]
    for at, field in enumerate(schema["fields"]):
        lines += field_lines(field, at >= added)
    lines += ["", *init_lines(schema["fields"], added)]
    return "\n".join([*lines, "", ""])


def init_lines(fields: list[dict[str, Any]], added: int) -> list[str]:
    """What the decorator would make, written out: only so it is compiled where the class is (see `compiled`)."""
    parameters = [
        f"{field['name']}: {annotation(field['type'])}" + (f" = {field['default']!r}" if at >= added else "")
        for at, field in enumerate(fields)
    ]
    assignments = [f"        self.{field['name']} = {field['name']}" for field in fields]
    return [f"    def __init__(self, {', '.join(parameters)}) -> None:", *assignments]


def records_of(group: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Enumerations and records of a group, those inside its records among them."""
    enums: dict[str, Any] = {}
    records: dict[str, Any] = {}
    for name in schemas.names(group):
        collect(schemas.current()[name], enums, records)
    return enums, records


def module(doc: str, enums: dict[str, Any], records: dict[str, Any], shared: list[str]) -> str:
    """Text of a module that defines records; enumerations and `shared` records are imported."""
    imports = f"from topics.messages.enums import {', '.join(sorted(enums))}\n" if enums else ""
    imports += f"from topics.messages.shared import {', '.join(shared)}\n" if shared else ""
    return (
        f'"""{doc} {MADE_BY}"""\n\n'
        "from __future__ import annotations\n\nfrom dataclasses import dataclass\n\n"
        f"{imports}from topics.message import Message\n\n\n"
        + "\n".join(record_class(schema) for schema in records.values())
    )


def generate() -> dict[str, str]:
    """Text of every module of `messages/` and `wire/`. A record inside records of several groups is in `shared`."""
    groups = {group: records_of(group) for group in schemas.GROUPS}
    uses = Counter(name for _, records in groups.values() for name in records)
    shared = {name: schema for _, records in groups.values() for name, schema in records.items() if uses[name] > 1}
    all_enums = {name: schema for enums, _ in groups.values() for name, schema in enums.items()}
    files = {}
    exports: dict[str, list[str]] = {}
    for group, (enums, records) in groups.items():
        own = {name: schema for name, schema in records.items() if name not in shared}
        files[f"wire/{group}.py"] = generate_wire.module(f"Avro bodies of `avro/{group}/`. {MADE_BY}", {}, own)
        inside = sorted(shared.keys() & records)
        files[f"messages/{group}.py"] = module(f"Records of `avro/{group}/`.", enums, own, inside)
        exports[group] = sorted(own)
    files["messages/shared.py"] = module("Records inside records of several groups.", all_enums, shared, [])
    shared_doc = f"Avro bodies of what is inside records of several groups. {MADE_BY}"
    files["wire/shared.py"] = generate_wire.module(shared_doc, all_enums, shared)
    files["wire/__init__.py"] = generate_wire.index([(g, n) for g in schemas.GROUPS for n in schemas.names(g)])
    exports["shared"] = sorted(shared)
    lines = [f'"""Enumerations by FIX name, as the string literals that Avro carries. {MADE_BY}"""\n']
    lines += ["from typing import Literal\n"]
    for name, schema in sorted(all_enums.items()):
        symbols = ", ".join(f'"{symbol}"' for symbol in schema["symbols"])
        lines.append(f"{name} = Literal[{symbols}]  # {schema['doc']}")
    files["messages/enums.py"] = "\n".join(lines) + "\n"
    exports["enums"] = sorted(all_enums)
    every = sorted(name for names in exports.values() for name in names)
    files["messages/__init__.py"] = (
        f'"""Message classes of every record in `avro/`. {MADE_BY}"""\n\n'
        + "\n".join(f"from topics.messages.{g} import {', '.join(n)}" for g, n in sorted(exports.items()))
        + "\n\n__all__ = ["
        + ", ".join(f'"{name}"' for name in every)
        + "]\n"
    )
    return files
