"""Records of `avro/commands/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from topics.message import Message
from topics.messages.enums import (
    AccountStatus,
    CancelRejectReason,
    CancelRejectResponseTo,
    ExecType,
    FirmStatus,
    InstrumentStatus,
    LastLiquidity,
    OrderRejectReason,
    OrderType,
    SelfMatchPrevention,
    Side,
    TickRule,
    TimeInForce,
    TradeCorrectionKind,
    TradingSession,
)
from topics.messages.shared import BookedFill, Contingency, Instructions


@dataclass(slots=True, init=False)
class AdvanceTime(Message):
    """The clock tells a partition of accounts the time: settlements fall due, finished orders are forgotten."""

    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, issued_by: str, transact_time_us: int) -> None:
        self.issued_by = issued_by
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class CancelAllOrders(Message):
    """A client asks to cancel every open order of the account."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # only orders of this instrument symbol (FIX 530 MassCancelRequestType 1, FIX 55); null for all
    symbol: str | None = None
    # only orders for this part of the day (FIX 530 MassCancelRequestType 6, FIX 336): of the opening auction, of the closing auction, of continuous trading, or of that and the hours around it; null for all
    trading_session: TradingSession | None = None

    def __init__(
        self,
        account_id: str,
        transact_time_us: int,
        symbol: str | None = None,
        trading_session: TradingSession | None = None,
    ) -> None:
        self.account_id = account_id
        self.transact_time_us = transact_time_us
        self.symbol = symbol
        self.trading_session = trading_session


