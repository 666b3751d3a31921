"""Records of `avro/entries/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from topics.message import Message
from topics.messages.enums import (
    AccountStatus,
    AuctionRules,
    ConditionTable,
    ContingencyType,
    CutOff,
    FirmStatus,
    HaltReason,
    InstrumentStatus,
    LimitState,
    MarketCondition,
    OrderStatus,
    OrderType,
    SelfMatchPrevention,
    SessionKind,
    Side,
    TickRule,
    TimeInForce,
    TradingPhase,
    TradingState,
    VenueExclusion,
)
from topics.messages.shared import FaultCount, Instructions


@dataclass(slots=True, init=False)
class Unsettled(Message):
    """Sale proceeds that settle on one day."""

    settlement_day: int  # days since the epoch
    amount_e4: int  # cash amount in 1e-4 of the currency

    def __init__(self, settlement_day: int, amount_e4: int) -> None:
        self.settlement_day = settlement_day
        self.amount_e4 = amount_e4


@dataclass(slots=True, init=False)
class AccountEntry(Message):
    """State of one account."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    user_id: str  # owner of the account
    account_class: str  # name of the class whose dated limits apply (standard, market_maker, replay)
    status: AccountStatus  # account status by Alpaca's names; only ACTIVE may open new orders, LIMITED may only sell
    account_seq: (
        int  # the account's sequence number, one up for each event, so that a later state wins over an earlier one
    )
    cash_e4: int  # cash, unsettled proceeds included, in 1e-4
    unsettled: list[Unsettled]  # proceeds not yet settled by day
    throttle_tokens_e6: int  # messages the account may still send now, in 1e-6
    throttle_time_us: int  # time at which the tokens were counted
    time_us: int  # largest stamped time seen

    def __init__(
        self,
        account_id: str,
        user_id: str,
        account_class: str,
        status: AccountStatus,
        account_seq: int,
        cash_e4: int,
        unsettled: list[Unsettled],
        throttle_tokens_e6: int,
        throttle_time_us: int,
        time_us: int,
    ) -> None:
        self.account_id = account_id
        self.user_id = user_id
        self.account_class = account_class
        self.status = status
        self.account_seq = account_seq
        self.cash_e4 = cash_e4
        self.unsettled = unsettled
        self.throttle_tokens_e6 = throttle_tokens_e6
        self.throttle_time_us = throttle_time_us
        self.time_us = time_us


@dataclass(slots=True, init=False)
class Sale(Message):
    """A trade that was the first or the last of something."""

    price_e4: int  # price in 1e-4
    qty_e6: int  # quantity in 1e-6 share
    venue: str  # where
    transact_time_us: int  # event time, microseconds since the epoch UTC
    print_seq: int  # number of the trade in the symbol's day

    def __init__(self, price_e4: int, qty_e6: int, venue: str, transact_time_us: int, print_seq: int) -> None:
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.venue = venue
        self.transact_time_us = transact_time_us
        self.print_seq = print_seq


@dataclass(slots=True, init=False)
class BarEntry(Message):
    """A bar that can still change."""

    symbol: str  # instrument symbol (FIX 55)
    interval_us: int  # length in microseconds
    start_time_us: int  # begin, microseconds since the epoch UTC
    opening: Sale | None  # first eligible sale
    closing: Sale | None  # last eligible sale
    high_e4: int | None  # highest eligible price in 1e-4
    low_e4: int | None  # lowest in 1e-4
    qty_e6: int  # volume in 1e-6 share
    amount_e4: int  # sum of floor(price x quantity) in 1e-4
    trade_count: int  # trades in it
    revision: int  # of its last publication; -1 before the first

    def __init__(
        self,
        symbol: str,
        interval_us: int,
        start_time_us: int,
        opening: Sale | None,
        closing: Sale | None,
        high_e4: int | None,
        low_e4: int | None,
        qty_e6: int,
        amount_e4: int,
        trade_count: int,
        revision: int,
    ) -> None:
        self.symbol = symbol
        self.interval_us = interval_us
        self.start_time_us = start_time_us
        self.opening = opening
        self.closing = closing
        self.high_e4 = high_e4
        self.low_e4 = low_e4
        self.qty_e6 = qty_e6
        self.amount_e4 = amount_e4
        self.trade_count = trade_count
        self.revision = revision


