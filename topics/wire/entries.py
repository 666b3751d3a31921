"""Avro bodies of `avro/entries/`. Made by `python -m topics generate`; do not edit."""

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
    AccountEntry,
    BarEntry,
    BookEntry,
    CorrectionEntry,
    FinishedEntry,
    FirmEntry,
    Mark,
    OpenOrderEntry,
    PendingReplace,
    PositionEntry,
    RestingOrderEntry,
    Sale,
    SecurityEntry,
    SessionTime,
    Span,
    TapeEntry,
    TapeTrade,
    Unsettled,
    VenueEntry,
)
from topics.wire.shared import (
    read_account_status,
    read_auction_rules,
    read_condition_table,
    read_contingency_type,
    read_cut_off,
    read_fault_count,
    read_firm_status,
    read_halt_reason,
    read_instructions,
    read_instrument_status,
    read_limit_state,
    read_market_condition,
    read_order_status,
    read_order_type,
    read_self_match_prevention,
    read_session_kind,
    read_side,
    read_tick_rule,
    read_time_in_force,
    read_trading_phase,
    read_trading_state,
    read_venue_exclusion,
    write_account_status,
    write_auction_rules,
    write_condition_table,
    write_contingency_type,
    write_cut_off,
    write_fault_count,
    write_firm_status,
    write_halt_reason,
    write_instructions,
    write_instrument_status,
    write_limit_state,
    write_market_condition,
    write_order_status,
    write_order_type,
    write_self_match_prevention,
    write_session_kind,
    write_side,
    write_tick_rule,
    write_time_in_force,
    write_trading_phase,
    write_trading_state,
    write_venue_exclusion,
)


def write_unsettled(out: BytesWriter, record: Unsettled) -> None:
    write_long(out, record.settlement_day)
    write_long(out, record.amount_e4)


def read_unsettled(body: Body) -> Unsettled:
    return Unsettled(
        settlement_day=read_long(body),
        amount_e4=read_long(body),
    )


def write_account_entry(out: BytesWriter, record: AccountEntry) -> None:
    write_string(out, record.account_id)
    write_string(out, record.user_id)
    write_string(out, record.account_class)
    write_account_status(out, record.status)
    write_long(out, record.account_seq)
    write_long(out, record.cash_e4)
    if record.unsettled:
        write_long(out, len(record.unsettled))
        for unsettled in record.unsettled:
            write_unsettled(out, unsettled)
    write_long(out, 0)
    write_long(out, record.throttle_tokens_e6)
    write_long(out, record.throttle_time_us)
    write_long(out, record.time_us)


def read_account_entry(body: Body) -> AccountEntry:
    return AccountEntry(
        account_id=read_string(body),
        user_id=read_string(body),
        account_class=read_string(body),
        status=read_account_status(body),
        account_seq=read_long(body),
        cash_e4=read_long(body),
        unsettled=read_array(body, read_unsettled),
        throttle_tokens_e6=read_long(body),
        throttle_time_us=read_long(body),
        time_us=read_long(body),
    )


def write_sale(out: BytesWriter, record: Sale) -> None:
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    write_string(out, record.venue)
    write_long(out, record.transact_time_us)
    write_long(out, record.print_seq)


def read_sale(body: Body) -> Sale:
    return Sale(
        price_e4=read_long(body),
        qty_e6=read_long(body),
        venue=read_string(body),
        transact_time_us=read_long(body),
        print_seq=read_long(body),
    )


def write_bar_entry(out: BytesWriter, record: BarEntry) -> None:
    write_string(out, record.symbol)
    write_long(out, record.interval_us)
    write_long(out, record.start_time_us)
    if record.opening is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_sale(out, record.opening)
    if record.closing is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_sale(out, record.closing)
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
    write_long(out, record.qty_e6)
    write_long(out, record.amount_e4)
    write_long(out, record.trade_count)
    write_long(out, record.revision)


def read_bar_entry(body: Body) -> BarEntry:
    return BarEntry(
        symbol=read_string(body),
        interval_us=read_long(body),
        start_time_us=read_long(body),
        opening=None if is_null(body) else read_sale(body),
        closing=None if is_null(body) else read_sale(body),
        high_e4=None if is_null(body) else read_long(body),
        low_e4=None if is_null(body) else read_long(body),
        qty_e6=read_long(body),
        amount_e4=read_long(body),
        trade_count=read_long(body),
        revision=read_long(body),
    )


def write_session_time(out: BytesWriter, record: SessionTime) -> None:
    write_session_kind(out, record.kind)
    write_string(out, record.session_id)
    write_long(out, record.transact_time_us)


def read_session_time(body: Body) -> SessionTime:
    return SessionTime(
        kind=read_session_kind(body),
        session_id=read_string(body),
        transact_time_us=read_long(body),
    )


