"""Records of `avro/market/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from topics.messages.enums import (
    BookEventKind,
    InstrumentStatus,
    LimitState,
    MarketCondition,
    Side,
    TickRule,
    TradingState,
)
from topics.messages.shared import FaultCount


@dataclass(slots=True)
class Bar:
    """Trades of an interval by event time; published when it ends, and again with the next revision when a late or corrected trade changes it."""

    NAME: ClassVar[str] = "Bar"

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


@dataclass(slots=True)
class BookEvent:
    """One change of one resting order; all of them together rebuild the book."""

    NAME: ClassVar[str] = "BookEvent"

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


@dataclass(slots=True)
class DeadLetter:
    """An input that could not be read or was not allowed on its topic."""

    NAME: ClassVar[str] = "DeadLetter"

    source_topic: str  # topic it came from
    source_partition: int  # partition it came from
    source_offset: int  # its offset there
    key: bytes | None  # its key as received, cut where it is longer than a letter holds
    value: bytes | None  # its value as received, cut where it is longer than a letter holds
    reason: str  # rule it broke
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)


@dataclass(slots=True)
class Instrument:
    """Current terms and state of an instrument (compacted by symbol)."""

    NAME: ClassVar[str] = "Instrument"

    symbol: str  # instrument symbol (FIX 55)
    name: str  # name of the instrument for people
    status: InstrumentStatus  # whether the instrument trades (FIX 965 SecurityStatus, FIX 326)
    tick_rule: TickRule  # which table of price increments applies (SEC Rule 612)
    reference_price_e4: int  # price in 1e-4 that collars use while there is no quote
    tier: int  # limit up-limit down tier, 1 or 2
    version: int  # one up with each change
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class Nbbo:
    """National best bid and offer after a message that changed it: over all venues, ties by quantity, then by time."""

    NAME: ClassVar[str] = "Nbbo"

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


@dataclass(slots=True)
class Print:
    """A trade as consolidated: what it updates, and the NBBO that it met. A correction repeats it with the next revision."""

    NAME: ClassVar[str] = "Print"

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


@dataclass(slots=True)
class Quote:
    """Best bid and offer of our book after a command that changed it."""

    NAME: ClassVar[str] = "Quote"

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's sequence number, one up for each book event, trade and quote
    bid_price_e4: int | None  # best bid in 1e-4; null when there is none
    bid_qty_e6: int  # quantity at the best bid in 1e-6 share
    ask_price_e4: int | None  # best offer in 1e-4; null when there is none
    ask_qty_e6: int  # quantity at the best offer in 1e-6 share
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class Snapshot:
    """Latest state of a symbol (compacted): at most one in 100 ms of event time; newer records of the other topics have a larger seq."""

    NAME: ClassVar[str] = "Snapshot"

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


@dataclass(slots=True)
class Trade:
    """One match of two orders."""

    NAME: ClassVar[str] = "Trade"

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


@dataclass(slots=True)
class TradingStatus:
    """A symbol halts, pauses or resumes, meets or leaves its price bands, gets new ones, or a venue leaves or joins."""

    NAME: ClassVar[str] = "TradingStatus"

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
