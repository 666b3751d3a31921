"""Records of `avro/orders/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from topics.message import Message
from topics.messages.enums import (
    AuctionRules,
    HaltReason,
    InstrumentStatus,
    OrderType,
    SelfMatchPrevention,
    SessionKind,
    Side,
    TickRule,
    TimeInForce,
    TradeCorrectionKind,
    TradingPhase,
)
from topics.messages.shared import BookedFill, Contingency, Instructions


@dataclass(slots=True, init=False)
class CancelRequest(Message):
    """Accounts passes a cancel to the book (FIX 35=F)."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    symbol: str  # instrument symbol (FIX 55)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, account_id: str, order_id: str, root_order_id: str, symbol: str, transact_time_us: int) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.root_order_id = root_order_id
        self.symbol = symbol
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class CorrectTrade(Message):
    """An operator cancels a trade, or corrects its price or quantity; the book passes it to both accounts."""

    trade_id: str  # symbol and sequence of the match (FIX 1003)
    symbol: str  # instrument symbol (FIX 55)
    kind: TradeCorrectionKind  # what is done to a trade (FIX 150 H and G)
    price_e4: int  # price of the trade as it stands in 1e-4
    qty_e6: int  # its quantity in 1e-6 share
    amount_e4: int  # its amount in 1e-4
    new_price_e4: int  # price that it gets in 1e-4; 0 for a cancel
    new_qty_e6: int  # quantity that it gets in 1e-6 share; 0 for a cancel
    settlement_day: int  # day of settlement of the trade, days since the epoch; from then on it stays as it is
    traded_time_us: int  # when the trade was made, microseconds since the epoch UTC
    buy: BookedFill  # the side that bought
    sell: BookedFill  # the side that sold
    text: str  # why, for both parties (FIX 58)
    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        trade_id: str,
        symbol: str,
        kind: TradeCorrectionKind,
        price_e4: int,
        qty_e6: int,
        amount_e4: int,
        new_price_e4: int,
        new_qty_e6: int,
        settlement_day: int,
        traded_time_us: int,
        buy: BookedFill,
        sell: BookedFill,
        text: str,
        issued_by: str,
        transact_time_us: int,
    ) -> None:
        self.trade_id = trade_id
        self.symbol = symbol
        self.kind = kind
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.amount_e4 = amount_e4
        self.new_price_e4 = new_price_e4
        self.new_qty_e6 = new_qty_e6
        self.settlement_day = settlement_day
        self.traded_time_us = traded_time_us
        self.buy = buy
        self.sell = sell
        self.text = text
        self.issued_by = issued_by
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class DefineInstrument(Message):
    """An operator lists an instrument or changes its terms."""

    symbol: str  # instrument symbol (FIX 55)
    name: str  # name of the instrument for people
    status: InstrumentStatus  # whether the instrument trades (FIX 965 SecurityStatus, FIX 326)
    tick_rule: TickRule  # which table of price increments applies (SEC Rule 612)
    reference_price_e4: int  # price in 1e-4 that collars use while there is no quote
    tier: int  # limit up-limit down tier, 1 or 2
    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # sector of the economy by the operator's names, such as Technology; empty when not told
    sector: str = ""

    def __init__(
        self,
        symbol: str,
        name: str,
        status: InstrumentStatus,
        tick_rule: TickRule,
        reference_price_e4: int,
        tier: int,
        issued_by: str,
        transact_time_us: int,
        sector: str = "",
    ) -> None:
        self.symbol = symbol
        self.name = name
        self.status = status
        self.tick_rule = tick_rule
        self.reference_price_e4 = reference_price_e4
        self.tier = tier
        self.issued_by = issued_by
        self.transact_time_us = transact_time_us
        self.sector = sector


