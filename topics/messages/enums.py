"""Enumerations by FIX name, as the string literals that Avro carries. Made by `python -m topics generate`; do not edit."""

from typing import Literal

AccountEventKind = Literal[
    "Opened", "StatusChanged", "TransferRefused"
]  # what happened to the account besides orders and money
AccountStatus = Literal[
    "ACTIVE", "DISABLED", "LIMITED", "ACCOUNT_CLOSED"
]  # account status by Alpaca's names; only ACTIVE may open new orders, LIMITED may only sell
AuctionKind = Literal["Indicative", "Extended", "Uncrossed"]  # what is told of an auction
AuctionRules = Literal["Nasdaq", "Xetra", "Euronext", "Jse"]  # whose rules an auction follows
BookEventKind = Literal["Add", "Execute", "Reduce", "Delete", "Amend"]  # what happened to one resting order
CancelRejectReason = Literal[
    "TooLate", "UnknownOrder", "AlreadyPending", "DuplicateClOrdID", "Other"
]  # FIX 102 CxlRejReason
CancelRejectResponseTo = Literal["OrderCancelRequest", "OrderCancelReplaceRequest"]  # FIX 434 CxlRejResponseTo
ConditionTable = Literal[
    "Cta", "Utp", "Opaque"
]  # which published table the sale conditions are read by; Opaque: none, every trade that is not suspicious counts
ContingencyType = Literal[
    "OneTriggersTheOther", "OneUpdatesTheOther", "Bracket"
]  # how orders hang together (FIX 1385): the entry's fills arm one leg; two sells of which a fill of one takes off the other; both, an entry and two such legs
CorrectionKind = Literal["Cancel", "Correct"]  # what became of a trade that was reported
CutOff = Literal[
    "Open", "NoCancel", "NoMarket", "NoEntry"
]  # what is over for orders of the next auction alone, with all before it (FIX 326=27)
ExecType = Literal[
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
]  # FIX 150
FirmStatus = Literal["Trading", "Killed"]  # whether the house takes orders
HaltReason = Literal["Regulatory", "Volatility", "MarketWide"]  # why trading was halted (FIX 327)
InstrumentStatus = Literal[
    "Active", "Halted", "Inactive"
]  # whether the instrument trades (FIX 965 SecurityStatus, FIX 326)
JournalKind = Literal[
    "Deposit", "Withdrawal", "ShareDeposit", "ShareWithdrawal", "Trade", "TradeCancel", "TradeCorrect", "Settlement"
]  # what moved money or shares
LastLiquidity = Literal["AddedLiquidity", "RemovedLiquidity", "Auction"]  # FIX 851 LastLiquidityInd
LimitState = Literal[
    "NoBands", "Within", "LimitUp", "LimitDown", "StraddleUp", "StraddleDown"
]  # where best bid and offer lie to the price bands (limit up-limit down plan)
MarketCondition = Literal[
    "Regular", "Locked", "Crossed", "OneSided", "Empty"
]  # how best bid and offer lie to each other
MarketFault = Literal[
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
]  # what is wrong with a venue's message
MatchType = Literal["AutoMatch", "CallAuction"]  # how two orders met (FIX 574)
OrderRejectReason = Literal[
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
]  # FIX 103 OrdRejReason
OrderStatus = Literal[
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
]  # FIX 39 OrdStatus
OrderType = Literal["Market", "Limit", "Stop", "StopLimit"]  # FIX 40 OrdType
SelfMatchPrevention = Literal[
    "CancelNewest", "CancelOldest", "CancelBoth", "Off", "DecrementAndCancel"
]  # what happens when an order would meet an order of its own account; the mode of the taker decides (FIX 2362)
SelfMatchScope = Literal["Account", "Owner"]  # whose orders self-match prevention keeps apart (FIX 2362)
SessionKind = Literal[
    "Halt", "Resume", "DayEnd", "Expire", "Kill", "Phase", "NoCancel", "NoMarket", "NoEntry", "Indicate", "Reopen"
]  # what the clock asks of a book
Side = Literal["Buy", "Sell"]  # FIX 54
TickRule = Literal["Rule612", "Rule612HalfPenny"]  # which table of price increments applies (SEC Rule 612)
TimeInForce = Literal[
    "Day", "GoodTillCancel", "ImmediateOrCancel", "FillOrKill", "GoodTillDate", "AtTheOpening", "AtTheClose"
]  # FIX 59
TradeCorrectionKind = Literal["TradeCancel", "TradeCorrect"]  # what is done to a trade (FIX 150 H and G)
TradingPhase = Literal[
    "Continuous",
    "PreTrading",
    "OpeningAuction",
    "ClosingAuction",
    "PostTrading",
    "IntradayAuction",
    "UnscheduledAuction",
    "Quiescent",
]  # phase of a book's day (FIX 625 TradingSessionSubID)
TradingSession = Literal[
    "Opening", "Closing", "Regular", "Extended"
]  # the part of a day that an order is for; each order is for one
TradingState = Literal[
    "PreOpen", "Trading", "Halted", "Paused", "Closed"
]  # whether a symbol trades over all venues (FIX 326)
TriggerPriceType = Literal["LastTrade", "BestQuote"]  # what triggers a stop (FIX 1107)
VenueExclusion = Literal[
    "Counted", "VenueCrossed", "VenueLocked", "StaleVenue", "VenueHalted"
]  # why a venue's quote does not count for the NBBO
VenueStatusKind = Literal["Halt", "Resume", "QuotesOnly", "Stale", "Live"]  # what a venue says of a symbol
