"""The demonstration's instruments: made-up terms for twenty well-known symbols. Prices are in 1e-4 of the currency."""

from __future__ import annotations

# symbol, name, reference price in 1e-4, sector
DEMO = (
    ("AAPL", "Apple Inc.", 2_300_000, "Technology"),
    ("MSFT", "Microsoft Corporation", 4_900_000, "Technology"),
    ("NVDA", "NVIDIA Corporation", 1_800_000, "Technology"),
    ("AMZN", "Amazon.com Inc.", 2_200_000, "Consumer"),
    ("GOOGL", "Alphabet Inc.", 2_400_000, "Technology"),
    ("META", "Meta Platforms Inc.", 6_500_000, "Technology"),
    ("TSLA", "Tesla Inc.", 3_900_000, "Consumer"),
    ("JPM", "JPMorgan Chase & Co.", 3_000_000, "Financials"),
    ("V", "Visa Inc.", 3_400_000, "Financials"),
    ("JNJ", "Johnson & Johnson", 1_900_000, "Health"),
    ("WMT", "Walmart Inc.", 1_050_000, "Consumer"),
    ("PG", "Procter & Gamble Co.", 1_500_000, "Consumer"),
    ("XOM", "Exxon Mobil Corporation", 1_150_000, "Energy"),
    ("UNH", "UnitedHealth Group Inc.", 3_300_000, "Health"),
    ("HD", "Home Depot Inc.", 3_800_000, "Consumer"),
    ("KO", "Coca-Cola Company", 700_000, "Consumer"),
    ("DIS", "Walt Disney Company", 1_120_000, "Consumer"),
    ("BAC", "Bank of America Corporation", 520_000, "Financials"),
    ("INTC", "Intel Corporation", 380_000, "Technology"),
    ("IBM", "International Business Machines", 3_000_000, "Technology"),
)
REFERENCE_E4 = {symbol: price for symbol, _, price, _ in DEMO}
