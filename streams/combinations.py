"""The combinations of an order's terms that this venue refuses: one table, used by accounts and by the book.

A line is a rule id, the FIX reason (103) and what is wrong, with the test that finds it. `ANY` is for every order;
`INSTRUCTED` for the few that have instructions and `CONTINGENT` for those that come with legs, so that a plain order
does not pay for them. A leg is held against the first two as an order of its own. Limits of size and price, increments
and money are no combinations: they are checked where they are known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

from topics.messages import (
    Contingency,
    Instructions,
    Leg,
    OrderRejectReason,
    OrderType,
    SelfMatchPrevention,
    Side,
    TimeInForce,
)

ICEBERG_PARTS_MAX: Final = 100
"""An iceberg shows at least this part of its quantity at a time, so an order comes to its queue so often at most."""

PERCENT_E4: Final = 1_000_000
"""A hundred percent in 1e-4 of a percent."""


class Terms(Protocol):
    """What the table looks at: NewOrder is one."""

    side: Side
    order_type: OrderType
    time_in_force: TimeInForce
    qty_e6: int
    limit_price_e4: int | None
    stop_price_e4: int | None
    expire_time_us: int | None
    post_only: bool
    self_match_prevention: SelfMatchPrevention
    instructions: Instructions | None
    contingency: Contingency | None


@dataclass(frozen=True, slots=True)
class Combination:
    """A refused combination; `field` is the term that a client should look at first."""

    rule_id: str
    reason: OrderRejectReason
    field: str
    text: str


Rule = tuple[Combination, Callable[[Terms], bool]]
InstructedRule = tuple[Combination, Callable[[Terms, Instructions], bool]]
ContingentRule = tuple[Combination, Callable[[Terms, Contingency], bool]]

_LIMITED: Final = ("Limit", "StopLimit")
_STOPPED: Final = ("Stop", "StopLimit")
_IN_AUCTION: Final = ("AtTheOpening", "AtTheClose")
_NEVER_RESTS: Final = ("ImmediateOrCancel", "FillOrKill", *_IN_AUCTION)


def _refuse(
    rule_id: str, field: str, text: str, reason: OrderRejectReason = "UnsupportedCharacteristic"
) -> Combination:
    return Combination(rule_id, reason, field, text)


def rests(terms: Terms) -> bool:
    """Whether what is not filled at once, or in an auction, stays in the book."""
    return terms.limit_price_e4 is not None and terms.time_in_force not in _NEVER_RESTS


def _trails(instructions: Instructions) -> bool:
    return instructions.trail_offset_e4 is not None or instructions.trail_percent_e4 is not None


ANY: tuple[Rule, ...] = (
    (
        _refuse("limit_price_fits", "limit_price", "limit price and order type do not go together"),
        lambda terms: (terms.limit_price_e4 is None) is (terms.order_type in _LIMITED),
    ),
    (
        _refuse("stop_price_fits", "stop_price", "stop price and order type do not go together"),
        lambda terms: (terms.stop_price_e4 is None) is (terms.order_type in _STOPPED),
    ),
    (
        _refuse("expire_time_fits", "expire_time", "expire time and GoodTillDate go together"),
        lambda terms: (terms.expire_time_us is None) is (terms.time_in_force == "GoodTillDate"),
    ),
    (
        _refuse("post_only_rests", "post_only", "post-only needs a limit order that can rest"),
        lambda terms: terms.post_only and (terms.order_type != "Limit" or terms.time_in_force in _NEVER_RESTS),
    ),
    (
        _refuse("auction_type", "time_in_force", "an order for an auction alone is a Market or a Limit order"),
        lambda terms: terms.time_in_force in _IN_AUCTION and terms.order_type not in ("Market", "Limit"),
    ),
)

INSTRUCTED: tuple[InstructedRule, ...] = (
    (
        _refuse("display_qty_rests", "display_qty", "a display quantity needs a limit order that can rest"),
        lambda terms, more: more.display_qty_e6 is not None and not rests(terms),
    ),
    (
        _refuse("display_qty_range", "display_qty", "display quantity is below 0"),
        lambda terms, more: (more.display_qty_e6 or 0) < 0,
    ),
    (
        _refuse("display_qty_share", "display_qty", f"an iceberg shows at least 1/{ICEBERG_PARTS_MAX} of its quantity"),
        lambda terms, more: 0 < (more.display_qty_e6 or 0) * ICEBERG_PARTS_MAX < terms.qty_e6,
    ),
    (
        _refuse("min_qty_range", "min_qty", "minimum quantity is below 1e-6 or above the quantity"),
        lambda terms, more: more.min_qty_e6 is not None and not 1 <= more.min_qty_e6 <= terms.qty_e6,
    ),
    (
        _refuse("min_qty_takes", "min_qty", "post-only takes nothing, so it has no minimum quantity"),
        lambda terms, more: more.min_qty_e6 is not None and terms.post_only,
    ),
    (
        _refuse("min_qty_auction", "min_qty", "an order for an auction alone has no minimum quantity"),
        lambda terms, more: more.min_qty_e6 is not None and terms.time_in_force in _IN_AUCTION,
    ),
    (
        _refuse("cash_qty_range", "notional", "amount is not positive"),
        lambda terms, more: more.cash_qty_e4 is not None and more.cash_qty_e4 < 1,
    ),
    (
        _refuse("cash_qty_market", "notional", "an amount needs a Market order, Day or ImmediateOrCancel"),
        lambda terms, more: (
            more.cash_qty_e4 is not None
            and not (terms.order_type == "Market" and terms.time_in_force in ("Day", "ImmediateOrCancel"))
        ),
    ),
    (
        _refuse("cash_qty_alone", "notional", "an amount goes without a minimum quantity and without reduce-only"),
        lambda terms, more: more.cash_qty_e4 is not None and (more.min_qty_e6 is not None or more.reduce_only),
    ),
    (
        _refuse(
            "cash_qty_prevention", "self_match_prevention", "an amount cannot be decremented by self-match prevention"
        ),
        lambda terms, more: more.cash_qty_e4 is not None and terms.self_match_prevention == "DecrementAndCancel",
    ),
    (
        _refuse("trail_stop", "trail", "a trail needs a Stop order"),
        lambda terms, more: _trails(more) and terms.order_type != "Stop",
    ),
    (
        _refuse("trail_one", "trail", "a trail is an offset or a percentage"),
        lambda terms, more: more.trail_offset_e4 is not None and more.trail_percent_e4 is not None,
    ),
    (
        _refuse("trail_range", "trail", "trail is not positive, or not below 100 percent"),
        lambda terms, more: (
            (more.trail_offset_e4 is not None and more.trail_offset_e4 < 1)
            or (more.trail_percent_e4 is not None and not 1 <= more.trail_percent_e4 < PERCENT_E4)
        ),
    ),
    (
        _refuse("trigger_stop", "trigger", "a trigger needs a stop price"),
        lambda terms, more: more.trigger_price_type != "LastTrade" and terms.order_type not in _STOPPED,
    ),
    (
        _refuse("reprice_post_only", "post_only", "only a post-only order is repriced"),
        lambda terms, more: more.reprice and not terms.post_only,
    ),
    (
        _refuse("reduce_only_sell", "reduce_only", "a buy reduces no position: there are no short ones"),
        lambda terms, more: more.reduce_only and terms.side == "Buy",
    ),
    (
        _refuse("extended_hours_limit", "extended_hours", "extended hours need a Limit order, Day or GoodTillCancel"),
        lambda terms, more: (
            more.extended_hours
            and not (terms.order_type == "Limit" and terms.time_in_force in ("Day", "GoodTillCancel"))
        ),
    ),
)

_PAIR: Final = "OneUpdatesTheOther"
_RESTING: Final = ("Day", "GoodTillCancel")
_OUTLIVING_DAY: Final = ("GoodTillCancel", "GoodTillDate", "AtTheOpening", "AtTheClose")


def _kinds(contingency: Contingency) -> tuple[int, int]:
    """How many legs take the profit, and how many limit the loss."""
    limits = sum(leg.order_type == "Limit" for leg in contingency.legs)
    return limits, sum(leg.order_type in _STOPPED for leg in contingency.legs)


def _is_outlived(terms: Terms, leg: Leg) -> bool:
    """Whether a leg may end before an order that it waits for does: of one for an auction, the day's end may come
    before the auction, or with it."""
    return leg.time_in_force == "Day" and terms.time_in_force in _OUTLIVING_DAY


def _crossed(terms: Terms, contingency: Contingency) -> bool:
    """Whether stop, entry's limit (if it has one) and the price that takes the profit do not rise in this order: a
    pair has no entry, a trailing stop may be anywhere.

    A leg that takes its profit at or below its entry's limit would sell to it, be armed by that, and sell again.
    """
    stops = [leg.stop_price_e4 for leg in contingency.legs if leg.order_type in _STOPPED and not _leg_trails(leg)]
    limits = [leg.limit_price_e4 for leg in contingency.legs if leg.order_type == "Limit"]
    rising = [price_e4 for price_e4 in (*stops, terms.limit_price_e4, *limits) if price_e4 is not None]
    return any(low >= high for low, high in pairwise(rising))


def _leg_trails(leg: Leg) -> bool:
    return leg.instructions is not None and _trails(leg.instructions)


def _is_plain_leg(instructions: Instructions | None) -> bool:
    """Whether a leg has nothing but a trail, a trigger and a scope."""
    return instructions is None or (
        instructions.display_qty_e6 is None
        and instructions.min_qty_e6 is None
        and instructions.cash_qty_e4 is None
        and not instructions.reprice
        and not instructions.reduce_only
    )


CONTINGENT: tuple[ContingentRule, ...] = (
    (
        _refuse("legs_fit", "order_class", "a bracket has a limit leg and a stop leg, an OTO one leg, an OCO one stop"),
        lambda terms, more: (
            {
                "Bracket": _kinds(more) != (1, 1),
                "OneTriggersTheOther": _kinds(more) not in ((1, 0), (0, 1)),
                _PAIR: _kinds(more) != (0, 1),
            }[more.contingency_type]
            or len(more.legs) != sum(_kinds(more))
        ),
    ),
    (
        _refuse("entry_buys", "side", "legs sell what their entry buys: there are no short positions to cover"),
        lambda terms, more: more.contingency_type != _PAIR and terms.side == "Sell",
    ),
    (
        _refuse("pair_sells", "side", "an OCO sells a position: there are no short ones to cover"),
        lambda terms, more: more.contingency_type == _PAIR and terms.side == "Buy",
    ),
    (
        _refuse("pair_rests", "type", "an OCO takes its profit with a Limit order, Day or GoodTillCancel"),
        lambda terms, more: (
            more.contingency_type == _PAIR and (terms.order_type != "Limit" or terms.time_in_force not in _RESTING)
        ),
    ),
    (
        _refuse("legs_rest", "time_in_force", "a leg is Day or GoodTillCancel"),
        lambda terms, more: any(leg.time_in_force not in _RESTING for leg in more.legs),
    ),
    (
        _refuse("legs_outlive", "time_in_force", "a leg may not end before the order that it waits for"),
        lambda terms, more: any(_is_outlived(terms, leg) for leg in more.legs),
    ),
    (
        _refuse(
            "legs_apart", "stop_loss", "stop, limit of the entry and price of the profit do not rise in this order"
        ),
        _crossed,
    ),
    (
        _refuse("legs_plain", "order_class", "a leg has no instructions but a trail, a trigger and a scope"),
        lambda terms, more: (
            not (
                all(_is_plain_leg(leg.instructions) for leg in more.legs)
                and (more.contingency_type != _PAIR or _is_plain_leg(terms.instructions))
            )
        ),
    ),
    (
        _refuse("legs_shares", "notional", "an order with legs is of a quantity, not of an amount"),
        lambda terms, more: terms.instructions is not None and terms.instructions.cash_qty_e4 is not None,
    ),
    (
        _refuse("legs_hours", "extended_hours", "legs, and what comes with them, trade in the regular session"),
        lambda terms, more: any(
            instructions is not None and instructions.extended_hours
            for instructions in (terms.instructions, *(leg.instructions for leg in more.legs))
        ),
    ),
)


_LOOKED_AT: Final = frozenset(("GoodTillDate", *_IN_AUCTION))
_PRICES: Final = {"Market": (False, False), "Limit": (True, False), "Stop": (False, True), "StopLimit": (True, True)}


def _is_plain(terms: Terms) -> bool:
    """Whether no line can be meant. Nearly every order is so, and is told at once."""
    return (
        terms.instructions is None
        and terms.contingency is None
        and not terms.post_only
        and terms.expire_time_us is None
        and terms.time_in_force not in _LOOKED_AT
        and (terms.limit_price_e4 is not None, terms.stop_price_e4 is not None) == _PRICES[terms.order_type]
    )


def refused(terms: Terms) -> list[Combination]:
    """Every line of the table that the terms are in."""
    if _is_plain(terms):
        return []
    found = [combination for combination, is_in in ANY if is_in(terms)]
    more = terms.instructions
    if more is not None:
        found += [combination for combination, is_in in INSTRUCTED if is_in(terms, more)]
    legs = terms.contingency
    if legs is not None:
        found += [combination for combination, is_in in CONTINGENT if is_in(terms, legs)]
    return found
