"""Avro bodies of `avro/commands/`. Made by `python -m topics generate`; do not edit."""

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
from topics.messages import (
    AdvanceTime,
    CancelAllOrders,
    CancelOrder,
    CorrectFill,
    Deposit,
    DepositShares,
    ExecutionReport,
    OpenAccount,
    OrderCancelReject,
    ReplaceOrder,
    SetAccountStatus,
    SetFirmStatus,
    SubmitOrder,
    Withdraw,
    WithdrawShares,
)
from topics.wire.shared import (
    read_account_status,
    read_booked_fill,
    read_cancel_reject_reason,
    read_cancel_reject_response_to,
    read_contingency,
    read_exec_type,
    read_firm_status,
    read_instructions,
    read_instrument_status,
    read_last_liquidity,
    read_order_reject_reason,
    read_order_type,
    read_self_match_prevention,
    read_side,
    read_tick_rule,
    read_time_in_force,
    read_trade_correction_kind,
    read_trading_session,
    write_account_status,
    write_booked_fill,
    write_cancel_reject_reason,
    write_cancel_reject_response_to,
    write_contingency,
    write_exec_type,
    write_firm_status,
    write_instructions,
    write_instrument_status,
    write_last_liquidity,
    write_order_reject_reason,
    write_order_type,
    write_self_match_prevention,
    write_side,
    write_tick_rule,
    write_time_in_force,
    write_trade_correction_kind,
    write_trading_session,
)


def write_advance_time(out: BytesWriter, record: AdvanceTime) -> None:
    write_string(out, record.issued_by)
    write_long(out, record.transact_time_us)


def read_advance_time(body: Body) -> AdvanceTime:
    return AdvanceTime(
        issued_by=read_string(body),
        transact_time_us=read_long(body),
    )


def write_cancel_all_orders(out: BytesWriter, record: CancelAllOrders) -> None:
    write_string(out, record.account_id)
    write_long(out, record.transact_time_us)
    if record.symbol is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.symbol)
    if record.trading_session is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_trading_session(out, record.trading_session)


def read_cancel_all_orders(body: Body) -> CancelAllOrders:
    return CancelAllOrders(
        account_id=read_string(body),
        transact_time_us=read_long(body),
        symbol=None if is_null(body) else read_string(body),
        trading_session=None if is_null(body) else read_trading_session(body),
    )


def write_cancel_order(out: BytesWriter, record: CancelOrder) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_long(out, record.transact_time_us)


def read_cancel_order(body: Body) -> CancelOrder:
    return CancelOrder(
        account_id=read_string(body),
        order_id=read_string(body),
        transact_time_us=read_long(body),
    )


def write_correct_fill(out: BytesWriter, record: CorrectFill) -> None:
    write_string(out, record.account_id)
    write_string(out, record.trade_id)
    write_string(out, record.symbol)
    write_trade_correction_kind(out, record.kind)
    write_long(out, record.price_e4)
    write_long(out, record.qty_e6)
    write_long(out, record.amount_e4)
    write_long(out, record.new_price_e4)
    write_long(out, record.new_qty_e6)
    write_long(out, record.new_amount_e4)
    write_long(out, record.settlement_day)
    write_long(out, record.traded_time_us)
    write_booked_fill(out, record.fill)
    write_string(out, record.text)
    write_long(out, record.transact_time_us)


def read_correct_fill(body: Body) -> CorrectFill:
    return CorrectFill(
        account_id=read_string(body),
        trade_id=read_string(body),
        symbol=read_string(body),
        kind=read_trade_correction_kind(body),
        price_e4=read_long(body),
        qty_e6=read_long(body),
        amount_e4=read_long(body),
        new_price_e4=read_long(body),
        new_qty_e6=read_long(body),
        new_amount_e4=read_long(body),
        settlement_day=read_long(body),
        traded_time_us=read_long(body),
        fill=read_booked_fill(body),
        text=read_string(body),
        transact_time_us=read_long(body),
    )


def write_deposit(out: BytesWriter, record: Deposit) -> None:
    write_string(out, record.account_id)
    write_string(out, record.transfer_id)
    write_long(out, record.amount_e4)
    write_long(out, record.transact_time_us)


def read_deposit(body: Body) -> Deposit:
    return Deposit(
        account_id=read_string(body),
        transfer_id=read_string(body),
        amount_e4=read_long(body),
        transact_time_us=read_long(body),
    )


