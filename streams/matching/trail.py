"""Trailing stops: the stop price that a water mark gives (FIX 211 PegOffsetValue, in price or in percent)."""

from __future__ import annotations

from typing import Final

from topics.messages import Instructions, NewOrder

PERCENT_E4: Final = 1_000_000
"""A hundred percent in 1e-4 of a percent."""


def trails(instructions: Instructions | None) -> bool:
    """Whether a stop follows the market."""
    return instructions is not None and (
        instructions.trail_offset_e4 is not None or instructions.trail_percent_e4 is not None
    )


def stop_price_e4(terms: NewOrder, mark_e4: int) -> int:
    """Stop price in 1e-4 behind a mark: below it for a sell (but above zero), above it for a buy. A percentage is
    rounded up, away from the mark."""
    instructions = terms.instructions
    assert instructions is not None
    if instructions.trail_offset_e4 is not None:
        trail_e4 = instructions.trail_offset_e4
    else:
        trail_e4 = -(-mark_e4 * (instructions.trail_percent_e4 or 0) // PERCENT_E4)
    return mark_e4 + trail_e4 if terms.side == "Buy" else max(mark_e4 - trail_e4, 1)


def first_mark_e4(terms: NewOrder) -> int:
    """The mark in 1e-4 behind which the stop that accounts sent lies: the market as it was when it was checked."""
    instructions, stop_e4 = terms.instructions, terms.stop_price_e4
    assert instructions is not None
    assert stop_e4 is not None
    if instructions.trail_offset_e4 is not None:
        sign = -1 if terms.side == "Buy" else 1
        return stop_e4 + sign * instructions.trail_offset_e4
    percent_e4 = instructions.trail_percent_e4 or 0
    if terms.side == "Buy":
        return stop_e4 * PERCENT_E4 // (PERCENT_E4 + percent_e4)
    return -(-stop_e4 * PERCENT_E4 // (PERCENT_E4 - percent_e4))
