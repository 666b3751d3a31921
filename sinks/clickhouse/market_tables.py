"""Tables of the market of every venue: a column has the name of the record's field, a time without its unit. Pure."""

from __future__ import annotations

from sinks.clickhouse.table import ORIGIN, RECORD, SEQ, SYMBOL, TRANSACT_TIME, Table

_PRICE = "Nullable(Int64)"
_WORD = "LowCardinality(String)"
_TIMES = (TRANSACT_TIME, ("receive_time", "DateTime64(6, 'UTC')"))

QUOTES = Table(
    "quotes",
    "market-data",
    (
        SYMBOL,
        ("venue", _WORD),
        ("venue_seq", "Nullable(Int64)"),
        ("bid_price_e4", _PRICE),
        ("bid_qty_e6", "Int64"),
        ("ask_price_e4", _PRICE),
        ("ask_qty_e6", "Int64"),
        ("conditions", _WORD),
        ("suspicious", "Bool"),
        ("feed", _WORD),
        ("feed_position", "Int64"),
        *_TIMES,
        *RECORD,
    ),
)
NBBO = Table(
    "nbbo",
    "nbbo",
    (
        SYMBOL,
        SEQ,
        ("bid_price_e4", _PRICE),
        ("bid_qty_e6", "Int64"),
        ("bid_venue", _WORD),
        ("ask_price_e4", _PRICE),
        ("ask_qty_e6", "Int64"),
        ("ask_venue", _WORD),
        ("condition", _WORD),
        ("limit_state", _WORD),
        ("trading_state", _WORD),
        *_TIMES,
        *RECORD,
        *ORIGIN,
    ),
)
TRADES = Table(
    "trades",
    "prints",
    (
        SYMBOL,
        SEQ,
        ("trade_id", "String"),
        ("print_seq", "Int64"),
        ("revision", "Int64"),
        ("is_canceled", "Bool"),
        ("venue", _WORD),
        ("price_e4", "Int64"),
        ("qty_e6", "Int64"),
        ("amount_e4", "Int64"),
        ("conditions", _WORD),
        ("aggressor_side", "LowCardinality(Nullable(String))"),
        ("updates_last", "Bool"),
        ("updates_high_low", "Bool"),
        ("updates_volume", "Bool"),
        ("is_late", "Bool"),
        ("bid_price_e4", _PRICE),
        ("ask_price_e4", _PRICE),
        ("is_trade_through", "Bool"),
        *_TIMES,
        *RECORD,
        *ORIGIN,
    ),
)
BARS = Table(
    "bars",
    "bars",
    (
        SYMBOL,
        SEQ,
        ("interval_us", "Int64"),
        ("start_time", "DateTime64(6, 'UTC')"),
        ("open_e4", "Int64"),
        ("high_e4", "Int64"),
        ("low_e4", "Int64"),
        ("close_e4", "Int64"),
        ("qty_e6", "Int64"),
        ("amount_e4", "Int64"),
        ("vwap_e4", "Int64"),
        ("trade_count", "Int64"),
        ("revision", "Int64"),
        *_TIMES,
        *RECORD,
        *ORIGIN,
    ),
)
TRADING_STATUS = Table(
    "trading_status",
    "trading-status",
    (
        SYMBOL,
        SEQ,
        ("trading_state", _WORD),
        ("limit_state", _WORD),
        ("reason", _WORD),
        ("venue", _WORD),
        ("reference_price_e4", _PRICE),
        ("lower_price_e4", _PRICE),
        ("upper_price_e4", _PRICE),
        *_TIMES,
        *RECORD,
        *ORIGIN,
    ),
)
