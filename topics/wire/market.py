"""Avro bodies of `avro/market/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from librt.strings import BytesWriter

from topics.avro_body import (
    Body,
    is_null,
    read_array,
    read_boolean,
    read_bytes,
    read_long,
    read_string,
    write_boolean,
    write_bytes,
    write_long,
    write_string,
)
from topics.messages import (
    Auction,
    Bar,
    BookEvent,
    CorrectedTrade,
    DeadLetter,
    Instrument,
    Nbbo,
    Print,
    Quote,
    Snapshot,
    Trade,
    TradingStatus,
)
from topics.wire.shared import (
    read_auction_kind,
    read_book_event_kind,
    read_fault_count,
    read_halt_reason,
    read_instrument_status,
    read_limit_state,
    read_market_condition,
    read_match_type,
    read_side,
    read_tick_rule,
    read_trade_correction_kind,
    read_trading_phase,
    read_trading_state,
    write_auction_kind,
    write_book_event_kind,
    write_fault_count,
    write_halt_reason,
    write_instrument_status,
    write_limit_state,
    write_market_condition,
    write_match_type,
    write_side,
    write_tick_rule,
    write_trade_correction_kind,
    write_trading_phase,
    write_trading_state,
)


def write_auction(out: BytesWriter, record: Auction) -> None:
    write_string(out, record.symbol)
    write_auction_kind(out, record.kind)
    write_trading_phase(out, record.phase)
    if record.price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.price_e4)
    write_long(out, record.paired_qty_e6)
    write_long(out, record.imbalance_qty_e6)
    if record.imbalance_side is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_side(out, record.imbalance_side)
    write_long(out, record.reference_price_e4)
    write_long(out, record.transact_time_us)


def read_auction(body: Body) -> Auction:
    return Auction(
        symbol=read_string(body),
        kind=read_auction_kind(body),
        phase=read_trading_phase(body),
        price_e4=None if is_null(body) else read_long(body),
        paired_qty_e6=read_long(body),
        imbalance_qty_e6=read_long(body),
        imbalance_side=None if is_null(body) else read_side(body),
        reference_price_e4=read_long(body),
        transact_time_us=read_long(body),
    )


def write_bar(out: BytesWriter, record: Bar) -> None:
    write_string(out, record.symbol)
    write_long(out, record.seq)
    write_long(out, record.interval_us)
    write_long(out, record.start_time_us)
    write_long(out, record.open_e4)
    write_long(out, record.high_e4)
    write_long(out, record.low_e4)
    write_long(out, record.close_e4)
    write_long(out, record.qty_e6)
    write_long(out, record.amount_e4)
    write_long(out, record.vwap_e4)
    write_long(out, record.trade_count)
    write_long(out, record.revision)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_bar(body: Body) -> Bar:
    return Bar(
        symbol=read_string(body),
        seq=read_long(body),
        interval_us=read_long(body),
        start_time_us=read_long(body),
        open_e4=read_long(body),
        high_e4=read_long(body),
        low_e4=read_long(body),
        close_e4=read_long(body),
        qty_e6=read_long(body),
        amount_e4=read_long(body),
        vwap_e4=read_long(body),
        trade_count=read_long(body),
        revision=read_long(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_book_event(out: BytesWriter, record: BookEvent) -> None:
    write_string(out, record.symbol)
    write_long(out, record.seq)
    write_book_event_kind(out, record.kind)
    write_string(out, record.order_id)
    if record.new_order_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.new_order_id)
    write_side(out, record.side)
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    if record.last_qty_e6 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.last_qty_e6)
    if record.trade_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.trade_id)
    write_long(out, record.transact_time_us)


def read_book_event(body: Body) -> BookEvent:
    return BookEvent(
        symbol=read_string(body),
        seq=read_long(body),
        kind=read_book_event_kind(body),
        order_id=read_string(body),
        new_order_id=None if is_null(body) else read_string(body),
        side=read_side(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        last_qty_e6=None if is_null(body) else read_long(body),
        trade_id=None if is_null(body) else read_string(body),
        transact_time_us=read_long(body),
    )


def write_corrected_trade(out: BytesWriter, record: CorrectedTrade) -> None:
    write_string(out, record.trade_id)
    write_string(out, record.symbol)
    write_long(out, record.seq)
    write_trade_correction_kind(out, record.kind)
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    write_long(out, record.amount_e4)
    write_long(out, record.traded_time_us)
    write_long(out, record.transact_time_us)


def read_corrected_trade(body: Body) -> CorrectedTrade:
    return CorrectedTrade(
        trade_id=read_string(body),
        symbol=read_string(body),
        seq=read_long(body),
        kind=read_trade_correction_kind(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        amount_e4=read_long(body),
        traded_time_us=read_long(body),
        transact_time_us=read_long(body),
    )


def write_dead_letter(out: BytesWriter, record: DeadLetter) -> None:
    write_string(out, record.source_topic)
    write_long(out, record.source_partition)
    write_long(out, record.source_offset)
    if record.key is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_bytes(out, record.key)
    if record.value is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_bytes(out, record.value)
    write_string(out, record.reason)
    write_string(out, record.text)


def read_dead_letter(body: Body) -> DeadLetter:
    return DeadLetter(
        source_topic=read_string(body),
        source_partition=read_long(body),
        source_offset=read_long(body),
        key=None if is_null(body) else read_bytes(body),
        value=None if is_null(body) else read_bytes(body),
        reason=read_string(body),
        text=read_string(body),
    )


def write_instrument(out: BytesWriter, record: Instrument) -> None:
    write_string(out, record.symbol)
    write_string(out, record.name)
    write_instrument_status(out, record.status)
    write_tick_rule(out, record.tick_rule)
    write_long(out, record.reference_price_e4)
    write_long(out, record.tier)
    write_long(out, record.version)
    write_long(out, record.transact_time_us)
    write_trading_phase(out, record.phase)
    if record.halt_reason is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_halt_reason(out, record.halt_reason)
    write_string(out, record.sector)


def read_instrument(body: Body) -> Instrument:
    return Instrument(
        symbol=read_string(body),
        name=read_string(body),
        status=read_instrument_status(body),
        tick_rule=read_tick_rule(body),
        reference_price_e4=read_long(body),
        tier=read_long(body),
        version=read_long(body),
        transact_time_us=read_long(body),
        phase=read_trading_phase(body),
        halt_reason=None if is_null(body) else read_halt_reason(body),
        sector=read_string(body),
    )


def write_nbbo(out: BytesWriter, record: Nbbo) -> None:
    write_string(out, record.symbol)
    write_long(out, record.seq)
    if record.bid_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.bid_price_e4)
    write_long(out, record.bid_qty_e6)
    write_string(out, record.bid_venue)
    if record.ask_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.ask_price_e4)
    write_long(out, record.ask_qty_e6)
    write_string(out, record.ask_venue)
    write_market_condition(out, record.condition)
    write_limit_state(out, record.limit_state)
    write_trading_state(out, record.trading_state)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_nbbo(body: Body) -> Nbbo:
    return Nbbo(
        symbol=read_string(body),
        seq=read_long(body),
        bid_price_e4=None if is_null(body) else read_long(body),
        bid_qty_e6=read_long(body),
        bid_venue=read_string(body),
        ask_price_e4=None if is_null(body) else read_long(body),
        ask_qty_e6=read_long(body),
        ask_venue=read_string(body),
        condition=read_market_condition(body),
        limit_state=read_limit_state(body),
        trading_state=read_trading_state(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_print(out: BytesWriter, record: Print) -> None:
    write_string(out, record.symbol)
    write_long(out, record.seq)
    write_string(out, record.trade_id)
    write_long(out, record.print_seq)
    write_long(out, record.revision)
    write_boolean(out, record.is_canceled)
    write_string(out, record.venue)
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    write_long(out, record.amount_e4)
    write_string(out, record.conditions)
    if record.aggressor_side is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_side(out, record.aggressor_side)
    write_boolean(out, record.updates_last)
    write_boolean(out, record.updates_high_low)
    write_boolean(out, record.updates_volume)
    write_boolean(out, record.is_late)
    if record.bid_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.bid_price_e4)
    if record.ask_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.ask_price_e4)
    write_boolean(out, record.is_trade_through)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_print(body: Body) -> Print:
    return Print(
        symbol=read_string(body),
        seq=read_long(body),
        trade_id=read_string(body),
        print_seq=read_long(body),
        revision=read_long(body),
        is_canceled=read_boolean(body),
        venue=read_string(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        amount_e4=read_long(body),
        conditions=read_string(body),
        aggressor_side=None if is_null(body) else read_side(body),
        updates_last=read_boolean(body),
        updates_high_low=read_boolean(body),
        updates_volume=read_boolean(body),
        is_late=read_boolean(body),
        bid_price_e4=None if is_null(body) else read_long(body),
        ask_price_e4=None if is_null(body) else read_long(body),
        is_trade_through=read_boolean(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_quote(out: BytesWriter, record: Quote) -> None:
    write_string(out, record.symbol)
    write_long(out, record.seq)
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
    write_long(out, record.transact_time_us)


def read_quote(body: Body) -> Quote:
    return Quote(
        symbol=read_string(body),
        seq=read_long(body),
        bid_price_e4=None if is_null(body) else read_long(body),
        bid_qty_e6=read_long(body),
        ask_price_e4=None if is_null(body) else read_long(body),
        ask_qty_e6=read_long(body),
        transact_time_us=read_long(body),
    )


def write_snapshot(out: BytesWriter, record: Snapshot) -> None:
    write_string(out, record.symbol)
    write_long(out, record.seq)
    write_string(out, record.session_id)
    if record.bid_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.bid_price_e4)
    write_long(out, record.bid_qty_e6)
    write_string(out, record.bid_venue)
    if record.ask_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.ask_price_e4)
    write_long(out, record.ask_qty_e6)
    write_string(out, record.ask_venue)
    write_market_condition(out, record.condition)
    write_trading_state(out, record.trading_state)
    write_limit_state(out, record.limit_state)
    if record.reference_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.reference_price_e4)
    if record.lower_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.lower_price_e4)
    if record.upper_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.upper_price_e4)
    if record.last_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.last_price_e4)
    write_long(out, record.last_qty_e6)
    write_string(out, record.last_venue)
    if record.last_time_us is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.last_time_us)
    if record.open_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.open_e4)
    if record.high_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.high_e4)
    if record.low_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.low_e4)
    if record.close_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.close_e4)
    if record.previous_close_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.previous_close_e4)
    if record.net_change_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.net_change_e4)
    write_long(out, record.cum_qty_e6)
    write_long(out, record.cum_amount_e4)
    if record.vwap_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.vwap_e4)
    write_long(out, record.trade_count)
    if record.faults:
        write_long(out, len(record.faults))
        for fault_count in record.faults:
            write_fault_count(out, fault_count)
    write_long(out, 0)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_snapshot(body: Body) -> Snapshot:
    return Snapshot(
        symbol=read_string(body),
        seq=read_long(body),
        session_id=read_string(body),
        bid_price_e4=None if is_null(body) else read_long(body),
        bid_qty_e6=read_long(body),
        bid_venue=read_string(body),
        ask_price_e4=None if is_null(body) else read_long(body),
        ask_qty_e6=read_long(body),
        ask_venue=read_string(body),
        condition=read_market_condition(body),
        trading_state=read_trading_state(body),
        limit_state=read_limit_state(body),
        reference_price_e4=None if is_null(body) else read_long(body),
        lower_price_e4=None if is_null(body) else read_long(body),
        upper_price_e4=None if is_null(body) else read_long(body),
        last_price_e4=None if is_null(body) else read_long(body),
        last_qty_e6=read_long(body),
        last_venue=read_string(body),
        last_time_us=None if is_null(body) else read_long(body),
        open_e4=None if is_null(body) else read_long(body),
        high_e4=None if is_null(body) else read_long(body),
        low_e4=None if is_null(body) else read_long(body),
        close_e4=None if is_null(body) else read_long(body),
        previous_close_e4=None if is_null(body) else read_long(body),
        net_change_e4=None if is_null(body) else read_long(body),
        cum_qty_e6=read_long(body),
        cum_amount_e4=read_long(body),
        vwap_e4=None if is_null(body) else read_long(body),
        trade_count=read_long(body),
        faults=read_array(body, read_fault_count),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )


def write_trade(out: BytesWriter, record: Trade) -> None:
    write_string(out, record.trade_id)
    write_string(out, record.symbol)
    write_long(out, record.seq)
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    write_long(out, record.amount_e4)
    write_side(out, record.aggressor_side)
    write_string(out, record.maker_order_id)
    write_string(out, record.taker_order_id)
    write_long(out, record.transact_time_us)
    write_match_type(out, record.match_type)


def read_trade(body: Body) -> Trade:
    return Trade(
        trade_id=read_string(body),
        symbol=read_string(body),
        seq=read_long(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        amount_e4=read_long(body),
        aggressor_side=read_side(body),
        maker_order_id=read_string(body),
        taker_order_id=read_string(body),
        transact_time_us=read_long(body),
        match_type=read_match_type(body),
    )


def write_trading_status(out: BytesWriter, record: TradingStatus) -> None:
    write_string(out, record.symbol)
    write_long(out, record.seq)
    write_trading_state(out, record.trading_state)
    write_limit_state(out, record.limit_state)
    write_string(out, record.reason)
    write_string(out, record.venue)
    if record.reference_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.reference_price_e4)
    if record.lower_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.lower_price_e4)
    if record.upper_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.upper_price_e4)
    write_long(out, record.transact_time_us)
    write_long(out, record.receive_time_us)


def read_trading_status(body: Body) -> TradingStatus:
    return TradingStatus(
        symbol=read_string(body),
        seq=read_long(body),
        trading_state=read_trading_state(body),
        limit_state=read_limit_state(body),
        reason=read_string(body),
        venue=read_string(body),
        reference_price_e4=None if is_null(body) else read_long(body),
        lower_price_e4=None if is_null(body) else read_long(body),
        upper_price_e4=None if is_null(body) else read_long(body),
        transact_time_us=read_long(body),
        receive_time_us=read_long(body),
    )
