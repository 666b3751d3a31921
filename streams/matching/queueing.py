"""Orders that wait for a phase in which they may trade: who waits, who is refused, and what is over before an auction.

They are in no level and nobody sees them; `Market.queue` holds them in the order of their priority.
"""

from __future__ import annotations

from typing import Final

from streams.fold import Step
from streams.matching.market import Market
from streams.matching.order import Order, is_waiting_stop
from streams.matching.phases import IN_AUCTION_ONLY, REASONS, TABLE, Word, kind_of
from streams.matching.terms import Fault
from topics.messages import CutOff, TimeInForce, TradingPhase

NO_CANCEL: Final = "no more cancels and replaces of orders for the auction"

CUT_OFFS: tuple[CutOff, ...] = ("Open", "NoCancel", "NoMarket", "NoEntry")
"""In the order in which they come; each holds with all before it."""

OPENS_IN: tuple[TradingPhase, ...] = ("Quiescent", "PreTrading", "OpeningAuction", "PostTrading")
"""Phases of which the next auction is the opening; of all others it is the close."""


def is_phased(market: Market, time_in_force: TimeInForce) -> bool:
    """Whether the table of phases has to be asked: it need not where an order simply trades."""
    return market.state.phase != "Continuous" or time_in_force in IN_AUCTION_ONLY


def word_of(market: Market, order: Order) -> Word:
    """What becomes of an order now."""
    return TABLE[market.state.phase][kind_of(order)]


def phase_fault(market: Market, order: Order) -> Fault | None:
    """Why an order that comes now is refused; None when it may trade or wait."""
    word = word_of(market, order)
    if word in REASONS:
        return REASONS[word]
    if is_cut_off(market, order, "NoEntry"):
        return "TooLate", "no more orders for the auction"
    if order.terms.limit_price_e4 is None and is_cut_off(market, order, "NoMarket"):
        return "TooLate", "no more market orders for the auction"
    return None


def is_cut_off(market: Market, order: Order, cut_off: CutOff) -> bool:
    """Whether something is over for an order that is for the next auction alone."""
    state = market.state
    coming = "AtTheOpening" if state.phase in OPENS_IN else "AtTheClose"
    return order.terms.time_in_force == coming and CUT_OFFS.index(state.cut_off) >= CUT_OFFS.index(cut_off)


def late_limit_e4(market: Market, order: Order) -> int | None:
    """The limit (1e-4) that a late order for the next auction gets, for its own would go too far; None where it stays.

    A limit order is late from the time on at which no market orders are taken (Nasdaq's late LOO and LOC, which Equity
    4 Rules 4702(b)(9) and (12) reprice too): it may not drive the price away from what everybody has been shown.
    """
    limit_e4 = order.terms.limit_price_e4
    if limit_e4 is None or not is_cut_off(market, order, "NoMarket"):
        return None
    far_e4 = market.state.late_buy_max_e4 if order.buy else market.state.late_sell_min_e4
    if far_e4 is None or (limit_e4 <= far_e4 if order.buy else limit_e4 >= far_e4):
        return None
    return far_e4


def queue_up(market: Market, step: Step, order: Order) -> None:
    """Let an order wait behind all others: for a phase, or a stop for its price."""
    order.priority = market.next_priority()
    market.place(order, queued=not is_waiting_stop(order))
    step.changed[market.order_prefix + order.root_order_id] = None
