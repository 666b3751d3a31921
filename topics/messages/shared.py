"""Records inside records of several groups. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from topics.message import Message
from topics.messages.enums import (
    MarketFault,
    SelfMatchScope,
    TriggerPriceType,
)


@dataclass(slots=True, init=False)
class Instructions(Message):
    """What few orders ask beyond price, quantity and time."""

    # most that is shown at a time in 1e-6 share (FIX 1138 DisplayQty): 0 hides the order; null shows it all
    display_qty_e6: int | None = None
    # least that must be filled when the order reaches the book, else it is canceled, in 1e-6 share (FIX 110 MinQty)
    min_qty_e6: int | None = None
    # amount to trade for in 1e-4, the book fixes the quantity (FIX 152 CashOrderQty)
    cash_qty_e4: int | None = None
    # how far a trailing stop stays behind the best price seen, in 1e-4 (FIX 211 PegOffsetValue, 836=0)
    trail_offset_e4: int | None = None
    # the same in 1e-4 of a percent of the best price seen (FIX 211, 836=1)
    trail_percent_e4: int | None = None
    # what triggers a stop and moves a trailing one (FIX 1107): the last trade, or the best bid for a sell and the best offer for a buy
    trigger_price_type: TriggerPriceType = "LastTrade"
    # post-only: rest one increment behind the price that would take liquidity, rather than be refused
    reprice: bool = False
    # only reduce the position (FIX 77=C Close): accounts shrinks the order to it
    reduce_only: bool = False
    # whose orders self-match prevention keeps apart: the account's, or those of all accounts of its owner (FIX 2362)
    self_match_scope: SelfMatchScope = "Account"

    def __init__(
        self,
        display_qty_e6: int | None = None,
        min_qty_e6: int | None = None,
        cash_qty_e4: int | None = None,
        trail_offset_e4: int | None = None,
        trail_percent_e4: int | None = None,
        trigger_price_type: TriggerPriceType = "LastTrade",
        reprice: bool = False,
        reduce_only: bool = False,
        self_match_scope: SelfMatchScope = "Account",
    ) -> None:
        self.display_qty_e6 = display_qty_e6
        self.min_qty_e6 = min_qty_e6
        self.cash_qty_e4 = cash_qty_e4
        self.trail_offset_e4 = trail_offset_e4
        self.trail_percent_e4 = trail_percent_e4
        self.trigger_price_type = trigger_price_type
        self.reprice = reprice
        self.reduce_only = reduce_only
        self.self_match_scope = self_match_scope


@dataclass(slots=True, init=False)
class FaultCount(Message):
    """How often one thing was wrong."""

    fault: MarketFault  # what is wrong with a venue's message
    count: int  # how often since the symbol's day began

    def __init__(self, fault: MarketFault, count: int) -> None:
        self.fault = fault
        self.count = count
