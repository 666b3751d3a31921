"""SubmitOrder: check, hold, and pass the order to its book; or refuse it with every reason."""

from __future__ import annotations

from streams.accounts import checks
from streams.accounts.events import order_event, whole_order
from streams.accounts.holds import hold_of, set_hold
from streams.accounts.legs import (
    Proposed,
    checks_of_legs,
    combinations_of_legs,
    contingency_of,
    faults_of_legs,
    open_legs,
    propose,
)
from streams.accounts.limits import limits_of
from streams.accounts.proposal import Proposal, proposal_of_submit
from streams.accounts.state import Account, Accounts, OpenOrder, order_entry_name
from streams.accounts.throttle import refill, take
from streams.combinations import refused
from streams.dated import day_of
from streams.fold import Output, Refused, Step
from topics.catalogue import ORDER_EVENTS, ORDERS
from topics.messages import NewOrder, SubmitOrder


def submit(accounts: Accounts, account: Account | None, command: SubmitOrder, step: Step) -> None:
    """Decide on a new order. The ids of the order are used up by an accepted order only.

    An order id that is taken already raises Refused (a dead letter): the API gives ids, so this is a record written
    twice, and an event under that id would overwrite the living order in every store.
    """
    if account is None:
        _refuse_unknown_account(command, step)
        return
    if account.is_taken(command.order_id):
        raise Refused(f"order id {command.order_id} is taken")
    limits = limits_of(account.account_class, day_of(command.transact_time_us))
    position = account.positions.get(command.symbol)
    free_qty_e6 = 0 if position is None else position.qty_e6 - position.held_qty_e6
    proposal = proposal_of_submit(command, limits, free_qty_e6)
    legs = propose(account, command, proposal, limits)
    existing = account.client_ids.get(command.client_order_id)
    faults = checks.field_faults(proposal) + checks.said_twice(command)
    combinations = refused(proposal)
    found = [
        checks.known_symbol(command.instrument_version),
        checks.tradable_symbol(command.instrument_status),
        *checks.firm_status(accounts.firm.status),
        checks.account_status(account.status, command.side),
        *checks.covered(command.side, command.symbol, account),
        checks.message_rate(refill(account, limits, command.transact_time_us)),
        checks.client_order_id_length(command.client_order_id),
        checks.client_order_id_unique(existing),
        checks.open_orders(len(account.orders) + 1 + len(legs), limits),
        *checks.terms_checks(proposal, faults, combinations, limits),
        *checks_of_legs(account, legs, command.client_order_id, limits),
    ]
    take(account)
    order = _proposed(command, proposal)
    hold_e4, hold_qty_e6 = hold_of(order, None)
    if command.side == "Sell":
        if order.qty_e6 or proposal.worst_price_e4 is not None:  # else nobody knows how many shares an amount is
            found.append(checks.position(hold_qty_e6, free_qty_e6))
    elif proposal.worst_price_e4 is not None:
        found.append(checks.buying_power(hold_e4, account.buying_power_e4))
    if all(check.passed for check, _ in found):
        account.orders[order.root_order_id] = order
        account.open_ids[order.order_id] = order
        account.client_ids[order.client_order_id] = order.order_id
        set_hold(account, order, hold_e4, hold_qty_e6)
        if command.contingency is not None:
            order.contingency_type = command.contingency.contingency_type
        event = order_event(step, account, order, "PendingNew", "PendingNew", order.qty_e6, command.transact_time_us)
        event.checks = [check for check, _ in found]
        order.accepted_seq = event.account_seq
        if legs:
            open_legs(account, order, [_proposed(*leg) for leg in legs], command.transact_time_us, step)
        step.outputs.append(Output(ORDERS, order.symbol, _new_order(order, account.user_id, command, legs)))
        step.changed[order_entry_name(order)] = None
    else:
        asked = order_of(command, worst_price_e4=0, fee_day=0)
        asked.contingency_type = None if command.contingency is None else command.contingency.contingency_type
        event = order_event(step, account, asked, "Rejected", "Rejected", 0, command.transact_time_us)
        event.worst_price_e4 = None
        event.checks = [check for check, _ in found]
        event.reject_reasons = [reason for check, reason in found if not check.passed]
        event.order_reject_reason = next(reason for check, reason in found if not check.passed)
        event.text = checks.failures_text(
            found, faults + faults_of_legs(legs), combinations + combinations_of_legs(legs)
        )
        event.existing_order_id = existing


def _refuse_unknown_account(command: SubmitOrder, step: Step) -> None:
    """Refuse an order of an account that was never opened; it has no sequence, so the order's id makes the exec id."""
    nobody = Account(command.account_id, command.user_id, "", "DISABLED")
    order = order_of(command, worst_price_e4=0, fee_day=0)
    event = whole_order(nobody, order, "Rejected", "Rejected", 0, command.transact_time_us)
    event.exec_id = f"{command.account_id}-0-{command.order_id}"
    event.worst_price_e4 = None
    event.order_reject_reason = "UnknownAccount"
    event.reject_reasons = ["UnknownAccount"]
    event.text = "no such account"
    step.outputs.append(Output(ORDER_EVENTS, command.account_id, event))


def _new_order(order: OpenOrder, owner_id: str, command: SubmitOrder, legs: list[Proposed]) -> NewOrder:
    return NewOrder(
        account_id=order.account_id,
        order_id=order.order_id,
        symbol=order.symbol,
        side=order.side,
        order_type=order.order_type,
        time_in_force=order.time_in_force,
        qty_e6=order.qty_e6,
        limit_price_e4=order.limit_price_e4,
        stop_price_e4=order.stop_price_e4,
        expire_time_us=order.expire_time_us,
        post_only=order.post_only,
        self_match_prevention=order.self_match_prevention,
        worst_price_e4=order.worst_price_e4,
        instrument_version=command.instrument_version,
        transact_time_us=command.transact_time_us,
        owner_id=owner_id,
        instructions=order.instructions,
        contingency=contingency_of(command.contingency, legs),
    )


def _proposed(command: SubmitOrder, proposal: Proposal) -> OpenOrder:
    """The order under the terms that it would have, which instructions may have changed from those asked."""
    order = order_of(command, proposal.worst_price_e4 or 0, proposal.day)
    if command.instructions is not None:
        order.qty_e6 = proposal.qty_e6
        order.stop_price_e4 = proposal.stop_price_e4
        order.high_water_e4 = proposal.mark_e4
    return order


def order_of(command: SubmitOrder, worst_price_e4: int, fee_day: int) -> OpenOrder:
    """The order that a submit asks for, nothing of it held or filled."""
    return OpenOrder(
        account_id=command.account_id,
        order_id=command.order_id,
        root_order_id=command.order_id,
        client_order_id=command.client_order_id,
        replaces=None,
        order_status="PendingNew",
        symbol=command.symbol,
        side=command.side,
        order_type=command.order_type,
        time_in_force=command.time_in_force,
        qty_e6=command.qty_e6,
        limit_price_e4=command.limit_price_e4,
        stop_price_e4=command.stop_price_e4,
        expire_time_us=command.expire_time_us,
        post_only=command.post_only,
        self_match_prevention=command.self_match_prevention,
        worst_price_e4=worst_price_e4,
        cum_qty_e6=0,
        cum_amount_e4=0,
        fee_uncharged_e12=0,
        hold_e4=0,
        hold_qty_e6=0,
        pending_cancel=False,
        pending_replace=None,
        submitted_time_us=command.transact_time_us,
        accepted_seq=0,
        fee_day=fee_day,
        instructions=command.instructions,
    )
