"""Records of `avro/market/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from topics.message import Message
from topics.messages.enums import (
    AuctionKind,
    BookEventKind,
    HaltReason,
    InstrumentStatus,
    LimitState,
    MarketCondition,
    MatchType,
    Side,
    TickRule,
    TradeCorrectionKind,
    TradingPhase,
    TradingState,
)
from topics.messages.shared import FaultCount


@dataclass(slots=True, init=False)
class Auction(Message):
    """What an auction would give now, or has given."""

    symbol: str  # instrument symbol (FIX 55)
    kind: AuctionKind  # what it would give now; that it goes on because its price is out of range; what it gave
    phase: TradingPhase  # phase in which it is told (FIX 625)
    price_e4: int | None  # price of the auction in 1e-4; null when nothing trades
    paired_qty_e6: int  # quantity that trades at that price, in 1e-6 share
    imbalance_qty_e6: int  # quantity at that price or better that finds nobody, in 1e-6 share
    imbalance_side: Side | None  # side of that quantity; null when there is none
    reference_price_e4: int  # price in 1e-4 that decides where several are as good
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        symbol: str,
        kind: AuctionKind,
        phase: TradingPhase,
        price_e4: int | None,
        paired_qty_e6: int,
        imbalance_qty_e6: int,
        imbalance_side: Side | None,
        reference_price_e4: int,
        transact_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.kind = kind
        self.phase = phase
        self.price_e4 = price_e4
        self.paired_qty_e6 = paired_qty_e6
        self.imbalance_qty_e6 = imbalance_qty_e6
        self.imbalance_side = imbalance_side
        self.reference_price_e4 = reference_price_e4
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class Bar(Message):
    """Trades of an interval by event time; published when it ends, and again with the next revision when a late or corrected trade changes it."""

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's consolidated sequence number, one up for each record of nbbo, prints, bars, trading-status and snapshots
    interval_us: int  # length in microseconds: a second or a minute
    start_time_us: int  # begin, microseconds since the epoch UTC; a multiple of the length
    open_e4: int  # first eligible price in 1e-4
    high_e4: int  # highest eligible price in 1e-4
    low_e4: int  # lowest eligible price in 1e-4
    close_e4: int  # last eligible price in 1e-4
    qty_e6: int  # volume in 1e-6 share
    amount_e4: int  # sum of floor(price x quantity) in 1e-4
    vwap_e4: int  # floor(amount / volume) in 1e-4
    trade_count: int  # trades in it
    revision: int  # 0 as first published, one up with each change; a bar without a trade left has 0 of each
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        seq: int,
        interval_us: int,
        start_time_us: int,
        open_e4: int,
        high_e4: int,
        low_e4: int,
        close_e4: int,
        qty_e6: int,
        amount_e4: int,
        vwap_e4: int,
        trade_count: int,
        revision: int,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.seq = seq
        self.interval_us = interval_us
        self.start_time_us = start_time_us
        self.open_e4 = open_e4
        self.high_e4 = high_e4
        self.low_e4 = low_e4
        self.close_e4 = close_e4
        self.qty_e6 = qty_e6
        self.amount_e4 = amount_e4
        self.vwap_e4 = vwap_e4
        self.trade_count = trade_count
        self.revision = revision
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class BookEvent(Message):
    """One change of one resting order; all of them together rebuild the book."""

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's sequence number, one up for each book event, trade and quote
    kind: BookEventKind  # what happened to one resting order
    order_id: str  # order id (FIX 37), given by the API
    new_order_id: str | None  # on Amend, the id from now on
    side: Side  # FIX 54
    price_e4: int  # price in 1e-4 of the currency
    qty_e6: int  # quantity open after the event in 1e-6 share
    last_qty_e6: int | None  # quantity executed or taken off in 1e-6 share
    trade_id: str | None  # symbol and sequence of the match (FIX 1003)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        symbol: str,
        seq: int,
        kind: BookEventKind,
        order_id: str,
        new_order_id: str | None,
        side: Side,
        price_e4: int,
        qty_e6: int,
        last_qty_e6: int | None,
        trade_id: str | None,
        transact_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.seq = seq
        self.kind = kind
        self.order_id = order_id
        self.new_order_id = new_order_id
        self.side = side
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.last_qty_e6 = last_qty_e6
        self.trade_id = trade_id
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class CorrectedTrade(Message):
    """A trade that was printed before is canceled, or has another price or quantity from here on. The book and the last price stay."""

    trade_id: str  # symbol and sequence of the match (FIX 1003)
    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's sequence number, one up for each book event, trade, quote and correction
    kind: TradeCorrectionKind  # what is done to a trade (FIX 150 H and G)
    price_e4: int  # price of the trade from here on in 1e-4; that of before where it is canceled
    qty_e6: int  # quantity of the trade from here on in 1e-6 share; 0 where it is canceled
    amount_e4: int  # floor(price x quantity) in 1e-4
    traded_time_us: int  # when the trade was made, microseconds since the epoch UTC
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        trade_id: str,
        symbol: str,
        seq: int,
        kind: TradeCorrectionKind,
        price_e4: int,
        qty_e6: int,
        amount_e4: int,
        traded_time_us: int,
        transact_time_us: int,
    ) -> None:
        self.trade_id = trade_id
        self.symbol = symbol
        self.seq = seq
        self.kind = kind
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.amount_e4 = amount_e4
        self.traded_time_us = traded_time_us
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class DeadLetter(Message):
    """An input that could not be read or was not allowed on its topic."""

    source_topic: str  # topic it came from
    source_partition: int  # partition it came from
    source_offset: int  # its offset there
    key: bytes | None  # its key as received, cut where it is longer than a letter holds
    value: bytes | None  # its value as received, cut where it is longer than a letter holds
    reason: str  # rule it broke
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)

    def __init__(
        self,
        source_topic: str,
        source_partition: int,
        source_offset: int,
        key: bytes | None,
        value: bytes | None,
        reason: str,
        text: str,
    ) -> None:
        self.source_topic = source_topic
        self.source_partition = source_partition
        self.source_offset = source_offset
        self.key = key
        self.value = value
        self.reason = reason
        self.text = text


@dataclass(slots=True, init=False)
class Instrument(Message):
    """Current terms and state of an instrument (compacted by symbol)."""

    symbol: str  # instrument symbol (FIX 55)
    name: str  # name of the instrument for people
    status: InstrumentStatus  # whether the instrument trades (FIX 965 SecurityStatus, FIX 326)
    tick_rule: TickRule  # which table of price increments applies (SEC Rule 612)
    reference_price_e4: int  # price in 1e-4 that collars use while there is no quote
    tier: int  # limit up-limit down tier, 1 or 2
    version: int  # one up with each change
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # phase of the book's day (FIX 625)
    phase: TradingPhase = "Continuous"
    # why trading is halted (FIX 327); null unless Halted with a reason
    halt_reason: HaltReason | None = None
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
        version: int,
        transact_time_us: int,
        phase: TradingPhase = "Continuous",
        halt_reason: HaltReason | None = None,
        sector: str = "",
    ) -> None:
        self.symbol = symbol
        self.name = name
        self.status = status
        self.tick_rule = tick_rule
        self.reference_price_e4 = reference_price_e4
        self.tier = tier
        self.version = version
        self.transact_time_us = transact_time_us
        self.phase = phase
        self.halt_reason = halt_reason
        self.sector = sector


@dataclass(slots=True, init=False)
class Nbbo(Message):
    """National best bid and offer after a message that changed it: over all venues, ties by quantity, then by time."""

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's consolidated sequence number, one up for each record of nbbo, prints, bars, trading-status and snapshots
    bid_price_e4: int | None  # best bid in 1e-4; null when there is none
    bid_qty_e6: int  # quantity of the best bid's venue in 1e-6 share
    bid_venue: str  # venue of the best bid; empty when there is none
    ask_price_e4: int | None  # best offer in 1e-4; null when there is none
    ask_qty_e6: int  # quantity of the best offer's venue in 1e-6 share
    ask_venue: str  # venue of the best offer; empty when there is none
    condition: MarketCondition  # how best bid and offer lie to each other
    limit_state: LimitState  # where best bid and offer lie to the price bands (limit up-limit down plan)
    trading_state: TradingState  # whether a symbol trades over all venues (FIX 326)
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        seq: int,
        bid_price_e4: int | None,
        bid_qty_e6: int,
        bid_venue: str,
        ask_price_e4: int | None,
        ask_qty_e6: int,
        ask_venue: str,
        condition: MarketCondition,
        limit_state: LimitState,
        trading_state: TradingState,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.seq = seq
        self.bid_price_e4 = bid_price_e4
        self.bid_qty_e6 = bid_qty_e6
        self.bid_venue = bid_venue
        self.ask_price_e4 = ask_price_e4
        self.ask_qty_e6 = ask_qty_e6
        self.ask_venue = ask_venue
        self.condition = condition
        self.limit_state = limit_state
        self.trading_state = trading_state
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class Print(Message):
    """A trade as consolidated: what it updates, and the NBBO that it met. A correction repeats it with the next revision."""

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's consolidated sequence number, one up for each record of nbbo, prints, bars, trading-status and snapshots
    trade_id: str  # the venue's id of the trade; empty where it gives none
    print_seq: int  # number of the trade in the symbol's day; a correction keeps it
    revision: int  # 0 as first reported, one up with each correction
    is_canceled: bool  # the trade does not count any more
    venue: str  # market center as the feed names it: an ISO 10383 MIC or the letter of the tape
    price_e4: int  # price in 1e-4 of the currency
    qty_e6: int  # quantity in 1e-6 share
    amount_e4: int  # floor(price x quantity) in 1e-4
    conditions: str  # sale conditions as received, a character each
    aggressor_side: Side | None  # side that took liquidity, where it is known
    updates_last: bool  # it is the last sale
    updates_high_low: bool  # it counts for open, high and low
    updates_volume: bool  # it counts for volume
    is_late: bool  # its time is before that of an earlier print
    bid_price_e4: int | None  # best bid when it came, in 1e-4
    ask_price_e4: int | None  # best offer when it came, in 1e-4
    is_trade_through: (
        bool  # below the best bid or above the best offer, in regular hours, where the two are not crossed
    )
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        seq: int,
        trade_id: str,
        print_seq: int,
        revision: int,
        is_canceled: bool,
        venue: str,
        price_e4: int,
        qty_e6: int,
        amount_e4: int,
        conditions: str,
        aggressor_side: Side | None,
        updates_last: bool,
        updates_high_low: bool,
        updates_volume: bool,
        is_late: bool,
        bid_price_e4: int | None,
        ask_price_e4: int | None,
        is_trade_through: bool,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.seq = seq
        self.trade_id = trade_id
        self.print_seq = print_seq
        self.revision = revision
        self.is_canceled = is_canceled
        self.venue = venue
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.amount_e4 = amount_e4
        self.conditions = conditions
        self.aggressor_side = aggressor_side
        self.updates_last = updates_last
        self.updates_high_low = updates_high_low
        self.updates_volume = updates_volume
        self.is_late = is_late
        self.bid_price_e4 = bid_price_e4
        self.ask_price_e4 = ask_price_e4
        self.is_trade_through = is_trade_through
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class Quote(Message):
    """Best bid and offer of our book after a command that changed it."""

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's sequence number, one up for each book event, trade and quote
    bid_price_e4: int | None  # best bid in 1e-4; null when there is none
    bid_qty_e6: int  # quantity at the best bid in 1e-6 share
    ask_price_e4: int | None  # best offer in 1e-4; null when there is none
    ask_qty_e6: int  # quantity at the best offer in 1e-6 share
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        symbol: str,
        seq: int,
        bid_price_e4: int | None,
        bid_qty_e6: int,
        ask_price_e4: int | None,
        ask_qty_e6: int,
        transact_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.seq = seq
        self.bid_price_e4 = bid_price_e4
        self.bid_qty_e6 = bid_qty_e6
        self.ask_price_e4 = ask_price_e4
        self.ask_qty_e6 = ask_qty_e6
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class Snapshot(Message):
    """Latest state of a symbol (compacted): at most one in 100 ms of event time; newer records of the other topics have a larger seq."""

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's consolidated sequence number, one up for each record of nbbo, prints, bars, trading-status and snapshots
    session_id: str  # trading day as YYYY-MM-DD
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
    last_price_e4: int | None  # last eligible sale of the day in 1e-4
    last_qty_e6: int  # its quantity in 1e-6 share
    last_venue: str  # its venue
    last_time_us: int | None  # its event time, microseconds since the epoch UTC
    open_e4: int | None  # first eligible price of the day in 1e-4
    high_e4: int | None  # highest in 1e-4
    low_e4: int | None  # lowest in 1e-4
    close_e4: int | None  # last eligible price of regular hours in 1e-4, once they are over
    previous_close_e4: int | None  # close of the day before in 1e-4
    net_change_e4: int | None  # last price less previous close in 1e-4
    cum_qty_e6: int  # volume of the day in 1e-6 share
    cum_amount_e4: int  # sum of floor(price x quantity) in 1e-4
    vwap_e4: int | None  # floor(amount / volume) in 1e-4
    trade_count: int  # trades of the day
    faults: list[FaultCount]  # what was wrong with messages of the symbol, by kind, sorted
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        seq: int,
        session_id: str,
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
        last_price_e4: int | None,
        last_qty_e6: int,
        last_venue: str,
        last_time_us: int | None,
        open_e4: int | None,
        high_e4: int | None,
        low_e4: int | None,
        close_e4: int | None,
        previous_close_e4: int | None,
        net_change_e4: int | None,
        cum_qty_e6: int,
        cum_amount_e4: int,
        vwap_e4: int | None,
        trade_count: int,
        faults: list[FaultCount],
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.seq = seq
        self.session_id = session_id
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
        self.last_price_e4 = last_price_e4
        self.last_qty_e6 = last_qty_e6
        self.last_venue = last_venue
        self.last_time_us = last_time_us
        self.open_e4 = open_e4
        self.high_e4 = high_e4
        self.low_e4 = low_e4
        self.close_e4 = close_e4
        self.previous_close_e4 = previous_close_e4
        self.net_change_e4 = net_change_e4
        self.cum_qty_e6 = cum_qty_e6
        self.cum_amount_e4 = cum_amount_e4
        self.vwap_e4 = vwap_e4
        self.trade_count = trade_count
        self.faults = faults
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class Trade(Message):
    """One match of two orders."""

    trade_id: str  # symbol and sequence of the match
    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's sequence number, one up for each book event, trade and quote
    price_e4: int  # price in 1e-4 of the currency
    qty_e6: int  # quantity matched in 1e-6 share
    amount_e4: int  # floor(price x quantity) in 1e-4
    aggressor_side: Side  # FIX 54
    maker_order_id: str  # order that rested
    taker_order_id: str  # order that arrived
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # how the two met (FIX 574): in an auction neither made nor took, the one that came first is called maker
    match_type: MatchType = "AutoMatch"

    def __init__(
        self,
        trade_id: str,
        symbol: str,
        seq: int,
        price_e4: int,
        qty_e6: int,
        amount_e4: int,
        aggressor_side: Side,
        maker_order_id: str,
        taker_order_id: str,
        transact_time_us: int,
        match_type: MatchType = "AutoMatch",
    ) -> None:
        self.trade_id = trade_id
        self.symbol = symbol
        self.seq = seq
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.amount_e4 = amount_e4
        self.aggressor_side = aggressor_side
        self.maker_order_id = maker_order_id
        self.taker_order_id = taker_order_id
        self.transact_time_us = transact_time_us
        self.match_type = match_type


@dataclass(slots=True, init=False)
class TradingStatus(Message):
    """A symbol halts, pauses or resumes, meets or leaves its price bands, gets new ones, or a venue leaves or joins."""

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's consolidated sequence number, one up for each record of nbbo, prints, bars, trading-status and snapshots
    trading_state: TradingState  # whether a symbol trades over all venues (FIX 326)
    limit_state: LimitState  # where best bid and offer lie to the price bands (limit up-limit down plan)
    reason: str  # code or what changed
    venue: str  # venue that it concerns; empty for all
    reference_price_e4: int | None  # price in 1e-4 that the bands are around; null without bands
    lower_price_e4: int | None  # lower price band in 1e-4
    upper_price_e4: int | None  # upper price band in 1e-4
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        seq: int,
        trading_state: TradingState,
        limit_state: LimitState,
        reason: str,
        venue: str,
        reference_price_e4: int | None,
        lower_price_e4: int | None,
        upper_price_e4: int | None,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.seq = seq
        self.trading_state = trading_state
        self.limit_state = limit_state
        self.reason = reason
        self.venue = venue
        self.reference_price_e4 = reference_price_e4
        self.lower_price_e4 = lower_price_e4
        self.upper_price_e4 = upper_price_e4
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us
