"""The tables of ClickHouse as the sink writes them: columns in the order of the rows, with their types. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Row = tuple[Any, ...]
_SYMBOL = ("symbol", "LowCardinality(String)")
_SEQ = ("seq", "Int64")
_TAIL = (
    ("transact_time", "DateTime64(6, 'UTC')"),
    ("correlation_id", "String"),
    ("record_partition", "Int32"),
    ("record_offset", "Int64"),
    ("origin_topic", "LowCardinality(String)"),
    ("origin_partition", "Int32"),
    ("origin_offset", "Int64"),
    ("origin_index", "Int32"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table and the topic its rows come from. `number`: with the origin it identifies a row."""

    name: str
    topic: str
    fields: tuple[tuple[str, str], ...]
    number: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.fields)

    @property
    def column_types(self) -> tuple[str, ...]:
        return tuple(kind for _, kind in self.fields)


TRADES = Table(
    "trades",
    "trades",
    (
        ("trade_id", "String"),
        _SYMBOL,
        _SEQ,
        ("price_e4", "Int64"),
        ("qty_e6", "Int64"),
        ("amount_e4", "Int64"),
        ("aggressor_side", "LowCardinality(String)"),
        ("maker_order_id", "String"),
        ("taker_order_id", "String"),
        *_TAIL,
    ),
)
QUOTES = Table(
    "quotes",
    "quotes",
    (
        _SYMBOL,
        _SEQ,
        ("bid_price_e4", "Nullable(Int64)"),
        ("bid_qty_e6", "Int64"),
        ("ask_price_e4", "Nullable(Int64)"),
        ("ask_qty_e6", "Int64"),
        *_TAIL,
    ),
)
BOOK_EVENTS = Table(
    "book_events",
    "book-events",
    (
        _SYMBOL,
        _SEQ,
        ("kind", "LowCardinality(String)"),
        ("order_id", "String"),
        ("new_order_id", "Nullable(String)"),
        ("side", "LowCardinality(String)"),
        ("price_e4", "Int64"),
        ("qty_e6", "Int64"),
        ("last_qty_e6", "Nullable(Int64)"),
        ("trade_id", "Nullable(String)"),
        *_TAIL,
    ),
)
RISK_CHECKS = Table(
    "risk_checks",
    "order-events",
    (
        ("account_id", "String"),
        ("user_id", "String"),
        ("order_id", "String"),
        _SYMBOL,
        ("exec_id", "String"),
        ("exec_type", "LowCardinality(String)"),
        ("check_number", "Int32"),
        ("check_type", "LowCardinality(String)"),
        ("check_value", "Int64"),
        ("check_limit", "Int64"),
        ("headroom", "Int64"),
        ("status", "LowCardinality(String)"),
        *_TAIL,
    ),
    number=("check_number",),
)
TABLES = {table.name: table for table in (TRADES, QUOTES, BOOK_EVENTS, RISK_CHECKS)}
