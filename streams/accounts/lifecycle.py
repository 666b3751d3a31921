"""The life of an order in FIX's states (FIX 4.4 volume 4, appendix D): the transition table as data.

`order_status` of an open order is what it is in the book. A cancel or replace on its way is said by flags beside it
and outranks it in what is shown, by FIX's precedence of statuses; a refused request simply uncovers it again.
"""

from __future__ import annotations

from streams.accounts.state import OpenOrder
from topics.messages import ExecType, OrderStatus

OPEN: tuple[OrderStatus, ...] = ("PendingNew", "Suspended", "New", "PartiallyFilled")

TRANSITIONS: dict[tuple[OrderStatus, ExecType], tuple[OrderStatus, ...]] = {
    ("PendingNew", "New"): ("New",),
    ("PendingNew", "Rejected"): ("Rejected",),
    ("PendingNew", "Trade"): ("PartiallyFilled", "Filled"),
    ("PendingNew", "Canceled"): ("Canceled",),
    ("PendingNew", "Expired"): ("Expired",),
    ("PendingNew", "Suspended"): ("Suspended",),
    ("Suspended", "New"): ("New",),
    ("Suspended", "Replaced"): ("Suspended",),
    ("Suspended", "Restated"): ("Suspended",),
    ("Suspended", "Canceled"): ("Canceled",),
    ("Suspended", "Expired"): ("Expired",),
    ("New", "TriggeredOrActivated"): ("New",),
    ("New", "Replaced"): ("New",),
    ("New", "Restated"): ("New",),
    ("New", "Trade"): ("PartiallyFilled", "Filled"),
    ("New", "Canceled"): ("Canceled",),
    ("New", "Expired"): ("Expired",),
    ("PartiallyFilled", "TriggeredOrActivated"): ("PartiallyFilled",),
    ("PartiallyFilled", "Replaced"): ("PartiallyFilled",),
    ("PartiallyFilled", "Restated"): ("PartiallyFilled",),
    ("PartiallyFilled", "Trade"): ("PartiallyFilled", "Filled"),
    ("PartiallyFilled", "Canceled"): ("Canceled",),
    ("PartiallyFilled", "Expired"): ("Expired",),
}
"""(status in the book, what matching reports) to the statuses that may follow. What is not here is impossible."""

ENDS: dict[ExecType, OrderStatus] = {"Canceled": "Canceled", "Expired": "Expired", "Rejected": "Rejected"}


class Defect(Exception):
    """The book and the account have parted: going on would lose or make cash, shares or a hold. Stops the process."""


def next_status(order: OpenOrder, exec_type: ExecType) -> OrderStatus:
    """Status in the book after a report, its quantities already counted in. Raises Defect on an illegal transition."""
    following = TRANSITIONS.get((order.order_status, exec_type))
    if following is None:
        raise Defect(f"order {order.order_id} is {order.order_status} and was reported {exec_type}")
    if exec_type == "Trade" and order.cum_qty_e6 == order.qty_e6:
        return "Filled"
    return following[0]


def shown_status(order: OpenOrder) -> OrderStatus:
    """FIX 39 of an open order: a pending request outranks what it is in the book."""
    if order.pending_cancel:
        return "PendingCancel"
    if order.pending_replace is not None:
        return "PendingReplace"
    return order.order_status


def ended_status(order: OpenOrder) -> OrderStatus:
    """FIX 39 of an order that the book has filled: Canceled where trades of it were canceled, for what they took off
    does not come back to the book."""
    return "Filled" if order.corrected_qty_e6 == 0 else "Canceled"
