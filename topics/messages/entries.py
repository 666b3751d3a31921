"""Records of `avro/entries/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from topics.messages.enums import (
    AccountStatus,
    ConditionTable,
    FirmStatus,
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
    TradingState,
    VenueExclusion,
)
from topics.messages.shared import FaultCount, Instructions


@dataclass(slots=True)
class Unsettled:
    """Sale proceeds that settle on one day."""

    NAME: ClassVar[str] = "Unsettled"

    settlement_day: int  # days since the epoch
    amount_e4: int  # cash amount in 1e-4 of the currency


@dataclass(slots=True)
class AccountEntry:
    """State of one account."""

    NAME: ClassVar[str] = "AccountEntry"

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


@dataclass(slots=True)
class Sale:
    """A trade that was the first or the last of something."""

    NAME: ClassVar[str] = "Sale"

    price_e4: int  # price in 1e-4
    qty_e6: int  # quantity in 1e-6 share
    venue: str  # where
    transact_time_us: int  # event time, microseconds since the epoch UTC
    print_seq: int  # number of the trade in the symbol's day


@dataclass(slots=True)
class BarEntry:
    """A bar that can still change."""

    NAME: ClassVar[str] = "BarEntry"

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


@dataclass(slots=True)
class SessionTime:
    """When a book last took a kind of session command."""

    NAME: ClassVar[str] = "SessionTime"

    kind: SessionKind  # what the clock asks of a book
    session_id: str  # trading day as YYYY-MM-DD
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class BookEntry:
    """State of one book besides its orders."""

    NAME: ClassVar[str] = "BookEntry"

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


@dataclass(slots=True)
class FinishedEntry:
    """An id that may not be used again for a while: a finished order, a replaced id or a transfer."""

    NAME: ClassVar[str] = "FinishedEntry"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id, or transfer id
    client_order_id: str  # client id that stays taken; empty for a transfer
    order_status: OrderStatus | None  # FIX 39 OrdStatus; null where it does not apply
    finished_time_us: int  # when it ended; forgotten a stated time after


@dataclass(slots=True)
class FirmEntry:
    """The house as a partition of accounts knows it."""

    NAME: ClassVar[str] = "FirmEntry"

    status: FirmStatus  # whether the house takes orders
    time_us: int  # time of the command that set it, microseconds since the epoch UTC


@dataclass(slots=True)
class Span:
    """From which source offset on a version of the fold was at work."""

    NAME: ClassVar[str] = "Span"

    fold_version: str  # name and version of the fold
    first_offset: int  # first source offset folded by it


@dataclass(slots=True)
class Mark:
    """How far a source partition has been folded, and by which versions."""

    NAME: ClassVar[str] = "Mark"

    offset: int  # last source offset folded in
    spans: list[Span]  # versions in order


@dataclass(slots=True)
class PendingReplace:
    """Terms of a replace that the book has not answered yet."""

    NAME: ClassVar[str] = "PendingReplace"

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


@dataclass(slots=True)
class OpenOrderEntry:
    """State of one open order of an account."""

    NAME: ClassVar[str] = "OpenOrderEntry"

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


@dataclass(slots=True)
class PositionEntry:
    """State of one position of an account."""

    NAME: ClassVar[str] = "PositionEntry"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    symbol: str  # instrument symbol (FIX 55)
    qty_e6: int  # shares held in 1e-6
    cost_basis_e4: int  # what they cost in 1e-4
    realized_e4: int  # profit realised so far in 1e-4


@dataclass(slots=True)
class RestingOrderEntry:
    """State of one order in a book: resting, or a stop that waits."""

    NAME: ClassVar[str] = "RestingOrderEntry"

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


@dataclass(slots=True)
class SecurityEntry:
    """State of one symbol's consolidated market besides its venues, recent trades and bars."""

    NAME: ClassVar[str] = "SecurityEntry"

    symbol: str  # instrument symbol (FIX 55)
    session_id: str  # trading day as YYYY-MM-DD
    feed: str  # feed that defined the day
    open_time_us: int  # start of regular hours, microseconds since the epoch UTC
    close_time_us: int  # end of regular hours, microseconds since the epoch UTC
    tier: int | None  # limit up-limit down tier, 1 or 2; null: no price bands
    primary_venue: str  # primary listing exchange; empty when it is not known
    condition_table: ConditionTable  # which published table the sale conditions are read by; Opaque: none, every trade that is not suspicious counts
    stale_after_us: int | None  # a venue that says nothing of the symbol for so long leaves the NBBO; null: never
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


@dataclass(slots=True)
class TapeTrade:
    """A trade that can still be corrected."""

    NAME: ClassVar[str] = "TapeTrade"

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


@dataclass(slots=True)
class TapeEntry:
    """Some of the trades of a symbol that can still be corrected."""

    NAME: ClassVar[str] = "TapeEntry"

    symbol: str  # instrument symbol (FIX 55)
    trades: list[TapeTrade]  # in the order in which they came


@dataclass(slots=True)
class VenueEntry:
    """What a venue last said of a symbol."""

    NAME: ClassVar[str] = "VenueEntry"

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
