"""The demonstration's instruments: made-up terms for twenty well-known symbols. Prices are in 1e-4 of the currency."""

from __future__ import annotations

# symbol, name, reference price in 1e-4
DEMO = (
    ("AAPL", "Apple Inc.", 2_300_000),
    ("MSFT", "Microsoft Corporation", 4_900_000),
    ("NVDA", "NVIDIA Corporation", 1_800_000),
    ("AMZN", "Amazon.com Inc.", 2_200_000),
    ("GOOGL", "Alphabet Inc.", 2_400_000),
    ("META", "Meta Platforms Inc.", 6_500_000),
    ("TSLA", "Tesla Inc.", 3_900_000),
    ("JPM", "JPMorgan Chase & Co.", 3_000_000),
    ("V", "Visa Inc.", 3_400_000),
    ("JNJ", "Johnson & Johnson", 1_900_000),
    ("WMT", "Walmart Inc.", 1_050_000),
    ("PG", "Procter & Gamble Co.", 1_500_000),
    ("XOM", "Exxon Mobil Corporation", 1_150_000),
    ("UNH", "UnitedHealth Group Inc.", 3_300_000),
    ("HD", "Home Depot Inc.", 3_800_000),
    ("KO", "Coca-Cola Company", 700_000),
    ("DIS", "Walt Disney Company", 1_120_000),
    ("BAC", "Bank of America Corporation", 520_000),
    ("INTC", "Intel Corporation", 380_000),
    ("IBM", "International Business Machines", 3_000_000),
)
REFERENCE_E4 = {symbol: price for symbol, _, price in DEMO}
