"""Trails (FIX 211 PegOffsetValue): the stop price that a trailing order has."""

from __future__ import annotations

from dataclasses import replace as with_changes

from streams.combinations import PERCENT_E4
from topics.messages import Instructions, Side


def trails(instructions: Instructions | None) -> bool:
    """Whether a stop follows the market."""
    return instructions is not None and (
        instructions.trail_offset_e4 is not None or instructions.trail_percent_e4 is not None
    )


def stop_behind_e4(side: Side, mark_e4: int, instructions: Instructions) -> int:
    """Stop price that a trail leaves behind a mark, both in 1e-4: below it for a sell, above it for a buy; a part of
    the mark is rounded up, away from it. Not above zero where the trail is too long."""
    trail_e4 = instructions.trail_offset_e4
    if trail_e4 is None:
        trail_e4 = -(-mark_e4 * (instructions.trail_percent_e4 or 0) // PERCENT_E4)
    return mark_e4 + trail_e4 if side == "Buy" else mark_e4 - trail_e4


def with_trail(instructions: Instructions, trail_e4: int) -> Instructions:
    """Another trail in the unit that the order has."""
    if instructions.trail_percent_e4 is not None:
        return with_changes(instructions, trail_percent_e4=trail_e4)
    return with_changes(instructions, trail_offset_e4=trail_e4)
