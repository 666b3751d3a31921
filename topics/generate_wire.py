"""Writes `wire/` from `avro/`: two functions a record, from a message to its Avro body and back.

Straight code, a line a field, because it is most of what a worker does: a general encoder that looks up each field of
each record takes two to three times as long, and this compiles (see `compiled`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "wire"


def snake(name: str) -> str:
    """`OrderEvent` as `order_event`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Writing:
    """Lines of the functions of one module, and what they import."""

    def __init__(self, own: set[str]) -> None:
        self.own = own
        self.imports: dict[str, set[str]] = {}

    def use(self, module: str, name: str) -> str:
        """A name of another module."""
        self.imports.setdefault(module, set()).add(name)
        return name

    def function(self, direction: str, kind: str) -> str:
        """The function for a named type or a primitive."""
        name = f"{direction}_{snake(kind)}"
        if kind in self.own:
            return name
        primitive = kind in ("string", "long", "boolean", "bytes", "array")
        return self.use("topics.avro_body" if primitive else "topics.wire.shared", name)

    def write(self, schema: Any, value: str, indent: str = "    ") -> list[str]:
        """Statements that write a value."""
        if isinstance(schema, list):
            long = self.function("write", "long")
            inner = self.write(schema[1], value, indent + "    ")
            return [f"{indent}if {value} is None:", f"{indent}    {long}(out, 0)", f"{indent}else:",
                    f"{indent}    {long}(out, 1)", *inner]  # fmt: skip
        if isinstance(schema, dict) and schema["type"] == "array":
            long = self.function("write", "long")
            kind = schema["items"] if isinstance(schema["items"], str) else schema["items"]["name"]
            inner = self.write(schema["items"], snake(kind), indent + "        ")
            return [f"{indent}if {value}:", f"{indent}    {long}(out, len({value}))",
                    f"{indent}    for {snake(kind)} in {value}:", *inner, f"{indent}{long}(out, 0)"]  # fmt: skip
        kind = schema if isinstance(schema, str) else str(schema["name"])
        return [f"{indent}{self.function('write', kind)}(out, {value})"]

    def read(self, schema: Any) -> str:
        """Expression that reads a value."""
        if isinstance(schema, list):
            self.use("topics.avro_body", "is_null")
            return f"None if is_null(body) else {self.read(schema[1])}"
        if isinstance(schema, dict) and schema["type"] == "array":
            items = schema["items"]
            kind = items if isinstance(items, str) else str(items["name"])
            return f"{self.function('read', 'array')}(body, {self.function('read', kind)})"
        kind = schema if isinstance(schema, str) else str(schema["name"])
        return f"{self.function('read', kind)}(body)"

    def record(self, schema: dict[str, Any]) -> list[str]:
        """Both functions of a record."""
        name = self.use("topics.messages", schema["name"])
        lines = [f"def write_{snake(name)}(out: BytesWriter, record: {name}) -> None:"]
        for field in schema["fields"]:
            lines += self.write(field["type"], f"record.{field['name']}")
        reads = [f"        {field['name']}={self.read(field['type'])}," for field in schema["fields"]]
        return [*lines, "", "", f"def read_{snake(name)}(body: Body) -> {name}:",
                f"    return {name}(", *reads, "    )", "", ""]  # fmt: skip

    def enumeration(self, schema: dict[str, Any]) -> list[str]:
        """Symbols and both functions of an enumeration."""
        name = self.use("topics.messages", schema["name"])
        symbols = f"{snake(name).upper()}_SYMBOLS"
        listed = ", ".join(f'"{symbol}"' for symbol in schema["symbols"])
        long, index = self.function("write", "long"), self.use("topics.avro_body", "read_index")
        return [
            f"{symbols}: Final[tuple[{name}, ...]] = ({listed},)",
            f"{symbols}_AT: Final[dict[{name}, int]] = {{symbol: at for at, symbol in enumerate({symbols})}}",
            "", "",
            f"def write_{snake(name)}(out: BytesWriter, symbol: {name}) -> None:",
            f"    {long}(out, {symbols}_AT[symbol])",
            "", "",
            f"def read_{snake(name)}(body: Body) -> {name}:",
            f"    return {symbols}[{index}(body, {len(schema['symbols'])})]",
            "", "",
        ]  # fmt: skip


def module(doc: str, enums: dict[str, Any], records: dict[str, Any]) -> str:
    """Text of a module for these types; all others are in `wire.shared`."""
    writing = Writing({*enums, *records})
    lines = [line for enum in enums.values() for line in writing.enumeration(enum)]
    lines += [line for record in records.values() for line in writing.record(record)]
    writing.use("topics.avro_body", "Body")
    imports = ["from typing import Final", ""] if enums else []
    imports += ["from librt.strings import BytesWriter", ""]
    imports += [f"from {name} import {', '.join(sorted(names))}" for name, names in sorted(writing.imports.items())]
    return "\n".join([f'"""{doc}"""', "", "from __future__ import annotations", "", *imports, "", "", *lines])


def index(records: list[tuple[str, str]]) -> str:
    """Text of the package: both functions of each record, by its class; `records` are (group, name)."""
    lines = ["WRITERS: Final[dict[type[Any], Callable[[BytesWriter, Any], None]]] = {"]
    lines += [f"    messages.{name}: {group}.write_{snake(name)}," for group, name in records]
    lines += ["}", "READERS: Final[dict[str, Callable[[Body], Any]]] = {"]
    lines += [f'    "{name}": {group}.read_{snake(name)},' for group, name in records]
    groups = ", ".join(sorted({group for group, _ in records}))
    head = [
        '"""Avro bodies of every record in `avro/`. Made by `python -m topics generate`; do not edit."""',
        "",
        "from collections.abc import Callable",
        "from typing import Any, Final",
        "",
        "from librt.strings import BytesWriter",
        "",
        "from topics import messages",
        "from topics.avro_body import Body",
        f"from topics.wire import {groups}",
        "",
    ]
    return "\n".join([*head, *lines, "}", ""])
