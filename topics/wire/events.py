"""Avro bodies of `avro/events/`. Made by `python -m topics generate`; do not edit."""

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
from topics.messages import AccountEvent, JournalEntry, OrderEvent, RiskCheck
from topics.wire.shared import (
    read_account_event_kind,
    read_account_status,
    read_contingency_type,
    read_exec_type,
    read_instructions,
    read_journal_kind,
    read_last_liquidity,
    read_order_reject_reason,
    read_order_status,
    read_order_type,
    read_posting,
    read_self_match_prevention,
    read_side,
    read_time_in_force,
    write_account_event_kind,
    write_account_status,
    write_contingency_type,
    write_exec_type,
    write_instructions,
    write_journal_kind,
    write_last_liquidity,
    write_order_reject_reason,
    write_order_status,
    write_order_type,
    write_posting,
    write_self_match_prevention,
    write_side,
    write_time_in_force,
)


def write_account_event(out: BytesWriter, record: AccountEvent) -> None:
    write_string(out, record.account_id)
    write_string(out, record.user_id)
    write_long(out, record.account_seq)
    write_account_event_kind(out, record.kind)
    write_account_status(out, record.status)
    write_string(out, record.account_class)
    if record.transfer_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.transfer_id)
    write_string(out, record.text)
    write_long(out, record.transact_time_us)


def read_account_event(body: Body) -> AccountEvent:
    return AccountEvent(
        account_id=read_string(body),
        user_id=read_string(body),
        account_seq=read_long(body),
        kind=read_account_event_kind(body),
        status=read_account_status(body),
        account_class=read_string(body),
        transfer_id=None if is_null(body) else read_string(body),
        text=read_string(body),
        transact_time_us=read_long(body),
    )


def write_journal_entry(out: BytesWriter, record: JournalEntry) -> None:
    write_string(out, record.journal_id)
    write_string(out, record.account_id)
    write_string(out, record.user_id)
    write_long(out, record.account_seq)
    write_journal_kind(out, record.kind)
    if record.postings:
        write_long(out, len(record.postings))
        for posting in record.postings:
            write_posting(out, posting)
    write_long(out, 0)
    if record.transfer_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.transfer_id)
    if record.order_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.order_id)
    if record.trade_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.trade_id)
    if record.symbol is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.symbol)
    if record.settlement_day is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.settlement_day)
    write_long(out, record.cash_e4)
    write_long(out, record.unsettled_e4)
    if record.position_qty_e6 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.position_qty_e6)
    if record.cost_basis_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.cost_basis_e4)
    if record.realized_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.realized_e4)
    write_string(out, record.text)
    write_long(out, record.transact_time_us)
    if record.cost_change_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.cost_change_e4)


def read_journal_entry(body: Body) -> JournalEntry:
    return JournalEntry(
        journal_id=read_string(body),
        account_id=read_string(body),
        user_id=read_string(body),
        account_seq=read_long(body),
        kind=read_journal_kind(body),
        postings=read_array(body, read_posting),
        transfer_id=None if is_null(body) else read_string(body),
        order_id=None if is_null(body) else read_string(body),
        trade_id=None if is_null(body) else read_string(body),
        symbol=None if is_null(body) else read_string(body),
        settlement_day=None if is_null(body) else read_long(body),
        cash_e4=read_long(body),
        unsettled_e4=read_long(body),
        position_qty_e6=None if is_null(body) else read_long(body),
        cost_basis_e4=None if is_null(body) else read_long(body),
        realized_e4=None if is_null(body) else read_long(body),
        text=read_string(body),
        transact_time_us=read_long(body),
        cost_change_e4=None if is_null(body) else read_long(body),
    )


def write_risk_check(out: BytesWriter, record: RiskCheck) -> None:
    write_string(out, record.rule_id)
    write_long(out, record.limit)
    write_long(out, record.value)
    write_long(out, record.headroom)
    write_boolean(out, record.passed)


