"""Every limit of a book by name. Beyond one an order is refused with ExceedsLimit (FIX 103=3).

Price times quantity at the limits is 1e18 in 1e-4 of the currency, so that an amount always fits an Avro long.
"""

from __future__ import annotations

from typing import Final

OPEN_ORDERS_PER_SYMBOL_MAX = 500_000  # resting orders and waiting stops together; not Final, a test lowers it
STOPS_PER_SYMBOL_MAX: Final = 10_000  # waiting stops; also the most triggers that one command can set off
TRAILING_PER_SYMBOL_MAX: Final = 1_000  # of them trailing; also the most that one price can move
PRICE_MAX_E4: Final = 100_000_000_000  # 10,000,000.00
QTY_MAX_E6: Final = 10_000_000_000_000  # 10,000,000 shares
