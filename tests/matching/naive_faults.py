"""Why the naive matcher does not take an order's terms: written from the words of the rules, on its own."""

from __future__ import annotations

from streams.matching import limits
from topics import messages as m

LINES = {
    "limit": "limit price and order type do not go together",
    "stop": "stop price and order type do not go together",
    "expire": "expire time and GoodTillDate go together",
    "post": "post-only needs a limit order that can rest",
    "auction": "an order for an auction alone is a Market or a Limit order",
    "display": "a display quantity needs a limit order that can rest",
    "negative": "display quantity is below 0",
    "share": "an iceberg shows at least 1/100 of its quantity",
    "minimum": "minimum quantity is below 1e-6 or above the quantity",
    "takes": "post-only takes nothing, so it has no minimum quantity",
    "no minimum": "an order for an auction alone has no minimum quantity",
    "amount": "amount is not positive",
    "market": "an amount needs a Market order, Day or ImmediateOrCancel",
    "alone": "an amount goes without a minimum quantity and without reduce-only",
    "decrement": "an amount cannot be decremented by self-match prevention",
    "trail": "a trail needs a Stop order",
    "one": "a trail is an offset or a percentage",
    "far": "trail is not positive, or not below 100 percent",
    "trigger": "a trigger needs a stop price",
    "reprice": "only a post-only order is repriced",
    "reduce": "a buy reduces no position: there are no short ones",
    "hours": "extended hours need a Limit order, Day or GoodTillCancel",
}


def combination(terms):
    """The first line, in the order of `LINES`, that the terms are in."""
    found = lines(terms, terms.instructions or m.Instructions())
    return next((("UnsupportedCharacteristic", LINES[line]) for line in LINES if line in found), None)


def lines(terms, asks):
    kind = terms.order_type
    stop = kind in ("Stop", "StopLimit")
    limited = kind in ("Limit", "StopLimit")
    alone = terms.time_in_force in ("AtTheOpening", "AtTheClose")
    rests = terms.limit_price_e4 is not None and terms.time_in_force in ("Day", "GoodTillCancel", "GoodTillDate")
    display, least, cash = asks.display_qty_e6, asks.min_qty_e6, asks.cash_qty_e4
    offset, percent = asks.trail_offset_e4, asks.trail_percent_e4
    true = {
        "limit": limited != (terms.limit_price_e4 is not None),
        "stop": stop != (terms.stop_price_e4 is not None),
        "expire": (terms.expire_time_us is not None) != (terms.time_in_force == "GoodTillDate"),
        "post": terms.post_only
        and not (kind == "Limit" and terms.time_in_force in ("Day", "GoodTillCancel", "GoodTillDate")),
        "auction": alone and stop,
        "display": display is not None and not rests,
        "negative": display is not None and display < 0,
        "share": display is not None and display > 0 and terms.qty_e6 > 100 * display,
        "minimum": least is not None and not 0 < least <= terms.qty_e6,
        "takes": least is not None and terms.post_only,
        "no minimum": alone and least is not None,
        "amount": cash is not None and cash <= 0,
        "market": cash is not None
        and (kind, terms.time_in_force) not in (("Market", "Day"), ("Market", "ImmediateOrCancel")),
        "alone": cash is not None and (least is not None or asks.reduce_only),
        "decrement": cash is not None and terms.self_match_prevention == "DecrementAndCancel",
        "trail": kind != "Stop" and (offset, percent) != (None, None),
        "one": None not in (offset, percent),
        "far": (offset is not None and offset <= 0) or (percent is not None and not 0 < percent < 10**6),
        "trigger": asks.trigger_price_type == "BestQuote" and not stop,
        "reprice": asks.reprice and not terms.post_only,
        "reduce": asks.reduce_only and terms.side == "Buy",
        "hours": asks.extended_hours and (kind != "Limit" or terms.time_in_force not in ("Day", "GoodTillCancel")),
    }
    return {line for line, is_true in true.items() if is_true}


def increment(tick_rule, time_us):
    """From one dollar on, in 1e-4; half pennies from 2027-11-01 on."""
    return 50 if tick_rule == "Rule612HalfPenny" and time_us >= 1_825_027_200_000_000 else 100


def fault(terms, time, tick_rule):
    limit, stop = terms.limit_price_e4, terms.stop_price_e4
    asks = terms.instructions or m.Instructions()
    if terms.expire_time_us is not None and time >= terms.expire_time_us:
        return "Stale", "expire time has passed"
    if terms.qty_e6 <= 0:
        return "IncorrectQuantity", "quantity is not positive"
    if terms.qty_e6 > limits.QTY_MAX_E6:
        return "ExceedsLimit", f"quantity is above {limits.QTY_MAX_E6} in 1e-6 share"
    if asks.trail_offset_e4 or asks.trail_percent_e4:
        buys = terms.side == "Buy"
        offset, percent = asks.trail_offset_e4, asks.trail_percent_e4
        if offset is not None:
            mark = stop - offset if buys else stop + offset
        else:
            mark = stop * 10**6 // (10**6 + percent) if buys else -(-stop * 10**6 // (10**6 - percent))
        most = limits.PRICE_MAX_E4
        if (offset or 0) > most or not 0 < stop <= 2 * most or not 0 < mark <= most:
            return "ExceedsLimit", f"trail or the price it begins at is outside 1 to {most} in 1e-4"
        stop = None
    for price in filter(lambda price: price is not None, (limit, stop)):
        if price <= 0 or price > limits.PRICE_MAX_E4:
            return "ExceedsLimit", f"price is outside 1 to {limits.PRICE_MAX_E4} in 1e-4"
        tick = 1 if price < 10_000 else increment(tick_rule, terms.transact_time_us)
        if price % tick:
            return "InvalidPriceIncrement", f"price is not a multiple of {tick} in 1e-4"
    worst = terms.worst_price_e4
    if limit is not None and (limit > worst if terms.side == "Buy" else limit < worst):
        return "PriceExceedsBand", "limit price is beyond the worst price"
    return None
