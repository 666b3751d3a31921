"""Tables of what our own books say, and of the checks before it: columns in the order of the rows. Pure."""

from __future__ import annotations

from sinks.clickhouse.table import ORIGIN, RECORD, SEQ, SYMBOL, TRANSACT_TIME, Table

_TAIL = (TRANSACT_TIME, ("correlation_id", "String"), *RECORD, *ORIGIN)

BOOK_TRADES = Table(
    "book_trades",
    "trades",
    (
        ("trade_id", "String"),
        SYMBOL,
        SEQ,
        ("price_e4", "Int64"),
        ("qty_e6", "Int64"),
        ("amount_e4", "Int64"),
        ("aggressor_side", "LowCardinality(String)"),
        ("maker_order_id", "String"),
        ("taker_order_id", "String"),
        *_TAIL,
    ),
)
BOOK_TRADE_CORRECTIONS = Table(
    "book_trade_corrections",
    "trade-corrections",
    (
        ("trade_id", "String"),
        SYMBOL,
        SEQ,
        ("kind", "LowCardinality(String)"),
        ("price_e4", "Int64"),
        ("qty_e6", "Int64"),
        ("amount_e4", "Int64"),
        ("traded_time", "DateTime64(6, 'UTC')"),
        *_TAIL,
    ),
)
BOOK_QUOTES = Table(
    "book_quotes",
    "quotes",
    (
        SYMBOL,
        SEQ,
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
        SYMBOL,
        SEQ,
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
BOOK_AUCTIONS = Table(
    "book_auctions",
    "auctions",
    (
        SYMBOL,
        ("kind", "LowCardinality(String)"),
        ("phase", "LowCardinality(String)"),
        ("price_e4", "Nullable(Int64)"),
        ("paired_qty_e6", "Int64"),
        ("imbalance_qty_e6", "Int64"),
        ("imbalance_side", "LowCardinality(Nullable(String))"),
        ("reference_price_e4", "Int64"),
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
        SYMBOL,
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
INSTRUMENT_TERMS = Table(
    "instrument_terms",
    "instruments",
    (
        SYMBOL,
        ("name", "String"),
        ("sector", "LowCardinality(String)"),
        ("status", "LowCardinality(String)"),
        ("phase", "LowCardinality(String)"),
        ("halt_reason", "LowCardinality(Nullable(String))"),
        ("tick_rule", "LowCardinality(String)"),
        ("reference_price_e4", "Int64"),
        ("tier", "Int64"),
        ("version", "Int64"),
        TRANSACT_TIME,
        *RECORD,
        *ORIGIN,
    ),
    key=("symbol",),
)
