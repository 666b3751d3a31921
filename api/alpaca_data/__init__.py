"""Alpaca's Market Data API v2 of stocks: bars, quotes, trades and snapshots, as they were and as they are now."""
