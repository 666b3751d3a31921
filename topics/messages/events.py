"""Records of `avro/events/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from topics.message import Message
from topics.messages.enums import (
    AccountEventKind,
    AccountStatus,
    ContingencyType,
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
from topics.messages.shared import Instructions, Posting


@dataclass(slots=True, init=False)
class AccountEvent(Message):
    """Something happened to an account besides orders and money."""

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

    def __init__(
        self,
        account_id: str,
        user_id: str,
        account_seq: int,
        kind: AccountEventKind,
        status: AccountStatus,
        account_class: str,
        transfer_id: str | None,
        text: str,
        transact_time_us: int,
    ) -> None:
        self.account_id = account_id
        self.user_id = user_id
        self.account_seq = account_seq
        self.kind = kind
        self.status = status
        self.account_class = account_class
        self.transfer_id = transfer_id
        self.text = text
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class JournalEntry(Message):
    """One double entry of an account, with the balances after it."""

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
    # what the entry of a trade added to the cost of the position in 1e-4, negative where it took cost out; null for any other entry
    cost_change_e4: int | None = None

    def __init__(
        self,
        journal_id: str,
        account_id: str,
        user_id: str,
        account_seq: int,
        kind: JournalKind,
        postings: list[Posting],
        transfer_id: str | None,
        order_id: str | None,
        trade_id: str | None,
        symbol: str | None,
        settlement_day: int | None,
        cash_e4: int,
        unsettled_e4: int,
        position_qty_e6: int | None,
        cost_basis_e4: int | None,
        realized_e4: int | None,
        text: str,
        transact_time_us: int,
        cost_change_e4: int | None = None,
    ) -> None:
        self.journal_id = journal_id
        self.account_id = account_id
        self.user_id = user_id
        self.account_seq = account_seq
        self.kind = kind
        self.postings = postings
        self.transfer_id = transfer_id
        self.order_id = order_id
        self.trade_id = trade_id
        self.symbol = symbol
        self.settlement_day = settlement_day
        self.cash_e4 = cash_e4
        self.unsettled_e4 = unsettled_e4
        self.position_qty_e6 = position_qty_e6
        self.cost_basis_e4 = cost_basis_e4
        self.realized_e4 = realized_e4
        self.text = text
        self.transact_time_us = transact_time_us
        self.cost_change_e4 = cost_change_e4


@dataclass(slots=True, init=False)
class RiskCheck(Message):
    """One pre-trade check of one order."""

    rule_id: str  # name of the rule
    limit: int  # largest (or smallest) allowed value in the unit of the rule
    value: int  # value found in the unit of the rule
    headroom: int  # what was left below the limit; negative when it failed
    passed: bool  # whether the check passed

    def __init__(self, rule_id: str, limit: int, value: int, headroom: int, passed: bool) -> None:
        self.rule_id = rule_id
        self.limit = limit
        self.value = value
        self.headroom = headroom
        self.passed = passed


@dataclass(slots=True, init=False)
class OrderEvent(Message):
    """A change of an order, with the whole order after it (FIX 35=8), written by accounts alone."""

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
    # on TradeCancel and TradeCorrect, the execution that is canceled or corrected (FIX 19)
    exec_ref_id: str | None = None
    # how many corrections and cancels of its trades the order has had; the quantities and amounts filled are those after them
    correction_count: int = 0
    # how the order hangs together with others (FIX 1385); null for an order by itself
    contingency_type: ContingencyType | None = None
    # of a leg: first id of the chain of the order that it was submitted with (FIX 66 by order id); null for any other order
    parent_order_id: str | None = None

    def __init__(
        self,
        exec_id: str,
        exec_type: ExecType,
        order_status: OrderStatus,
        account_id: str,
        user_id: str,
        account_seq: int,
        order_id: str,
        root_order_id: str,
        client_order_id: str,
        replaces: str | None,
        replaced_by: str | None,
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
        worst_price_e4: int | None,
        cum_qty_e6: int,
        leaves_qty_e6: int,
        cum_amount_e4: int,
        last_px_e4: int | None,
        last_qty_e6: int | None,
        amount_e4: int,
        fee_e4: int,
        trade_id: str | None,
        last_liquidity: LastLiquidity | None,
        settlement_day: int | None,
        hold_e4: int,
        hold_qty_e6: int,
        position_qty_e6: int,
        prevented_qty_e6: int,
        checks: list[RiskCheck],
        order_reject_reason: OrderRejectReason | None,
        reject_reasons: list[str],
        existing_order_id: str | None,
        text: str,
        submitted_time_us: int,
        transact_time_us: int,
        instructions: Instructions | None = None,
        high_water_e4: int | None = None,
        exec_ref_id: str | None = None,
        correction_count: int = 0,
        contingency_type: ContingencyType | None = None,
        parent_order_id: str | None = None,
    ) -> None:
        self.exec_id = exec_id
        self.exec_type = exec_type
        self.order_status = order_status
        self.account_id = account_id
        self.user_id = user_id
        self.account_seq = account_seq
        self.order_id = order_id
        self.root_order_id = root_order_id
        self.client_order_id = client_order_id
        self.replaces = replaces
        self.replaced_by = replaced_by
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
        self.cum_qty_e6 = cum_qty_e6
        self.leaves_qty_e6 = leaves_qty_e6
        self.cum_amount_e4 = cum_amount_e4
        self.last_px_e4 = last_px_e4
        self.last_qty_e6 = last_qty_e6
        self.amount_e4 = amount_e4
        self.fee_e4 = fee_e4
        self.trade_id = trade_id
        self.last_liquidity = last_liquidity
        self.settlement_day = settlement_day
        self.hold_e4 = hold_e4
        self.hold_qty_e6 = hold_qty_e6
        self.position_qty_e6 = position_qty_e6
        self.prevented_qty_e6 = prevented_qty_e6
        self.checks = checks
        self.order_reject_reason = order_reject_reason
        self.reject_reasons = reject_reasons
        self.existing_order_id = existing_order_id
        self.text = text
        self.submitted_time_us = submitted_time_us
        self.transact_time_us = transact_time_us
        self.instructions = instructions
        self.high_water_e4 = high_water_e4
        self.exec_ref_id = exec_ref_id
        self.correction_count = correction_count
        self.contingency_type = contingency_type
        self.parent_order_id = parent_order_id
