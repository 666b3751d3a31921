"""What matching says about an account's order: every ExecutionReport and OrderCancelReject, so that no hold can leak.

A report that contradicts an open order, or a trade of an order that is not open, is a Defect and stops the process:
going on would leave cash, shares or a hold wrong. Any other report about an order that is not open can change nothing;
it raises Refused and becomes a dead letter, never silence. The reject of a cancel or replace is no such case: it is
published although the order has finished meanwhile, for the client waits for it.
"""

from __future__ import annotations

from dataclasses import replace as with_changes

from streams.accounts.closing import close, withdraw_successor
from streams.accounts.events import order_event
from streams.accounts.fees import charged, fill_fees_e12, split_charge
from streams.accounts.holds import E6, hold_of, is_leg, set_hold
from streams.accounts.ledger import post_trade
from streams.accounts.legs import guard, guarded_e6, sold
from streams.accounts.lifecycle import ENDS, Defect, ended_status, next_status, shown_status
from streams.accounts.replaced import replaced
from streams.accounts.restated import restate
from streams.accounts.settlement import settlement_day
from streams.accounts.state import Account, Accounts, OpenOrder, order_entry_name
from streams.dated import day_of
from streams.fold import Output, Refused, Step
from topics.catalogue import ORDER_EVENTS
from topics.messages import ExecutionReport, Instructions, OrderCancelReject


def execution_report(accounts: Accounts, account: Account | None, report: ExecutionReport, step: Step) -> None:
    """Fold one report of matching in; the state and the table decide what it may be."""
    order = None if account is None else account.orders.get(report.root_order_id)
    if account is None or order is None:
        problem = f"{report.exec_type} for order {report.root_order_id} of {report.account_id}, which is not open"
        raise Defect(problem) if report.exec_type == "Trade" else Refused(problem)
    if report.exec_type == "Trade":
        _trade(accounts, account, order, report, step)
        return
    if report.cum_qty_e6 != order.cum_qty_e6:
        raise Defect(f"order {order.order_id}: reported {report.cum_qty_e6} filled, booked {order.cum_qty_e6}")
    order.order_status = next_status(order, report.exec_type)
    step.changed[order_entry_name(order)] = None
    if report.exec_type == "Replaced":
        replaced(accounts, account, order, report, step)
    elif report.exec_type in ENDS:
        _ended(accounts, account, order, report, step)
    else:
        if _may_restate(order, report):
            restate(account, order, report)
        leaves = order.qty_e6 - order.cum_qty_e6
        status = shown_status(order)
        event = order_event(step, account, order, report.exec_type, status, leaves, report.transact_time_us)
        event.prevented_qty_e6 = report.prevented_qty_e6


def _may_restate(order: OpenOrder, report: ExecutionReport) -> bool:
    """Whether a report can have other terms than the order: the few with none are spared the look."""
    return (
        order.instructions is not None
        or order.contingency_type is not None
        or report.exec_type == "Restated"
        or report.limit_price_e4 is not None
    )


def _ended(accounts: Accounts, account: Account, order: OpenOrder, report: ExecutionReport, step: Step) -> None:
    """Canceled (by request, self-match prevention or what could not rest), expired, or refused by the book."""
    close(accounts, account, order, report.transact_time_us, step)
    event = order_event(step, account, order, report.exec_type, order.order_status, 0, report.transact_time_us)
    event.prevented_qty_e6 = report.prevented_qty_e6
    event.text = report.text
    event.order_reject_reason = report.order_reject_reason
    if report.order_reject_reason is not None:
        event.reject_reasons = [report.order_reject_reason]


