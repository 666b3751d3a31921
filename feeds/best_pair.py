"""Quotes of a consolidated best bid and offer, each side with its venue: what they say of the venues one by one.

A venue that a pair does not name on a side has no best quote there any more.
"""

from __future__ import annotations

Side = tuple[str, int, int]  # venue, price in 1e-4, quantity in the source's own unit
Pair = tuple[Side | None, Side | None]  # bid, offer


def moved(before: Pair, after: Pair) -> list[tuple[str, Side | None, Side | None]]:
    """Venues whose part in the best has changed, with both of their sides; those that leave a side come last."""
    old = {side[0]: None for side in before if side}
    new = {side[0]: None for side in after if side}
    found = []
    for venue in {**new, **old}:
        was = tuple(side if side and side[0] == venue else None for side in before)
        bid, ask = (side if side and side[0] == venue else None for side in after)
        if was != (bid, ask):
            leaves = (was[0] is not None and bid is None) or (was[1] is not None and ask is None)
            found.append((leaves, (venue, bid, ask)))
    return [each for _, each in sorted(found, key=lambda each: each[0])]
