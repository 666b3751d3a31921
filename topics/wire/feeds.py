"""Avro bodies of `avro/feeds/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from librt.strings import BytesWriter

from topics.avro_body import (
    Body,
    is_null,
    read_array,
    read_boolean,
    read_long,
    read_string,
    write_boolean,
    write_long,
    write_string,
)
from topics.messages import (
    FeedHeartbeat,
    FeedPosition,
    PrintedTrade,
    RejectedCount,
    SecurityDefinition,
    TradeCorrection,
    VenueBands,
    VenueQuote,
    VenueStatus,
    VenueTrade,
)
from topics.wire.shared import (
    read_condition_table,
    read_correction_kind,
    read_side,
    read_venue_status_kind,
    write_condition_table,
    write_correction_kind,
    write_side,
    write_venue_status_kind,
)


def write_feed_heartbeat(out: BytesWriter, record: FeedHeartbeat) -> None:
    write_string(out, record.feed)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_feed_heartbeat(body: Body) -> FeedHeartbeat:
    return FeedHeartbeat(
        feed=read_string(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_rejected_count(out: BytesWriter, record: RejectedCount) -> None:
    write_string(out, record.kind)
    write_long(out, record.count)


def read_rejected_count(body: Body) -> RejectedCount:
    return RejectedCount(
        kind=read_string(body),
        count=read_long(body),
    )


def write_feed_position(out: BytesWriter, record: FeedPosition) -> None:
    write_string(out, record.feed)
    write_string(out, record.position)
    write_long(out, record.read_rows)
    write_long(out, record.published_rows)
    write_long(out, record.record_count)
    if record.rejected:
        write_long(out, len(record.rejected))
        for rejected_count in record.rejected:
            write_rejected_count(out, rejected_count)
    write_long(out, 0)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_feed_position(body: Body) -> FeedPosition:
    return FeedPosition(
        feed=read_string(body),
        position=read_string(body),
        read_rows=read_long(body),
        published_rows=read_long(body),
        record_count=read_long(body),
        rejected=read_array(body, read_rejected_count),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_security_definition(out: BytesWriter, record: SecurityDefinition) -> None:
    write_string(out, record.symbol)
    write_string(out, record.session_id)
    write_long(out, record.open_time_us)
    write_long(out, record.close_time_us)
    if record.tier is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.tier)
    write_string(out, record.primary_venue)
    if record.previous_close_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.previous_close_e4)
    write_condition_table(out, record.condition_table)
    if record.stale_after_us is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.stale_after_us)
    if record.day_margin_us is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.day_margin_us)
    write_string(out, record.feed)
    write_long(out, record.feed_position)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_security_definition(body: Body) -> SecurityDefinition:
    return SecurityDefinition(
        symbol=read_string(body),
        session_id=read_string(body),
        open_time_us=read_long(body),
        close_time_us=read_long(body),
        tier=None if is_null(body) else read_long(body),
        primary_venue=read_string(body),
        previous_close_e4=None if is_null(body) else read_long(body),
        condition_table=read_condition_table(body),
        stale_after_us=None if is_null(body) else read_long(body),
        day_margin_us=None if is_null(body) else read_long(body),
        feed=read_string(body),
        feed_position=read_long(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_printed_trade(out: BytesWriter, record: PrintedTrade) -> None:
    write_string(out, record.session_id)
    write_long(out, record.print_seq)
    write_long(out, record.revision)
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    write_string(out, record.conditions)
    if record.aggressor_side is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_side(out, record.aggressor_side)
    write_boolean(out, record.updates_high_low)
    write_boolean(out, record.updates_volume)
    write_long(out, record.transact_time_us)


def read_printed_trade(body: Body) -> PrintedTrade:
    return PrintedTrade(
        session_id=read_string(body),
        print_seq=read_long(body),
        revision=read_long(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        conditions=read_string(body),
        aggressor_side=None if is_null(body) else read_side(body),
        updates_high_low=read_boolean(body),
        updates_volume=read_boolean(body),
        transact_time_us=read_long(body),
    )


def write_trade_correction(out: BytesWriter, record: TradeCorrection) -> None:
    write_string(out, record.symbol)
    write_string(out, record.venue)
    if record.venue_seq is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.venue_seq)
    write_correction_kind(out, record.kind)
    write_string(out, record.trade_id)
    if record.price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.price_e4)
    if record.qty_e6 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.qty_e6)
    write_string(out, record.conditions)
    if record.printed is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_printed_trade(out, record.printed)
    write_string(out, record.feed)
    write_long(out, record.feed_position)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_trade_correction(body: Body) -> TradeCorrection:
    return TradeCorrection(
        symbol=read_string(body),
        venue=read_string(body),
        venue_seq=None if is_null(body) else read_long(body),
        kind=read_correction_kind(body),
        trade_id=read_string(body),
        price_e4=None if is_null(body) else read_long(body),
        qty_e6=None if is_null(body) else read_long(body),
        conditions=read_string(body),
        printed=None if is_null(body) else read_printed_trade(body),
        feed=read_string(body),
        feed_position=read_long(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_venue_bands(out: BytesWriter, record: VenueBands) -> None:
    write_string(out, record.symbol)
    write_long(out, record.lower_price_e4)
    write_long(out, record.upper_price_e4)
    write_string(out, record.indicator)
    write_string(out, record.feed)
    write_long(out, record.feed_position)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_venue_bands(body: Body) -> VenueBands:
    return VenueBands(
        symbol=read_string(body),
        lower_price_e4=read_long(body),
        upper_price_e4=read_long(body),
        indicator=read_string(body),
        feed=read_string(body),
        feed_position=read_long(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_venue_quote(out: BytesWriter, record: VenueQuote) -> None:
    write_string(out, record.symbol)
    write_string(out, record.venue)
    if record.venue_seq is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.venue_seq)
    if record.bid_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.bid_price_e4)
    write_long(out, record.bid_qty_e6)
    if record.ask_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.ask_price_e4)
    write_long(out, record.ask_qty_e6)
    write_string(out, record.conditions)
    write_boolean(out, record.suspicious)
    write_string(out, record.feed)
    write_long(out, record.feed_position)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_venue_quote(body: Body) -> VenueQuote:
    return VenueQuote(
        symbol=read_string(body),
        venue=read_string(body),
        venue_seq=None if is_null(body) else read_long(body),
        bid_price_e4=None if is_null(body) else read_long(body),
        bid_qty_e6=read_long(body),
        ask_price_e4=None if is_null(body) else read_long(body),
        ask_qty_e6=read_long(body),
        conditions=read_string(body),
        suspicious=read_boolean(body),
        feed=read_string(body),
        feed_position=read_long(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_venue_status(out: BytesWriter, record: VenueStatus) -> None:
    write_string(out, record.symbol)
    write_string(out, record.venue)
    write_venue_status_kind(out, record.kind)
    write_string(out, record.reason)
    write_string(out, record.feed)
    write_long(out, record.feed_position)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_venue_status(body: Body) -> VenueStatus:
    return VenueStatus(
        symbol=read_string(body),
        venue=read_string(body),
        kind=read_venue_status_kind(body),
        reason=read_string(body),
        feed=read_string(body),
        feed_position=read_long(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_venue_trade(out: BytesWriter, record: VenueTrade) -> None:
    write_string(out, record.symbol)
    write_string(out, record.venue)
    if record.venue_seq is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.venue_seq)
    write_string(out, record.trade_id)
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    write_string(out, record.conditions)
    if record.aggressor_side is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_side(out, record.aggressor_side)
    write_boolean(out, record.suspicious)
    write_string(out, record.feed)
    write_long(out, record.feed_position)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_venue_trade(body: Body) -> VenueTrade:
    return VenueTrade(
        symbol=read_string(body),
        venue=read_string(body),
        venue_seq=None if is_null(body) else read_long(body),
        trade_id=read_string(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        conditions=read_string(body),
        aggressor_side=None if is_null(body) else read_side(body),
        suspicious=read_boolean(body),
        feed=read_string(body),
        feed_position=read_long(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )
