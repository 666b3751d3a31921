"""Records inside records of several groups. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from topics.message import Message
from topics.messages.enums import (
    ContingencyType,
    LastLiquidity,
    MarketFault,
    OrderType,
    SelfMatchScope,
    Side,
    TimeInForce,
    TriggerPriceType,
)


@dataclass(slots=True, init=False)
class Posting(Message):
    """One leg of a journal entry; the legs of an asset sum to zero."""

    ledger_account: str  # cash, securities, clearing, custody, bank or fees:NAME; the first two are the client, the others contra accounts of the house
    asset: str  # USD in 1e-4, or a symbol in 1e-6 share
    amount: int  # signed amount in the unit of the asset; positive adds to the ledger account

    def __init__(self, ledger_account: str, asset: str, amount: int) -> None:
        self.ledger_account = ledger_account
        self.asset = asset
        self.amount = amount


@dataclass(slots=True, init=False)
class BookedFill(Message):
    """One side of a trade as the log has it: how it was booked, and its order."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    side: Side  # FIX 54
    exec_id: str  # execution that told the account of the trade (FIX 17)
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    order_id: str  # id of the chain that was in force when the trade was booked
    is_open: bool  # whether the order was open when this was read
    correction_count: int  # how many corrections and cancels of its trades the order had had when this was read
    worst_price_e4: int  # price in 1e-4 that the book never trades through for this order
    last_liquidity: LastLiquidity  # FIX 851 LastLiquidityInd
    fee_day: int  # day on which the order's chain was accepted, days since the epoch
    postings: list[Posting]  # legs of the trade's journal entry as they stand
    cost_change_e4: int  # what that entry added to the cost of the position in 1e-4
    order_event: bytes  # the last event of the order, as on order-events: Confluent frame and Avro body

    def __init__(
        self,
        account_id: str,
        side: Side,
        exec_id: str,
        root_order_id: str,
        order_id: str,
        is_open: bool,
        correction_count: int,
        worst_price_e4: int,
        last_liquidity: LastLiquidity,
        fee_day: int,
        postings: list[Posting],
        cost_change_e4: int,
        order_event: bytes,
    ) -> None:
        self.account_id = account_id
        self.side = side
        self.exec_id = exec_id
        self.root_order_id = root_order_id
        self.order_id = order_id
        self.is_open = is_open
        self.correction_count = correction_count
        self.worst_price_e4 = worst_price_e4
        self.last_liquidity = last_liquidity
        self.fee_day = fee_day
        self.postings = postings
        self.cost_change_e4 = cost_change_e4
        self.order_event = order_event


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
    # trade before the opening and after the close too
    extended_hours: bool = False

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
        extended_hours: bool = False,
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
        self.extended_hours = extended_hours


@dataclass(slots=True, init=False)
class Leg(Message):
    """One leg of a bracket, OCO or OTO order: a sell for what its entry has bought, or for the shares of its pair."""

    order_id: str  # order id (FIX 37), given by the API
    client_order_id: str  # id chosen by the client (FIX 11), at most 48 characters, unique within the account
    order_type: OrderType  # Limit takes the profit; Stop and StopLimit limit the loss (FIX 40 OrdType)
    time_in_force: TimeInForce  # Day or GoodTillCancel (FIX 59)
    limit_price_e4: int | None  # limit price in 1e-4 of the currency (FIX 44); null for a stop
    stop_price_e4: (
        int | None
    )  # stop price in 1e-4 (FIX 99); null for a limit order, and until accounts has laid a trailing one
    worst_price_e4: (
        int  # price in 1e-4 that the book never trades through for this leg, fixed by accounts; 0 until then
    )
    instructions: Instructions | None  # a trail, a trigger and the scope of self-match prevention; null without

    def __init__(
        self,
        order_id: str,
        client_order_id: str,
        order_type: OrderType,
        time_in_force: TimeInForce,
        limit_price_e4: int | None,
        stop_price_e4: int | None,
        worst_price_e4: int,
        instructions: Instructions | None,
    ) -> None:
        self.order_id = order_id
        self.client_order_id = client_order_id
        self.order_type = order_type
        self.time_in_force = time_in_force
        self.limit_price_e4 = limit_price_e4
        self.stop_price_e4 = stop_price_e4
        self.worst_price_e4 = worst_price_e4
        self.instructions = instructions


@dataclass(slots=True, init=False)
class Contingency(Message):
    """The orders that come with an order and hang together with it."""

    contingency_type: ContingencyType  # how they hang together (FIX 1385)
    legs: list[Leg]  # one leg, or two of a bracket

    def __init__(self, contingency_type: ContingencyType, legs: list[Leg]) -> None:
        self.contingency_type = contingency_type
        self.legs = legs


@dataclass(slots=True, init=False)
class FaultCount(Message):
    """How often one thing was wrong."""

    fault: MarketFault  # what is wrong with a venue's message
    count: int  # how often since the symbol's day began

    def __init__(self, fault: MarketFault, count: int) -> None:
        self.fault = fault
        self.count = count