def read_risk_check(body: Body) -> RiskCheck:
    return RiskCheck(
        rule_id=read_string(body),
        limit=read_long(body),
        value=read_long(body),
        headroom=read_long(body),
        passed=read_boolean(body),
    )


def write_order_event(out: BytesWriter, record: OrderEvent) -> None:
    write_string(out, record.exec_id)
    write_exec_type(out, record.exec_type)
    write_order_status(out, record.order_status)
    write_string(out, record.account_id)
    write_string(out, record.user_id)
    write_long(out, record.account_seq)
    write_string(out, record.order_id)
    write_string(out, record.root_order_id)
    write_string(out, record.client_order_id)
    if record.replaces is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.replaces)
    if record.replaced_by is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.replaced_by)
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
    if record.worst_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.worst_price_e4)
    write_long(out, record.cum_qty_e6)
    write_long(out, record.leaves_qty_e6)
    write_long(out, record.cum_amount_e4)
    if record.last_px_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.last_px_e4)
    if record.last_qty_e6 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.last_qty_e6)
    write_long(out, record.amount_e4)
    write_long(out, record.fee_e4)
    if record.trade_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.trade_id)
    if record.last_liquidity is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_last_liquidity(out, record.last_liquidity)
    if record.settlement_day is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.settlement_day)
    write_long(out, record.hold_e4)
    write_long(out, record.hold_qty_e6)
    write_long(out, record.position_qty_e6)
    write_long(out, record.prevented_qty_e6)
    if record.checks:
        write_long(out, len(record.checks))
        for risk_check in record.checks:
            write_risk_check(out, risk_check)
    write_long(out, 0)
    if record.order_reject_reason is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_order_reject_reason(out, record.order_reject_reason)
    if record.reject_reasons:
        write_long(out, len(record.reject_reasons))
        for string in record.reject_reasons:
            write_string(out, string)
    write_long(out, 0)
    if record.existing_order_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.existing_order_id)
    write_string(out, record.text)
    write_long(out, record.submitted_time_us)
    write_long(out, record.transact_time_us)
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
    if record.exec_ref_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.exec_ref_id)
    write_long(out, record.correction_count)
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


def read_order_event(body: Body) -> OrderEvent:
    return OrderEvent(
        exec_id=read_string(body),
        exec_type=read_exec_type(body),
        order_status=read_order_status(body),
        account_id=read_string(body),
        user_id=read_string(body),
        account_seq=read_long(body),
        order_id=read_string(body),
        root_order_id=read_string(body),
        client_order_id=read_string(body),
        replaces=None if is_null(body) else read_string(body),
        replaced_by=None if is_null(body) else read_string(body),
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
        worst_price_e4=None if is_null(body) else read_long(body),
        cum_qty_e6=read_long(body),
        leaves_qty_e6=read_long(body),
        cum_amount_e4=read_long(body),
        last_px_e4=None if is_null(body) else read_long(body),
        last_qty_e6=None if is_null(body) else read_long(body),
        amount_e4=read_long(body),
        fee_e4=read_long(body),
        trade_id=None if is_null(body) else read_string(body),
        last_liquidity=None if is_null(body) else read_last_liquidity(body),
        settlement_day=None if is_null(body) else read_long(body),
        hold_e4=read_long(body),
        hold_qty_e6=read_long(body),
        position_qty_e6=read_long(body),
        prevented_qty_e6=read_long(body),
        checks=read_array(body, read_risk_check),
        order_reject_reason=None if is_null(body) else read_order_reject_reason(body),
        reject_reasons=read_array(body, read_string),
        existing_order_id=None if is_null(body) else read_string(body),
        text=read_string(body),
        submitted_time_us=read_long(body),
        transact_time_us=read_long(body),
        instructions=None if is_null(body) else read_instructions(body),
        high_water_e4=None if is_null(body) else read_long(body),
        exec_ref_id=None if is_null(body) else read_string(body),
        correction_count=read_long(body),
        contingency_type=None if is_null(body) else read_contingency_type(body),
        parent_order_id=None if is_null(body) else read_string(body),
    )
