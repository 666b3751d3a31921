"""Random legs: turns an order of a trader into a bracket, an OTO or an OCO. Most fit; what does not is refused."""

from __future__ import annotations

from random import Random

from topics import messages as m

CENT_E4 = 100


def hang_legs(order: m.SubmitOrder, random: Random) -> list[str]:
    """Give an order legs; returns their ids, which are its own with a letter behind."""
    kind: m.ContingencyType = random.choice(("Bracket", "Bracket", "OneTriggersTheOther", "OneUpdatesTheOther"))
    order.side = "Sell" if kind == "OneUpdatesTheOther" else "Buy"
    if kind == "OneUpdatesTheOther":
        _rest(order, random)
    force: m.TimeInForce = (
        random.choice(("Day", "GoodTillCancel")) if order.time_in_force == "Day" else "GoodTillCancel"
    )
    legs = [_profit(order, force, random), _loss(order, force, random)]
    if kind == "OneUpdatesTheOther":
        legs = legs[1:]
    elif kind == "OneTriggersTheOther":
        legs = [random.choice(legs)]
    if random.random() < 0.05:
        legs = legs * 2 if random.random() < 0.5 else []
    order.contingency = m.Contingency(kind, legs)
    return [leg.order_id for leg in legs]


def _profit(order: m.SubmitOrder, force: m.TimeInForce, random: Random) -> m.Leg:
    order_id = f"{order.order_id}t"
    limit_e4 = _middle_e4(order) + random.choice((1, 1, 2, 3, 0)) * CENT_E4
    return m.Leg(order_id, f"k{order_id}", "Limit", force, limit_e4, None, 0, None)


def _loss(order: m.SubmitOrder, force: m.TimeInForce, random: Random) -> m.Leg:
    order_id = f"{order.order_id}s"
    stop_e4 = _middle_e4(order) - random.choice((1, 1, 2, 3, 0)) * CENT_E4
    kind = random.choice(("stop", "stop", "limit", "limit", "trail"))
    if kind == "trail":
        trail = m.Instructions(trail_offset_e4=random.randint(1, 4) * CENT_E4)
        return m.Leg(order_id, f"k{order_id}", "Stop", force, None, None, 0, trail)
    asked = m.Instructions(trigger_price_type="BestQuote") if random.random() < 0.3 else None
    if kind == "limit":
        limit_e4 = stop_e4 + random.randint(-3, 1) * CENT_E4
        return m.Leg(order_id, f"k{order_id}", "StopLimit", force, limit_e4, stop_e4, 0, asked)
    return m.Leg(order_id, f"k{order_id}", "Stop", force, None, stop_e4, 0, asked)


def _middle_e4(order: m.SubmitOrder) -> int:
    return order.limit_price_e4 or order.reference_price_e4 or 0


def _rest(order: m.SubmitOrder, random: Random) -> None:
    """Make it what an OCO may be: a plain limit order, Day or GoodTillCancel."""
    order.order_type, order.stop_price_e4, order.expire_time_us = "Limit", None, None
    order.limit_price_e4 = (order.reference_price_e4 or 0) + random.randint(-2, 6) * CENT_E4
    order.time_in_force = random.choice(("Day", "GoodTillCancel"))
    order.post_only, order.instructions = False, None