def _trade(accounts: Accounts, account: Account, order: OpenOrder, report: ExecutionReport, step: Step) -> None:
    """One fill: money and shares move, fees are charged, and the hold shrinks by at least as much."""
    price_e4, qty_e6 = _checked_fill(account, order, report)
    assert report.last_liquidity is not None
    amount_e4 = report.amount_e4
    order.cum_qty_e6 += qty_e6
    order.cum_amount_e4 += amount_e4
    order.order_status = next_status(order, "Trade")
    day = day_of(report.transact_time_us)
    fees = fill_fees_e12(order.side, report.last_liquidity, order.fee_day, day, price_e4, qty_e6, amount_e4)
    fee_e4, order.fee_uncharged_e12 = charged(order.side, order.fee_uncharged_e12, fees, amount_e4)
    settles_on = settlement_day(day)
    if order.side == "Sell":
        accounts.add_unsettled(account, settles_on, amount_e4 - fee_e4)
    set_hold(account, order, *hold_of(order, order.pending_replace))
    post_trade(step, account, order.order_id, report, split_charge(fee_e4, fees), settles_on)
    if order.contingency_type is not None and is_leg(order):
        sold(account, order, qty_e6, report.transact_time_us, step)
    leaves = order.qty_e6 - order.cum_qty_e6
    step.changed[order_entry_name(order)] = None
    if order.order_status == "Filled":
        close(accounts, account, order, report.transact_time_us, step)
    status = ended_status(order) if order.order_status == "Filled" else shown_status(order)
    event = order_event(step, account, order, "Trade", status, leaves, report.transact_time_us)
    event.last_px_e4 = price_e4
    event.last_qty_e6 = qty_e6
    event.amount_e4 = amount_e4
    event.fee_e4 = fee_e4
    event.trade_id = report.trade_id
    event.last_liquidity = report.last_liquidity
    event.settlement_day = settles_on
    if order.contingency_type is not None and not is_leg(order):
        guard(account, order, qty_e6, report.transact_time_us, step)


def _checked_fill(account: Account, order: OpenOrder, report: ExecutionReport) -> tuple[int, int]:
    """Price and quantity of a fill that the order allows. Raises Defect for any other, before anything changed."""
    price_e4 = report.last_px_e4 or 0
    qty_e6 = report.last_qty_e6 or 0
    worst_e4 = order.worst_price_e4
    fits = (
        price_e4 > 0
        and qty_e6 > 0
        and report.symbol == order.symbol
        and report.side == order.side
        and report.cum_qty_e6 == order.cum_qty_e6 + qty_e6
        and report.leaves_qty_e6 == order.qty_e6 - report.cum_qty_e6
        and report.leaves_qty_e6 >= 0
        and (price_e4 <= worst_e4 if order.side == "Buy" else price_e4 >= worst_e4)
        and report.amount_e4 == price_e4 * qty_e6 // E6
        and report.last_liquidity is not None
        and (order.contingency_type is None or not is_leg(order) or qty_e6 <= guarded_e6(account, order))
        and (order.instructions is None or _is_within_amount(order, order.instructions, report.amount_e4))
    )
    if not fits:
        raise Defect(f"order {order.order_id} of {order.qty_e6}, {order.cum_qty_e6} filled: impossible fill {report}")
    return price_e4, qty_e6


def _is_within_amount(order: OpenOrder, instructions: Instructions, amount_e4: int) -> bool:
    """Whether an order for an amount has that much left to spend, or to sell for."""
    cash_qty_e4 = instructions.cash_qty_e4
    return cash_qty_e4 is None or order.cum_amount_e4 + amount_e4 <= cash_qty_e4


def order_cancel_reject(accounts: Accounts, account: Account | None, reject: OrderCancelReject, step: Step) -> None:
    """The book refused a cancel or replace: tell the client, and uncover what the order is (exec type Restated)."""
    if account is None:
        raise Refused(f"reject of {reject.response_to} for account {reject.account_id}, which was never opened")
    order = account.orders.get(reject.root_order_id or reject.order_id)
    published = with_changes(reject, user_id=account.user_id)
    step.outputs.append(Output(ORDER_EVENTS, account.account_id, published))
    if order is None:
        return
    if reject.response_to == "OrderCancelRequest":
        order.pending_cancel = False
    else:
        withdraw_successor(account, order)
        set_hold(account, order, *hold_of(order, None))
    step.changed[order_entry_name(order)] = None
    leaves = order.qty_e6 - order.cum_qty_e6
    order_event(step, account, order, "Restated", shown_status(order), leaves, reject.transact_time_us)