def write_book_entry(out: BytesWriter, record: BookEntry) -> None:
    write_string(out, record.symbol)
    write_string(out, record.name)
    write_instrument_status(out, record.status)
    write_tick_rule(out, record.tick_rule)
    write_long(out, record.reference_price_e4)
    write_long(out, record.tier)
    write_long(out, record.version)
    write_long(out, record.seq)
    write_long(out, record.trade_seq)
    write_long(out, record.priority)
    if record.last_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.last_price_e4)
    if record.session_times:
        write_long(out, len(record.session_times))
        for session_time in record.session_times:
            write_session_time(out, session_time)
    write_long(out, 0)
    write_long(out, record.time_us)
    write_trading_phase(out, record.phase)
    write_auction_rules(out, record.auction_rules)
    write_cut_off(out, record.cut_off)
    write_boolean(out, record.extended)
    if record.halt_reason is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_halt_reason(out, record.halt_reason)
    write_string(out, record.sector)
    if record.late_buy_max_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.late_buy_max_e4)
    if record.late_sell_min_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.late_sell_min_e4)


def read_book_entry(body: Body) -> BookEntry:
    return BookEntry(
        symbol=read_string(body),
        name=read_string(body),
        status=read_instrument_status(body),
        tick_rule=read_tick_rule(body),
        reference_price_e4=read_long(body),
        tier=read_long(body),
        version=read_long(body),
        seq=read_long(body),
        trade_seq=read_long(body),
        priority=read_long(body),
        last_price_e4=None if is_null(body) else read_long(body),
        session_times=read_array(body, read_session_time),
        time_us=read_long(body),
        phase=read_trading_phase(body),
        auction_rules=read_auction_rules(body),
        cut_off=read_cut_off(body),
        extended=read_boolean(body),
        halt_reason=None if is_null(body) else read_halt_reason(body),
        sector=read_string(body),
        late_buy_max_e4=None if is_null(body) else read_long(body),
        late_sell_min_e4=None if is_null(body) else read_long(body),
    )


def write_correction_entry(out: BytesWriter, record: CorrectionEntry) -> None:
    write_string(out, record.symbol)
    write_string(out, record.root_order_id)
    write_long(out, record.correction_count)
    write_long(out, record.settlement_day)


def read_correction_entry(body: Body) -> CorrectionEntry:
    return CorrectionEntry(
        symbol=read_string(body),
        root_order_id=read_string(body),
        correction_count=read_long(body),
        settlement_day=read_long(body),
    )


def write_finished_entry(out: BytesWriter, record: FinishedEntry) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_string(out, record.client_order_id)
    if record.order_status is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_order_status(out, record.order_status)
    write_long(out, record.finished_time_us)


def read_finished_entry(body: Body) -> FinishedEntry:
    return FinishedEntry(
        account_id=read_string(body),
        order_id=read_string(body),
        client_order_id=read_string(body),
        order_status=None if is_null(body) else read_order_status(body),
        finished_time_us=read_long(body),
    )


def write_firm_entry(out: BytesWriter, record: FirmEntry) -> None:
    write_firm_status(out, record.status)
    write_long(out, record.time_us)


def read_firm_entry(body: Body) -> FirmEntry:
    return FirmEntry(
        status=read_firm_status(body),
        time_us=read_long(body),
    )


def write_span(out: BytesWriter, record: Span) -> None:
    write_string(out, record.fold_version)
    write_long(out, record.first_offset)


def read_span(body: Body) -> Span:
    return Span(
        fold_version=read_string(body),
        first_offset=read_long(body),
    )


def write_mark(out: BytesWriter, record: Mark) -> None:
    write_long(out, record.offset)
    if record.spans:
        write_long(out, len(record.spans))
        for span in record.spans:
            write_span(out, span)
    write_long(out, 0)


def read_mark(body: Body) -> Mark:
    return Mark(
        offset=read_long(body),
        spans=read_array(body, read_span),
    )


def write_pending_replace(out: BytesWriter, record: PendingReplace) -> None:
    write_string(out, record.new_order_id)
    write_string(out, record.client_order_id)
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


def read_pending_replace(body: Body) -> PendingReplace:
    return PendingReplace(
        new_order_id=read_string(body),
        client_order_id=read_string(body),
        time_in_force=read_time_in_force(body),
        qty_e6=read_long(body),
        limit_price_e4=None if is_null(body) else read_long(body),
        stop_price_e4=None if is_null(body) else read_long(body),
        expire_time_us=None if is_null(body) else read_long(body),
        worst_price_e4=read_long(body),
        transact_time_us=read_long(body),
        trail_e4=None if is_null(body) else read_long(body),
    )


