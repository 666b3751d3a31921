"""Which orders a book takes in which phase of its day (FIX 625): one table.

A line is a phase; a column is a kind of order; the word says what becomes of it on arrival. The same word is asked
again when a phase begins, of every order that waits: what may trade now goes to the book, what may not waits on, and
what this phase refuses has had its chance and is canceled. Where a phase ends the trading of what rests, it waits too.

    trade   it is matched, rests or leaves, as in any continuous market; a stop waits for its price or is triggered
    queue   it waits, unseen, for the next auction that is its own, or for trading
    closed  it is refused: the market is not open for it (FIX 103=2 ExchangeClosed)
    late    it is refused: its auction is over (FIX 103=4 TooLate)

Before the opening and after the close only orders for extended hours trade, among themselves, and wake no stop. In an
auction nothing trades until it ends; what rested before keeps its place in the book. In `Quiescent` nothing trades.
"""

from __future__ import annotations

from typing import Final, Literal

from streams.matching.order import Order, is_waiting_stop
from topics.messages import OrderRejectReason, TradingPhase

Kind = Literal["plain", "market", "stop", "at_once", "extended", "opening", "closing"]
Word = Literal["trade", "queue", "closed", "late"]

KINDS: tuple[Kind, ...] = ("plain", "market", "stop", "at_once", "extended", "opening", "closing")

_ROWS: dict[TradingPhase, tuple[Word, ...]] = {
    #                     plain    market   stop     at_once   extended opening  closing
    "Quiescent": (        "queue", "queue", "queue", "closed", "queue", "queue", "queue"),
    "PreTrading": (       "queue", "queue", "queue", "closed", "trade", "queue", "queue"),
    "OpeningAuction": (   "queue", "queue", "queue", "closed", "queue", "queue", "queue"),
    "Continuous": (       "trade", "trade", "trade", "trade",  "trade", "late",  "queue"),
    "IntradayAuction": (  "queue", "queue", "queue", "closed", "queue", "late",  "queue"),
    "UnscheduledAuction": ("queue", "queue", "queue", "closed", "queue", "late", "queue"),
    "ClosingAuction": (   "queue", "queue", "queue", "closed", "queue", "late",  "queue"),
    "PostTrading": (      "queue", "queue", "queue", "closed", "trade", "queue", "late"),
}  # fmt: skip
TABLE: dict[TradingPhase, dict[Kind, Word]] = {
    phase: dict(zip(KINDS, words, strict=True)) for phase, words in _ROWS.items()
}

AUCTIONS: tuple[TradingPhase, ...] = ("OpeningAuction", "IntradayAuction", "UnscheduledAuction", "ClosingAuction")
EXTENDED: tuple[TradingPhase, ...] = ("PreTrading", "PostTrading")
IN_AUCTION_ONLY: Final = frozenset(("AtTheOpening", "AtTheClose"))

REASONS: dict[Word, tuple[OrderRejectReason, str]] = {
    "closed": ("ExchangeClosed", "not taken in this phase of the day"),
    "late": ("TooLate", "the auction of the order is over"),
}


def kind_of(order: Order) -> Kind:
    """The column of an order. With a minimum quantity that is not reached it is at once; a triggered stop is none."""
    terms = order.terms
    if terms.time_in_force == "AtTheOpening":
        return "opening"
    if terms.time_in_force == "AtTheClose":
        return "closing"
    if is_waiting_stop(order):
        return "stop"
    asked = terms.instructions
    if terms.time_in_force in ("ImmediateOrCancel", "FillOrKill"):
        return "at_once"
    if asked is not None and (asked.cash_qty_e4 is not None or order.cum_qty_e6 < (asked.min_qty_e6 or 0)):
        return "at_once"
    if terms.limit_price_e4 is None:
        return "market"
    return "extended" if asked is not None and asked.extended_hours else "plain"