@dataclass(slots=True, init=False)
class CancelOrder(Message):
    """A client asks to cancel an order."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, account_id: str, order_id: str, transact_time_us: int) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class CorrectFill(Message):
    """The book passes the cancel or correction of a trade to the account of one side."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    trade_id: str  # symbol and sequence of the match (FIX 1003)
    symbol: str  # instrument symbol (FIX 55)
    kind: TradeCorrectionKind  # what is done to a trade (FIX 150 H and G)
    price_e4: int  # price of the trade as it stands in 1e-4
    qty_e6: int  # its quantity in 1e-6 share
    amount_e4: int  # its amount in 1e-4
    new_price_e4: int  # price that it gets in 1e-4; 0 for a cancel
    new_qty_e6: int  # quantity that it gets in 1e-6 share; 0 for a cancel
    new_amount_e4: int  # floor(price x quantity) in 1e-4 that it gets, computed once for both sides; 0 for a cancel
    settlement_day: int  # day of settlement of the trade, days since the epoch
    traded_time_us: int  # when the trade was made, microseconds since the epoch UTC
    fill: BookedFill  # this side of the trade
    text: str  # why (FIX 58)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        account_id: str,
        trade_id: str,
        symbol: str,
        kind: TradeCorrectionKind,
        price_e4: int,
        qty_e6: int,
        amount_e4: int,
        new_price_e4: int,
        new_qty_e6: int,
        new_amount_e4: int,
        settlement_day: int,
        traded_time_us: int,
        fill: BookedFill,
        text: str,
        transact_time_us: int,
    ) -> None:
        self.account_id = account_id
        self.trade_id = trade_id
        self.symbol = symbol
        self.kind = kind
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.amount_e4 = amount_e4
        self.new_price_e4 = new_price_e4
        self.new_qty_e6 = new_qty_e6
        self.new_amount_e4 = new_amount_e4
        self.settlement_day = settlement_day
        self.traded_time_us = traded_time_us
        self.fill = fill
        self.text = text
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class Deposit(Message):
    """Puts cash into an account."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transfer_id: str  # id of the transfer, unique within the account; a repeat is refused
    amount_e4: int  # cash amount in 1e-4 of the currency
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, account_id: str, transfer_id: str, amount_e4: int, transact_time_us: int) -> None:
        self.account_id = account_id
        self.transfer_id = transfer_id
        self.amount_e4 = amount_e4
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class DepositShares(Message):
    """Puts shares into an account against custody."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transfer_id: str  # id of the transfer, unique within the account; a repeat is refused
    symbol: str  # instrument symbol (FIX 55)
    qty_e6: int  # shares moved in 1e-6 share
    cost_basis_e4: int  # what the shares cost in all, in 1e-4
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self, account_id: str, transfer_id: str, symbol: str, qty_e6: int, cost_basis_e4: int, transact_time_us: int
    ) -> None:
        self.account_id = account_id
        self.transfer_id = transfer_id
        self.symbol = symbol
        self.qty_e6 = qty_e6
        self.cost_basis_e4 = cost_basis_e4
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class ExecutionReport(Message):
    """Matching tells an account what became of its order (FIX 35=8)."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    orig_order_id: str | None  # id that was in force before, on Replaced (FIX 41 by order id)
    symbol: str  # instrument symbol (FIX 55)
    side: Side  # FIX 54
    exec_type: ExecType  # FIX 150
    qty_e6: int  # total quantity in 1e-6 share (FIX 38), filled part included
    cum_qty_e6: int  # quantity filled so far in 1e-6 share (FIX 14)
    leaves_qty_e6: int  # quantity still open in 1e-6 share (FIX 151)
    last_px_e4: int | None  # price of this fill in 1e-4 (FIX 31)
    last_qty_e6: int | None  # quantity of this fill in 1e-6 share (FIX 32)
    amount_e4: int  # floor(price x quantity) of this fill in 1e-4, computed once by matching; 0 unless Trade
    trade_id: str | None  # symbol and sequence of the match (FIX 1003)
    last_liquidity: LastLiquidity | None  # FIX 851 LastLiquidityInd; null where it does not apply
    prevented_qty_e6: int  # quantity taken off by self-match prevention in 1e-6 share
    order_reject_reason: OrderRejectReason | None  # FIX 103 OrdRejReason; null where it does not apply
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # limit price in 1e-4 that the book gave an order, New or Replaced; null where it is the one asked for
    limit_price_e4: int | None = None
    # stop price in 1e-4 that a trailing stop has now; null for any other order
    stop_price_e4: int | None = None
    # best price in 1e-4 that a trailing stop has seen; null for any other order
    high_water_e4: int | None = None

    def __init__(
        self,
        account_id: str,
        order_id: str,
        root_order_id: str,
        orig_order_id: str | None,
        symbol: str,
        side: Side,
        exec_type: ExecType,
        qty_e6: int,
        cum_qty_e6: int,
        leaves_qty_e6: int,
        last_px_e4: int | None,
        last_qty_e6: int | None,
        amount_e4: int,
        trade_id: str | None,
        last_liquidity: LastLiquidity | None,
        prevented_qty_e6: int,
        order_reject_reason: OrderRejectReason | None,
        text: str,
        transact_time_us: int,
        limit_price_e4: int | None = None,
        stop_price_e4: int | None = None,
        high_water_e4: int | None = None,
    ) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.root_order_id = root_order_id
        self.orig_order_id = orig_order_id
        self.symbol = symbol
        self.side = side
        self.exec_type = exec_type
        self.qty_e6 = qty_e6
        self.cum_qty_e6 = cum_qty_e6
        self.leaves_qty_e6 = leaves_qty_e6
        self.last_px_e4 = last_px_e4
        self.last_qty_e6 = last_qty_e6
        self.amount_e4 = amount_e4
        self.trade_id = trade_id
        self.last_liquidity = last_liquidity
        self.prevented_qty_e6 = prevented_qty_e6
        self.order_reject_reason = order_reject_reason
        self.text = text
        self.transact_time_us = transact_time_us
        self.limit_price_e4 = limit_price_e4
        self.stop_price_e4 = stop_price_e4
        self.high_water_e4 = high_water_e4


@dataclass(slots=True, init=False)
class OpenAccount(Message):
    """Opens an account; a second one with the same id changes nothing."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str  # owner of the account
    account_class: str  # name of the class whose dated limits apply (standard, market_maker, replay)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, account_id: str, user_id: str, account_class: str, transact_time_us: int) -> None:
        self.account_id = account_id
        self.user_id = user_id
        self.account_class = account_class
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class OrderCancelReject(Message):
    """A cancel or replace was refused (FIX 35=9)."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str | None  # owner of the account; null from matching
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str | None  # first id of the chain; null when the order is unknown
    symbol: str | None  # instrument symbol; null when the order is unknown
    response_to: CancelRejectResponseTo  # FIX 434 CxlRejResponseTo
    cancel_reject_reason: CancelRejectReason  # FIX 102 CxlRejReason
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        account_id: str,
        user_id: str | None,
        order_id: str,
        root_order_id: str | None,
        symbol: str | None,
        response_to: CancelRejectResponseTo,
        cancel_reject_reason: CancelRejectReason,
        text: str,
        transact_time_us: int,
    ) -> None:
        self.account_id = account_id
        self.user_id = user_id
        self.order_id = order_id
        self.root_order_id = root_order_id
        self.symbol = symbol
        self.response_to = response_to
        self.cancel_reject_reason = cancel_reject_reason
        self.text = text
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class ReplaceOrder(Message):
    """A client asks to replace an order; null keeps the value of the original."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    new_order_id: str  # id of the successor, given by the API
    client_order_id: str  # id chosen by the client (FIX 11), at most 48 characters, unique within the account
    qty_e6: int | None  # new total quantity in 1e-6 share, filled part included
    limit_price_e4: int | None  # limit price in 1e-4 of the currency (FIX 44); null for market and stop
    stop_price_e4: int | None  # stop price in 1e-4 (FIX 99); null unless stop or stop-limit
    time_in_force: TimeInForce | None  # FIX 59; null where it does not apply
    expire_time_us: int | None  # expiry in microseconds since the epoch UTC (FIX 126); null unless GoodTillDate
    tick_rule: TickRule | None  # which table of price increments applies (SEC Rule 612); null where it does not apply
    reference_price_e4: int | None  # last known reference price in 1e-4
    bid_price_e4: int | None  # our best bid at entry in 1e-4; null when there was none
    ask_price_e4: int | None  # our best offer at entry in 1e-4; null when there was none
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # new trail of a trailing stop, in the unit it has (1e-4, or 1e-4 of a percent); null keeps it
    trail_e4: int | None = None

    def __init__(
        self,
        account_id: str,
        order_id: str,
        new_order_id: str,
        client_order_id: str,
        qty_e6: int | None,
        limit_price_e4: int | None,
        stop_price_e4: int | None,
        time_in_force: TimeInForce | None,
        expire_time_us: int | None,
        tick_rule: TickRule | None,
        reference_price_e4: int | None,
        bid_price_e4: int | None,
        ask_price_e4: int | None,
        transact_time_us: int,
        trail_e4: int | None = None,
    ) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.new_order_id = new_order_id
        self.client_order_id = client_order_id
        self.qty_e6 = qty_e6
        self.limit_price_e4 = limit_price_e4
        self.stop_price_e4 = stop_price_e4
        self.time_in_force = time_in_force
        self.expire_time_us = expire_time_us
        self.tick_rule = tick_rule
        self.reference_price_e4 = reference_price_e4
        self.bid_price_e4 = bid_price_e4
        self.ask_price_e4 = ask_price_e4
        self.transact_time_us = transact_time_us
        self.trail_e4 = trail_e4


