"""Random instructions: turns a plain order of a trader into one that asks for more than price, quantity and time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from topics import messages as m

CENT_E4 = 100


def ask_more(order: m.SubmitOrder, random: Random) -> m.Instructions:
    """Give an order an instruction or two. Most fit; what does not is refused, which is wanted too."""
    order.instructions = asked = m.Instructions()
    random.choice(KINDS)(order, asked, random)
    if random.random() < 0.3:
        asked.self_match_scope = "Owner"
    if random.random() < 0.05:
        _anything(order, asked, random)
    return asked


def _iceberg(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    _rest(order, random)
    asked.display_qty_e6 = max(order.qty_e6 // random.choice((1, 2, 3, 10, 100)), 1) + random.choice((0, 0, 1))


def _hidden(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    _rest(order, random)
    asked.display_qty_e6 = 0


def _least(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    order.post_only = False
    asked.min_qty_e6 = max(order.qty_e6 // random.choice((1, 2, 10)), 1)


def _amount(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    order.order_type, order.time_in_force = "Market", random.choice(("Day", "ImmediateOrCancel"))
    order.limit_price_e4 = order.stop_price_e4 = order.expire_time_us = None
    order.post_only, order.qty_e6 = False, 0
    if order.self_match_prevention == "DecrementAndCancel":
        order.self_match_prevention = "CancelOldest"
    asked.cash_qty_e4 = random.choice((1_0000, 99_9999, 1_000_0001, 30_000_0000))


def _trail(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    order.order_type, order.time_in_force = "Stop", random.choice(("Day", "GoodTillCancel"))
    order.limit_price_e4 = order.stop_price_e4 = order.expire_time_us = None
    order.post_only = False
    if random.random() < 0.5:
        asked.trail_offset_e4 = random.randint(1, 8) * CENT_E4
    else:
        asked.trail_percent_e4 = random.randint(1, 800)
    asked.trigger_price_type = random.choice(("LastTrade", "BestQuote"))


def _quoted_stop(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    if order.stop_price_e4 is None:
        _trail(order, asked, random)
    asked.trigger_price_type = "BestQuote"


def _repriced(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    _rest(order, random)
    order.post_only = asked.reprice = True
    if random.random() < 0.3:
        asked.display_qty_e6 = order.qty_e6 // 2


def _reducing(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    order.side, asked.reduce_only = "Sell", True
    order.qty_e6 *= random.choice((1, 10, 100))


def _extended(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    _rest(order, random)
    order.time_in_force, order.expire_time_us = random.choice(("Day", "GoodTillCancel")), None
    asked.extended_hours = True


def _of_owner(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    asked.self_match_scope = "Owner"


def _anything(order: m.SubmitOrder, asked: m.Instructions, random: Random) -> None:
    """Something more that need not go with the rest."""
    name, value = random.choice(
        (
            *(("display_qty_e6", qty_e6) for qty_e6 in (-1, 0, 1)),
            *(("min_qty_e6", qty_e6) for qty_e6 in (0, 10**15)),
            *(("cash_qty_e4", amount_e4) for amount_e4 in (0, 5_0000)),
            *(("trail_offset_e4", trail_e4) for trail_e4 in (0, 10**12)),
            *(("trail_percent_e4", trail_e4) for trail_e4 in (0, 999_999)),
            *((flag, True) for flag in ("reprice", "reduce_only", "extended_hours")),
        )
    )
    setattr(asked, name, value)


def _rest(order: m.SubmitOrder, random: Random) -> None:
    """Make it a limit order that may rest."""
    order.order_type, order.stop_price_e4 = "Limit", None
    if order.limit_price_e4 is None:
        order.limit_price_e4 = (order.reference_price_e4 or 0) + random.randint(-6, 6) * CENT_E4
    if order.time_in_force in ("ImmediateOrCancel", "FillOrKill", "AtTheOpening", "AtTheClose"):
        order.time_in_force = "GoodTillCancel"


Kind = Callable[[m.SubmitOrder, m.Instructions, Random], None]
KINDS: tuple[Kind, ...] = (
    *(_iceberg, _iceberg, _hidden, _least, _amount, _amount, _trail, _trail, _quoted_stop),
    *(_repriced, _reducing, _of_owner, _extended),
)