@dataclass(slots=True, init=False)
class NewOrder(Message):
    """Accounts passes a checked and held order to its book (FIX 35=D)."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    symbol: str  # instrument symbol (FIX 55)
    side: Side  # FIX 54
    order_type: OrderType  # FIX 40 OrdType
    time_in_force: TimeInForce  # FIX 59
    qty_e6: int  # total quantity in 1e-6 share (FIX 38), filled part included
    limit_price_e4: int | None  # limit price in 1e-4 of the currency (FIX 44); null for market and stop
    stop_price_e4: int | None  # stop price in 1e-4 (FIX 99); null unless stop or stop-limit
    expire_time_us: int | None  # expiry in microseconds since the epoch UTC (FIX 126); null unless GoodTillDate
    post_only: bool  # refuse rather than take liquidity
    self_match_prevention: SelfMatchPrevention  # what happens when an order would meet an order of its own account; the mode of the taker decides (FIX 2362)
    worst_price_e4: int  # price in 1e-4 that the book never trades through for this order, fixed at acceptance
    instrument_version: int  # version of the instrument record the API saw; 0 when it knew none
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # owner of the account; empty in records from before it was kept
    owner_id: str = ""
    # what the order asks beyond price, quantity and time; null for most
    instructions: Instructions | None = None
    # bracket, OCO and OTO orders: the legs; null for an order by itself
    contingency: Contingency | None = None

    def __init__(
        self,
        account_id: str,
        order_id: str,
        symbol: str,
        side: Side,
        order_type: OrderType,
        time_in_force: TimeInForce,
        qty_e6: int,
        limit_price_e4: int | None,
        stop_price_e4: int | None,
        expire_time_us: int | None,
        post_only: bool,
        self_match_prevention: SelfMatchPrevention,
        worst_price_e4: int,
        instrument_version: int,
        transact_time_us: int,
        owner_id: str = "",
        instructions: Instructions | None = None,
        contingency: Contingency | None = None,
    ) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.symbol = symbol
        self.side = side
        self.order_type = order_type
        self.time_in_force = time_in_force
        self.qty_e6 = qty_e6
        self.limit_price_e4 = limit_price_e4
        self.stop_price_e4 = stop_price_e4
        self.expire_time_us = expire_time_us
        self.post_only = post_only
        self.self_match_prevention = self_match_prevention
        self.worst_price_e4 = worst_price_e4
        self.instrument_version = instrument_version
        self.transact_time_us = transact_time_us
        self.owner_id = owner_id
        self.instructions = instructions
        self.contingency = contingency


@dataclass(slots=True, init=False)
class ReplaceRequest(Message):
    """Accounts passes a checked replace to the book (FIX 35=G), all terms resolved."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    new_order_id: str  # id of the successor
    symbol: str  # instrument symbol (FIX 55)
    time_in_force: TimeInForce  # FIX 59
    qty_e6: int  # total quantity in 1e-6 share (FIX 38), filled part included
    limit_price_e4: int | None  # limit price in 1e-4 of the currency (FIX 44); null for market and stop
    stop_price_e4: int | None  # stop price in 1e-4 (FIX 99); null unless stop or stop-limit
    expire_time_us: int | None  # expiry in microseconds since the epoch UTC (FIX 126); null unless GoodTillDate
    worst_price_e4: int  # price in 1e-4 that the book never trades through for this order, fixed at acceptance
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # new trail of a trailing stop, in the unit it has (1e-4, or 1e-4 of a percent); null keeps it
    trail_e4: int | None = None

    def __init__(
        self,
        account_id: str,
        order_id: str,
        root_order_id: str,
        new_order_id: str,
        symbol: str,
        time_in_force: TimeInForce,
        qty_e6: int,
        limit_price_e4: int | None,
        stop_price_e4: int | None,
        expire_time_us: int | None,
        worst_price_e4: int,
        transact_time_us: int,
        trail_e4: int | None = None,
    ) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.root_order_id = root_order_id
        self.new_order_id = new_order_id
        self.symbol = symbol
        self.time_in_force = time_in_force
        self.qty_e6 = qty_e6
        self.limit_price_e4 = limit_price_e4
        self.stop_price_e4 = stop_price_e4
        self.expire_time_us = expire_time_us
        self.worst_price_e4 = worst_price_e4
        self.transact_time_us = transact_time_us
        self.trail_e4 = trail_e4


@dataclass(slots=True, init=False)
class SessionCommand(Message):
    """The clock moves a book through its day; idempotent by (symbol, session, kind, time)."""

    symbol: str  # instrument symbol (FIX 55)
    session_id: str  # trading day as YYYY-MM-DD
    kind: SessionKind  # what the clock asks of a book
    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # the phase that begins (FIX 625); null unless Phase
    phase: TradingPhase | None = None
    # whose rules the auctions follow from here on; with Phase and Reopen
    auction_rules: AuctionRules = "Nasdaq"
    # why trading is halted (FIX 327); null unless Halt
    halt_reason: HaltReason | None = None

    def __init__(
        self,
        symbol: str,
        session_id: str,
        kind: SessionKind,
        issued_by: str,
        transact_time_us: int,
        phase: TradingPhase | None = None,
        auction_rules: AuctionRules = "Nasdaq",
        halt_reason: HaltReason | None = None,
    ) -> None:
        self.symbol = symbol
        self.session_id = session_id
        self.kind = kind
        self.issued_by = issued_by
        self.transact_time_us = transact_time_us
        self.phase = phase
        self.auction_rules = auction_rules
        self.halt_reason = halt_reason
