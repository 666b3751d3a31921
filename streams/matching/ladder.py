"""The price of a call auction: a ladder of rules, each leaving of the prices only those that it likes best.

Who trades at which venue by which ladder is data: `RULES`. The rungs are each venue's own words, put into one form:

* `most_volume`: the prices at which most trades.
* `at_limits`: of those, the ones that are an order's limit, if any is.
* `least_surplus`: the prices that leave least over.
* `pressure`: where all that is left over is to buy, the highest price, to sell, the lowest.
* `between`: of several prices left, all those in between too.
* `unexecuted`: the prices of orders that remain unexecuted, where something remains.
* last, the price nearest to the reference.

Sources: Nasdaq Equity 4 Rules 4752(d)(2) and 4754(b)(2); the Xetra market model, on auction price determination; the
Euronext trading manual (Optiq), on the call auction price; JSE Volume 00 Trading and Information Overview, on the
auction price algorithm. Ranges: Nasdaq's threshold, the greater of 0.50 and 10 percent, is published. How far a price
may be from the reference at the others is a parameter of the venue's, secret or by segment: the figures are ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from streams.matching.curve import Outcome, Segment, tick_above_e4, tick_below_e4
from topics.messages import AuctionRules

Rung = Callable[[list[Segment], set[int]], list[Segment]]
"""Leaves of segments the best, given the limits (1e-4) of the orders; never none of some."""


def most_volume(found: list[Segment], _limits: set[int]) -> list[Segment]:
    most = max(each.volume_e6 for each in found)
    return [each for each in found if each.volume_e6 == most]


def at_limits(found: list[Segment], limits: set[int]) -> list[Segment]:
    points = [
        Segment(limit, limit, each.volume_e6, each.surplus_e6)
        for each in found
        for limit in sorted(limits)
        if each.low_e4 <= limit <= each.high_e4
    ]
    return points or found


def least_surplus(found: list[Segment], _limits: set[int]) -> list[Segment]:
    least = min(abs(each.surplus_e6) for each in found)
    return [each for each in found if abs(each.surplus_e6) == least]


def pressure(found: list[Segment], limits: set[int]) -> list[Segment]:
    """Up to the last limit of what is left over, and no further: a market order left over pushes to no price."""
    if all(each.surplus_e6 > 0 for each in found):
        return unexecuted(found[-1:], limits) if found[-1].high_e4 in limits else found
    if all(each.surplus_e6 < 0 for each in found):
        return unexecuted(found[:1], limits) if found[0].low_e4 in limits else found
    return found


def between(found: list[Segment], _limits: set[int]) -> list[Segment]:
    return [Segment(found[0].low_e4, found[-1].high_e4, found[0].volume_e6, 0)]


def unexecuted(found: list[Segment], limits: set[int]) -> list[Segment]:
    marginal = []
    for each in found:
        price_e4 = each.high_e4 if each.surplus_e6 > 0 else each.low_e4
        if each.surplus_e6 and price_e4 in limits:
            marginal.append(_at(each, price_e4))
    return marginal or found


def _at(segment: Segment, price_e4: int) -> Segment:
    return Segment(price_e4, price_e4, segment.volume_e6, segment.surplus_e6)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a venue's auctions find their price. The reference is the last sale, or the middle of the quote if there is
    one. A price farther from it than the range (the greater of a part in 1e-4 and an amount in 1e-4) is moved into it
    (`clip`), or the auction goes on once more (`extend`)."""

    ladder: tuple[Rung, ...]
    reference: Literal["last", "middle"]
    range_bps: int
    range_min_e4: int
    beyond: Literal["clip", "extend"]


RULES: dict[AuctionRules, Rules] = {
    "Nasdaq": Rules((most_volume, least_surplus, unexecuted), "middle", 1000, 5000, "clip"),
    "Xetra": Rules((most_volume, at_limits, least_surplus, pressure, between), "last", 500, 0, "extend"),
    "Euronext": Rules((most_volume, least_surplus, pressure), "last", 1000, 0, "extend"),
    "Jse": Rules((most_volume, least_surplus, pressure), "last", 1000, 0, "extend"),
}


def price_of(
    found: list[Segment], limits: set[int], ladder: tuple[Rung, ...], reference_e4: int, increment_e4: int
) -> Outcome | None:
    """Climb a ladder; None when nothing trades at any price."""
    if not found:
        return None
    left = found
    for rung in ladder:
        left = rung(left, limits)
    price_e4 = _nearest_e4(left, reference_e4, increment_e4)
    at = next(each for each in found if each.low_e4 <= price_e4 <= each.high_e4)
    return Outcome(price_e4, at.volume_e6, at.surplus_e6)


def _nearest_e4(left: list[Segment], reference_e4: int, increment_e4: int) -> int:
    """The price of some segments that is nearest to the reference; of two, the lower."""
    nearest = []
    for each in left:
        for price_e4 in (tick_below_e4(reference_e4, increment_e4), tick_above_e4(reference_e4, increment_e4)):
            nearest.append(min(max(price_e4, each.low_e4), each.high_e4))
    return min(nearest, key=lambda price_e4: (abs(price_e4 - reference_e4), price_e4))


def range_e4(rules: Rules, reference_e4: int, increment_e4: int) -> tuple[int, int]:
    """Lowest and highest price in 1e-4 that an auction may give without being moved or extended."""
    far_e4 = max(reference_e4 * rules.range_bps // 10_000, rules.range_min_e4)
    return tick_above_e4(reference_e4 - far_e4, increment_e4), tick_below_e4(reference_e4 + far_e4, increment_e4)