@dataclass(slots=True, init=False)
class SessionTime(Message):
    """When a book last took a kind of session command."""

    kind: SessionKind  # what the clock asks of a book
    session_id: str  # trading day as YYYY-MM-DD
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(self, kind: SessionKind, session_id: str, transact_time_us: int) -> None:
        self.kind = kind
        self.session_id = session_id
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class BookEntry(Message):
    """State of one book besides its orders."""

    symbol: str  # instrument symbol (FIX 55)
    name: str  # name of the instrument for people
    status: InstrumentStatus  # whether the instrument trades (FIX 965 SecurityStatus, FIX 326)
    tick_rule: TickRule  # which table of price increments applies (SEC Rule 612)
    reference_price_e4: int  # price in 1e-4 that collars use while there is no quote
    tier: int  # limit up-limit down tier, 1 or 2
    version: int  # version of the instrument
    seq: int  # the symbol's sequence number, one up for each book event, trade and quote
    trade_seq: int  # number of the last trade
    priority: int  # last place given in a queue of orders
    last_price_e4: int | None  # price of the last trade in 1e-4
    session_times: list[SessionTime]  # last time of each kind of session command
    time_us: int  # largest stamped time seen
    # phase of the book's day (FIX 625); a book that no calendar moves is always Continuous
    phase: TradingPhase = "Continuous"
    # whose rules its auctions follow
    auction_rules: AuctionRules = "Nasdaq"
    # what is over for orders of the next auction alone: cancels, new market orders, new orders (FIX 326=27)
    cut_off: CutOff = "Open"
    # whether the auction that is on has been extended
    extended: bool = False
    # why trading is halted (FIX 327); null unless Halted with a reason
    halt_reason: HaltReason | None = None
    # sector of the economy by the operator's names, such as Technology; empty when not told
    sector: str = ""
    # highest limit in 1e-4 of a buy for the next auction that comes late; null until orders are late
    late_buy_max_e4: int | None = None
    # lowest limit in 1e-4 of a sell for the next auction that comes late; null until orders are late
    late_sell_min_e4: int | None = None

    def __init__(
        self,
        symbol: str,
        name: str,
        status: InstrumentStatus,
        tick_rule: TickRule,
        reference_price_e4: int,
        tier: int,
        version: int,
        seq: int,
        trade_seq: int,
        priority: int,
        last_price_e4: int | None,
        session_times: list[SessionTime],
        time_us: int,
        phase: TradingPhase = "Continuous",
        auction_rules: AuctionRules = "Nasdaq",
        cut_off: CutOff = "Open",
        extended: bool = False,
        halt_reason: HaltReason | None = None,
        sector: str = "",
        late_buy_max_e4: int | None = None,
        late_sell_min_e4: int | None = None,
    ) -> None:
        self.symbol = symbol
        self.name = name
        self.status = status
        self.tick_rule = tick_rule
        self.reference_price_e4 = reference_price_e4
        self.tier = tier
        self.version = version
        self.seq = seq
        self.trade_seq = trade_seq
        self.priority = priority
        self.last_price_e4 = last_price_e4
        self.session_times = session_times
        self.time_us = time_us
        self.phase = phase
        self.auction_rules = auction_rules
        self.cut_off = cut_off
        self.extended = extended
        self.halt_reason = halt_reason
        self.sector = sector
        self.late_buy_max_e4 = late_buy_max_e4
        self.late_sell_min_e4 = late_sell_min_e4


