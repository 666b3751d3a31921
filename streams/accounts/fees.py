"""Fees of fills by dated schedules, exact in 1e-12 of the currency (`_e12`).

* `sec`: SEC section 31, sells only, a rate per million of proceeds, by the day of the fill (the charge date).
* `taf`: FINRA Trading Activity Fee, sells only, a rate per share with a cap per trade; none where the price is below
  the rate; by the day of the fill.
* `maker`, `taker`, `auction`: the house's own, per share but at most a part of the amount, by the day on which the
  order's chain was accepted: what a buy can cost is then known when its cash is held.

An order is charged in whole 1e-4: what it accrued so far, rounded up once, less what it was charged before. A fill of a
sell is charged at most its proceeds, so a sell never lowers cash; the rest waits for the order's next fill, and lapses
with the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from streams.dated import ALWAYS, Dated
from topics.messages import LastLiquidity, Side

E4: Final = 10**8  # 1e-4 of the currency in 1e-12

SECTION_31: Final = Dated(
    (ALWAYS, 0),
    ("2012-02-21", 18_00),
    ("2012-04-01", 22_40),
    ("2013-05-25", 17_40),
    ("2014-03-18", 22_10),
    ("2015-02-14", 18_40),
    ("2016-02-16", 21_80),
    ("2017-07-04", 23_10),
    ("2018-05-22", 13_00),
    ("2019-04-16", 20_70),
    ("2020-02-18", 22_10),
    ("2021-02-25", 5_10),
    ("2022-05-14", 22_90),
    ("2023-02-27", 8_00),
    ("2024-05-22", 27_80),
    ("2025-05-14", 0),
    ("2026-04-04", 20_60),
)
"""Cents per million of sale proceeds (SEC fee rate advisories). Nothing is known before 2012-02-21."""


@dataclass(frozen=True, slots=True)
class ActivityFee:
    """Rate in 1e-6 a share and cap in cents a trade."""

    rate_e6: int
    cap_cents: int


TRADING_ACTIVITY: Final = Dated(
    (ALWAYS, ActivityFee(0, 0)),
    ("2012-03-01", ActivityFee(95, 4_75)),
    ("2012-07-01", ActivityFee(119, 5_95)),
    ("2022-01-01", ActivityFee(130, 6_49)),
    ("2023-01-01", ActivityFee(145, 7_27)),
    ("2024-01-01", ActivityFee(166, 8_30)),
    ("2026-01-01", ActivityFee(195, 9_79)),
    ("2026-10-01", ActivityFee(0, 0)),
    ("2027-01-01", ActivityFee(195, 9_79)),
)
"""FINRA By-Laws Schedule A section 1 (Notice 12-06, SR-FINRA-2024-019, -2026-020, -2026-021)."""


@dataclass(frozen=True, slots=True)
class HouseFee:
    """Rate in 1e-6 a share, and the most it may be in millionths of the amount."""

    rate_e6: int
    cap_ppm: int

    def on(self, qty_e6: int, amount_e4: int) -> int:
        """Fee in 1e-12 on a quantity (1e-6 share) for an amount (1e-4)."""
        return min(self.rate_e6 * qty_e6, self.cap_ppm * amount_e4 * 100)


MAKER: Final = Dated((ALWAYS, HouseFee(0, 0)))
TAKER: Final = Dated((ALWAYS, HouseFee(3000, 3000)))
AUCTION: Final = Dated((ALWAYS, HouseFee(1000, 1000)))
"""The house's schedule: makers free, takers 0.003 a share and at most 0.3 % of the amount; in an auction, where nobody
makes or takes, both sides 0.001 a share and at most 0.1 %."""
_HOUSE: dict[LastLiquidity, tuple[str, Dated[HouseFee]]] = {
    "AddedLiquidity": ("maker", MAKER),
    "RemovedLiquidity": ("taker", TAKER),
    "Auction": ("auction", AUCTION),
}


def worst_house_fee_e12(fee_day: int, qty_e6: int, amount_e4: int) -> int:
    """The most that fills of this quantity and amount together can accrue on a buy, however they are split."""
    rows = [schedule.at(fee_day) for _, schedule in _HOUSE.values()]
    return HouseFee(max(row.rate_e6 for row in rows), max(row.cap_ppm for row in rows)).on(qty_e6, amount_e4)


def fill_fees_e12(
    side: Side, liquidity: LastLiquidity, fee_day: int, day: int, price_e4: int, qty_e6: int, amount_e4: int
) -> list[tuple[str, int]]:
    """Fees that one fill accrues, as (name, 1e-12), without zeros. `day` is the fill's, `fee_day` the chain's."""
    fees: list[tuple[str, int]] = []
    if side == "Sell":
        fees.append(("sec", amount_e4 * SECTION_31.at(day)))
        taf = TRADING_ACTIVITY.at(day)
        if price_e4 * 100 >= taf.rate_e6:
            fees.append(("taf", min(taf.rate_e6 * qty_e6, taf.cap_cents * 10**10)))
    name, schedule = _HOUSE[liquidity]
    fees.append((name, schedule.at(fee_day).on(qty_e6, amount_e4)))
    return [fee for fee in fees if fee[1]]


def charged(side: Side, uncharged_e12: int, fees: list[tuple[str, int]], amount_e4: int) -> tuple[int, int]:
    """What a fill that accrues these fees is charged in 1e-4, and what the order has accrued beyond that in 1e-12.

    The whole amount accrued so far, less what was charged before, is rounded up; a sale pays at most its proceeds.
    """
    uncharged_e12 += sum(fee for _, fee in fees)
    fee_e4 = -(-uncharged_e12 // E4)
    if side == "Sell":
        fee_e4 = min(fee_e4, amount_e4)
    return fee_e4, uncharged_e12 - fee_e4 * E4


def split_charge(charge: int, fees: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Legs of a charge by fee name, summing to it exactly.

    Each name gets the whole 1e-4 that it accrued in this fill, as far as the charge goes; what is left, the effect of
    rounding up or a charge put off from an earlier fill, goes to the last name (to `taker` if this fill accrued none).
    """
    legs = []
    left = charge
    for name, accrued_e12 in fees[:-1]:
        leg = min(accrued_e12 // E4, left)
        left -= leg
        legs.append((name, leg))
    legs.append((fees[-1][0] if fees else "taker", left))
    return [leg for leg in legs if leg[1]]