def write_open_order_entry(out: BytesWriter, record: OpenOrderEntry) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_string(out, record.root_order_id)
    write_string(out, record.client_order_id)
    if record.replaces is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.replaces)
    write_order_status(out, record.order_status)
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
    write_long(out, record.cum_qty_e6)
    write_long(out, record.cum_amount_e4)
    write_long(out, record.fee_uncharged_e12)
    write_long(out, record.hold_e4)
    write_long(out, record.hold_qty_e6)
    write_boolean(out, record.pending_cancel)
    if record.pending_replace is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_pending_replace(out, record.pending_replace)
    write_long(out, record.submitted_time_us)
    write_long(out, record.accepted_seq)
    write_long(out, record.fee_day)
    if record.instructions is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_instructions(out, record.instructions)
    if record.high_water_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.high_water_e4)
    write_long(out, record.correction_count)
    write_long(out, record.corrected_qty_e6)
    write_long(out, record.corrected_amount_e4)
    if record.contingency_type is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_contingency_type(out, record.contingency_type)
    if record.parent_order_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.parent_order_id)


def read_open_order_entry(body: Body) -> OpenOrderEntry:
    return OpenOrderEntry(
        account_id=read_string(body),
        order_id=read_string(body),
        root_order_id=read_string(body),
        client_order_id=read_string(body),
        replaces=None if is_null(body) else read_string(body),
        order_status=read_order_status(body),
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
        cum_qty_e6=read_long(body),
        cum_amount_e4=read_long(body),
        fee_uncharged_e12=read_long(body),
        hold_e4=read_long(body),
        hold_qty_e6=read_long(body),
        pending_cancel=read_boolean(body),
        pending_replace=None if is_null(body) else read_pending_replace(body),
        submitted_time_us=read_long(body),
        accepted_seq=read_long(body),
        fee_day=read_long(body),
        instructions=None if is_null(body) else read_instructions(body),
        high_water_e4=None if is_null(body) else read_long(body),
        correction_count=read_long(body),
        corrected_qty_e6=read_long(body),
        corrected_amount_e4=read_long(body),
        contingency_type=None if is_null(body) else read_contingency_type(body),
        parent_order_id=None if is_null(body) else read_string(body),
    )


def write_position_entry(out: BytesWriter, record: PositionEntry) -> None:
    write_string(out, record.account_id)
    write_string(out, record.symbol)
    write_long(out, record.qty_e6)
    write_long(out, record.cost_basis_e4)
    write_long(out, record.realized_e4)


def read_position_entry(body: Body) -> PositionEntry:
    return PositionEntry(
        account_id=read_string(body),
        symbol=read_string(body),
        qty_e6=read_long(body),
        cost_basis_e4=read_long(body),
        realized_e4=read_long(body),
    )


def write_resting_order_entry(out: BytesWriter, record: RestingOrderEntry) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_string(out, record.root_order_id)
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
    write_long(out, record.cum_qty_e6)
    write_long(out, record.priority)
    write_boolean(out, record.triggered)
    write_long(out, record.transact_time_us)
    write_string(out, record.owner_id)
    if record.instructions is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_instructions(out, record.instructions)
    if record.shown_qty_e6 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.shown_qty_e6)
    if record.high_water_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.high_water_e4)
    write_boolean(out, record.queued)
    if record.contingency_type is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_contingency_type(out, record.contingency_type)
    if record.parent_order_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.parent_order_id)
    write_long(out, record.unarmed_qty_e6)


def read_resting_order_entry(body: Body) -> RestingOrderEntry:
    return RestingOrderEntry(
        account_id=read_string(body),
        order_id=read_string(body),
        root_order_id=read_string(body),
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
        cum_qty_e6=read_long(body),
        priority=read_long(body),
        triggered=read_boolean(body),
        transact_time_us=read_long(body),
        owner_id=read_string(body),
        instructions=None if is_null(body) else read_instructions(body),
        shown_qty_e6=None if is_null(body) else read_long(body),
        high_water_e4=None if is_null(body) else read_long(body),
        queued=read_boolean(body),
        contingency_type=None if is_null(body) else read_contingency_type(body),
        parent_order_id=None if is_null(body) else read_string(body),
        unarmed_qty_e6=read_long(body),
    )


