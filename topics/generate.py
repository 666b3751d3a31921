"""Writes `messages/` from `avro/`: a slotted class a record, one module a group of schemas.

Generated rather than built at run time so that mypy sees every field and a reader can look one up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from topics import schemas

FOLDER = Path(__file__).resolve().parent / "messages"
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


def record_class(schema: dict[str, Any]) -> str:
    lines = ["@dataclass(slots=True)", f"class {schema['name']}:", f'    """{schema["doc"]}"""', ""]
    lines += [f'    NAME: ClassVar[str] = "{schema["name"]}"', ""]
    lines += [f"    {f['name']}: {annotation(f['type'])}  # {f['doc']}" for f in schema["fields"]]
    return "\n".join([*lines, "", ""])


def group_module(group: str) -> tuple[str, dict[str, Any]]:
    """Text of one group's module, and the enumerations that it uses."""
    enums: dict[str, Any] = {}
    records: dict[str, Any] = {}
    for name in schemas.names(group):
        collect(schemas.current()[name], enums, records)
    imports = f"from topics.messages.enums import {', '.join(sorted(enums))}\n" if enums else ""
    text = (
        f'"""Records of `avro/{group}/`. {MADE_BY}"""\n\n'
        "from __future__ import annotations\n\nfrom dataclasses import dataclass\nfrom typing import ClassVar\n\n"
        f"{imports}\n\n" + "\n".join(record_class(schema) for schema in records.values())
    )
    return text, enums | {"": sorted(records)}


def generate() -> dict[str, str]:
    """Text of every module of `messages/`, by file name."""
    files = {}
    all_enums: dict[str, Any] = {}
    exports: dict[str, list[str]] = {}
    for group in schemas.GROUPS:
        files[f"{group}.py"], enums = group_module(group)
        exports[group] = enums.pop("")
        all_enums |= enums
    lines = [f'"""Enumerations by FIX name, as the string literals that Avro carries. {MADE_BY}"""\n']
    lines += ["from typing import Literal\n"]
    for name, schema in sorted(all_enums.items()):
        symbols = ", ".join(f'"{symbol}"' for symbol in schema["symbols"])
        lines.append(f"{name} = Literal[{symbols}]  # {schema['doc']}")
    files["enums.py"] = "\n".join(lines) + "\n"
    exports["enums"] = sorted(all_enums)
    every = sorted(name for names in exports.values() for name in names)
    files["__init__.py"] = (
        f'"""Message classes of every record in `avro/`. {MADE_BY}"""\n\n'
        + "\n".join(f"from topics.messages.{g} import {', '.join(n)}" for g, n in sorted(exports.items()))
        + "\n\n__all__ = ["
        + ", ".join(f'"{name}"' for name in every)
        + "]\n"
    )
    return files