@dataclass(slots=True, init=False)
class CorrectionEntry(Message):
    """How many corrections of its trades an order has had, kept by its book until the last of them can no more be corrected."""

    symbol: str  # instrument symbol (FIX 55)
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    correction_count: int  # how many
    settlement_day: int  # day from which on it is forgotten, days since the epoch

    def __init__(self, symbol: str, root_order_id: str, correction_count: int, settlement_day: int) -> None:
        self.symbol = symbol
        self.root_order_id = root_order_id
        self.correction_count = correction_count
        self.settlement_day = settlement_day


@dataclass(slots=True, init=False)
class FinishedEntry(Message):
    """An id that may not be used again for a while: a finished order, a replaced id or a transfer."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id, or transfer id
    client_order_id: str  # client id that stays taken; empty for a transfer
    order_status: OrderStatus | None  # FIX 39 OrdStatus; null where it does not apply
    finished_time_us: int  # when it ended; forgotten a stated time after

    def __init__(
        self,
        account_id: str,
        order_id: str,
        client_order_id: str,
        order_status: OrderStatus | None,
        finished_time_us: int,
    ) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.client_order_id = client_order_id
        self.order_status = order_status
        self.finished_time_us = finished_time_us


@dataclass(slots=True, init=False)
class FirmEntry(Message):
    """The house as a partition of accounts knows it."""

    status: FirmStatus  # whether the house takes orders
    time_us: int  # time of the command that set it, microseconds since the epoch UTC

    def __init__(self, status: FirmStatus, time_us: int) -> None:
        self.status = status
        self.time_us = time_us


@dataclass(slots=True, init=False)
class Span(Message):
    """From which source offset on a version of the fold was at work."""

    fold_version: str  # name and version of the fold
    first_offset: int  # first source offset folded by it

    def __init__(self, fold_version: str, first_offset: int) -> None:
        self.fold_version = fold_version
        self.first_offset = first_offset


@dataclass(slots=True, init=False)
class Mark(Message):
    """How far a source partition has been folded, and by which versions."""

    offset: int  # last source offset folded in
    spans: list[Span]  # versions in order

    def __init__(self, offset: int, spans: list[Span]) -> None:
        self.offset = offset
        self.spans = spans


@dataclass(slots=True, init=False)
class PendingReplace(Message):
    """Terms of a replace that the book has not answered yet."""

    new_order_id: str  # id of the successor
    client_order_id: str  # id chosen by the client (FIX 11), at most 48 characters, unique within the account
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
        new_order_id: str,
        client_order_id: str,
        time_in_force: TimeInForce,
        qty_e6: int,
        limit_price_e4: int | None,
        stop_price_e4: int | None,
        expire_time_us: int | None,
        worst_price_e4: int,
        transact_time_us: int,
        trail_e4: int | None = None,
    ) -> None:
        self.new_order_id = new_order_id
        self.client_order_id = client_order_id
        self.time_in_force = time_in_force
        self.qty_e6 = qty_e6
        self.limit_price_e4 = limit_price_e4
        self.stop_price_e4 = stop_price_e4
        self.expire_time_us = expire_time_us
        self.worst_price_e4 = worst_price_e4
        self.transact_time_us = transact_time_us
        self.trail_e4 = trail_e4


@dataclass(slots=True, init=False)
class OpenOrderEntry(Message):
    """State of one open order of an account."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    client_order_id: str  # id chosen by the client (FIX 11), at most 48 characters, unique within the account
    replaces: str | None  # order that this one replaces
    order_status: OrderStatus  # FIX 39 OrdStatus in the book: PendingNew, New or PartiallyFilled; the pending fields below say what is on its way
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
    cum_qty_e6: int  # quantity filled so far in 1e-6 share (FIX 14)
    cum_amount_e4: int  # sum of the amounts of all fills in 1e-4
    fee_uncharged_e12: int  # exact fees so far less those charged, in 1e-12 of the currency; negative after rounding up
    hold_e4: int  # cash held in 1e-4
    hold_qty_e6: int  # shares held in 1e-6
    pending_cancel: bool  # a cancel is on its way
    pending_replace: PendingReplace | None  # a replace that is on its way
    submitted_time_us: int  # when the order was stamped at entry
    accepted_seq: int  # account_seq of the acceptance of the chain's first order; the order of arrival
    fee_day: (
        int  # day of that acceptance, days since the epoch UTC; the house fee schedule of the whole chain is that day's
    )
    # what the order asks beyond price, quantity and time; null for most
    instructions: Instructions | None = None
    # best price in 1e-4 that a trailing stop has seen; null for any other order
    high_water_e4: int | None = None
    # how many corrections and cancels of its trades the order has had
    correction_count: int = 0
    # what they added to the quantity filled in 1e-6 share; the book does not know of them
    corrected_qty_e6: int = 0
    # what they added to the amounts of all fills in 1e-4
    corrected_amount_e4: int = 0
    # how the order hangs together with others (FIX 1385); null for an order by itself
    contingency_type: ContingencyType | None = None
    # of a leg: first id of the chain of the order that it was submitted with (FIX 66 by order id); null for any other order
    parent_order_id: str | None = None

    def __init__(
        self,
        account_id: str,
        order_id: str,
        root_order_id: str,
        client_order_id: str,
        replaces: str | None,
        order_status: OrderStatus,
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
        cum_qty_e6: int,
        cum_amount_e4: int,
        fee_uncharged_e12: int,
        hold_e4: int,
        hold_qty_e6: int,
        pending_cancel: bool,
        pending_replace: PendingReplace | None,
        submitted_time_us: int,
        accepted_seq: int,
        fee_day: int,
        instructions: Instructions | None = None,
        high_water_e4: int | None = None,
        correction_count: int = 0,
        corrected_qty_e6: int = 0,
        corrected_amount_e4: int = 0,
        contingency_type: ContingencyType | None = None,
        parent_order_id: str | None = None,
    ) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.root_order_id = root_order_id
        self.client_order_id = client_order_id
        self.replaces = replaces
        self.order_status = order_status
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
        self.cum_amount_e4 = cum_amount_e4
        self.fee_uncharged_e12 = fee_uncharged_e12
        self.hold_e4 = hold_e4
        self.hold_qty_e6 = hold_qty_e6
        self.pending_cancel = pending_cancel
        self.pending_replace = pending_replace
        self.submitted_time_us = submitted_time_us
        self.accepted_seq = accepted_seq
        self.fee_day = fee_day
        self.instructions = instructions
        self.high_water_e4 = high_water_e4
        self.correction_count = correction_count
        self.corrected_qty_e6 = corrected_qty_e6
        self.corrected_amount_e4 = corrected_amount_e4
        self.contingency_type = contingency_type
        self.parent_order_id = parent_order_id