def write_security_entry(out: BytesWriter, record: SecurityEntry) -> None:
    write_string(out, record.symbol)
    write_string(out, record.session_id)
    write_string(out, record.feed)
    write_long(out, record.open_time_us)
    write_long(out, record.close_time_us)
    if record.tier is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.tier)
    write_string(out, record.primary_venue)
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
    write_long(out, record.seq)
    write_long(out, record.arrival_seq)
    write_long(out, record.print_seq)
    write_long(out, record.time_us)
    write_long(out, record.receive_time_us)
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
    write_long(out, record.reference_time_us)
    write_boolean(out, record.are_bands_given)
    write_long(out, record.mean_since_us)
    if record.limit_since_us is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.limit_since_us)
    if record.pause_until_us is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.pause_until_us)
    if record.last is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_sale(out, record.last)
    if record.opening is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_sale(out, record.opening)
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
    write_long(out, record.cum_qty_e6)
    write_long(out, record.cum_amount_e4)
    write_long(out, record.trade_count)
    if record.left_high_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.left_high_e4)
    if record.left_low_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.left_low_e4)
    if record.left_last is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_sale(out, record.left_last)
    write_long(out, record.snapshot_time_us)
    write_boolean(out, record.is_unsaid)
    if record.faults:
        write_long(out, len(record.faults))
        for fault_count in record.faults:
            write_fault_count(out, fault_count)
    write_long(out, 0)


def read_security_entry(body: Body) -> SecurityEntry:
    return SecurityEntry(
        symbol=read_string(body),
        session_id=read_string(body),
        feed=read_string(body),
        open_time_us=read_long(body),
        close_time_us=read_long(body),
        tier=None if is_null(body) else read_long(body),
        primary_venue=read_string(body),
        condition_table=read_condition_table(body),
        stale_after_us=None if is_null(body) else read_long(body),
        day_margin_us=None if is_null(body) else read_long(body),
        seq=read_long(body),
        arrival_seq=read_long(body),
        print_seq=read_long(body),
        time_us=read_long(body),
        receive_time_us=read_long(body),
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
        reference_time_us=read_long(body),
        are_bands_given=read_boolean(body),
        mean_since_us=read_long(body),
        limit_since_us=None if is_null(body) else read_long(body),
        pause_until_us=None if is_null(body) else read_long(body),
        last=None if is_null(body) else read_sale(body),
        opening=None if is_null(body) else read_sale(body),
        high_e4=None if is_null(body) else read_long(body),
        low_e4=None if is_null(body) else read_long(body),
        close_e4=None if is_null(body) else read_long(body),
        previous_close_e4=None if is_null(body) else read_long(body),
        cum_qty_e6=read_long(body),
        cum_amount_e4=read_long(body),
        trade_count=read_long(body),
        left_high_e4=None if is_null(body) else read_long(body),
        left_low_e4=None if is_null(body) else read_long(body),
        left_last=None if is_null(body) else read_sale(body),
        snapshot_time_us=read_long(body),
        is_unsaid=read_boolean(body),
        faults=read_array(body, read_fault_count),
    )


def write_tape_trade(out: BytesWriter, record: TapeTrade) -> None:
    write_long(out, record.print_seq)
    write_long(out, record.revision)
    write_string(out, record.venue)
    write_string(out, record.trade_id)
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
    write_long(out, record.transact_time_us)


def read_tape_trade(body: Body) -> TapeTrade:
    return TapeTrade(
        print_seq=read_long(body),
        revision=read_long(body),
        venue=read_string(body),
        trade_id=read_string(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        amount_e4=read_long(body),
        conditions=read_string(body),
        aggressor_side=None if is_null(body) else read_side(body),
        updates_last=read_boolean(body),
        updates_high_low=read_boolean(body),
        updates_volume=read_boolean(body),
        transact_time_us=read_long(body),
    )


def write_tape_entry(out: BytesWriter, record: TapeEntry) -> None:
    write_string(out, record.symbol)
    if record.trades:
        write_long(out, len(record.trades))
        for tape_trade in record.trades:
            write_tape_trade(out, tape_trade)
    write_long(out, 0)


def read_tape_entry(body: Body) -> TapeEntry:
    return TapeEntry(
        symbol=read_string(body),
        trades=read_array(body, read_tape_trade),
    )


def write_venue_entry(out: BytesWriter, record: VenueEntry) -> None:
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
    write_long(out, record.bid_time_us)
    write_long(out, record.bid_arrival_seq)
    if record.ask_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.ask_price_e4)
    write_long(out, record.ask_qty_e6)
    write_long(out, record.ask_time_us)
    write_long(out, record.ask_arrival_seq)
    write_long(out, record.quote_time_us)
    write_long(out, record.heard_time_us)
    write_venue_exclusion(out, record.exclusion)


def read_venue_entry(body: Body) -> VenueEntry:
    return VenueEntry(
        symbol=read_string(body),
        venue=read_string(body),
        venue_seq=None if is_null(body) else read_long(body),
        bid_price_e4=None if is_null(body) else read_long(body),
        bid_qty_e6=read_long(body),
        bid_time_us=read_long(body),
        bid_arrival_seq=read_long(body),
        ask_price_e4=None if is_null(body) else read_long(body),
        ask_qty_e6=read_long(body),
        ask_time_us=read_long(body),
        ask_arrival_seq=read_long(body),
        quote_time_us=read_long(body),
        heard_time_us=read_long(body),
        exclusion=read_venue_exclusion(body),
    )
