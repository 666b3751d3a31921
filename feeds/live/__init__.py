"""The live connector: market data from a provider, and from a backup that takes over when the first is silent."""
