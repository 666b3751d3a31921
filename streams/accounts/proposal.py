"""What a submit or a replace asks for, with everything resolved: the subject of the pre-trade checks."""

from __future__ import annotations

from dataclasses import dataclass

from streams.accounts.collar import reference_price_e4, worst_price_e4
from streams.accounts.limits import Limits
from streams.accounts.state import OpenOrder
from streams.accounts.trail import stop_behind_e4, trails, with_trail
from streams.dated import day_of
from topics.messages import (
    Contingency,
    Instructions,
    OrderType,
    PendingReplace,
    ReplaceOrder,
    SelfMatchPrevention,
    Side,
    SubmitOrder,
    TickRule,
    TimeInForce,
)


@dataclass(slots=True)
class Proposal:
    """Terms of an order to be. `reprices` is false for a replace that keeps the prices that were checked before.

    `mark_e4` is the price that a trailing stop is laid behind, 0 where there is none; None where no stop is laid.
    """

    side: Side
    order_type: OrderType
    time_in_force: TimeInForce
    qty_e6: int
    limit_price_e4: int | None
    stop_price_e4: int | None
    expire_time_us: int | None
    post_only: bool
    self_match_prevention: SelfMatchPrevention
    instructions: Instructions | None
    tick_rule: TickRule
    reference_e4: int | None
    worst_price_e4: int | None
    reprices: bool
    day: int
    time_us: int
    mark_e4: int | None = None
    contingency: Contingency | None = None


def proposal_of_submit(command: SubmitOrder, limits: Limits, free_qty_e6: int) -> Proposal:
    """The order that a client submits, with so many shares (1e-6) that no open sell holds."""
    reference_e4 = reference_price_e4(command.side, command.stop_price_e4, command)
    proposal = Proposal(
        side=command.side,
        order_type=command.order_type,
        time_in_force=command.time_in_force,
        qty_e6=command.qty_e6,
        limit_price_e4=command.limit_price_e4,
        stop_price_e4=command.stop_price_e4,
        expire_time_us=command.expire_time_us,
        post_only=command.post_only,
        self_match_prevention=command.self_match_prevention,
        instructions=command.instructions,
        tick_rule=command.tick_rule or "Rule612",
        reference_e4=reference_e4,
        worst_price_e4=worst_price_e4(
            command.side, command.order_type, command.limit_price_e4, reference_e4, limits.collar_bps
        ),
        reprices=True,
        day=day_of(command.transact_time_us),
        time_us=command.transact_time_us,
        contingency=command.contingency,
    )
    if command.instructions is not None:
        _instruct(proposal, command, command.instructions, free_qty_e6, limits)
    return proposal


def _instruct(
    proposal: Proposal, command: SubmitOrder, instructions: Instructions, free_qty_e6: int, limits: Limits
) -> None:
    """Shrink what may only reduce to what is there to reduce (where nothing is, the check of the position fails), and
    lay a trailing stop behind the market as it was stamped."""
    if instructions.reduce_only and 0 < free_qty_e6 < proposal.qty_e6:
        proposal.qty_e6 = free_qty_e6
    if trails(instructions) and command.order_type == "Stop":
        _trail(proposal, instructions, reference_price_e4(command.side, None, command), limits)


def _trail(proposal: Proposal, instructions: Instructions, mark_e4: int | None, limits: Limits) -> None:
    """Lay the stop of a trailing order behind a mark (1e-4), and the collar around the stop; at 0 without a mark."""
    proposal.mark_e4 = mark_e4 or 0
    stop_e4 = 0 if mark_e4 is None else stop_behind_e4(proposal.side, mark_e4, instructions)
    proposal.stop_price_e4 = proposal.reference_e4 = stop_e4
    proposal.worst_price_e4 = worst_price_e4(proposal.side, "Stop", None, stop_e4, limits.collar_bps)


def proposal_of_replace(command: ReplaceOrder, order: OpenOrder, limits: Limits) -> Proposal:
    """The successor of an order: what the client leaves out stays as it is."""
    limit_e4 = command.limit_price_e4 if command.limit_price_e4 is not None else order.limit_price_e4
    stop_e4 = command.stop_price_e4 if command.stop_price_e4 is not None else order.stop_price_e4
    time_in_force = command.time_in_force or order.time_in_force
    expire_time_us = command.expire_time_us
    if expire_time_us is None and time_in_force == "GoodTillDate":
        expire_time_us = order.expire_time_us
    reference_e4 = reference_price_e4(order.side, stop_e4, command)
    proposal = Proposal(
        side=order.side,
        order_type=order.order_type,
        time_in_force=time_in_force,
        qty_e6=command.qty_e6 if command.qty_e6 is not None else order.qty_e6,
        limit_price_e4=limit_e4,
        stop_price_e4=stop_e4,
        expire_time_us=expire_time_us,
        post_only=order.post_only,
        self_match_prevention=order.self_match_prevention,
        instructions=order.instructions,
        tick_rule=command.tick_rule or "Rule612",
        reference_e4=reference_e4,
        worst_price_e4=worst_price_e4(order.side, order.order_type, limit_e4, reference_e4, limits.collar_bps),
        reprices=(limit_e4, stop_e4) != (order.limit_price_e4, order.stop_price_e4),
        day=day_of(command.transact_time_us),
        time_us=command.transact_time_us,
    )
    if command.trail_e4 is not None and order.instructions is not None and order.high_water_e4 is not None:
        proposal.instructions = with_trail(order.instructions, command.trail_e4)
        proposal.reprices = True
        _trail(proposal, proposal.instructions, order.high_water_e4, limits)
    return proposal


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
        trail_e4=command.trail_e4,
    )
