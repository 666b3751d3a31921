"""Avro bodies of `avro/orders/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from librt.strings import BytesWriter

from topics.avro_body import (
    Body,
    is_null,
    read_boolean,
    read_long,
    read_string,
    write_boolean,
    write_long,
    write_string,
)
from topics.messages import CancelRequest, CorrectTrade, DefineInstrument, NewOrder, ReplaceRequest, SessionCommand
from topics.wire.shared import (
    read_auction_rules,
    read_booked_fill,
    read_contingency,
    read_halt_reason,
    read_instructions,
    read_instrument_status,
    read_order_type,
    read_self_match_prevention,
    read_session_kind,
    read_side,
    read_tick_rule,
    read_time_in_force,
    read_trade_correction_kind,
    read_trading_phase,
    write_auction_rules,
    write_booked_fill,
    write_contingency,
    write_halt_reason,
    write_instructions,
    write_instrument_status,
    write_order_type,
    write_self_match_prevention,
    write_session_kind,
    write_side,
    write_tick_rule,
    write_time_in_force,
    write_trade_correction_kind,
    write_trading_phase,
)


def write_cancel_request(out: BytesWriter, record: CancelRequest) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_string(out, record.root_order_id)
    write_string(out, record.symbol)
    write_long(out, record.transact_time_us)


def read_cancel_request(body: Body) -> CancelRequest:
    return CancelRequest(
        account_id=read_string(body),
        order_id=read_string(body),
        root_order_id=read_string(body),
        symbol=read_string(body),
        transact_time_us=read_long(body),
    )


def write_correct_trade(out: BytesWriter, record: CorrectTrade) -> None:
    write_string(out, record.trade_id)
    write_string(out, record.symbol)
    write_trade_correction_kind(out, record.kind)
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    write_long(out, record.amount_e4)
    write_long(out, record.new_price_e4)
    write_long(out, record.new_qty_e6)
    write_long(out, record.settlement_day)
    write_long(out, record.traded_time_us)
    write_booked_fill(out, record.buy)
    write_booked_fill(out, record.sell)
    write_string(out, record.text)
    write_string(out, record.issued_by)
    write_long(out, record.transact_time_us)


def read_correct_trade(body: Body) -> CorrectTrade:
    return CorrectTrade(
        trade_id=read_string(body),
        symbol=read_string(body),
        kind=read_trade_correction_kind(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        amount_e4=read_long(body),
        new_price_e4=read_long(body),
        new_qty_e6=read_long(body),
        settlement_day=read_long(body),
        traded_time_us=read_long(body),
        buy=read_booked_fill(body),
        sell=read_booked_fill(body),
        text=read_string(body),
        issued_by=read_string(body),
        transact_time_us=read_long(body),
    )


def write_define_instrument(out: BytesWriter, record: DefineInstrument) -> None:
    write_string(out, record.symbol)
    write_string(out, record.name)
    write_instrument_status(out, record.status)
    write_tick_rule(out, record.tick_rule)
    write_long(out, record.reference_price_e4)
    write_long(out, record.tier)
    write_string(out, record.issued_by)
    write_long(out, record.transact_time_us)
    write_string(out, record.sector)


def read_define_instrument(body: Body) -> DefineInstrument:
    return DefineInstrument(
        symbol=read_string(body),
        name=read_string(body),
        status=read_instrument_status(body),
        tick_rule=read_tick_rule(body),
        reference_price_e4=read_long(body),
        tier=read_long(body),
        issued_by=read_string(body),
        transact_time_us=read_long(body),
        sector=read_string(body),
    )


def write_new_order(out: BytesWriter, record: NewOrder) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_string(out, record.symbol)
    write_side(out, record.side)
    write_order_type(out, record.order_type)
    write_time_in_force(out, record.time_in_force)
    write_long(out, record.qty_e6)
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
    if record.expire_time_us is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.expire_time_us)
    write_boolean(out, record.post_only)
    write_self_match_prevention(out, record.self_match_prevention)
    write_long(out, record.worst_price_e4)
    write_long(out, record.instrument_version)
    write_long(out, record.transact_time_us)
    write_string(out, record.owner_id)
    if record.instructions is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_instructions(out, record.instructions)
    if record.contingency is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_contingency(out, record.contingency)


def read_new_order(body: Body) -> NewOrder:
    return NewOrder(
        account_id=read_string(body),
        order_id=read_string(body),
        symbol=read_string(body),
        side=read_side(body),
        order_type=read_order_type(body),
        time_in_force=read_time_in_force(body),
        qty_e6=read_long(body),
        limit_price_e4=None if is_null(body) else read_long(body),
        stop_price_e4=None if is_null(body) else read_long(body),
        expire_time_us=None if is_null(body) else read_long(body),
        post_only=read_boolean(body),
        self_match_prevention=read_self_match_prevention(body),
        worst_price_e4=read_long(body),
        instrument_version=read_long(body),
        transact_time_us=read_long(body),
        owner_id=read_string(body),
        instructions=None if is_null(body) else read_instructions(body),
        contingency=None if is_null(body) else read_contingency(body),
    )


def write_replace_request(out: BytesWriter, record: ReplaceRequest) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_string(out, record.root_order_id)
    write_string(out, record.new_order_id)
    write_string(out, record.symbol)
    write_time_in_force(out, record.time_in_force)
    write_long(out, record.qty_e6)
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
    if record.expire_time_us is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.expire_time_us)
    write_long(out, record.worst_price_e4)
    write_long(out, record.transact_time_us)
    if record.trail_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.trail_e4)


def read_replace_request(body: Body) -> ReplaceRequest:
    return ReplaceRequest(
        account_id=read_string(body),
        order_id=read_string(body),
        root_order_id=read_string(body),
        new_order_id=read_string(body),
        symbol=read_string(body),
        time_in_force=read_time_in_force(body),
        qty_e6=read_long(body),
        limit_price_e4=None if is_null(body) else read_long(body),
        stop_price_e4=None if is_null(body) else read_long(body),
        expire_time_us=None if is_null(body) else read_long(body),
        worst_price_e4=read_long(body),
        transact_time_us=read_long(body),
        trail_e4=None if is_null(body) else read_long(body),
    )


def write_session_command(out: BytesWriter, record: SessionCommand) -> None:
    write_string(out, record.symbol)
    write_string(out, record.session_id)
    write_session_kind(out, record.kind)
    write_string(out, record.issued_by)
    write_long(out, record.transact_time_us)
    if record.phase is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_trading_phase(out, record.phase)
    write_auction_rules(out, record.auction_rules)
    if record.halt_reason is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_halt_reason(out, record.halt_reason)


def read_session_command(body: Body) -> SessionCommand:
    return SessionCommand(
        symbol=read_string(body),
        session_id=read_string(body),
        kind=read_session_kind(body),
        issued_by=read_string(body),
        transact_time_us=read_long(body),
        phase=None if is_null(body) else read_trading_phase(body),
        auction_rules=read_auction_rules(body),
        halt_reason=None if is_null(body) else read_halt_reason(body),
    )