@dataclass(slots=True, init=False)
class PositionEntry(Message):
    """State of one position of an account."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    symbol: str  # instrument symbol (FIX 55)
    qty_e6: int  # shares held in 1e-6
    cost_basis_e4: int  # what they cost in 1e-4
    realized_e4: int  # profit realised so far in 1e-4

    def __init__(self, account_id: str, symbol: str, qty_e6: int, cost_basis_e4: int, realized_e4: int) -> None:
        self.account_id = account_id
        self.symbol = symbol
        self.qty_e6 = qty_e6
        self.cost_basis_e4 = cost_basis_e4
        self.realized_e4 = realized_e4


@dataclass(slots=True, init=False)
class RestingOrderEntry(Message):
    """State of one order in a book: resting, or a stop that waits."""

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
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
    cum_qty_e6: int  # quantity filled so far in 1e-6 share (FIX 14)
    priority: int  # place in the queue: lower is earlier
    triggered: bool  # whether a stop has been triggered
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # owner of the account; empty in records from before it was kept
    owner_id: str = ""
    # what the order asks beyond price, quantity and time; null for most
    instructions: Instructions | None = None
    # what an iceberg shows now, in 1e-6 share; null for any other order
    shown_qty_e6: int | None = None
    # best price in 1e-4 that a trailing stop has seen; null for any other order
    high_water_e4: int | None = None
    # waits for a phase in which it may trade, and is not in the book
    queued: bool = False
    # how the order hangs together with others (FIX 1385); null for an order by itself
    contingency_type: ContingencyType | None = None
    # of a leg: first id of the chain of the order that it was submitted with (FIX 66 by order id); null for any other order
    parent_order_id: str | None = None
    # what of a leg's open quantity waits for a fill of its entry, in 1e-6 share
    unarmed_qty_e6: int = 0

    def __init__(
        self,
        account_id: str,
        order_id: str,
        root_order_id: str,
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
        cum_qty_e6: int,
        priority: int,
        triggered: bool,
        transact_time_us: int,
        owner_id: str = "",
        instructions: Instructions | None = None,
        shown_qty_e6: int | None = None,
        high_water_e4: int | None = None,
        queued: bool = False,
        contingency_type: ContingencyType | None = None,
        parent_order_id: str | None = None,
        unarmed_qty_e6: int = 0,
    ) -> None:
        self.account_id = account_id
        self.order_id = order_id
        self.root_order_id = root_order_id
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
        self.priority = priority
        self.triggered = triggered
        self.transact_time_us = transact_time_us
        self.owner_id = owner_id
        self.instructions = instructions
        self.shown_qty_e6 = shown_qty_e6
        self.high_water_e4 = high_water_e4
        self.queued = queued
        self.contingency_type = contingency_type
        self.parent_order_id = parent_order_id
        self.unarmed_qty_e6 = unarmed_qty_e6


@dataclass(slots=True, init=False)
class SecurityEntry(Message):
    """State of one symbol's consolidated market besides its venues, recent trades and bars."""

    symbol: str  # instrument symbol (FIX 55)
    session_id: str  # trading day as YYYY-MM-DD
    feed: str  # feed that defined the day
    open_time_us: int  # start of regular hours, microseconds since the epoch UTC
    close_time_us: int  # end of regular hours, microseconds since the epoch UTC
    tier: int | None  # limit up-limit down tier, 1 or 2; null: no price bands
    primary_venue: str  # primary listing exchange; empty when it is not known
    condition_table: ConditionTable  # which published table the sale conditions are read by; Opaque: none, every trade that is not suspicious counts
    stale_after_us: int | None  # a venue that says nothing of the symbol for so long leaves the NBBO; null: never
    day_margin_us: int | None  # how far before and after regular hours a message is of this day; null: 12 hours
    seq: int  # the symbol's consolidated sequence number, one up for each record of nbbo, prints, bars, trading-status and snapshots
    arrival_seq: int  # number of the last quote taken
    print_seq: int  # number of the last trade of the day
    time_us: int  # largest event time seen
    receive_time_us: int  # receive time of the message before
    bid_price_e4: int | None  # best bid in 1e-4; null when there is none
    bid_qty_e6: int  # quantity of the best bid's venue in 1e-6 share
    bid_venue: str  # venue of the best bid; empty when there is none
    ask_price_e4: int | None  # best offer in 1e-4; null when there is none
    ask_qty_e6: int  # quantity of the best offer's venue in 1e-6 share
    ask_venue: str  # venue of the best offer; empty when there is none
    condition: MarketCondition  # how best bid and offer lie to each other
    trading_state: TradingState  # whether a symbol trades over all venues (FIX 326)
    limit_state: LimitState  # where best bid and offer lie to the price bands (limit up-limit down plan)
    reference_price_e4: int | None  # price in 1e-4 that the bands are around; null without bands
    lower_price_e4: int | None  # lower price band in 1e-4
    upper_price_e4: int | None  # upper price band in 1e-4
    reference_time_us: int  # when the reference price was set
    are_bands_given: bool  # bands come from a consolidator and are not computed
    mean_since_us: int  # trades before do not count for the reference price
    limit_since_us: int | None  # begin of the limit state; null outside
    pause_until_us: int | None  # end of a pause; null outside
    last: Sale | None  # last eligible sale
    opening: Sale | None  # first eligible sale of the day
    high_e4: int | None  # highest eligible price of the day in 1e-4
    low_e4: int | None  # lowest in 1e-4
    close_e4: int | None  # last eligible price of regular hours in 1e-4, once they are over
    previous_close_e4: int | None  # close of the day before in 1e-4
    cum_qty_e6: int  # volume of the day in 1e-6 share
    cum_amount_e4: int  # sum of floor(price x quantity) in 1e-4
    trade_count: int  # trades of the day
    left_high_e4: int | None  # highest price of trades older than the window of corrections, in 1e-4
    left_low_e4: int | None  # lowest in 1e-4
    left_last: Sale | None  # last eligible sale of them
    snapshot_time_us: int  # event time of the last snapshot
    is_unsaid: bool  # something has changed since the last snapshot
    faults: list[FaultCount]  # what was wrong with messages of the symbol, by kind, sorted

    def __init__(
        self,
        symbol: str,
        session_id: str,
        feed: str,
        open_time_us: int,
        close_time_us: int,
        tier: int | None,
        primary_venue: str,
        condition_table: ConditionTable,
        stale_after_us: int | None,
        day_margin_us: int | None,
        seq: int,
        arrival_seq: int,
        print_seq: int,
        time_us: int,
        receive_time_us: int,
        bid_price_e4: int | None,
        bid_qty_e6: int,
        bid_venue: str,
        ask_price_e4: int | None,
        ask_qty_e6: int,
        ask_venue: str,
        condition: MarketCondition,
        trading_state: TradingState,
        limit_state: LimitState,
        reference_price_e4: int | None,
        lower_price_e4: int | None,
        upper_price_e4: int | None,
        reference_time_us: int,
        are_bands_given: bool,
        mean_since_us: int,
        limit_since_us: int | None,
        pause_until_us: int | None,
        last: Sale | None,
        opening: Sale | None,
        high_e4: int | None,
        low_e4: int | None,
        close_e4: int | None,
        previous_close_e4: int | None,
        cum_qty_e6: int,
        cum_amount_e4: int,
        trade_count: int,
        left_high_e4: int | None,
        left_low_e4: int | None,
        left_last: Sale | None,
        snapshot_time_us: int,
        is_unsaid: bool,
        faults: list[FaultCount],
    ) -> None:
        self.symbol = symbol
        self.session_id = session_id
        self.feed = feed
        self.open_time_us = open_time_us
        self.close_time_us = close_time_us
        self.tier = tier
        self.primary_venue = primary_venue
        self.condition_table = condition_table
        self.stale_after_us = stale_after_us
        self.day_margin_us = day_margin_us
        self.seq = seq
        self.arrival_seq = arrival_seq
        self.print_seq = print_seq
        self.time_us = time_us
        self.receive_time_us = receive_time_us
        self.bid_price_e4 = bid_price_e4
        self.bid_qty_e6 = bid_qty_e6
        self.bid_venue = bid_venue
        self.ask_price_e4 = ask_price_e4
        self.ask_qty_e6 = ask_qty_e6
        self.ask_venue = ask_venue
        self.condition = condition
        self.trading_state = trading_state
        self.limit_state = limit_state
        self.reference_price_e4 = reference_price_e4
        self.lower_price_e4 = lower_price_e4
        self.upper_price_e4 = upper_price_e4
        self.reference_time_us = reference_time_us
        self.are_bands_given = are_bands_given
        self.mean_since_us = mean_since_us
        self.limit_since_us = limit_since_us
        self.pause_until_us = pause_until_us
        self.last = last
        self.opening = opening
        self.high_e4 = high_e4
        self.low_e4 = low_e4
        self.close_e4 = close_e4
        self.previous_close_e4 = previous_close_e4
        self.cum_qty_e6 = cum_qty_e6
        self.cum_amount_e4 = cum_amount_e4
        self.trade_count = trade_count
        self.left_high_e4 = left_high_e4
        self.left_low_e4 = left_low_e4
        self.left_last = left_last
        self.snapshot_time_us = snapshot_time_us
        self.is_unsaid = is_unsaid
        self.faults = faults


