"""The market's history, as ClickHouse has it: pages of bars, quotes and trades, and whole spans as files."""
