"""ReplaceOrder: check what the successor needs beyond what the order holds, hold for both, and ask the book."""

from __future__ import annotations

from streams.accounts import checks
from streams.accounts.cancel import UNKNOWN, why_not_open
from streams.accounts.checks import Check
from streams.accounts.events import cancel_reject, order_event
from streams.accounts.holds import hold_of, is_leg, set_hold
from streams.accounts.lifecycle import shown_status
from streams.accounts.limits import limits_of
from streams.accounts.proposal import Proposal, pending_of, proposal_of_replace
from streams.accounts.state import Account, Accounts, OpenOrder, order_entry_name
from streams.accounts.throttle import refill, take
from streams.combinations import refused
from streams.dated import day_of
from streams.fold import Output, Step
from topics.catalogue import ORDERS
from topics.messages import CancelRejectReason, PendingReplace, ReplaceOrder, ReplaceRequest


def replace(accounts: Accounts, account: Account | None, command: ReplaceOrder, step: Step) -> None:
    """Decide on a replace. A refusal is an OrderCancelReject: the order itself goes on as it was.

    Failed checks are `Other` with each in the text; a client id or order id that is taken is `DuplicateClOrdID`.
    """
    order = None if account is None else account.open_ids.get(command.order_id)
    if account is None or order is None:
        reason, text = UNKNOWN if account is None else why_not_open(account, command.order_id)
        _refuse(account, command, None, reason, text, step)
    elif order.pending_cancel or order.pending_replace is not None:
        _refuse(account, command, order, "AlreadyPending", "a cancel or replace of the order is on its way", step)
    else:
        _decide(accounts, account, order, command, step)


def _decide(accounts: Accounts, account: Account, order: OpenOrder, command: ReplaceOrder, step: Step) -> None:
    limits = limits_of(account.account_class, day_of(command.transact_time_us))
    proposal = proposal_of_replace(command, order, limits)
    faults = checks.field_faults(proposal) + _replace_faults(command, order, proposal)
    combinations = refused(proposal)
    tokens = refill(account, limits, command.transact_time_us)
    take(account)
    step.changed[account.entry_name] = None
    existing = account.client_ids.get(command.client_order_id)
    if existing is None and account.is_taken(command.new_order_id):
        existing = command.new_order_id
    if existing is not None:
        _refuse(account, command, order, "DuplicateClOrdID", f"order {existing} has this id", step)
        return
    pending = pending_of(command, proposal, proposal.worst_price_e4 or 0)
    hold_e4, hold_qty_e6 = hold_of(order, pending)
    found = [
        *checks.firm_status(accounts.firm.status),
        checks.account_status(account.status, order.side),
        *checks.covered(order.side, order.symbol, account),
        checks.message_rate(tokens),
        checks.client_order_id_length(command.client_order_id),
        *checks.terms_checks(proposal, faults, combinations, limits),
        _needs(account, order, hold_e4, hold_qty_e6),
    ]
    if not all(check.passed for check, _ in found):
        _refuse(account, command, order, "Other", checks.failures_text(found, faults, combinations), step)
        return
    _accept(account, order, pending, step, found, hold_e4, hold_qty_e6)


def _needs(account: Account, order: OpenOrder, hold_e4: int, hold_qty_e6: int) -> Check:
    """What order and successor hold together, against what is free plus what the order holds already."""
    if order.side == "Buy":
        return checks.buying_power(hold_e4, account.buying_power_e4 + order.hold_e4)
    if is_leg(order):  # sells what it holds already
        return checks.position(hold_qty_e6, order.hold_qty_e6)
    position = account.positions[order.symbol]
    return checks.position(hold_qty_e6, position.qty_e6 - position.held_qty_e6 + order.hold_qty_e6)


def _replace_faults(command: ReplaceOrder, order: OpenOrder, proposal: Proposal) -> list[str]:
    """What a replace may not ask: market orders do not wait for one, what rests cannot become immediate, and a stop
    trails or does not."""
    faults = []
    if order.order_type == "Market":
        faults.append("a market order cannot be replaced")
    if proposal.time_in_force != order.time_in_force and proposal.time_in_force in ("ImmediateOrCancel", "FillOrKill"):
        faults.append(f"time_in_force cannot become {proposal.time_in_force}")
    if command.trail_e4 is not None and order.high_water_e4 is None:
        faults.append("only a trailing stop has a trail")
    if command.stop_price_e4 is not None and order.high_water_e4 is not None:
        faults.append("a trailing stop has the stop_price that its trail leaves")
    if is_leg(order) and command.qty_e6 is not None:
        faults.append("the quantity of a leg follows its entry, and of a pair its sibling")
    if order.contingency_type is not None and proposal.time_in_force != order.time_in_force:
        faults.append("the time_in_force of an order with legs, or of a leg, stays")
    return faults


def _accept(
    account: Account,
    order: OpenOrder,
    pending: PendingReplace,
    step: Step,
    found: list[Check],
    hold_e4: int,
    hold_qty_e6: int,
) -> None:
    order.pending_replace = pending
    account.open_ids[pending.new_order_id] = order
    account.client_ids[pending.client_order_id] = pending.new_order_id
    set_hold(account, order, hold_e4, hold_qty_e6)
    step.changed[order_entry_name(order)] = None
    leaves = order.qty_e6 - order.cum_qty_e6
    event = order_event(step, account, order, "PendingReplace", shown_status(order), leaves, pending.transact_time_us)
    event.checks = [check for check, _ in found]
    request = ReplaceRequest(
        account_id=account.account_id,
        order_id=order.order_id,
        root_order_id=order.root_order_id,
        new_order_id=pending.new_order_id,
        symbol=order.symbol,
        time_in_force=pending.time_in_force,
        qty_e6=pending.qty_e6,
        limit_price_e4=pending.limit_price_e4,
        stop_price_e4=pending.stop_price_e4,
        expire_time_us=pending.expire_time_us,
        worst_price_e4=pending.worst_price_e4,
        transact_time_us=pending.transact_time_us,
        trail_e4=pending.trail_e4,
    )
    step.outputs.append(Output(ORDERS, order.symbol, request))


def _refuse(
    account: Account | None,
    command: ReplaceOrder,
    order: OpenOrder | None,
    reason: CancelRejectReason,
    text: str,
    step: Step,
) -> None:
    user_id = None if account is None else account.user_id
    cancel_reject(
        step,
        command.account_id,
        user_id,
        command.order_id,
        order,
        "OrderCancelReplaceRequest",
        reason,
        text,
        command.transact_time_us,
    )
