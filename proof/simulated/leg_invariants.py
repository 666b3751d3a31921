"""What must hold of legs, read off the committed events: together they sell no more than their entry has bought, or
than their pair had; and while one is open they hold exactly what is left of that."""

from __future__ import annotations

from collections import defaultdict

from proof.simulated.broker import Broker
from proof.simulated.records import entries, messages, require
from topics import catalogue
from topics import messages as m

PAIR = "OneUpdatesTheOther"


def group_of(order: m.OrderEvent | m.OpenOrderEntry | m.RestingOrderEntry) -> str:
    """First id of the order that legs came with."""
    return order.parent_order_id or order.root_order_id


def is_leg(order: m.OrderEvent | m.OpenOrderEntry | m.RestingOrderEntry) -> bool:
    return order.parent_order_id is not None or order.contingency_type == PAIR


def unsold_e6(broker: Broker) -> dict[str, int]:
    """What the legs of each order may still sell, by its first id; raises Violation where they ever sold more."""
    left: dict[str, int] = defaultdict(int)
    for event in messages(broker, catalogue.ORDER_EVENTS):
        if event.NAME != "OrderEvent" or event.contingency_type is None or event.order_status == "Rejected":
            continue
        if event.exec_type == "PendingNew" and event.contingency_type == PAIR and event.parent_order_id is None:
            left[event.order_id] = event.qty_e6
        elif event.exec_type == "Trade":
            group = group_of(event)
            left[group] += -event.last_qty_e6 if is_leg(event) else event.last_qty_e6
            require(left[group] >= 0, f"legs of {group} sold more than there was: {event}")
    return left


def check_legs(broker: Broker) -> None:
    """At any moment: no share sold twice, and the open legs of an order hold what they may still sell."""
    left = unsold_e6(broker)
    held: dict[str, int] = defaultdict(int)
    for entry in entries(broker, catalogue.ACCOUNTS_CHANGELOG).values():
        if entry.NAME == "OpenOrderEntry" and entry.contingency_type is not None and is_leg(entry):
            held[group_of(entry)] += entry.hold_qty_e6
    for group, hold_qty_e6 in held.items():
        require(hold_qty_e6 == left[group], f"legs of {group} hold {hold_qty_e6}, may sell {left[group]}")


def check_armed(broker: Broker) -> None:
    """Once nothing is on its way: no leg has more in the book than the legs of its order hold."""
    left = unsold_e6(broker)
    for entry in entries(broker, catalogue.MATCHING_CHANGELOG).values():
        if entry.NAME == "RestingOrderEntry" and entry.contingency_type is not None and is_leg(entry):
            offered = entry.qty_e6 - entry.cum_qty_e6 - entry.unarmed_qty_e6
            require(0 <= offered <= left[group_of(entry)], f"offers {offered} of {left[group_of(entry)]}: {entry}")
