"""Demand and supply of a call auction over the prices: what trades, and what is left over, at each.

Demand falls and supply rises as the price rises, each only at somebody's limit. So the prices at which anything trades,
from the lowest offer to the highest bid, are a few segments within which nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from streams.matching.limits import PRICE_MAX_E4
from streams.ticks import tick_e4
from topics.messages import Side


@dataclass(frozen=True, slots=True)
class Segment:
    """Prices (1e-4, both ends included) at which the same quantity trades, in 1e-6 share. `surplus_e6` is demand less
    supply: what finds nobody, of the buyers where it is above zero."""

    low_e4: int
    high_e4: int
    volume_e6: int
    surplus_e6: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an auction gives: price in 1e-4; quantity that trades, and surplus as in a segment, in 1e-6 share."""

    price_e4: int
    paired_qty_e6: int
    surplus_e6: int

    @property
    def surplus_side(self) -> Side | None:
        """Who finds nobody; None when there is no surplus."""
        return None if not self.surplus_e6 else "Buy" if self.surplus_e6 > 0 else "Sell"


def tick_below_e4(price_e4: int, increment_e4: int) -> int:
    """Highest price of an increment that a price reaches, itself included; at least the lowest price there is."""
    price_e4 = min(price_e4, PRICE_MAX_E4)
    return max(price_e4 - price_e4 % tick_e4(price_e4, increment_e4), 1)


def tick_above_e4(price_e4: int, increment_e4: int) -> int:
    """Lowest price of an increment that is not below a price."""
    price_e4 = max(price_e4, 1)
    tick = tick_e4(price_e4, increment_e4)
    return -(-price_e4 // tick) * tick


def segments(buys: dict[int, int], sells: dict[int, int], increment_e4: int) -> list[Segment]:
    """Segments from the lowest price up, of quantities (1e-6 share) by limit (1e-4, on an increment, which
    from one dollar on is `increment_e4`)."""
    if not buys or not sells:
        return []
    low_e4, high_e4 = min(sells), max(buys)
    if low_e4 > high_e4:
        return []
    changes = dict.fromkeys((*sells, *(price + tick_e4(price, increment_e4) for price in buys)))
    starts = sorted(price for price in changes if low_e4 <= price <= high_e4)
    found = []
    demand = sum(qty for price, qty in buys.items() if price >= low_e4)
    supply = 0
    falling = sorted(buys.items(), reverse=True)
    while falling[-1][0] < low_e4:
        falling.pop()
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        supply += sells.get(start, 0)
        while falling[-1][0] < start:
            demand -= falling.pop()[1]
        end = high_e4 if following is None else following - tick_e4(following - 1, increment_e4)
        found.append(Segment(start, end, min(demand, supply), demand - supply))
    return found


def within(found: list[Segment], low_e4: int, high_e4: int) -> list[Segment]:
    """The parts of segments that lie within a range of prices, which begins and ends on an increment."""
    return [
        Segment(max(each.low_e4, low_e4), min(each.high_e4, high_e4), each.volume_e6, each.surplus_e6)
        for each in found
        if each.low_e4 <= high_e4 and each.high_e4 >= low_e4
    ]
