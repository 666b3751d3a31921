"""ClickHouse: market data and every pre-trade check, for history and analysis."""

from compiled import search_path

__path__ = search_path(__name__, __path__)
