"""What can be asked for: a series is how its rows are selected. Rows are symbol, microseconds, tie, and their values.

Everything but names of ours goes to the server as a parameter: `symbols`, the span, the row that was last, the limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from api.history.clickhouse import Parameters, Value
from api.history.position import Position
from api.history.span import Span


@dataclass(frozen=True, slots=True)
class Asked:
    """Symbols in ascending order, from when until when, in which order, behind which row."""

    symbols: list[str]
    span: Span
    descending: bool = False
    after: Position | None = None

    def left(self) -> list[str]:
        """Symbols that have rows to come, in the order in which they come."""
        ordered = self.symbols[::-1] if self.descending else self.symbols
        return ordered if self.after is None else ordered[ordered.index(self.after.symbol) :]

    def order(self, *columns: str) -> str:
        direction = "DESC" if self.descending else "ASC"
        return "ORDER BY " + ", ".join(f"{column} {direction}" for column in columns)

    def behind(self, time: str, tie: str) -> str:
        """The condition on rows behind the last one; on the symbol and the time alone too, which the index knows."""
        if self.after is None:
            return "1"
        than = "<" if self.descending else ">"
        return (
            f"(symbol != {{at_symbol:String}} OR {time} {than}= fromUnixTimestamp64Micro({{at_us:Int64}}, 'UTC')) AND "
            f"(symbol != {{at_symbol:String}} OR ({time}, {tie}) {than} "
            "(fromUnixTimestamp64Micro({at_us:Int64}, 'UTC'), {at_tie:Int64}))"
        )

    def parameters(self, symbols: list[str]) -> dict[str, Value]:
        asked: dict[str, Value] = {
            "symbols": symbols,
            "start_us": self.span.start_us,
            "end_us": self.span.end_us,
        }
        if self.after is not None:
            asked |= {"at_symbol": self.after.symbol, "at_us": self.after.time_us, "at_tie": self.after.tie}
        return asked


class Series(Protocol):
    """Bars, quotes or trades."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Values of a row of a file, in SQL with their names, of what `rows` selects."""

    def slices(self, asked: Asked) -> Iterator[list[str]]:
        """The symbols that are left in parts that a query can take, in their order. Raises InvalidRequest."""

    def rows(self, asked: Asked) -> str:
        """A query for the rows of some symbols, ordered: symbol, time (a DateTime64), tie, and integers."""

    def parameters(self, asked: Asked, symbols: list[str]) -> Parameters:
        """What the query is asked with."""