@dataclass(slots=True, init=False)
class TapeTrade(Message):
    """A trade that can still be corrected."""

    print_seq: int  # number of the trade in the symbol's day
    revision: int  # 0 as first reported, one up with each correction
    venue: str  # market center as the feed names it: an ISO 10383 MIC or the letter of the tape
    trade_id: str  # the venue's id of the trade
    price_e4: int  # price in 1e-4
    qty_e6: int  # quantity in 1e-6 share
    amount_e4: int  # floor(price x quantity) in 1e-4
    conditions: str  # sale conditions as received
    aggressor_side: Side | None  # side that took liquidity, where it is known
    updates_last: bool  # eligible as last sale
    updates_high_low: bool  # eligible for open, high and low
    updates_volume: bool  # counts for volume
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        print_seq: int,
        revision: int,
        venue: str,
        trade_id: str,
        price_e4: int,
        qty_e6: int,
        amount_e4: int,
        conditions: str,
        aggressor_side: Side | None,
        updates_last: bool,
        updates_high_low: bool,
        updates_volume: bool,
        transact_time_us: int,
    ) -> None:
        self.print_seq = print_seq
        self.revision = revision
        self.venue = venue
        self.trade_id = trade_id
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.amount_e4 = amount_e4
        self.conditions = conditions
        self.aggressor_side = aggressor_side
        self.updates_last = updates_last
        self.updates_high_low = updates_high_low
        self.updates_volume = updates_volume
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class TapeEntry(Message):
    """Some of the trades of a symbol that can still be corrected."""

    symbol: str  # instrument symbol (FIX 55)
    trades: list[TapeTrade]  # in the order in which they came

    def __init__(self, symbol: str, trades: list[TapeTrade]) -> None:
        self.symbol = symbol
        self.trades = trades


