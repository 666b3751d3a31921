"""The book took a replace: the successor's id and terms are in force from now on, the old id is finished."""

from __future__ import annotations

from streams.accounts.closing import finish_id
from streams.accounts.events import order_event
from streams.accounts.holds import hold_of, is_leg, set_hold
from streams.accounts.lifecycle import Defect, shown_status
from streams.accounts.restated import take_prices
from streams.accounts.state import Account, Accounts, OpenOrder
from streams.accounts.trail import with_trail
from streams.fold import Step
from topics.messages import ExecutionReport, OrderStatus


def replaced(accounts: Accounts, account: Account, order: OpenOrder, report: ExecutionReport, step: Step) -> None:
    """Two events, both of exec type Replaced: the old id ends with status Replaced and names its successor, holding
    nothing; the new id begins with what was filled so far, names what it replaces, and holds for the new terms."""
    pending = order.pending_replace
    qty_e6 = report.qty_e6 if pending is None or is_leg(order) else pending.qty_e6
    if pending is None or report.order_id != pending.new_order_id or report.qty_e6 != qty_e6:
        raise Defect(f"order {order.order_id} was reported replaced by {report.order_id}, which was not asked")
    status_in_book: OrderStatus = order.order_status
    old_id = order.order_id
    time_us = report.transact_time_us
    hold_e4, hold_qty_e6 = order.hold_e4, order.hold_qty_e6
    order.hold_e4 = order.hold_qty_e6 = 0
    event = order_event(step, account, order, "Replaced", "Replaced", 0, time_us)
    event.replaced_by = pending.new_order_id
    order.hold_e4, order.hold_qty_e6 = hold_e4, hold_qty_e6

    order.order_status = "Replaced"
    finish_id(accounts, account, order, time_us, step)
    order.order_status = status_in_book
    order.pending_replace = None
    order.order_id = pending.new_order_id
    order.client_order_id = pending.client_order_id
    order.replaces = old_id
    order.time_in_force = pending.time_in_force
    order.qty_e6 = qty_e6
    order.limit_price_e4 = pending.limit_price_e4
    order.stop_price_e4 = pending.stop_price_e4
    order.expire_time_us = pending.expire_time_us
    order.worst_price_e4 = pending.worst_price_e4
    order.submitted_time_us = pending.transact_time_us
    if pending.trail_e4 is not None and order.instructions is not None:
        order.instructions = with_trail(order.instructions, pending.trail_e4)
    take_prices(order, report)
    set_hold(account, order, *hold_of(order, None))
    leaves = max(order.qty_e6 - order.cum_qty_e6, 0)
    order_event(step, account, order, "Replaced", shown_status(order), leaves, time_us)