def write_deposit_shares(out: BytesWriter, record: DepositShares) -> None:
    write_string(out, record.account_id)
    write_string(out, record.transfer_id)
    write_string(out, record.symbol)
    write_long(out, record.qty_e6)
    write_long(out, record.cost_basis_e4)
    write_long(out, record.transact_time_us)


def read_deposit_shares(body: Body) -> DepositShares:
    return DepositShares(
        account_id=read_string(body),
        transfer_id=read_string(body),
        symbol=read_string(body),
        qty_e6=read_long(body),
        cost_basis_e4=read_long(body),
        transact_time_us=read_long(body),
    )


def write_execution_report(out: BytesWriter, record: ExecutionReport) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_string(out, record.root_order_id)
    if record.orig_order_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.orig_order_id)
    write_string(out, record.symbol)
    write_side(out, record.side)
    write_exec_type(out, record.exec_type)
    write_long(out, record.qty_e6)
    write_long(out, record.cum_qty_e6)
    write_long(out, record.leaves_qty_e6)
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
    write_long(out, record.prevented_qty_e6)
    if record.order_reject_reason is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_order_reject_reason(out, record.order_reject_reason)
    write_string(out, record.text)
    write_long(out, record.transact_time_us)
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
    if record.high_water_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.high_water_e4)


def read_execution_report(body: Body) -> ExecutionReport:
    return ExecutionReport(
        account_id=read_string(body),
        order_id=read_string(body),
        root_order_id=read_string(body),
        orig_order_id=None if is_null(body) else read_string(body),
        symbol=read_string(body),
        side=read_side(body),
        exec_type=read_exec_type(body),
        qty_e6=read_long(body),
        cum_qty_e6=read_long(body),
        leaves_qty_e6=read_long(body),
        last_px_e4=None if is_null(body) else read_long(body),
        last_qty_e6=None if is_null(body) else read_long(body),
        amount_e4=read_long(body),
        trade_id=None if is_null(body) else read_string(body),
        last_liquidity=None if is_null(body) else read_last_liquidity(body),
        prevented_qty_e6=read_long(body),
        order_reject_reason=None if is_null(body) else read_order_reject_reason(body),
        text=read_string(body),
        transact_time_us=read_long(body),
        limit_price_e4=None if is_null(body) else read_long(body),
        stop_price_e4=None if is_null(body) else read_long(body),
        high_water_e4=None if is_null(body) else read_long(body),
    )


def write_open_account(out: BytesWriter, record: OpenAccount) -> None:
    write_string(out, record.account_id)
    write_string(out, record.user_id)
    write_string(out, record.account_class)
    write_long(out, record.transact_time_us)


def read_open_account(body: Body) -> OpenAccount:
    return OpenAccount(
        account_id=read_string(body),
        user_id=read_string(body),
        account_class=read_string(body),
        transact_time_us=read_long(body),
    )


def write_order_cancel_reject(out: BytesWriter, record: OrderCancelReject) -> None:
    write_string(out, record.account_id)
    if record.user_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.user_id)
    write_string(out, record.order_id)
    if record.root_order_id is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.root_order_id)
    if record.symbol is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_string(out, record.symbol)
    write_cancel_reject_response_to(out, record.response_to)
    write_cancel_reject_reason(out, record.cancel_reject_reason)
    write_string(out, record.text)
    write_long(out, record.transact_time_us)


def read_order_cancel_reject(body: Body) -> OrderCancelReject:
    return OrderCancelReject(
        account_id=read_string(body),
        user_id=None if is_null(body) else read_string(body),
        order_id=read_string(body),
        root_order_id=None if is_null(body) else read_string(body),
        symbol=None if is_null(body) else read_string(body),
        response_to=read_cancel_reject_response_to(body),
        cancel_reject_reason=read_cancel_reject_reason(body),
        text=read_string(body),
        transact_time_us=read_long(body),
    )


def write_replace_order(out: BytesWriter, record: ReplaceOrder) -> None:
    write_string(out, record.account_id)
    write_string(out, record.order_id)
    write_string(out, record.new_order_id)
    write_string(out, record.client_order_id)
    if record.qty_e6 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
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
    if record.time_in_force is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_time_in_force(out, record.time_in_force)
    if record.expire_time_us is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.expire_time_us)
    if record.tick_rule is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_tick_rule(out, record.tick_rule)
    if record.reference_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.reference_price_e4)
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
    write_long(out, record.transact_time_us)
    if record.trail_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.trail_e4)


