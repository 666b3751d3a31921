"""A record as JSON, fast: what `json.dumps` would write of `shown(record)`, without the dictionary in between.

Of each class a row of (text before the value, attribute, how its value is written) is made once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from json.encoder import encode_basestring_ascii
from typing import Any

from pydantic_core import to_json

from api.units import money_text, quantity_text, time_text

Write = Callable[[Any], str]


def shown(record: Any) -> dict[str, Any]:
    """A record under its names less their units, as JSON has it."""
    return {name: _value(getattr(record, field), unit) for field, name, unit in _names(type(record))}  # type: ignore[arg-type]


def json_of(record: Any) -> str:
    """The same as compact JSON."""
    row = _row(type(record))  # type: ignore[arg-type]
    return "".join([before + write(getattr(record, field)) for before, field, write in row]) + "}"


@cache
def _row(kind: type[Any]) -> tuple[tuple[str, str, Write], ...]:
    found = []
    for number, (field, name, unit) in enumerate(_names(kind)):  # type: ignore[arg-type]
        found.append((f'{"," if number else "{"}"{name}":', field, _WRITERS[unit]))
    return tuple(found)


@cache
def _names(kind: type[Any]) -> tuple[tuple[str, str, str], ...]:
    """(field, name without its unit, unit) of a record's class."""
    found = []
    for field in fields(kind):
        for unit, suffix in (("e4", "_e4"), ("e6", "_e6"), ("time", "_us")):
            if field.name.endswith("time_us" if unit == "time" else suffix):
                found.append((field.name, field.name.removesuffix(suffix), unit))
                break
        else:
            found.append((field.name, field.name, ""))
    return tuple(found)


def _value(value: Any, unit: str) -> Any:
    if value is None:
        return None
    if unit == "e4":
        return money_text(value)
    if unit == "e6":
        return quantity_text(value)
    if unit == "time":
        return time_text(value)
    if isinstance(value, list):
        return [shown(item) if is_dataclass(item) else item for item in value]
    return value


def _any(value: Any) -> str:
    if type(value) is str:
        return encode_basestring_ascii(value)
    if type(value) is int:
        return str(value)
    return to_json(_value(value, ""), ensure_ascii=True).decode()


def _money(value: int | None) -> str:
    return "null" if value is None else f'"{money_text(value)}"'


def _quantity(value: int | None) -> str:
    return "null" if value is None else f'"{quantity_text(value)}"'


def _time(value: int | None) -> str:
    return "null" if value is None else f'"{time_text(value)}"'


_WRITERS: dict[str, Write] = {"": _any, "e4": _money, "e6": _quantity, "time": _time}
