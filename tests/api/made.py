"""Records that are empty but for what a test gives them."""

from __future__ import annotations

from topics.schemas import current

EMPTY = {"long": 0, "string": "", "boolean": False}
TIME_US = 1_700_000_000_000_000


def made(kind, symbol, seq, **values):
    """A record of a symbol's sequence."""
    return empty(kind, symbol=symbol, seq=seq, transact_time_us=TIME_US, **values)


def empty(kind, **values):
    """A record whose fields are empty as their schema has it: zero, no text, null, the first symbol, no items."""
    known = {}
    fields = {field["name"]: _empty(field["type"], known) for field in current()[kind.__name__]["fields"]}
    return kind(**{**fields, **{name: value for name, value in values.items() if name in fields}})


def _empty(schema, known):
    if isinstance(schema, list):
        for branch in schema:
            if isinstance(branch, dict) and branch["type"] == "enum":
                known[branch["name"]] = branch["symbols"][0]
        return None
    if isinstance(schema, str):
        return EMPTY[schema] if schema in EMPTY else known[schema]
    if schema["type"] == "enum":
        return known.setdefault(schema["name"], schema["symbols"][0])
    return []
