"""Records of `avro/feeds/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

from topics.message import Message
from topics.messages.enums import ConditionTable, CorrectionKind, Side, VenueStatusKind


@dataclass(slots=True, init=False)
class FeedHeartbeat(Message):
    """A feed tells a partition its event time: what waits for time in its symbols falls due."""

    feed: str  # name of the feed that brought it
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(self, feed: str, transact_time_us: int, receive_time_us: int) -> None:
        self.feed = feed
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class RejectedCount(Message):
    """Rows that became no record, for one reason."""

    kind: str  # why
    count: int  # how many rows

    def __init__(self, kind: str, count: int) -> None:
        self.kind = kind
        self.count = count


@dataclass(slots=True, init=False)
class FeedPosition(Message):
    """How far a feed has published; written in the same transaction as what it published."""

    feed: str  # name of the feed that brought it
    position: str  # where its source goes on, in the source's own terms
    read_rows: int  # rows or messages read of the source
    published_rows: int  # rows that became records
    record_count: int  # records made of them
    rejected: list[RejectedCount]  # rows that became none, by kind; read = published + these
    transact_time_us: int  # largest event time published, microseconds since the epoch UTC
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        feed: str,
        position: str,
        read_rows: int,
        published_rows: int,
        record_count: int,
        rejected: list[RejectedCount],
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.feed = feed
        self.position = position
        self.read_rows = read_rows
        self.published_rows = published_rows
        self.record_count = record_count
        self.rejected = rejected
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class SecurityDefinition(Message):
    """Begins a symbol's trading day on a feed (FIX 35=d); without one the symbol is unknown."""

    symbol: str  # instrument symbol (FIX 55)
    session_id: str  # trading day as YYYY-MM-DD
    open_time_us: int  # start of regular hours, microseconds since the epoch UTC
    close_time_us: int  # end of regular hours, microseconds since the epoch UTC
    tier: int | None  # limit up-limit down tier, 1 or 2; null: no price bands
    primary_venue: str  # primary listing exchange; empty when it is not known
    previous_close_e4: int | None  # last day's official close in 1e-4; null: as it was left, where it is known
    condition_table: ConditionTable  # which published table the sale conditions are read by; Opaque: none, every trade that is not suspicious counts
    stale_after_us: int | None  # a venue that says nothing of the symbol for so long leaves the NBBO; null: never
    day_margin_us: int | None  # how far before and after regular hours a message is of this day; null: 12 hours
    feed: str  # name of the feed that brought it
    feed_position: int  # place in the feed's source, such as a row or the number of a message
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        session_id: str,
        open_time_us: int,
        close_time_us: int,
        tier: int | None,
        primary_venue: str,
        previous_close_e4: int | None,
        condition_table: ConditionTable,
        stale_after_us: int | None,
        day_margin_us: int | None,
        feed: str,
        feed_position: int,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.session_id = session_id
        self.open_time_us = open_time_us
        self.close_time_us = close_time_us
        self.tier = tier
        self.primary_venue = primary_venue
        self.previous_close_e4 = previous_close_e4
        self.condition_table = condition_table
        self.stale_after_us = stale_after_us
        self.day_margin_us = day_margin_us
        self.feed = feed
        self.feed_position = feed_position
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class PrintedTrade(Message):
    """A trade as it was printed last."""

    session_id: str  # trading day of the print as YYYY-MM-DD
    print_seq: int  # number of the trade in the symbol's day
    revision: int  # that of its last print
    price_e4: int  # price in 1e-4
    qty_e6: int  # quantity in 1e-6 share
    conditions: str  # sale conditions as received
    aggressor_side: Side | None  # side that took liquidity, where it is known
    updates_high_low: bool  # eligible for open, high and low
    updates_volume: bool  # counts for volume
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)

    def __init__(
        self,
        session_id: str,
        print_seq: int,
        revision: int,
        price_e4: int,
        qty_e6: int,
        conditions: str,
        aggressor_side: Side | None,
        updates_high_low: bool,
        updates_volume: bool,
        transact_time_us: int,
    ) -> None:
        self.session_id = session_id
        self.print_seq = print_seq
        self.revision = revision
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.conditions = conditions
        self.aggressor_side = aggressor_side
        self.updates_high_low = updates_high_low
        self.updates_volume = updates_volume
        self.transact_time_us = transact_time_us


