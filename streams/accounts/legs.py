"""Legs of bracket, OCO and OTO orders: sells of what their entry has bought, or of the shares of their pair.

The legs of an order guard the same shares, so they share one hold, the larger leg's and not the sum. It lies on the
first of them that is open. An entry's fill adds exactly its quantity to the position and to that hold in one step; a
leg's fill takes exactly its quantity off both in one step, whichever leg it is. In between nothing else can sell those
shares, for a sell needs shares that are not held. The book arms legs for no more than the entry's fills less the legs'
own, and reports both in their order to the one partition of the account, so a leg's fill never finds less held than it
sells: one that does is a Defect. The last leg to end releases what is left.
"""

from __future__ import annotations

from dataclasses import replace as with_changes
from typing import Final

from streams.accounts import checks
from streams.accounts.checks import Check
from streams.accounts.events import order_event
from streams.accounts.holds import is_leg, set_hold
from streams.accounts.lifecycle import shown_status
from streams.accounts.limits import Limits
from streams.accounts.proposal import Proposal, proposal_of_submit
from streams.accounts.state import Account, OpenOrder, group_of, order_entry_name
from streams.combinations import Combination, refused
from streams.fold import Refused, Step
from topics.messages import Contingency, Leg, SubmitOrder

PAIR: Final = "OneUpdatesTheOther"
Proposed = tuple[SubmitOrder, Proposal]
"""A leg as a command of its own, and its terms with everything resolved."""


def propose(account: Account, command: SubmitOrder, entry: Proposal, limits: Limits) -> list[Proposed]:
    """The legs that come with an order, none for most. An entry's legs meet the market where the entry trades.

    Raises Refused for ids that are taken, or given twice.
    """
    contingency = command.contingency
    if contingency is None:
        return []
    ids = [command.order_id, *(leg.order_id for leg in contingency.legs)]
    if any(account.is_taken(order_id) or ids.count(order_id) > 1 for order_id in ids):
        raise Refused(f"an order id of {', '.join(ids)} is taken")
    price_e4 = entry.limit_price_e4 if entry.limit_price_e4 is not None else entry.reference_e4
    if contingency.contingency_type == PAIR:
        price_e4 = command.bid_price_e4
    legs = []
    for leg in contingency.legs:
        asked = with_changes(
            command,
            order_id=leg.order_id,
            client_order_id=leg.client_order_id,
            side="Sell",
            order_type=leg.order_type,
            time_in_force=leg.time_in_force,
            limit_price_e4=leg.limit_price_e4,
            stop_price_e4=leg.stop_price_e4,
            expire_time_us=None,
            post_only=False,
            bid_price_e4=price_e4,
            instructions=leg.instructions,
            contingency=None,
        )
        legs.append((asked, proposal_of_submit(asked, limits, 0)))
    return legs


def checks_of_legs(account: Account, legs: list[Proposed], client_order_id: str, limits: Limits) -> list[Check]:
    """The checks of each leg's terms, their rules named by the leg as the request does: `stop_loss.tick_size`."""
    found = []
    client_ids = [client_order_id]
    for command, proposal in legs:
        client_id = command.client_order_id
        existing = account.client_ids.get(client_id) or (client_id if client_id in client_ids else None)
        client_ids.append(client_id)
        of_leg = [
            checks.client_order_id_length(client_id),
            checks.client_order_id_unique(existing),
            *checks.terms_checks(proposal, _faults(command, proposal), refused(proposal), limits),
        ]
        for check, _ in of_leg:
            check.rule_id = _named(command, check.rule_id)
        found += of_leg
    return found


def combinations_of_legs(legs: list[Proposed]) -> list[Combination]:
    """Refused combinations that the legs are in, their rules named by the leg."""
    return [
        with_changes(combination, rule_id=_named(command, combination.rule_id))
        for command, proposal in legs
        for combination in refused(proposal)
    ]


