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
    "fit": "a bracket has a limit leg and a stop leg, an OTO one leg, an OCO one stop",
    "entry": "legs sell what their entry buys: there are no short positions to cover",
    "pair": "an OCO sells a position: there are no short ones to cover",
    "first": "an OCO takes its profit with a Limit order, Day or GoodTillCancel",
    "legs": "a leg is Day or GoodTillCancel",
    "outlive": "a leg may not end before the order that it waits for",
    "apart": "stop, limit of the entry and price of the profit do not rise in this order",
    "plain": "a leg has no instructions but a trail, a trigger and a scope",
    "shares": "an order with legs is of a quantity, not of an amount",
    "regular": "legs, and what comes with them, trade in the regular session",
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
    if terms.contingency is not None:
        true |= of_legs(terms, terms.contingency, asks)
    return {line for line, is_true in true.items() if is_true}


def increment(tick_rule, time_us):
    """From one dollar on, in 1e-4; half pennies from 2027-11-01 on."""
    return 50 if tick_rule == "Rule612HalfPenny" and time_us >= 1_825_027_200_000_000 else 100


def of_legs(terms, contingency, asks):
    """Lines about an order that comes with legs."""
    legs = contingency.legs
    pair = contingency.contingency_type == "OneUpdatesTheOther"
    kinds = sorted("stop" if leg.order_type in ("Stop", "StopLimit") else leg.order_type.lower() for leg in legs)
    wanted = {"Bracket": [["limit", "stop"]], "OneTriggersTheOther": [["limit"], ["stop"]]}
    profit = [leg.limit_price_e4 for leg in legs if leg.order_type == "Limit"]
    entry = [price for price in (terms.limit_price_e4,) if price is not None]
    asked = [leg.instructions or m.Instructions() for leg in legs]
    loss = [
        leg.stop_price_e4
        for leg, of in zip(legs, asked, strict=True)
        if leg.order_type in ("Stop", "StopLimit") and of.trail_offset_e4 is None and of.trail_percent_e4 is None
    ]
    few = [
        m.Instructions(None, None, None, of.trail_offset_e4, of.trail_percent_e4, of.trigger_price_type)
        for of in asked + [asks] * pair
    ]
    for plain, of in zip(few, asked + [asks] * pair, strict=True):
        plain.self_match_scope, plain.extended_hours = of.self_match_scope, of.extended_hours
    resting = ("Day", "GoodTillCancel")
    return {
        "fit": kinds not in wanted.get(contingency.contingency_type, [["stop"]]),
        "entry": not pair and terms.side != "Buy",
        "pair": pair and terms.side != "Sell",
        "first": pair and not (terms.order_type == "Limit" and terms.time_in_force in resting),
        "legs": not all(leg.time_in_force in resting for leg in legs),
        "outlive": terms.time_in_force in ("GoodTillCancel", "GoodTillDate", "AtTheOpening", "AtTheClose")
        and any(leg.time_in_force == "Day" for leg in legs),
        "apart": any(
            None not in (high, low) and low >= high
            for lows, highs in ((loss, entry), (entry, profit), (loss, [] if entry else profit))
            for high in highs
            for low in lows
        ),
        "plain": few != asked + [asks] * pair,
        "shares": asks.cash_qty_e4 is not None,
        "regular": any(of.extended_hours for of in [asks, *asked]),
    }


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
