"""What a book tells accounts, each message appended to the step of the command that caused it."""

from __future__ import annotations

from typing import Final

from streams.fold import Output, Step
from streams.matching.group import Group
from streams.matching.market import Market
from streams.matching.order import Order
from topics.catalogue import COMMANDS
from topics.messages import (
    CancelRejectReason,
    CancelRequest,
    ExecType,
    ExecutionReport,
    LastLiquidity,
    NewOrder,
    OrderCancelReject,
    OrderRejectReason,
    ReplaceRequest,
    Trade,
)

PREVENTED: Final = "self-match prevention"


def report(
    market: Market,
    step: Step,
    order: Order,
    exec_type: ExecType,
    *,
    leaves_qty_e6: int = 0,
    orig_order_id: str | None = None,
    prevented_qty_e6: int = 0,
    limit_price_e4: int | None = None,
    text: str = "",
) -> None:
    """Tell the owner what became of an order, fills apart. Without leaves it is the order's final report.

    `limit_price_e4` where it is the book's, not the one asked for. A trailing stop says where it is.
    """
    terms = order.terms
    message = ExecutionReport(
        account_id=order.account_id,
        order_id=terms.order_id,
        root_order_id=order.root_order_id,
        orig_order_id=orig_order_id,
        symbol=terms.symbol,
        side=terms.side,
        exec_type=exec_type,
        qty_e6=terms.qty_e6,
        cum_qty_e6=order.cum_qty_e6,
        leaves_qty_e6=leaves_qty_e6,
        last_px_e4=None,
        last_qty_e6=None,
        amount_e4=0,
        trade_id=None,
        last_liquidity=None,
        prevented_qty_e6=prevented_qty_e6,
        order_reject_reason=None,
        text=text,
        transact_time_us=market.state.time_us,
        limit_price_e4=limit_price_e4,
    )
    if order.high_water_e4 is not None:
        message.stop_price_e4 = order.stop_price_e4
        message.high_water_e4 = order.high_water_e4
    if order.group is not None:
        _told(market, order, order.group, message)
    step.outputs.append(Output(COMMANDS, order.account_id, message))


def _told(market: Market, order: Order, group: Group, message: ExecutionReport) -> None:
    """An order that hangs together with others is told of: a leg has what waits for its entry too, and an entry's legs
    are to follow what became of it."""
    is_final = message.exec_type in ("Canceled", "Expired")
    if is_final:
        group.end(order)
    if order is group.entry:
        market.touched[group] = None
        return
    message.qty_e6 += group.unarmed_qty_e6
    if not is_final:
        message.leaves_qty_e6 += group.unarmed_qty_e6


def decremented(market: Market, step: Step, order: Order, cum_qty_e6: int, prevented_qty_e6: int) -> None:
    """Tell the owner that self-match prevention has taken a part of an order off (FIX 150=D Restated); its terms have
    the smaller quantity already. `cum_qty_e6` is what it has filled until now."""
    leaves_qty_e6 = order.terms.qty_e6 - cum_qty_e6
    report(
        market, step, order, "Restated", leaves_qty_e6=leaves_qty_e6, prevented_qty_e6=prevented_qty_e6, text=PREVENTED
    )
    step.outputs[-1].message.cum_qty_e6 = cum_qty_e6


def fills(
    step: Step, taker: Order, maker: Order, trade: Trade, taker_cum_qty_e6: int, maker_leaves_qty_e6: int
) -> None:
    """Tell both owners of a trade, the taker first.

    Neither is as the trade left it, for the match went on: `taker_cum_qty_e6` is what the taker has filled and
    `maker_leaves_qty_e6` what of the maker is open, this trade included.
    """
    fill(step, taker, trade, taker_cum_qty_e6, taker.terms.qty_e6 - taker_cum_qty_e6, "RemovedLiquidity")
    fill(step, maker, trade, maker.terms.qty_e6 - maker_leaves_qty_e6, maker_leaves_qty_e6, "AddedLiquidity")


def fill(
    step: Step, order: Order, trade: Trade, cum_qty_e6: int, leaves_qty_e6: int, last_liquidity: LastLiquidity
) -> None:
    """Tell one owner of a trade: what the order has filled, and what is open, this trade included."""
    terms = order.terms
    message = ExecutionReport(
        account_id=order.account_id,
        order_id=terms.order_id,
        root_order_id=order.root_order_id,
        orig_order_id=None,
        symbol=terms.symbol,
        side=terms.side,
        exec_type="Trade",
        qty_e6=terms.qty_e6,
        cum_qty_e6=cum_qty_e6,
        leaves_qty_e6=leaves_qty_e6,
        last_px_e4=trade.price_e4,
        last_qty_e6=trade.qty_e6,
        amount_e4=trade.amount_e4,
        trade_id=trade.trade_id,
        last_liquidity=last_liquidity,
        prevented_qty_e6=0,
        order_reject_reason=None,
        text="",
        transact_time_us=trade.transact_time_us,
    )
    if order.group is not None:
        unarmed_qty_e6 = order.group.unarmed_of_e6(order)
        message.qty_e6 += unarmed_qty_e6
        message.leaves_qty_e6 += unarmed_qty_e6
    step.outputs.append(Output(COMMANDS, order.account_id, message))


def refuse_order(step: Step, terms: NewOrder, reason: OrderRejectReason, text: str, time_us: int) -> None:
    """Refuse a new order (FIX 150=8 Rejected); it was never live."""
    message = ExecutionReport(
        account_id=terms.account_id,
        order_id=terms.order_id,
        root_order_id=terms.order_id,
        orig_order_id=None,
        symbol=terms.symbol,
        side=terms.side,
        exec_type="Rejected",
        qty_e6=terms.qty_e6,
        cum_qty_e6=0,
        leaves_qty_e6=0,
        last_px_e4=None,
        last_qty_e6=None,
        amount_e4=0,
        trade_id=None,
        last_liquidity=None,
        prevented_qty_e6=0,
        order_reject_reason=reason,
        text=text,
        transact_time_us=time_us,
    )
    step.outputs.append(Output(COMMANDS, terms.account_id, message))


def refuse_cancel(
    step: Step, request: CancelRequest | ReplaceRequest, reason: CancelRejectReason, text: str, time_us: int
) -> None:
    """Refuse a cancel or replace (FIX 35=9 OrderCancelReject); the order stays as it is."""
    message = OrderCancelReject(
        account_id=request.account_id,
        user_id=None,
        order_id=request.order_id,
        root_order_id=request.root_order_id,
        symbol=request.symbol,
        response_to="OrderCancelRequest" if isinstance(request, CancelRequest) else "OrderCancelReplaceRequest",
        cancel_reject_reason=reason,
        text=text,
        transact_time_us=time_us,
    )
    step.outputs.append(Output(COMMANDS, request.account_id, message))
