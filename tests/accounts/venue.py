"""A tiny honest venue: it takes what accounts put on `orders`, fills at any price the order allows, and reports.

Honest in what conservation rests on: amounts are floor(price x quantity), quantities add up, nothing is traded through
an order's worst price, every order ends once. Whom an order trades with, and when, is up to the test.
"""

from tests.accounts.say import fill, reject, report
from topics.messages import CancelRequest, NewOrder


class Live:
    """An order at the venue, under the terms in force there."""

    def __init__(self, order: NewOrder):
        self.account_id = order.account_id
        self.order_id = self.root_order_id = order.order_id
        self.symbol = order.symbol
        self.side = order.side
        self.order_type = order.order_type
        self.qty_e6 = order.qty_e6
        self.worst_price_e4 = order.worst_price_e4
        self.cum_qty_e6 = 0


class Venue:
    """`take` gives the reports that a request causes; the rest is what a market does by itself."""

    def __init__(self):
        self.live = {}

    def take(self, request, refuse):
        """Answer a request; `refuse` rejects it although it could be met."""
        if isinstance(request, NewOrder):
            return self._new(request, refuse)
        order = self.live.get(request.root_order_id)
        if isinstance(request, CancelRequest):
            if order is None or refuse:
                return [reject(order or Gone(request), "OrderCancelRequest")]
            return self.end(order, "Canceled")
        if order is None or refuse:
            return [reject(order or Gone(request), "OrderCancelReplaceRequest")]
        if request.qty_e6 <= order.cum_qty_e6:
            return self.end(order, "Canceled")
        old_id, order.order_id = order.order_id, request.new_order_id
        order.qty_e6, order.worst_price_e4 = request.qty_e6, request.worst_price_e4
        return [report(order, "Replaced", orig_order_id=old_id)]

    def _new(self, request, refuse):
        order = Live(request)
        if refuse:
            return [report(order, "Rejected", leaves_qty_e6=0, order_reject_reason="Other")]
        self.live[order.root_order_id] = order
        return [report(order, "New")]

    def end(self, order, exec_type):
        """Canceled by itself, or expired."""
        del self.live[order.root_order_id]
        return [report(order, exec_type, leaves_qty_e6=0)]

    def fill(self, order, improvement_e4, qty_e6, liquidity):
        """Fill some of an order at its worst price, or better by so much."""
        better = -improvement_e4 if order.side == "Buy" else improvement_e4
        price_e4 = max(1, order.worst_price_e4 + better)
        qty_e6 = min(qty_e6, order.qty_e6 - order.cum_qty_e6)
        filled = fill(order, price_e4, qty_e6, liquidity)
        order.cum_qty_e6 += qty_e6
        if order.cum_qty_e6 == order.qty_e6:
            del self.live[order.root_order_id]
        return [filled]


class Gone:
    """What a request says of an order that the venue no longer has."""

    def __init__(self, request):
        self.account_id = request.account_id
        self.order_id = request.order_id
        self.root_order_id = request.root_order_id
        self.symbol = request.symbol
