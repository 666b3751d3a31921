"""ClickHouse: market data and every pre-trade check, for history and analysis."""
