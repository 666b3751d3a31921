"""What a table of ClickHouse is to the sink. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = tuple[Any, ...]
Fields = tuple[tuple[str, str], ...]  # column and type, in the order of the rows

SYMBOL = ("symbol", "LowCardinality(String)")
SEQ = ("seq", "Int64")
TRANSACT_TIME = ("transact_time", "DateTime64(6, 'UTC')")
RECORD: Fields = (("record_partition", "Int32"), ("record_offset", "Int64"))
ORIGIN: Fields = (
    ("origin_topic", "LowCardinality(String)"),
    ("origin_partition", "Int32"),
    ("origin_offset", "Int64"),
    ("origin_index", "Int32"),
)
_PLAIN = {"LowCardinality(String)": "String", "LowCardinality(Nullable(String))": "Nullable(String)"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table and the topic its rows come from. `number`: with the record it identifies a row. `key`: where it is told,
    the table keeps of rows that are equal in it the one of the last record, as their compacted topic does."""

    name: str
    topic: str
    fields: Fields
    number: tuple[str, ...] = ()
    key: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.fields)

    @property
    def column_types(self) -> tuple[str, ...]:
        """As rows are sent. The server makes dictionaries of low-cardinality columns, the client would in Python."""
        return tuple(_PLAIN.get(kind, kind) for _, kind in self.fields)

    @property
    def times(self) -> tuple[str, ...]:
        return tuple(name for name, kind in self.fields if kind.startswith("DateTime64"))

    def latest(self, rows: Iterable[Row]) -> list[Row]:
        """Rows as the table keeps them."""
        if not self.key:
            return list(rows)
        places = [self.columns.index(name) for name in self.key]
        at = self.columns.index("record_offset")
        kept: dict[Row, Row] = {}
        for row in rows:
            key = tuple(row[place] for place in places)
            if key not in kept or kept[key][at] < row[at]:
                kept[key] = row
        return list(kept.values())
