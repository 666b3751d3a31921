"""Every table that the sink writes, by name. Pure."""

from __future__ import annotations

from sinks.clickhouse.book_tables import (
    BOOK_AUCTIONS,
    BOOK_EVENTS,
    BOOK_QUOTES,
    BOOK_TRADE_CORRECTIONS,
    BOOK_TRADES,
    INSTRUMENT_TERMS,
    RISK_CHECKS,
)
from sinks.clickhouse.market_tables import BARS, NBBO, QUOTES, TRADES, TRADING_STATUS

TABLES = {
    table.name: table
    for table in (
        BOOK_TRADES,
        BOOK_TRADE_CORRECTIONS,
        BOOK_QUOTES,
        BOOK_EVENTS,
        BOOK_AUCTIONS,
        RISK_CHECKS,
        INSTRUMENT_TERMS,
        QUOTES,
        NBBO,
        TRADES,
        BARS,
        TRADING_STATUS,
    )
}
# Made of them by materialized views, the longer ones of the shorter: (view, table that it fills), the last one first.
AGGREGATES = (
    ("bars_1d_from_bars_1h", "bars_1d"),
    ("bars_1h_from_bars_15m", "bars_1h"),
    ("bars_15m_from_bars_5m", "bars_15m"),
    ("bars_5m_from_bars_1m", "bars_5m"),
    ("bars_1m_from_bars", "bars_1m"),
    ("bars_1s_from_bars", "bars_1s"),
)