def read_replace_order(body: Body) -> ReplaceOrder:
    return ReplaceOrder(
        account_id=read_string(body),
        order_id=read_string(body),
        new_order_id=read_string(body),
        client_order_id=read_string(body),
        qty_e6=None if is_null(body) else read_long(body),
        limit_price_e4=None if is_null(body) else read_long(body),
        stop_price_e4=None if is_null(body) else read_long(body),
        time_in_force=None if is_null(body) else read_time_in_force(body),
        expire_time_us=None if is_null(body) else read_long(body),
        tick_rule=None if is_null(body) else read_tick_rule(body),
        reference_price_e4=None if is_null(body) else read_long(body),
        bid_price_e4=None if is_null(body) else read_long(body),
        ask_price_e4=None if is_null(body) else read_long(body),
        transact_time_us=read_long(body),
        trail_e4=None if is_null(body) else read_long(body),
    )


def write_set_account_status(out: BytesWriter, record: SetAccountStatus) -> None:
    write_string(out, record.account_id)
    write_account_status(out, record.status)
    write_long(out, record.transact_time_us)
    write_boolean(out, record.cancel_orders)


def read_set_account_status(body: Body) -> SetAccountStatus:
    return SetAccountStatus(
        account_id=read_string(body),
        status=read_account_status(body),
        transact_time_us=read_long(body),
        cancel_orders=read_boolean(body),
    )


def write_set_firm_status(out: BytesWriter, record: SetFirmStatus) -> None:
    write_firm_status(out, record.status)
    write_string(out, record.issued_by)
    write_long(out, record.transact_time_us)


def read_set_firm_status(body: Body) -> SetFirmStatus:
    return SetFirmStatus(
        status=read_firm_status(body),
        issued_by=read_string(body),
        transact_time_us=read_long(body),
    )


def write_submit_order(out: BytesWriter, record: SubmitOrder) -> None:
    write_string(out, record.account_id)
    write_string(out, record.user_id)
    write_string(out, record.order_id)
    write_string(out, record.client_order_id)
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
    write_long(out, record.instrument_version)
    if record.instrument_status is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_instrument_status(out, record.instrument_status)
    if record.tick_rule is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_tick_rule(out, record.tick_rule)
    if record.reference_price_e4 is None:
        write_long(out, 0)
    else:
        write_long(out, 1)
        write_long(out, record.reference_price_e4)
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
    write_long(out, record.transact_time_us)
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


def read_submit_order(body: Body) -> SubmitOrder:
    return SubmitOrder(
        account_id=read_string(body),
        user_id=read_string(body),
        order_id=read_string(body),
        client_order_id=read_string(body),
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
        instrument_version=read_long(body),
        instrument_status=None if is_null(body) else read_instrument_status(body),
        tick_rule=None if is_null(body) else read_tick_rule(body),
        reference_price_e4=None if is_null(body) else read_long(body),
        bid_price_e4=None if is_null(body) else read_long(body),
        ask_price_e4=None if is_null(body) else read_long(body),
        transact_time_us=read_long(body),
        instructions=None if is_null(body) else read_instructions(body),
        contingency=None if is_null(body) else read_contingency(body),
    )


def write_withdraw(out: BytesWriter, record: Withdraw) -> None:
    write_string(out, record.account_id)
    write_string(out, record.transfer_id)
    write_long(out, record.amount_e4)
    write_long(out, record.transact_time_us)


def read_withdraw(body: Body) -> Withdraw:
    return Withdraw(
        account_id=read_string(body),
        transfer_id=read_string(body),
        amount_e4=read_long(body),
        transact_time_us=read_long(body),
    )


def write_withdraw_shares(out: BytesWriter, record: WithdrawShares) -> None:
    write_string(out, record.account_id)
    write_string(out, record.transfer_id)
    write_string(out, record.symbol)
    write_long(out, record.qty_e6)
    write_long(out, record.transact_time_us)


def read_withdraw_shares(body: Body) -> WithdrawShares:
    return WithdrawShares(
        account_id=read_string(body),
        transfer_id=read_string(body),
        symbol=read_string(body),
        qty_e6=read_long(body),
        transact_time_us=read_long(body),
    )
