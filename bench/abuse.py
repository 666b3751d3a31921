"""The longest steps that a client can make a book take, and how long they take: within the limits, at their bounds.

A step is one command. What bounds it: the waiting stops that a book holds (`STOPS_PER_SYMBOL_MAX`, all set off by one
trade), those that trail (`TRAILING_PER_SYMBOL_MAX`, all moved by one), and the parts that an iceberg may have
(`ICEBERG_PARTS_MAX`) times the orders that one taker meets. A bracket is an order and two legs, never more, and its
stop counts among the stops from the beginning; a step arms a bracket's legs, or sets off its stop, once.
"""

from __future__ import annotations

from time import process_time
from typing import Any

from streams.combinations import ICEBERG_PARTS_MAX
from streams.matching.fold import MatchingFold
from streams.matching.limits import STOPS_PER_SYMBOL_MAX, TRAILING_PER_SYMBOL_MAX
from topics.messages import Contingency, DefineInstrument, Instructions, Leg, NewOrder, OrderType, Side

SYMBOL = "ABUSE"
E6 = 1_000_000
PRICE_E4 = 100_0000
ICEBERGS = 1_000


def steps() -> dict[str, dict[str, Any]]:
    """CPU seconds of the step and the outputs that it has, by scenario."""
    return {
        f"trigger storm of {STOPS_PER_SYMBOL_MAX:,} stops": _storm(),
        f"{TRAILING_PER_SYMBOL_MAX:,} trailing stops moved": _trail(),
        f"{ICEBERGS * ICEBERG_PARTS_MAX:,} iceberg refills": _refills(),
        f"{STOPS_PER_SYMBOL_MAX:,} brackets filled": _measure(*_brackets()),
        f"{STOPS_PER_SYMBOL_MAX:,} stop legs set off": _stop_legs(),
    }


def _measure(fold: MatchingFold, order: NewOrder) -> dict[str, Any]:
    began = process_time()
    step = fold.apply(SYMBOL, order)
    return {"seconds": round(process_time() - began, 3), "outputs": len(step.outputs), "entries": len(step.changed)}


def _listed() -> MatchingFold:
    fold = MatchingFold()
    fold.apply(SYMBOL, DefineInstrument(SYMBOL, SYMBOL, "Active", "Rule612", PRICE_E4, 1, "operator", 1))
    return fold


def _storm() -> dict[str, Any]:
    """Buy stops at one price; a trade at it sets them all off, and each takes a share of one deep offer."""
    fold = _listed()
    fold.apply(SYMBOL, _order("deep", "Sell", 2 * STOPS_PER_SYMBOL_MAX, PRICE_E4))
    for number in range(STOPS_PER_SYMBOL_MAX):
        fold.apply(SYMBOL, _order(f"S{number}", "Buy", 1, None, stop_price_e4=PRICE_E4))
    return _measure(fold, _order("taker", "Buy", 1, PRICE_E4))


def _trail() -> dict[str, Any]:
    """Trailing sells; a trade above all that they have seen moves each."""
    fold = _listed()
    trail = Instructions(trail_offset_e4=1_0000)
    for number in range(TRAILING_PER_SYMBOL_MAX):
        stop_e4 = PRICE_E4 - 1_0000
        fold.apply(SYMBOL, _order(f"T{number}", "Sell", 1, None, stop_price_e4=stop_e4, instructions=trail))
    fold.apply(SYMBOL, _order("high", "Sell", 1, PRICE_E4 + 100))
    return _measure(fold, _order("taker", "Buy", 1, PRICE_E4 + 100))


def _refills() -> dict[str, Any]:
    """Icebergs of as many parts as may be; one taker takes them all."""
    fold = _listed()
    one = Instructions(display_qty_e6=E6)
    for number in range(ICEBERGS):
        fold.apply(SYMBOL, _order(f"I{number}", "Sell", ICEBERG_PARTS_MAX, PRICE_E4, instructions=one))
    return _measure(fold, _order("taker", "Buy", ICEBERGS * ICEBERG_PARTS_MAX, PRICE_E4))


def _brackets() -> tuple[MatchingFold, NewOrder]:
    """As many brackets at one price as a book may hold, and the one taker that fills and so arms them all."""
    fold = _listed()
    for number in range(STOPS_PER_SYMBOL_MAX):
        entry = _order(f"E{number}", "Buy", 1, PRICE_E4)
        profit = Leg(f"E{number}t", f"kE{number}t", "Limit", "GoodTillCancel", PRICE_E4 + 100, None, 1, None)
        loss = Leg(f"E{number}s", f"kE{number}s", "Stop", "GoodTillCancel", None, PRICE_E4 - 100, 1, None)
        entry.contingency = Contingency("Bracket", [profit, loss])
        fold.apply(SYMBOL, entry)
    return fold, _order("taker", "Sell", STOPS_PER_SYMBOL_MAX, PRICE_E4)


def _stop_legs() -> dict[str, Any]:
    """All of them armed; a trade at their stops sets them off, and each sells and takes its profit's leg off."""
    fold, taker = _brackets()
    fold.apply(SYMBOL, taker)
    fold.apply(SYMBOL, _order("deep", "Buy", 2 * STOPS_PER_SYMBOL_MAX, PRICE_E4 - 100))
    return _measure(fold, _order("low", "Sell", 1, PRICE_E4 - 100))


def _order(
    order_id: str,
    side: Side,
    shares: int,
    limit_price_e4: int | None,
    stop_price_e4: int | None = None,
    instructions: Instructions | None = None,
) -> NewOrder:
    kinds: dict[tuple[bool, bool], OrderType] = {(True, False): "Limit", (False, True): "Stop"}
    return NewOrder(
        account_id=f"A{order_id}",
        order_id=order_id,
        symbol=SYMBOL,
        side=side,
        order_type=kinds[limit_price_e4 is not None, stop_price_e4 is not None],
        time_in_force="GoodTillCancel",
        qty_e6=shares * E6,
        limit_price_e4=limit_price_e4,
        stop_price_e4=stop_price_e4,
        expire_time_us=None,
        post_only=False,
        self_match_prevention="CancelNewest",
        worst_price_e4=limit_price_e4 or (2 * PRICE_E4 if side == "Buy" else 1),
        instrument_version=1,
        transact_time_us=1,
        owner_id=f"A{order_id}",
        instructions=instructions,
    )
