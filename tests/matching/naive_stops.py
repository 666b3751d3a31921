"""What the naive matcher's stops look at: the last sale or the quote; trailing ones follow it."""

from __future__ import annotations

from tests.matching.naive_tape import NaiveTape


class NaiveStops(NaiveTape):
    """`live`, `last`, `elected` and `moved` are the book's, which derives from this."""

    def waiting(self):
        return sorted((order for order in self.live if order.waits), key=lambda order: order.priority)

    def seen_by(self, order):
        """The price that triggers a stop: the last sale, or the best price that it would meet."""
        if order.asks.trigger_price_type == "LastTrade":
            return self.last
        bid, _, ask, _ = self.bbo()
        return ask if order.buys else bid

    def reached(self, order, price):
        if price is None:
            return False
        return price >= order.stop if order.buys else price <= order.stop

    def look_at(self, orders, price):
        """Let waiting stops see a price: those that trail follow it, those that it reaches are elected."""
        for order in orders:
            if order.trails and (price < order.mark if order.buys else price > order.mark):
                order.follow(price)
                self.moved.append(order)
        reached = [order for order in orders if self.reached(order, price)]
        for order in sorted(reached, key=lambda o: (abs(o.stop - price), o.priority)):
            self.live.remove(order)
            self.elected.append(order)

    def look_at_quote(self):
        bid, _, ask, _ = self.bbo()
        for price, buys in ((bid, False), (ask, True)):
            orders = [o for o in self.waiting() if o.asks.trigger_price_type == "BestQuote" and o.buys is buys]
            if price is not None and self.terms[1] == "Active" and self.phase == "Continuous":
                self.look_at(orders, price)
