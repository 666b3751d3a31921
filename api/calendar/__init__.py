"""When the market is open."""
