"""Limits by account class, as dated rows. A class is data: `replay` has its limits lifted here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from streams.dated import ALWAYS, Dated


@dataclass(frozen=True, slots=True)
class Limits:
    """What one order, and one account, may do. 15c3-5 (c)(1) asks for such limits and sets no numbers."""

    max_qty_e6: int  # of one order, in 1e-6 share
    max_notional_e4: int  # of one order at its worst price, in 1e-4
    min_value_e4: int  # of one order, in 1e-4
    max_price_e4: int  # of a limit or a stop, in 1e-4
    collar_bps: int  # how far through the market an order may reach, in 1e-4 of the reference
    messages_per_s: int  # submits and replaces, by their stamped times
    message_burst: int  # of them at once
    max_open_orders: int


SHARE: Final = 1_000_000
DOLLAR: Final = 10_000

LIMITS: dict[str, Dated[Limits]] = {
    "standard": Dated(
        (
            ALWAYS,
            Limits(
                max_qty_e6=1_000_000 * SHARE,
                max_notional_e4=10_000_000 * DOLLAR,
                min_value_e4=1 * DOLLAR,
                max_price_e4=1_000_000 * DOLLAR,
                collar_bps=1000,
                messages_per_s=100,
                message_burst=500,
                max_open_orders=1000,
            ),
        )
    ),
    "market_maker": Dated(
        (
            ALWAYS,
            Limits(
                max_qty_e6=10_000_000 * SHARE,
                max_notional_e4=100_000_000 * DOLLAR,
                min_value_e4=1 * DOLLAR,
                max_price_e4=1_000_000 * DOLLAR,
                collar_bps=2000,
                messages_per_s=10_000,
                message_burst=50_000,
                max_open_orders=200_000,
            ),
        )
    ),
    "replay": Dated(
        (
            ALWAYS,
            Limits(
                max_qty_e6=1_000_000_000 * SHARE,
                max_notional_e4=1_000_000_000_000 * DOLLAR,
                min_value_e4=0,
                max_price_e4=1_000_000 * DOLLAR,
                collar_bps=1_000_000,
                messages_per_s=1_000_000_000,
                message_burst=1_000_000_000,
                max_open_orders=1_000_000_000,
            ),
        )
    ),
}

MAX_CLIENT_ORDER_ID: Final = 48
MAX_TRANSFER_E4: Final = 100_000_000_000 * DOLLAR
MAX_TRANSFER_QTY_E6: Final = 1_000_000_000 * SHARE
MAX_BALANCE: Final = 10**17
"""Cash in 1e-4 or shares in 1e-6 beyond which a deposit is refused: far below 64 bits, whatever is traded after."""


def limits_of(account_class: str, day: int) -> Limits:
    """Limits of a class on a day."""
    return LIMITS[account_class].at(day)
