"""Records of `avro/events/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from topics.messages.enums import (
    AccountEventKind,
    AccountStatus,
    ExecType,
    JournalKind,
    LastLiquidity,
    OrderRejectReason,
    OrderStatus,
    OrderType,
    SelfMatchPrevention,
    Side,
    TimeInForce,
)
from topics.messages.shared import Instructions


@dataclass(slots=True)
class AccountEvent:
    """Something happened to an account besides orders and money."""

    NAME: ClassVar[str] = "AccountEvent"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str  # owner of the account
    account_seq: (
        int  # the account's sequence number, one up for each event, so that a later state wins over an earlier one
    )
    kind: AccountEventKind  # what happened to the account besides orders and money
    status: AccountStatus  # account status by Alpaca's names; only ACTIVE may open new orders, LIMITED may only sell
    account_class: str  # name of the class whose dated limits apply (standard, market_maker, replay)
    transfer_id: str | None  # transfer that was refused
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class Posting:
    """One leg of a journal entry; the legs of an asset sum to zero."""

    NAME: ClassVar[str] = "Posting"

    ledger_account: str  # cash, securities, clearing, custody, bank or fees:NAME; the first two are the client, the others contra accounts of the house
    asset: str  # USD in 1e-4, or a symbol in 1e-6 share
    amount: int  # signed amount in the unit of the asset; positive adds to the ledger account


@dataclass(slots=True)
class JournalEntry:
    """One double entry of an account, with the balances after it."""

    NAME: ClassVar[str] = "JournalEntry"

    journal_id: str  # account and its sequence number
    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str  # owner of the account
    account_seq: (
        int  # the account's sequence number, one up for each event, so that a later state wins over an earlier one
    )
    kind: JournalKind  # what moved money or shares
    postings: list[Posting]  # the legs, each asset summing to zero
    transfer_id: str | None  # transfer that caused it
    order_id: str | None  # order that caused it
    trade_id: str | None  # symbol and sequence of the match (FIX 1003)
    symbol: str | None  # instrument moved
    settlement_day: int | None  # day of settlement, days since the epoch
    cash_e4: int  # cash after, unsettled proceeds included, in 1e-4
    unsettled_e4: int  # part of the cash that is not yet settled in 1e-4
    position_qty_e6: int | None  # position in the symbol after, in 1e-6 share
    cost_basis_e4: int | None  # cost of that position in 1e-4
    realized_e4: int | None  # profit realised in the symbol so far in 1e-4
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class RiskCheck:
    """One pre-trade check of one order."""

    NAME: ClassVar[str] = "RiskCheck"

    rule_id: str  # name of the rule
    limit: int  # largest (or smallest) allowed value in the unit of the rule
    value: int  # value found in the unit of the rule
    headroom: int  # what was left below the limit; negative when it failed
    passed: bool  # whether the check passed


@dataclass(slots=True)
class OrderEvent:
    """A change of an order, with the whole order after it (FIX 35=8), written by accounts alone."""

    NAME: ClassVar[str] = "OrderEvent"

    exec_id: str  # account and its sequence number (FIX 17)
    exec_type: ExecType  # FIX 150
    order_status: OrderStatus  # FIX 39 OrdStatus
    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str  # owner of the account
    account_seq: (
        int  # the account's sequence number, one up for each event, so that a later state wins over an earlier one
    )
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    client_order_id: str  # id chosen by the client (FIX 11), at most 48 characters, unique within the account
    replaces: str | None  # order that this one replaces
    replaced_by: str | None  # order that replaces this one
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
    worst_price_e4: int | None  # price in 1e-4 that the book never trades through for this order; null on a refusal
    cum_qty_e6: int  # quantity filled so far in 1e-6 share (FIX 14)
    leaves_qty_e6: int  # quantity still open in 1e-6 share (FIX 151)
    cum_amount_e4: int  # sum of the amounts of all fills in 1e-4
    last_px_e4: int | None  # price of this fill in 1e-4 (FIX 31)
    last_qty_e6: int | None  # quantity of this fill in 1e-6 share (FIX 32)
    amount_e4: int  # amount of this fill in 1e-4; 0 unless Trade
    fee_e4: int  # fees charged with this fill in 1e-4
    trade_id: str | None  # symbol and sequence of the match (FIX 1003)
    last_liquidity: LastLiquidity | None  # FIX 851 LastLiquidityInd; null where it does not apply
    settlement_day: int | None  # day of settlement of this fill, days since the epoch
    hold_e4: int  # cash the order holds after this event in 1e-4
    hold_qty_e6: int  # shares the order holds after this event in 1e-6
    position_qty_e6: int  # position in the symbol after this event in 1e-6 share
    prevented_qty_e6: int  # quantity taken off by self-match prevention in 1e-6 share
    checks: list[RiskCheck]  # pre-trade checks; on acceptance and refusal only
    order_reject_reason: OrderRejectReason | None  # FIX 103 OrdRejReason; null where it does not apply
    reject_reasons: list[str]  # every failed rule in the order checked, for a refusal
    existing_order_id: str | None  # on a duplicate client id, the order that has it
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)
    submitted_time_us: int  # when the order was stamped at entry
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # what the order asks beyond price, quantity and time; null for most
    instructions: Instructions | None = None
    # best price in 1e-4 that a trailing stop has seen; null for any other order
    high_water_e4: int | None = None
