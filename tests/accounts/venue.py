"""A tiny honest venue: it takes what accounts put on `orders`, fills at any price the order allows, and reports.

Honest in what conservation rests on: amounts are floor(price x quantity), quantities add up, nothing is traded through
an order's worst price, every order ends once, no amount is exceeded. Whom an order trades with, and when, is up to the
test.
"""

from streams.accounts.trail import trails
from tests.accounts.say import fill, reject, report
from topics.messages import CancelRequest, Instructions, NewOrder

E6 = 1_000_000


class Live:
    """An order at the venue, under the terms in force there."""

    def __init__(self, order: NewOrder):
        self.account_id = order.account_id
        self.order_id = self.root_order_id = order.order_id
        self.symbol = order.symbol
        self.side = order.side
        self.order_type = order.order_type
        self.qty_e6 = order.qty_e6
        self.limit_price_e4 = order.limit_price_e4
        self.worst_price_e4 = order.worst_price_e4
        self.stop_price_e4 = order.stop_price_e4
        self.instructions = order.instructions or Instructions()
        self.cum_qty_e6 = 0
        self.spent_e4 = 0


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
        order.limit_price_e4 = request.limit_price_e4
        return [report(order, "Replaced", orig_order_id=old_id, **self._fixed(order, request.trail_e4))]

    def _new(self, request, refuse):
        order = Live(request)
        cash_e4 = order.instructions.cash_qty_e4
        if cash_e4 is not None:
            better = 10 if order.side == "Buy" else 9
            order.qty_e6 = cash_e4 * E6 * better // (order.worst_price_e4 * (9 if order.side == "Buy" else 10))
        if refuse or not order.qty_e6:
            return [report(order, "Rejected", leaves_qty_e6=0, order_reject_reason="Other")]
        self.live[order.root_order_id] = order
        return [report(order, "New", **self._fixed(order))]

    @staticmethod
    def _fixed(order, trail_e4=None):
        """What the venue gives: a post-only order a price a little behind the one asked, a trailing stop its mark."""
        if order.instructions.reprice:
            order.limit_price_e4 = max(1, order.limit_price_e4 + (-7 if order.side == "Buy" else 7))
            order.worst_price_e4 = order.limit_price_e4
            return {"limit_price_e4": order.limit_price_e4}
        if not trails(order.instructions):
            return {}
        if trail_e4 is not None:
            order.stop_price_e4 = max(1, order.stop_price_e4 + (trail_e4 if order.side == "Buy" else -trail_e4))
        return {"stop_price_e4": order.stop_price_e4, "high_water_e4": order.stop_price_e4 + 1}

    def follow(self, order, by_e4):
        """The market moves in favour of a trailing stop."""
        if not trails(order.instructions):
            return []
        order.stop_price_e4 = max(1, order.stop_price_e4 + (-by_e4 if order.side == "Buy" else by_e4))
        return [report(order, "Restated", stop_price_e4=order.stop_price_e4, high_water_e4=order.stop_price_e4 + 1)]

    def decrement(self, order, qty_e6):
        """Self-match prevention takes some of an order off, or what is left of it."""
        if order.instructions.cash_qty_e4 is not None:
            return []
        leaves_qty_e6 = order.qty_e6 - order.cum_qty_e6
        if qty_e6 >= leaves_qty_e6:
            return self.end(order, "Canceled", prevented_qty_e6=leaves_qty_e6)
        order.qty_e6 -= qty_e6
        return [report(order, "Restated", prevented_qty_e6=qty_e6)]

    def end(self, order, exec_type, **changes):
        """Canceled by itself, or expired."""
        del self.live[order.root_order_id]
        return [report(order, exec_type, leaves_qty_e6=0, **changes)]

    def fill(self, order, improvement_e4, qty_e6, liquidity):
        """Fill some of an order at its worst price, or better by so much."""
        better = -improvement_e4 if order.side == "Buy" else improvement_e4
        price_e4 = max(1, order.worst_price_e4 + better)
        qty_e6 = min(qty_e6, order.qty_e6 - order.cum_qty_e6)
        cash_e4 = order.instructions.cash_qty_e4
        if cash_e4 is not None:
            qty_e6 = min(qty_e6, (cash_e4 - order.spent_e4) * E6 // price_e4)
        if not qty_e6:
            return self.end(order, "Canceled")
        filled = fill(order, price_e4, qty_e6, liquidity)
        order.cum_qty_e6 += qty_e6
        order.spent_e4 += filled.amount_e4
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