@dataclass(slots=True, init=False)
class SetAccountStatus(Message):
    """Changes what the account may do."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    status: AccountStatus  # account status by Alpaca's names; only ACTIVE may open new orders, LIMITED may only sell
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # cancel the open orders too, in the same step: the kill switch of an account
    cancel_orders: bool = False

    def __init__(
        self, account_id: str, status: AccountStatus, transact_time_us: int, cancel_orders: bool = False
    ) -> None:
        self.account_id = account_id
        self.status = status
        self.transact_time_us = transact_time_us
        self.cancel_orders = cancel_orders


@dataclass(slots=True, init=False)
class SetFirmStatus(Message):
    """The kill switch of the whole house, told to every partition of accounts: Killed takes no order and cancels the open ones."""

    status: FirmStatus  # whether the house takes orders
    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, status: FirmStatus, issued_by: str, transact_time_us: int) -> None:
        self.status = status
        self.issued_by = issued_by
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class SubmitOrder(Message):
    """A client asks for a new order; the API has stamped ids, time, the instrument and the market it saw."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str  # owner of the account
    order_id: str  # order id (FIX 37), given by the API
    client_order_id: str  # id chosen by the client (FIX 11), at most 48 characters, unique within the account
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
    instrument_version: int  # version of the instrument record the API saw; 0 when it knew none
    instrument_status: (
        InstrumentStatus | None
    )  # whether the instrument trades (FIX 965 SecurityStatus, FIX 326); null where it does not apply
    tick_rule: TickRule | None  # which table of price increments applies (SEC Rule 612); null where it does not apply
    reference_price_e4: int | None  # last known reference price in 1e-4; null when the API knew no instrument
    bid_price_e4: int | None  # our best bid at entry in 1e-4; null when there was none
    ask_price_e4: int | None  # our best offer at entry in 1e-4; null when there was none
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # what the order asks beyond price, quantity and time; null for most
    instructions: Instructions | None = None
    # bracket, OCO and OTO orders: the legs; null for an order by itself
    contingency: Contingency | None = None

    def __init__(
        self,
        account_id: str,
        user_id: str,
        order_id: str,
        client_order_id: str,
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
        instrument_version: int,
        instrument_status: InstrumentStatus | None,
        tick_rule: TickRule | None,
        reference_price_e4: int | None,
        bid_price_e4: int | None,
        ask_price_e4: int | None,
        transact_time_us: int,
        instructions: Instructions | None = None,
        contingency: Contingency | None = None,
    ) -> None:
        self.account_id = account_id
        self.user_id = user_id
        self.order_id = order_id
        self.client_order_id = client_order_id
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
        self.instrument_version = instrument_version
        self.instrument_status = instrument_status
        self.tick_rule = tick_rule
        self.reference_price_e4 = reference_price_e4
        self.bid_price_e4 = bid_price_e4
        self.ask_price_e4 = ask_price_e4
        self.transact_time_us = transact_time_us
        self.instructions = instructions
        self.contingency = contingency


@dataclass(slots=True, init=False)
class Withdraw(Message):
    """Takes settled, unheld cash out of an account."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transfer_id: str  # id of the transfer, unique within the account; a repeat is refused
    amount_e4: int  # cash amount in 1e-4 of the currency
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, account_id: str, transfer_id: str, amount_e4: int, transact_time_us: int) -> None:
        self.account_id = account_id
        self.transfer_id = transfer_id
        self.amount_e4 = amount_e4
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class WithdrawShares(Message):
    """Takes unheld shares out of an account against custody."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transfer_id: str  # id of the transfer, unique within the account; a repeat is refused
    symbol: str  # instrument symbol (FIX 55)
    qty_e6: int  # shares moved in 1e-6 share
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, account_id: str, transfer_id: str, symbol: str, qty_e6: int, transact_time_us: int) -> None:
        self.account_id = account_id
        self.transfer_id = transfer_id
        self.symbol = symbol
        self.qty_e6 = qty_e6
        self.transact_time_us = transact_time_us