@dataclass(slots=True, init=False)
class TradeCorrection(Message):
    """A venue cancels or corrects a trade that it reported."""

    symbol: str  # instrument symbol (FIX 55)
    venue: str  # market center as the feed names it: an ISO 10383 MIC or the letter of the tape
    venue_seq: int | None  # the venue's sequence number of the symbol on this feed, one up; null where it gives none
    kind: CorrectionKind  # what became of a trade that was reported
    trade_id: str  # the venue's id of the trade
    price_e4: int | None  # corrected price in 1e-4; null on Cancel
    qty_e6: int | None  # corrected quantity in 1e-6 share; null on Cancel
    conditions: str  # corrected sale conditions; empty on Cancel
    printed: (
        PrintedTrade | None
    )  # the trade as it was printed last, where the feed has looked that up; for one that is too old to be known by its id
    feed: str  # name of the feed that brought it
    feed_position: int  # place in the feed's source, such as a row or the number of a message
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        venue: str,
        venue_seq: int | None,
        kind: CorrectionKind,
        trade_id: str,
        price_e4: int | None,
        qty_e6: int | None,
        conditions: str,
        printed: PrintedTrade | None,
        feed: str,
        feed_position: int,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.venue = venue
        self.venue_seq = venue_seq
        self.kind = kind
        self.trade_id = trade_id
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.conditions = conditions
        self.printed = printed
        self.feed = feed
        self.feed_position = feed_position
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class VenueBands(Message):
    """Price bands as the consolidator publishes them; from now on they count instead of computed ones."""

    symbol: str  # instrument symbol (FIX 55)
    lower_price_e4: int  # lower band in 1e-4
    upper_price_e4: int  # upper band in 1e-4
    indicator: str  # limit up-limit down indicator as received
    feed: str  # name of the feed that brought it
    feed_position: int  # place in the feed's source, such as a row or the number of a message
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        lower_price_e4: int,
        upper_price_e4: int,
        indicator: str,
        feed: str,
        feed_position: int,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.lower_price_e4 = lower_price_e4
        self.upper_price_e4 = upper_price_e4
        self.indicator = indicator
        self.feed = feed
        self.feed_position = feed_position
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class VenueQuote(Message):
    """A venue's own best bid and offer of a symbol, both sides, as they are from now on."""

    symbol: str  # instrument symbol (FIX 55)
    venue: str  # market center as the feed names it: an ISO 10383 MIC or the letter of the tape
    venue_seq: int | None  # the venue's sequence number of the symbol on this feed, one up; null where it gives none
    bid_price_e4: int | None  # best bid in 1e-4; null when there is none
    bid_qty_e6: int  # quantity at the best bid in 1e-6 share
    ask_price_e4: int | None  # best offer in 1e-4; null when there is none
    ask_qty_e6: int  # quantity at the best offer in 1e-6 share
    conditions: str  # quote conditions as received; empty when regular
    suspicious: bool  # the source marked it so
    feed: str  # name of the feed that brought it
    feed_position: int  # place in the feed's source, such as a row or the number of a message
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        venue: str,
        venue_seq: int | None,
        bid_price_e4: int | None,
        bid_qty_e6: int,
        ask_price_e4: int | None,
        ask_qty_e6: int,
        conditions: str,
        suspicious: bool,
        feed: str,
        feed_position: int,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.venue = venue
        self.venue_seq = venue_seq
        self.bid_price_e4 = bid_price_e4
        self.bid_qty_e6 = bid_qty_e6
        self.ask_price_e4 = ask_price_e4
        self.ask_qty_e6 = ask_qty_e6
        self.conditions = conditions
        self.suspicious = suspicious
        self.feed = feed
        self.feed_position = feed_position
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class VenueStatus(Message):
    """A venue halts or resumes a symbol, or is silent or back."""

    symbol: str  # instrument symbol (FIX 55)
    venue: str  # market center as the feed names it: an ISO 10383 MIC or the letter of the tape
    kind: VenueStatusKind  # what a venue says of a symbol
    reason: str  # code as received, such as LUDP or T1
    feed: str  # name of the feed that brought it
    feed_position: int  # place in the feed's source, such as a row or the number of a message
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        venue: str,
        kind: VenueStatusKind,
        reason: str,
        feed: str,
        feed_position: int,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.venue = venue
        self.kind = kind
        self.reason = reason
        self.feed = feed
        self.feed_position = feed_position
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us


@dataclass(slots=True, init=False)
class VenueTrade(Message):
    """A trade as its venue reported it."""

    symbol: str  # instrument symbol (FIX 55)
    venue: str  # market center as the feed names it: an ISO 10383 MIC or the letter of the tape
    venue_seq: int | None  # the venue's sequence number of the symbol on this feed, one up; null where it gives none
    trade_id: str  # the venue's id of the trade; empty where it gives none, then it cannot be corrected
    price_e4: int  # price in 1e-4 of the currency
    qty_e6: int  # quantity in 1e-6 share
    conditions: str  # sale conditions as received, a character each
    aggressor_side: Side | None  # side that took liquidity, where it is known
    suspicious: bool  # the source marked it so
    feed: str  # name of the feed that brought it
    feed_position: int  # place in the feed's source, such as a row or the number of a message
    transact_time_us: int  # time of the event at its venue, microseconds since the epoch UTC (FIX 60)
    receive_time_us: int  # time at which the feed had it, microseconds since the epoch UTC

    def __init__(
        self,
        symbol: str,
        venue: str,
        venue_seq: int | None,
        trade_id: str,
        price_e4: int,
        qty_e6: int,
        conditions: str,
        aggressor_side: Side | None,
        suspicious: bool,
        feed: str,
        feed_position: int,
        transact_time_us: int,
        receive_time_us: int,
    ) -> None:
        self.symbol = symbol
        self.venue = venue
        self.venue_seq = venue_seq
        self.trade_id = trade_id
        self.price_e4 = price_e4
        self.qty_e6 = qty_e6
        self.conditions = conditions
        self.aggressor_side = aggressor_side
        self.suspicious = suspicious
        self.feed = feed
        self.feed_position = feed_position
        self.transact_time_us = transact_time_us
        self.receive_time_us = receive_time_us