def faults_of_legs(legs: list[Proposed]) -> list[str]:
    """What is wrong with the fields of the legs."""
    return [_named(command, fault) for command, proposal in legs for fault in _faults(command, proposal)]


def _faults(command: SubmitOrder, proposal: Proposal) -> list[str]:
    return checks.field_faults(proposal) + checks.said_twice(command)


def _named(leg: SubmitOrder, rule_id: str) -> str:
    return f"{'take_profit' if leg.order_type == 'Limit' else 'stop_loss'}.{rule_id}"


def contingency_of(contingency: Contingency | None, legs: list[Proposed]) -> Contingency | None:
    """The legs as the book gets them, stops laid and worst prices fixed; None for an order by itself."""
    if contingency is None:
        return None
    resolved = [
        Leg(
            order_id=command.order_id,
            client_order_id=command.client_order_id,
            order_type=command.order_type,
            time_in_force=command.time_in_force,
            limit_price_e4=command.limit_price_e4,
            stop_price_e4=proposal.stop_price_e4,
            worst_price_e4=proposal.worst_price_e4 or 0,
            instructions=command.instructions,
        )
        for command, proposal in legs
    ]
    return Contingency(contingency.contingency_type, resolved)


def open_legs(account: Account, order: OpenOrder, legs: list[OpenOrder], time_us: int, step: Step) -> None:
    """Open the legs of an order that is open by now; they hold nothing yet."""
    account.legs[order.root_order_id] = [order, *legs] if is_leg(order) else legs
    for leg in legs:
        leg.parent_order_id = order.root_order_id
        leg.contingency_type = order.contingency_type
        account.orders[leg.root_order_id] = leg
        account.open_ids[leg.order_id] = leg
        account.client_ids[leg.client_order_id] = leg.order_id
        event = order_event(step, account, leg, "PendingNew", "PendingNew", leg.qty_e6, time_us)
        leg.accepted_seq = event.account_seq
        step.changed[order_entry_name(leg)] = None


def guard(account: Account, entry: OpenOrder, qty_e6: int, time_us: int, step: Step) -> None:
    """An entry has bought shares (1e-6), which are in the position by now: its legs hold them."""
    legs = account.legs.get(entry.root_order_id)
    if legs:
        _hold(account, legs[0], legs[0].hold_qty_e6 + qty_e6, time_us, step)


def guarded_e6(account: Account, leg: OpenOrder) -> int:
    """Shares (1e-6) that a leg and its sibling hold together."""
    return account.legs[group_of(leg)][0].hold_qty_e6


def sold(account: Account, leg: OpenOrder, qty_e6: int, time_us: int, step: Step) -> None:
    """A leg has sold shares (1e-6), which are out of the position by now: so are they out of the hold."""
    first = account.legs[group_of(leg)][0]
    if first is leg:
        set_hold(account, leg, 0, leg.hold_qty_e6 - qty_e6)
    else:
        _hold(account, first, first.hold_qty_e6 - qty_e6, time_us, step)


def leave(account: Account, leg: OpenOrder, time_us: int, step: Step) -> None:
    """A leg ends: what it holds is the other's, or free."""
    legs = account.legs[group_of(leg)]
    legs.remove(leg)
    held_qty_e6 = leg.hold_qty_e6
    set_hold(account, leg, 0, 0)
    if not legs:
        del account.legs[group_of(leg)]
    elif held_qty_e6:
        _hold(account, legs[0], legs[0].hold_qty_e6 + held_qty_e6, time_us, step)


def _hold(account: Account, leg: OpenOrder, qty_e6: int, time_us: int, step: Step) -> None:
    """Change what a leg holds by something that happened to another order, and say so."""
    set_hold(account, leg, 0, qty_e6)
    step.changed[order_entry_name(leg)] = None
    order_event(step, account, leg, "Restated", shown_status(leg), leg.qty_e6 - leg.cum_qty_e6, time_us)
