"""What a submit or a replace asks for, with everything resolved: the subject of the pre-trade checks."""

from __future__ import annotations

from dataclasses import dataclass

from streams.accounts.collar import reference_price_e4, worst_price_e4
from streams.accounts.dated import day_of
from streams.accounts.limits import Limits
from streams.accounts.state import OpenOrder
from topics.messages import OrderType, PendingReplace, ReplaceOrder, Side, SubmitOrder, TickRule, TimeInForce


@dataclass(slots=True)
class Proposal:
    """Terms of an order to be. `reprices` is false for a replace that keeps the prices that were checked before."""

    side: Side
    order_type: OrderType
    time_in_force: TimeInForce
    qty_e6: int
    limit_price_e4: int | None
    stop_price_e4: int | None
    expire_time_us: int | None
    post_only: bool
    tick_rule: TickRule
    reference_e4: int | None
    worst_price_e4: int | None
    reprices: bool
    day: int
    time_us: int


def proposal_of_submit(command: SubmitOrder, limits: Limits) -> Proposal:
    """The order that a client submits."""
    reference_e4 = reference_price_e4(command.side, command.stop_price_e4, command)
    return Proposal(
        side=command.side,
        order_type=command.order_type,
        time_in_force=command.time_in_force,
        qty_e6=command.qty_e6,
        limit_price_e4=command.limit_price_e4,
        stop_price_e4=command.stop_price_e4,
        expire_time_us=command.expire_time_us,
        post_only=command.post_only,
        tick_rule=command.tick_rule or "Rule612",
        reference_e4=reference_e4,
        worst_price_e4=worst_price_e4(
            command.side, command.order_type, command.limit_price_e4, reference_e4, limits.collar_bps
        ),
        reprices=True,
        day=day_of(command.transact_time_us),
        time_us=command.transact_time_us,
    )


def proposal_of_replace(command: ReplaceOrder, order: OpenOrder, limits: Limits) -> Proposal:
    """The successor of an order: what the client leaves out stays as it is."""
    limit_e4 = command.limit_price_e4 if command.limit_price_e4 is not None else order.limit_price_e4
    stop_e4 = command.stop_price_e4 if command.stop_price_e4 is not None else order.stop_price_e4
    time_in_force = command.time_in_force or order.time_in_force
    expire_time_us = command.expire_time_us
    if expire_time_us is None and time_in_force == "GoodTillDate":
        expire_time_us = order.expire_time_us
    reference_e4 = reference_price_e4(order.side, stop_e4, command)
    return Proposal(
        side=order.side,
        order_type=order.order_type,
        time_in_force=time_in_force,
        qty_e6=command.qty_e6 if command.qty_e6 is not None else order.qty_e6,
        limit_price_e4=limit_e4,
        stop_price_e4=stop_e4,
        expire_time_us=expire_time_us,
        post_only=order.post_only,
        tick_rule=command.tick_rule or "Rule612",
        reference_e4=reference_e4,
        worst_price_e4=worst_price_e4(order.side, order.order_type, limit_e4, reference_e4, limits.collar_bps),
        reprices=(limit_e4, stop_e4) != (order.limit_price_e4, order.stop_price_e4),
        day=day_of(command.transact_time_us),
        time_us=command.transact_time_us,
    )


def pending_of(command: ReplaceOrder, proposal: Proposal, worst_price_e4: int) -> PendingReplace:
    """The successor's terms as the order keeps them until the book has answered."""
    return PendingReplace(
        new_order_id=command.new_order_id,
        client_order_id=command.client_order_id,
        time_in_force=proposal.time_in_force,
        qty_e6=proposal.qty_e6,
        limit_price_e4=proposal.limit_price_e4,
        stop_price_e4=proposal.stop_price_e4,
        expire_time_us=proposal.expire_time_us,
        worst_price_e4=worst_price_e4,
        transact_time_us=command.transact_time_us,
    )
