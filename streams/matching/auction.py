"""A call auction: one price for all, from the book and what is queued; and what it would be now.

Who trades at that price: market orders first, then by limit, the best first, then what is shown before what is hidden,
then by time. An iceberg takes part with all it has. Neither side makes or takes; where self-match prevention keeps two
apart, the mode of the order that came later decides, as if it had been the taker.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from streams.dated import day_of
from streams.fold import Step
from streams.matching import tape
from streams.matching.book import BookSide
from streams.matching.curve import Outcome, segments, tick_above_e4, tick_below_e4, within
from streams.matching.execute import worst_price_e4
from streams.matching.ladder import RULES, price_of, range_e4
from streams.matching.market import Market
from streams.matching.order import Order
from streams.matching.pairing import pair
from streams.matching.phases import AUCTIONS
from streams.matching.siblings import beyond_sibling_e6
from streams.matching.triggers import note_trade
from streams.ticks import increment_e4
from topics.messages import TradingPhase


@dataclass(slots=True)
class Call:
    """An auction as it stands: its reference (1e-4), what it gives by the ladder alone, and by ladder and range."""

    reference_e4: int
    free: Outcome | None
    ranged: Outcome | None


def next_auction(phase: TradingPhase) -> TradingPhase:
    """The auction that is on, or the next one of the day."""
    if phase in AUCTIONS:
        return phase
    return "ClosingAuction" if phase == "Continuous" else "OpeningAuction"


def call_of(market: Market, auction: TradingPhase) -> Call:
    """What an auction would give now; changes nothing."""
    step_e4 = increment_e4(market.state.tick_rule, day_of(market.state.time_us))
    rules = RULES[market.state.auction_rules]
    buys, sells = participants(market, auction)
    reference_e4 = _reference_e4(market)
    demand: dict[int, int] = {}
    supply: dict[int, int] = {}
    for order in buys:
        price_e4 = tick_below_e4(worst_price_e4(order), step_e4)
        demand[price_e4] = demand.get(price_e4, 0) + order.leaves_qty_e6
    for order in sells:
        price_e4 = tick_above_e4(worst_price_e4(order), step_e4)
        qty_e6 = order.leaves_qty_e6 if order.group is None else beyond_sibling_e6(order, order.group)
        supply[price_e4] = supply.get(price_e4, 0) + qty_e6
    limits = {order.price_e4 for order in (*buys, *sells) if order.terms.limit_price_e4 is not None}
    found = segments(demand, supply, step_e4)
    free = price_of(found, limits, rules.ladder, reference_e4, step_e4)
    low_e4, high_e4 = range_e4(rules, reference_e4, step_e4)
    if free is None or low_e4 <= free.price_e4 <= high_e4:
        return Call(reference_e4, free, free)
    ranged = price_of(within(found, low_e4, high_e4), limits, rules.ladder, reference_e4, step_e4)
    return Call(reference_e4, free, ranged)


def _reference_e4(market: Market) -> int:
    """The price in 1e-4 that decides where several are as good: by the venue the middle of the quote or the last sale;
    before the first sale the instrument's."""
    state = market.state
    bid_e4, _, ask_e4, _ = market.book.bbo()
    if RULES[state.auction_rules].reference == "middle" and bid_e4 is not None and ask_e4 is not None:
        return (bid_e4 + ask_e4) // 2
    return state.reference_price_e4 if state.last_price_e4 is None else state.last_price_e4


def participants(market: Market, auction: TradingPhase) -> tuple[list[Order], list[Order]]:
    """Buys and sells that could trade in an auction, each in no order: what waits for it or for trading, and what of
    the book is within reach of the other side."""
    waiting = [order for order in market.queue.values() if _is_for(order, auction)]
    buys = [order for order in waiting if order.buy]
    sells = [order for order in waiting if not order.buy]
    highest_e4 = max([worst_price_e4(order) for order in buys], default=0)
    lowest_e4 = min([worst_price_e4(order) for order in sells], default=None)
    book = market.book
    for side in (book.asks, book.hidden_asks):
        sells += _reached(side, -highest_e4)
    if lowest_e4 is not None:
        for side in (book.bids, book.hidden_bids):
            buys += _reached(side, lowest_e4)
    return buys, sells


def _is_for(order: Order, auction: TradingPhase) -> bool:
    """Whether an order that waits takes part: one for the opening or the close alone only there."""
    time_in_force = order.terms.time_in_force
    if time_in_force == "AtTheOpening":
        return auction == "OpeningAuction"
    return time_in_force != "AtTheClose" or auction == "ClosingAuction"


def _reached(side: BookSide, worst_key: int) -> Iterator[Order]:
    """Orders of a side from the best level down to a key."""
    for key in reversed(side.keys):
        if key < worst_key:
            return
        order = side.levels[key].head
        while order is not None:
            yield order
            order = order.next


def uncross(market: Market, step: Step, auction: TradingPhase) -> bool:
    """Trade at one price. False when the price is out of range and the auction has to go on: once, by some rules."""
    state = market.state
    call = call_of(market, auction)
    chosen = call.ranged
    if call.free != call.ranged and RULES[state.auction_rules].beyond == "extend":
        if not state.extended and state.phase in AUCTIONS:
            state.extended = True
            step.changed[market.entry_name] = None
            tape.auction(market, step, "Extended", call.free, call.reference_e4)
            return False
        chosen = call.free
    if chosen is None:
        return True
    price_e4 = chosen.price_e4
    buys, sells = participants(market, auction)
    buys = sorted((order for order in buys if worst_price_e4(order) >= price_e4), key=_rank)
    sells = sorted((order for order in sells if worst_price_e4(order) <= price_e4), key=_rank)
    paired_e6 = pair(market, step, buys, sells, price_e4)
    tape.auction(market, step, "Uncrossed", Outcome(price_e4, paired_e6, chosen.surplus_e6), call.reference_e4)
    if paired_e6 and market.stops.orders:
        note_trade(market, step)
    return True


def _rank(order: Order) -> tuple[bool, int, bool, int]:
    """Market orders first, then the best limit, then what is shown, then the first come."""
    price_e4 = order.price_e4
    return order.terms.limit_price_e4 is not None, -price_e4 if order.buy else price_e4, order.hidden, order.priority
