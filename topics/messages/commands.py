"""Records of `avro/commands/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

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
)
from topics.messages.shared import Instructions


@dataclass(slots=True)
class AdvanceTime:
    """The clock tells a partition of accounts the time: settlements fall due, finished orders are forgotten."""

    NAME: ClassVar[str] = "AdvanceTime"

    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class CancelAllOrders:
    """A client asks to cancel every open order of the account."""

    NAME: ClassVar[str] = "CancelAllOrders"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # only orders of this instrument symbol (FIX 530 MassCancelRequestType 1, FIX 55); null for all
    symbol: str | None = None


@dataclass(slots=True)
class CancelOrder:
    """A client asks to cancel an order."""

    NAME: ClassVar[str] = "CancelOrder"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class Deposit:
    """Puts cash into an account."""

    NAME: ClassVar[str] = "Deposit"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transfer_id: str  # id of the transfer, unique within the account; a repeat is refused
    amount_e4: int  # cash amount in 1e-4 of the currency
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class DepositShares:
    """Puts shares into an account against custody."""

    NAME: ClassVar[str] = "DepositShares"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transfer_id: str  # id of the transfer, unique within the account; a repeat is refused
    symbol: str  # instrument symbol (FIX 55)
    qty_e6: int  # shares moved in 1e-6 share
    cost_basis_e4: int  # what the shares cost in all, in 1e-4
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class ExecutionReport:
    """Matching tells an account what became of its order (FIX 35=8)."""

    NAME: ClassVar[str] = "ExecutionReport"

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


@dataclass(slots=True)
class OpenAccount:
    """Opens an account; a second one with the same id changes nothing."""

    NAME: ClassVar[str] = "OpenAccount"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str  # owner of the account
    account_class: str  # name of the class whose dated limits apply (standard, market_maker, replay)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class OrderCancelReject:
    """A cancel or replace was refused (FIX 35=9)."""

    NAME: ClassVar[str] = "OrderCancelReject"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str | None  # owner of the account; null from matching
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str | None  # first id of the chain; null when the order is unknown
    symbol: str | None  # instrument symbol; null when the order is unknown
    response_to: CancelRejectResponseTo  # FIX 434 CxlRejResponseTo
    cancel_reject_reason: CancelRejectReason  # FIX 102 CxlRejReason
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class ReplaceOrder:
    """A client asks to replace an order; null keeps the value of the original."""

    NAME: ClassVar[str] = "ReplaceOrder"

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


@dataclass(slots=True)
class SetAccountStatus:
    """Changes what the account may do."""

    NAME: ClassVar[str] = "SetAccountStatus"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    status: AccountStatus  # account status by Alpaca's names; only ACTIVE may open new orders, LIMITED may only sell
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # cancel the open orders too, in the same step: the kill switch of an account
    cancel_orders: bool = False


@dataclass(slots=True)
class SetFirmStatus:
    """The kill switch of the whole house, told to every partition of accounts: Killed takes no order and cancels the open ones."""

    NAME: ClassVar[str] = "SetFirmStatus"

    status: FirmStatus  # whether the house takes orders
    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class SubmitOrder:
    """A client asks for a new order; the API has stamped ids, time, the instrument and the market it saw."""

    NAME: ClassVar[str] = "SubmitOrder"

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


@dataclass(slots=True)
class Withdraw:
    """Takes settled, unheld cash out of an account."""

    NAME: ClassVar[str] = "Withdraw"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transfer_id: str  # id of the transfer, unique within the account; a repeat is refused
    amount_e4: int  # cash amount in 1e-4 of the currency
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class WithdrawShares:
    """Takes unheld shares out of an account against custody."""

    NAME: ClassVar[str] = "WithdrawShares"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    transfer_id: str  # id of the transfer, unique within the account; a repeat is refused
    symbol: str  # instrument symbol (FIX 55)
    qty_e6: int  # shares moved in 1e-6 share
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
