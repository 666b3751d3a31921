"""Avro bodies of what is inside records of several groups. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from typing import Final

from librt.strings import BytesWriter

from topics.avro_body import (
    Body,
    is_null,
    read_array,
    read_boolean,
    read_bytes,
    read_index,
    read_long,
    read_string,
    write_boolean,
    write_bytes,
    write_long,
    write_string,
)
from topics.messages import (
    AccountEventKind,
    AccountStatus,
    AuctionKind,
    AuctionRules,
    BookedFill,
    BookEventKind,
    CancelRejectReason,
    CancelRejectResponseTo,
    ConditionTable,
    Contingency,
    ContingencyType,
    CorrectionKind,
    CutOff,
    ExecType,
    FaultCount,
    FirmStatus,
    HaltReason,
    Instructions,
    InstrumentStatus,
    JournalKind,
    LastLiquidity,
    Leg,
    LimitState,
    MarketCondition,
    MarketFault,
    MatchType,
    OrderRejectReason,
    OrderStatus,
    OrderType,
    Posting,
    SelfMatchPrevention,
    SelfMatchScope,
    SessionKind,
    Side,
    TickRule,
    TimeInForce,
    TradeCorrectionKind,
    TradingPhase,
    TradingSession,
    TradingState,
    TriggerPriceType,
    VenueExclusion,
    VenueStatusKind,
)

TRADING_SESSION_SYMBOLS: Final[tuple[TradingSession, ...]] = (
    "Opening",
    "Closing",
    "Regular",
    "Extended",
)
TRADING_SESSION_SYMBOLS_AT: Final[dict[TradingSession, int]] = {
    symbol: at for at, symbol in enumerate(TRADING_SESSION_SYMBOLS)
}


def write_trading_session(out: BytesWriter, symbol: TradingSession) -> None:
    write_long(out, TRADING_SESSION_SYMBOLS_AT[symbol])


def read_trading_session(body: Body) -> TradingSession:
    return TRADING_SESSION_SYMBOLS[read_index(body, 4)]


TRADE_CORRECTION_KIND_SYMBOLS: Final[tuple[TradeCorrectionKind, ...]] = (
    "TradeCancel",
    "TradeCorrect",
)
TRADE_CORRECTION_KIND_SYMBOLS_AT: Final[dict[TradeCorrectionKind, int]] = {
    symbol: at for at, symbol in enumerate(TRADE_CORRECTION_KIND_SYMBOLS)
}


def write_trade_correction_kind(out: BytesWriter, symbol: TradeCorrectionKind) -> None:
    write_long(out, TRADE_CORRECTION_KIND_SYMBOLS_AT[symbol])


def read_trade_correction_kind(body: Body) -> TradeCorrectionKind:
    return TRADE_CORRECTION_KIND_SYMBOLS[read_index(body, 2)]


SIDE_SYMBOLS: Final[tuple[Side, ...]] = (
    "Buy",
    "Sell",
)
SIDE_SYMBOLS_AT: Final[dict[Side, int]] = {symbol: at for at, symbol in enumerate(SIDE_SYMBOLS)}


def write_side(out: BytesWriter, symbol: Side) -> None:
    write_long(out, SIDE_SYMBOLS_AT[symbol])


def read_side(body: Body) -> Side:
    return SIDE_SYMBOLS[read_index(body, 2)]


LAST_LIQUIDITY_SYMBOLS: Final[tuple[LastLiquidity, ...]] = (
    "AddedLiquidity",
    "RemovedLiquidity",
    "Auction",
)
LAST_LIQUIDITY_SYMBOLS_AT: Final[dict[LastLiquidity, int]] = {
    symbol: at for at, symbol in enumerate(LAST_LIQUIDITY_SYMBOLS)
}


def write_last_liquidity(out: BytesWriter, symbol: LastLiquidity) -> None:
    write_long(out, LAST_LIQUIDITY_SYMBOLS_AT[symbol])


def read_last_liquidity(body: Body) -> LastLiquidity:
    return LAST_LIQUIDITY_SYMBOLS[read_index(body, 3)]


EXEC_TYPE_SYMBOLS: Final[tuple[ExecType, ...]] = (
    "New",
    "Canceled",
    "Replaced",
    "PendingCancel",
    "Rejected",
    "PendingNew",
    "Expired",
    "PendingReplace",
    "Trade",
    "TriggeredOrActivated",
    "Restated",
    "TradeCancel",
    "TradeCorrect",
    "Suspended",
)
EXEC_TYPE_SYMBOLS_AT: Final[dict[ExecType, int]] = {symbol: at for at, symbol in enumerate(EXEC_TYPE_SYMBOLS)}


def write_exec_type(out: BytesWriter, symbol: ExecType) -> None:
    write_long(out, EXEC_TYPE_SYMBOLS_AT[symbol])


def read_exec_type(body: Body) -> ExecType:
    return EXEC_TYPE_SYMBOLS[read_index(body, 14)]


ORDER_REJECT_REASON_SYMBOLS: Final[tuple[OrderRejectReason, ...]] = (
    "BrokerCredit",
    "UnknownSymbol",
    "ExchangeClosed",
    "ExceedsLimit",
    "TooLate",
    "UnknownOrder",
    "Duplicate",
    "Stale",
    "UnsupportedCharacteristic",
    "Surveillance",
    "IncorrectQuantity",
    "UnknownAccount",
    "PriceExceedsBand",
    "InvalidPriceIncrement",
    "NoReferencePrice",
    "NotionalExceedsThreshold",
    "AlgoRiskThresholdBreached",
    "ShortSellNotPermitted",
    "InsufficientCredit",
    "ExceededClipSize",
    "ExceededMaxNotional",
    "Other",
)
ORDER_REJECT_REASON_SYMBOLS_AT: Final[dict[OrderRejectReason, int]] = {
    symbol: at for at, symbol in enumerate(ORDER_REJECT_REASON_SYMBOLS)
}


def write_order_reject_reason(out: BytesWriter, symbol: OrderRejectReason) -> None:
    write_long(out, ORDER_REJECT_REASON_SYMBOLS_AT[symbol])


def read_order_reject_reason(body: Body) -> OrderRejectReason:
    return ORDER_REJECT_REASON_SYMBOLS[read_index(body, 22)]


CANCEL_REJECT_RESPONSE_TO_SYMBOLS: Final[tuple[CancelRejectResponseTo, ...]] = (
    "OrderCancelRequest",
    "OrderCancelReplaceRequest",
)
CANCEL_REJECT_RESPONSE_TO_SYMBOLS_AT: Final[dict[CancelRejectResponseTo, int]] = {
    symbol: at for at, symbol in enumerate(CANCEL_REJECT_RESPONSE_TO_SYMBOLS)
}


def write_cancel_reject_response_to(out: BytesWriter, symbol: CancelRejectResponseTo) -> None:
    write_long(out, CANCEL_REJECT_RESPONSE_TO_SYMBOLS_AT[symbol])


def read_cancel_reject_response_to(body: Body) -> CancelRejectResponseTo:
    return CANCEL_REJECT_RESPONSE_TO_SYMBOLS[read_index(body, 2)]


CANCEL_REJECT_REASON_SYMBOLS: Final[tuple[CancelRejectReason, ...]] = (
    "TooLate",
    "UnknownOrder",
    "AlreadyPending",
    "DuplicateClOrdID",
    "Other",
)
CANCEL_REJECT_REASON_SYMBOLS_AT: Final[dict[CancelRejectReason, int]] = {
    symbol: at for at, symbol in enumerate(CANCEL_REJECT_REASON_SYMBOLS)
}


def write_cancel_reject_reason(out: BytesWriter, symbol: CancelRejectReason) -> None:
    write_long(out, CANCEL_REJECT_REASON_SYMBOLS_AT[symbol])


def read_cancel_reject_reason(body: Body) -> CancelRejectReason:
    return CANCEL_REJECT_REASON_SYMBOLS[read_index(body, 5)]


TIME_IN_FORCE_SYMBOLS: Final[tuple[TimeInForce, ...]] = (
    "Day",
    "GoodTillCancel",
    "ImmediateOrCancel",
    "FillOrKill",
    "GoodTillDate",
    "AtTheOpening",
    "AtTheClose",
)
TIME_IN_FORCE_SYMBOLS_AT: Final[dict[TimeInForce, int]] = {
    symbol: at for at, symbol in enumerate(TIME_IN_FORCE_SYMBOLS)
}


def write_time_in_force(out: BytesWriter, symbol: TimeInForce) -> None:
    write_long(out, TIME_IN_FORCE_SYMBOLS_AT[symbol])


def read_time_in_force(body: Body) -> TimeInForce:
    return TIME_IN_FORCE_SYMBOLS[read_index(body, 7)]


TICK_RULE_SYMBOLS: Final[tuple[TickRule, ...]] = (
    "Rule612",
    "Rule612HalfPenny",
)
TICK_RULE_SYMBOLS_AT: Final[dict[TickRule, int]] = {symbol: at for at, symbol in enumerate(TICK_RULE_SYMBOLS)}


def write_tick_rule(out: BytesWriter, symbol: TickRule) -> None:
    write_long(out, TICK_RULE_SYMBOLS_AT[symbol])


def read_tick_rule(body: Body) -> TickRule:
    return TICK_RULE_SYMBOLS[read_index(body, 2)]


ACCOUNT_STATUS_SYMBOLS: Final[tuple[AccountStatus, ...]] = (
    "ACTIVE",
    "DISABLED",
    "LIMITED",
    "ACCOUNT_CLOSED",
)
ACCOUNT_STATUS_SYMBOLS_AT: Final[dict[AccountStatus, int]] = {
    symbol: at for at, symbol in enumerate(ACCOUNT_STATUS_SYMBOLS)
}


def write_account_status(out: BytesWriter, symbol: AccountStatus) -> None:
    write_long(out, ACCOUNT_STATUS_SYMBOLS_AT[symbol])


def read_account_status(body: Body) -> AccountStatus:
    return ACCOUNT_STATUS_SYMBOLS[read_index(body, 4)]


FIRM_STATUS_SYMBOLS: Final[tuple[FirmStatus, ...]] = (
    "Trading",
    "Killed",
)
FIRM_STATUS_SYMBOLS_AT: Final[dict[FirmStatus, int]] = {symbol: at for at, symbol in enumerate(FIRM_STATUS_SYMBOLS)}


def write_firm_status(out: BytesWriter, symbol: FirmStatus) -> None:
    write_long(out, FIRM_STATUS_SYMBOLS_AT[symbol])


def read_firm_status(body: Body) -> FirmStatus:
    return FIRM_STATUS_SYMBOLS[read_index(body, 2)]


ORDER_TYPE_SYMBOLS: Final[tuple[OrderType, ...]] = (
    "Market",
    "Limit",
    "Stop",
    "StopLimit",
)
ORDER_TYPE_SYMBOLS_AT: Final[dict[OrderType, int]] = {symbol: at for at, symbol in enumerate(ORDER_TYPE_SYMBOLS)}


def write_order_type(out: BytesWriter, symbol: OrderType) -> None:
    write_long(out, ORDER_TYPE_SYMBOLS_AT[symbol])


def read_order_type(body: Body) -> OrderType:
    return ORDER_TYPE_SYMBOLS[read_index(body, 4)]


SELF_MATCH_PREVENTION_SYMBOLS: Final[tuple[SelfMatchPrevention, ...]] = (
    "CancelNewest",
    "CancelOldest",
    "CancelBoth",
    "Off",
    "DecrementAndCancel",
)
SELF_MATCH_PREVENTION_SYMBOLS_AT: Final[dict[SelfMatchPrevention, int]] = {
    symbol: at for at, symbol in enumerate(SELF_MATCH_PREVENTION_SYMBOLS)
}


def write_self_match_prevention(out: BytesWriter, symbol: SelfMatchPrevention) -> None:
    write_long(out, SELF_MATCH_PREVENTION_SYMBOLS_AT[symbol])


def read_self_match_prevention(body: Body) -> SelfMatchPrevention:
    return SELF_MATCH_PREVENTION_SYMBOLS[read_index(body, 5)]


INSTRUMENT_STATUS_SYMBOLS: Final[tuple[InstrumentStatus, ...]] = (
    "Active",
    "Halted",
    "Inactive",
)
INSTRUMENT_STATUS_SYMBOLS_AT: Final[dict[InstrumentStatus, int]] = {
    symbol: at for at, symbol in enumerate(INSTRUMENT_STATUS_SYMBOLS)
}


def write_instrument_status(out: BytesWriter, symbol: InstrumentStatus) -> None:
    write_long(out, INSTRUMENT_STATUS_SYMBOLS_AT[symbol])


def read_instrument_status(body: Body) -> InstrumentStatus:
    return INSTRUMENT_STATUS_SYMBOLS[read_index(body, 3)]


TRIGGER_PRICE_TYPE_SYMBOLS: Final[tuple[TriggerPriceType, ...]] = (
    "LastTrade",
    "BestQuote",
)
TRIGGER_PRICE_TYPE_SYMBOLS_AT: Final[dict[TriggerPriceType, int]] = {
    symbol: at for at, symbol in enumerate(TRIGGER_PRICE_TYPE_SYMBOLS)
}


def write_trigger_price_type(out: BytesWriter, symbol: TriggerPriceType) -> None:
    write_long(out, TRIGGER_PRICE_TYPE_SYMBOLS_AT[symbol])


def read_trigger_price_type(body: Body) -> TriggerPriceType:
    return TRIGGER_PRICE_TYPE_SYMBOLS[read_index(body, 2)]


SELF_MATCH_SCOPE_SYMBOLS: Final[tuple[SelfMatchScope, ...]] = (
    "Account",
    "Owner",
)
SELF_MATCH_SCOPE_SYMBOLS_AT: Final[dict[SelfMatchScope, int]] = {
    symbol: at for at, symbol in enumerate(SELF_MATCH_SCOPE_SYMBOLS)
}


def write_self_match_scope(out: BytesWriter, symbol: SelfMatchScope) -> None:
    write_long(out, SELF_MATCH_SCOPE_SYMBOLS_AT[symbol])


def read_self_match_scope(body: Body) -> SelfMatchScope:
    return SELF_MATCH_SCOPE_SYMBOLS[read_index(body, 2)]


CONTINGENCY_TYPE_SYMBOLS: Final[tuple[ContingencyType, ...]] = (
    "OneTriggersTheOther",
    "OneUpdatesTheOther",
    "Bracket",
)
CONTINGENCY_TYPE_SYMBOLS_AT: Final[dict[ContingencyType, int]] = {
    symbol: at for at, symbol in enumerate(CONTINGENCY_TYPE_SYMBOLS)
}


def write_contingency_type(out: BytesWriter, symbol: ContingencyType) -> None:
    write_long(out, CONTINGENCY_TYPE_SYMBOLS_AT[symbol])


def read_contingency_type(body: Body) -> ContingencyType:
    return CONTINGENCY_TYPE_SYMBOLS[read_index(body, 3)]


SESSION_KIND_SYMBOLS: Final[tuple[SessionKind, ...]] = (
    "Halt",
    "Resume",
    "DayEnd",
    "Expire",
    "Kill",
    "Phase",
    "NoCancel",
    "NoMarket",
    "NoEntry",
    "Indicate",
    "Reopen",
)
SESSION_KIND_SYMBOLS_AT: Final[dict[SessionKind, int]] = {symbol: at for at, symbol in enumerate(SESSION_KIND_SYMBOLS)}


def write_session_kind(out: BytesWriter, symbol: SessionKind) -> None:
    write_long(out, SESSION_KIND_SYMBOLS_AT[symbol])


def read_session_kind(body: Body) -> SessionKind:
    return SESSION_KIND_SYMBOLS[read_index(body, 11)]


TRADING_PHASE_SYMBOLS: Final[tuple[TradingPhase, ...]] = (
    "Continuous",
    "PreTrading",
    "OpeningAuction",
    "ClosingAuction",
    "PostTrading",
    "IntradayAuction",
    "UnscheduledAuction",
    "Quiescent",
)
TRADING_PHASE_SYMBOLS_AT: Final[dict[TradingPhase, int]] = {
    symbol: at for at, symbol in enumerate(TRADING_PHASE_SYMBOLS)
}


def write_trading_phase(out: BytesWriter, symbol: TradingPhase) -> None:
    write_long(out, TRADING_PHASE_SYMBOLS_AT[symbol])


def read_trading_phase(body: Body) -> TradingPhase:
    return TRADING_PHASE_SYMBOLS[read_index(body, 8)]


AUCTION_RULES_SYMBOLS: Final[tuple[AuctionRules, ...]] = (
    "Nasdaq",
    "Xetra",
    "Euronext",
    "Jse",
)
AUCTION_RULES_SYMBOLS_AT: Final[dict[AuctionRules, int]] = {
    symbol: at for at, symbol in enumerate(AUCTION_RULES_SYMBOLS)
}


def write_auction_rules(out: BytesWriter, symbol: AuctionRules) -> None:
    write_long(out, AUCTION_RULES_SYMBOLS_AT[symbol])


def read_auction_rules(body: Body) -> AuctionRules:
    return AUCTION_RULES_SYMBOLS[read_index(body, 4)]


HALT_REASON_SYMBOLS: Final[tuple[HaltReason, ...]] = (
    "Regulatory",
    "Volatility",
    "MarketWide",
)
HALT_REASON_SYMBOLS_AT: Final[dict[HaltReason, int]] = {symbol: at for at, symbol in enumerate(HALT_REASON_SYMBOLS)}


def write_halt_reason(out: BytesWriter, symbol: HaltReason) -> None:
    write_long(out, HALT_REASON_SYMBOLS_AT[symbol])


def read_halt_reason(body: Body) -> HaltReason:
    return HALT_REASON_SYMBOLS[read_index(body, 3)]


ACCOUNT_EVENT_KIND_SYMBOLS: Final[tuple[AccountEventKind, ...]] = (
    "Opened",
    "StatusChanged",
    "TransferRefused",
)
ACCOUNT_EVENT_KIND_SYMBOLS_AT: Final[dict[AccountEventKind, int]] = {
    symbol: at for at, symbol in enumerate(ACCOUNT_EVENT_KIND_SYMBOLS)
}


def write_account_event_kind(out: BytesWriter, symbol: AccountEventKind) -> None:
    write_long(out, ACCOUNT_EVENT_KIND_SYMBOLS_AT[symbol])


def read_account_event_kind(body: Body) -> AccountEventKind:
    return ACCOUNT_EVENT_KIND_SYMBOLS[read_index(body, 3)]


JOURNAL_KIND_SYMBOLS: Final[tuple[JournalKind, ...]] = (
    "Deposit",
    "Withdrawal",
    "ShareDeposit",
    "ShareWithdrawal",
    "Trade",
    "TradeCancel",
    "TradeCorrect",
    "Settlement",
)
JOURNAL_KIND_SYMBOLS_AT: Final[dict[JournalKind, int]] = {symbol: at for at, symbol in enumerate(JOURNAL_KIND_SYMBOLS)}


def write_journal_kind(out: BytesWriter, symbol: JournalKind) -> None:
    write_long(out, JOURNAL_KIND_SYMBOLS_AT[symbol])


def read_journal_kind(body: Body) -> JournalKind:
    return JOURNAL_KIND_SYMBOLS[read_index(body, 8)]


ORDER_STATUS_SYMBOLS: Final[tuple[OrderStatus, ...]] = (
    "New",
    "PartiallyFilled",
    "Filled",
    "Canceled",
    "Replaced",
    "PendingCancel",
    "Rejected",
    "PendingNew",
    "Expired",
    "PendingReplace",
    "Suspended",
)
ORDER_STATUS_SYMBOLS_AT: Final[dict[OrderStatus, int]] = {symbol: at for at, symbol in enumerate(ORDER_STATUS_SYMBOLS)}


def write_order_status(out: BytesWriter, symbol: OrderStatus) -> None:
    write_long(out, ORDER_STATUS_SYMBOLS_AT[symbol])


def read_order_status(body: Body) -> OrderStatus:
    return ORDER_STATUS_SYMBOLS[read_index(body, 11)]


CONDITION_TABLE_SYMBOLS: Final[tuple[ConditionTable, ...]] = (
    "Cta",
    "Utp",
    "Opaque",
)
CONDITION_TABLE_SYMBOLS_AT: Final[dict[ConditionTable, int]] = {
    symbol: at for at, symbol in enumerate(CONDITION_TABLE_SYMBOLS)
}


def write_condition_table(out: BytesWriter, symbol: ConditionTable) -> None:
    write_long(out, CONDITION_TABLE_SYMBOLS_AT[symbol])


def read_condition_table(body: Body) -> ConditionTable:
    return CONDITION_TABLE_SYMBOLS[read_index(body, 3)]


CORRECTION_KIND_SYMBOLS: Final[tuple[CorrectionKind, ...]] = (
    "Cancel",
    "Correct",
)
CORRECTION_KIND_SYMBOLS_AT: Final[dict[CorrectionKind, int]] = {
    symbol: at for at, symbol in enumerate(CORRECTION_KIND_SYMBOLS)
}


def write_correction_kind(out: BytesWriter, symbol: CorrectionKind) -> None:
    write_long(out, CORRECTION_KIND_SYMBOLS_AT[symbol])


def read_correction_kind(body: Body) -> CorrectionKind:
    return CORRECTION_KIND_SYMBOLS[read_index(body, 2)]


VENUE_STATUS_KIND_SYMBOLS: Final[tuple[VenueStatusKind, ...]] = (
    "Halt",
    "Resume",
    "QuotesOnly",
    "Stale",
    "Live",
)
VENUE_STATUS_KIND_SYMBOLS_AT: Final[dict[VenueStatusKind, int]] = {
    symbol: at for at, symbol in enumerate(VENUE_STATUS_KIND_SYMBOLS)
}


def write_venue_status_kind(out: BytesWriter, symbol: VenueStatusKind) -> None:
    write_long(out, VENUE_STATUS_KIND_SYMBOLS_AT[symbol])


def read_venue_status_kind(body: Body) -> VenueStatusKind:
    return VENUE_STATUS_KIND_SYMBOLS[read_index(body, 5)]


AUCTION_KIND_SYMBOLS: Final[tuple[AuctionKind, ...]] = (
    "Indicative",
    "Extended",
    "Uncrossed",
)
AUCTION_KIND_SYMBOLS_AT: Final[dict[AuctionKind, int]] = {symbol: at for at, symbol in enumerate(AUCTION_KIND_SYMBOLS)}


def write_auction_kind(out: BytesWriter, symbol: AuctionKind) -> None:
    write_long(out, AUCTION_KIND_SYMBOLS_AT[symbol])


def read_auction_kind(body: Body) -> AuctionKind:
    return AUCTION_KIND_SYMBOLS[read_index(body, 3)]


BOOK_EVENT_KIND_SYMBOLS: Final[tuple[BookEventKind, ...]] = (
    "Add",
    "Execute",
    "Reduce",
    "Delete",
    "Amend",
)
BOOK_EVENT_KIND_SYMBOLS_AT: Final[dict[BookEventKind, int]] = {
    symbol: at for at, symbol in enumerate(BOOK_EVENT_KIND_SYMBOLS)
}


def write_book_event_kind(out: BytesWriter, symbol: BookEventKind) -> None:
    write_long(out, BOOK_EVENT_KIND_SYMBOLS_AT[symbol])


def read_book_event_kind(body: Body) -> BookEventKind:
    return BOOK_EVENT_KIND_SYMBOLS[read_index(body, 5)]


MARKET_CONDITION_SYMBOLS: Final[tuple[MarketCondition, ...]] = (
    "Regular",
    "Locked",
    "Crossed",
    "OneSided",
    "Empty",
)
MARKET_CONDITION_SYMBOLS_AT: Final[dict[MarketCondition, int]] = {
    symbol: at for at, symbol in enumerate(MARKET_CONDITION_SYMBOLS)
}


def write_market_condition(out: BytesWriter, symbol: MarketCondition) -> None:
    write_long(out, MARKET_CONDITION_SYMBOLS_AT[symbol])


def read_market_condition(body: Body) -> MarketCondition:
    return MARKET_CONDITION_SYMBOLS[read_index(body, 5)]


LIMIT_STATE_SYMBOLS: Final[tuple[LimitState, ...]] = (
    "NoBands",
    "Within",
    "LimitUp",
    "LimitDown",
    "StraddleUp",
    "StraddleDown",
)
LIMIT_STATE_SYMBOLS_AT: Final[dict[LimitState, int]] = {symbol: at for at, symbol in enumerate(LIMIT_STATE_SYMBOLS)}


def write_limit_state(out: BytesWriter, symbol: LimitState) -> None:
    write_long(out, LIMIT_STATE_SYMBOLS_AT[symbol])


def read_limit_state(body: Body) -> LimitState:
    return LIMIT_STATE_SYMBOLS[read_index(body, 6)]


TRADING_STATE_SYMBOLS: Final[tuple[TradingState, ...]] = (
    "PreOpen",
    "Trading",
    "Halted",
    "Paused",
    "Closed",
)
TRADING_STATE_SYMBOLS_AT: Final[dict[TradingState, int]] = {
    symbol: at for at, symbol in enumerate(TRADING_STATE_SYMBOLS)
}


def write_trading_state(out: BytesWriter, symbol: TradingState) -> None:
    write_long(out, TRADING_STATE_SYMBOLS_AT[symbol])


def read_trading_state(body: Body) -> TradingState:
    return TRADING_STATE_SYMBOLS[read_index(body, 5)]


MARKET_FAULT_SYMBOLS: Final[tuple[MarketFault, ...]] = (
    "BadPrice",
    "BadQty",
    "TimeBackwards",
    "TimeAhead",
    "UnknownSymbol",
    "UnknownTrade",
    "OutOfOrder",
    "Duplicate",
    "Gap",
    "VenueLocked",
    "VenueCrossed",
    "StaleVenue",
    "Suspicious",
    "LateTrade",
    "WrongDay",
    "OtherFeed",
)
MARKET_FAULT_SYMBOLS_AT: Final[dict[MarketFault, int]] = {symbol: at for at, symbol in enumerate(MARKET_FAULT_SYMBOLS)}


def write_market_fault(out: BytesWriter, symbol: MarketFault) -> None:
    write_long(out, MARKET_FAULT_SYMBOLS_AT[symbol])


def read_market_fault(body: Body) -> MarketFault:
    return MARKET_FAULT_SYMBOLS[read_index(body, 16)]


MATCH_TYPE_SYMBOLS: Final[tuple[MatchType, ...]] = (
    "AutoMatch",
    "CallAuction",
)
MATCH_TYPE_SYMBOLS_AT: Final[dict[MatchType, int]] = {symbol: at for at, symbol in enumerate(MATCH_TYPE_SYMBOLS)}


def write_match_type(out: BytesWriter, symbol: MatchType) -> None:
    write_long(out, MATCH_TYPE_SYMBOLS_AT[symbol])


def read_match_type(body: Body) -> MatchType:
    return MATCH_TYPE_SYMBOLS[read_index(body, 2)]


CUT_OFF_SYMBOLS: Final[tuple[CutOff, ...]] = (
    "Open",
    "NoCancel",
    "NoMarket",
    "NoEntry",
)
CUT_OFF_SYMBOLS_AT: Final[dict[CutOff, int]] = {symbol: at for at, symbol in enumerate(CUT_OFF_SYMBOLS)}


def write_cut_off(out: BytesWriter, symbol: CutOff) -> None:
    write_long(out, CUT_OFF_SYMBOLS_AT[symbol])


def read_cut_off(body: Body) -> CutOff:
    return CUT_OFF_SYMBOLS[read_index(body, 4)]


VENUE_EXCLUSION_SYMBOLS: Final[tuple[VenueExclusion, ...]] = (
    "Counted",
    "VenueCrossed",
    "VenueLocked",
    "StaleVenue",
    "VenueHalted",
)
VENUE_EXCLUSION_SYMBOLS_AT: Final[dict[VenueExclusion, int]] = {
    symbol: at for at, symbol in enumerate(VENUE_EXCLUSION_SYMBOLS)
}


def write_venue_exclusion(out: BytesWriter, symbol: VenueExclusion) -> None:
    write_long(out, VENUE_EXCLUSION_SYMBOLS_AT[symbol])


def read_venue_exclusion(body: Body) -> VenueExclusion:
    return VENUE_EXCLUSION_SYMBOLS[read_index(body, 5)]


def write_posting(out: BytesWriter, record: Posting) -> None:
    write_string(out, record.ledger_account)
    write_string(out, record.asset)
    write_long(out, record.amount)


def read_posting(body: Body) -> Posting:
    return Posting(
        ledger_account=read_string(body),
        asset=read_string(body),
        amount=read_long(body),
    )


def write_booked_fill(out: BytesWriter, record: BookedFill) -> None:
    write_string(out, record.account_id)
    write_side(out, record.side)
    write_string(out, record.exec_id)
    write_string(out, record.root_order_id)
    write_string(out, record.order_id)
    write_boolean(out, record.is_open)
    write_long(out, record.correction_count)
    write_long(out, record.worst_price_e4)
    write_last_liquidity(out, record.last_liquidity)
    write_long(out, record.fee_day)
    if record.postings:
        write_long(out, len(record.postings))
        for posting in record.postings:
            write_posting(out, posting)
    write_long(out, 0)
    write_long(out, record.cost_change_e4)
    write_bytes(out, record.order_event)


def read_booked_fill(body: Body) -> BookedFill:
    return BookedFill(
        account_id=read_string(body),
        side=read_side(body),
        exec_id=read_string(body),
        root_order_id=read_string(body),
        order_id=read_string(body),
        is_open=read_boolean(body),
        correction_count=read_long(body),
        worst_price_e4=read_long(body),
        last_liquidity=read_last_liquidity(body),
        fee_day=read_long(body),
        postings=read_array(body, read_posting),
        cost_change_e4=read_long(body),
        order_event=read_bytes(body),
    )


def write_instructions(out: BytesWriter, record: Instructions) -> None:
    if record.display_qty_e6 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.display_qty_e6)
    if record.min_qty_e6 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.min_qty_e6)
    if record.cash_qty_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.cash_qty_e4)
    if record.trail_offset_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.trail_offset_e4)
    if record.trail_percent_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.trail_percent_e4)
    write_trigger_price_type(out, record.trigger_price_type)
    write_boolean(out, record.reprice)
    write_boolean(out, record.reduce_only)
    write_self_match_scope(out, record.self_match_scope)
    write_boolean(out, record.extended_hours)


def read_instructions(body: Body) -> Instructions:
    return Instructions(
        display_qty_e6=None if is_null(body) else read_long(body),
        min_qty_e6=None if is_null(body) else read_long(body),
        cash_qty_e4=None if is_null(body) else read_long(body),
        trail_offset_e4=None if is_null(body) else read_long(body),
        trail_percent_e4=None if is_null(body) else read_long(body),
        trigger_price_type=read_trigger_price_type(body),
        reprice=read_boolean(body),
        reduce_only=read_boolean(body),
        self_match_scope=read_self_match_scope(body),
        extended_hours=read_boolean(body),
    )


def write_leg(out: BytesWriter, record: Leg) -> None:
    write_string(out, record.order_id)
    write_string(out, record.client_order_id)
    write_order_type(out, record.order_type)
    write_time_in_force(out, record.time_in_force)
    if record.limit_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.limit_price_e4)
    if record.stop_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.stop_price_e4)
    write_long(out, record.worst_price_e4)
    if record.instructions is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_instructions(out, record.instructions)


def read_leg(body: Body) -> Leg:
    return Leg(
        order_id=read_string(body),
        client_order_id=read_string(body),
        order_type=read_order_type(body),
        time_in_force=read_time_in_force(body),
        limit_price_e4=None if is_null(body) else read_long(body),
        stop_price_e4=None if is_null(body) else read_long(body),
        worst_price_e4=read_long(body),
        instructions=None if is_null(body) else read_instructions(body),
    )


def write_contingency(out: BytesWriter, record: Contingency) -> None:
    write_contingency_type(out, record.contingency_type)
    if record.legs:
        write_long(out, len(record.legs))
        for leg in record.legs:
            write_leg(out, leg)
    write_long(out, 0)


def read_contingency(body: Body) -> Contingency:
    return Contingency(
        contingency_type=read_contingency_type(body),
        legs=read_array(body, read_leg),
    )


def write_fault_count(out: BytesWriter, record: FaultCount) -> None:
    write_market_fault(out, record.fault)
    write_long(out, record.count)


def read_fault_count(body: Body) -> FaultCount:
    return FaultCount(
        fault=read_market_fault(body),
        count=read_long(body),
    )