@dataclass(slots=True, init=False)
class VenueEntry(Message):
    """What a venue last said of a symbol."""

    symbol: str  # instrument symbol (FIX 55)
    venue: str  # market center as the feed names it: an ISO 10383 MIC or the letter of the tape
    venue_seq: int | None  # its last sequence number; null where it gives none
    bid_price_e4: int | None  # its best bid in 1e-4; null when there is none
    bid_qty_e6: int  # quantity at it in 1e-6 share
    bid_time_us: int  # since when it stands
    bid_arrival_seq: int  # number of the quote that set it
    ask_price_e4: int | None  # its best offer in 1e-4; null when there is none
    ask_qty_e6: int  # quantity at it in 1e-6 share
    ask_time_us: int  # since when it stands
    ask_arrival_seq: int  # number of the quote that set it
    quote_time_us: int  # event time of its last quote
    heard_time_us: int  # the symbol's time when it last said anything
    exclusion: VenueExclusion  # why a venue's quote does not count for the NBBO

    def __init__(
        self,
        symbol: str,
        venue: str,
        venue_seq: int | None,
        bid_price_e4: int | None,
        bid_qty_e6: int,
        bid_time_us: int,
        bid_arrival_seq: int,
        ask_price_e4: int | None,
        ask_qty_e6: int,
        ask_time_us: int,
        ask_arrival_seq: int,
        quote_time_us: int,
        heard_time_us: int,
        exclusion: VenueExclusion,
    ) -> None:
        self.symbol = symbol
        self.venue = venue
        self.venue_seq = venue_seq
        self.bid_price_e4 = bid_price_e4
        self.bid_qty_e6 = bid_qty_e6
        self.bid_time_us = bid_time_us
        self.bid_arrival_seq = bid_arrival_seq
        self.ask_price_e4 = ask_price_e4
        self.ask_qty_e6 = ask_qty_e6
        self.ask_time_us = ask_time_us
        self.ask_arrival_seq = ask_arrival_seq
        self.quote_time_us = quote_time_us
        self.heard_time_us = heard_time_us
        self.exclusion = exclusion
