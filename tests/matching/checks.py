"""What must be true of a book after every command, seen from its outputs and entries alone."""

from __future__ import annotations

from topics import messages as m


def outputs_of(step):
    return [(output.topic, output.key, output.message) for output in step.outputs]


def entries_of(fold):
    return {name: fold.entry(name) for name in fold.entry_names()}


def queues(entries, symbol):
    """Visible orders of a symbol by its entries, as (side, price) -> [(order id, open quantity)] in priority order."""
    found = {}
    resting = [e for e in entries.values() if isinstance(e, m.RestingOrderEntry) and e.symbol == symbol]
    for entry in sorted(resting, key=lambda entry: entry.priority):
        hidden = entry.instructions is not None and entry.instructions.display_qty_e6 == 0
        waits = (entry.stop_price_e4 is not None and not entry.triggered) or entry.queued or is_dormant(entry)
        if not waits and not hidden:
            queue = found.setdefault((entry.side, entry.limit_price_e4), [])
            shown = armed_e6(entry) if entry.shown_qty_e6 is None else entry.shown_qty_e6
            queue.append((entry.order_id, shown))
    return found


def armed_e6(entry):
    """Open quantity that the book may trade, in 1e-6 share: a leg also has what waits for its entry."""
    return entry.qty_e6 - entry.cum_qty_e6 - entry.unarmed_qty_e6


def is_dormant(entry):
    return not armed_e6(entry)


def naive_queues(naive, symbol):
    """The same of the naive matcher."""
    book = naive.books.get(symbol)
    found = {}
    for side in ("Buy", "Sell") if book else ():
        for order in book.resting(side):
            if not order.hidden:
                found.setdefault((side, order.terms.limit_price_e4), []).append((order.terms.order_id, order.part))
    return found


class Rebuilt:
    """A book made from `book-events` alone."""

    def __init__(self):
        self.queues = {}
        self.seq = 0

    def take(self, topic, message):
        if topic in ("trades", "quotes", "book-events"):
            assert message.seq == self.seq + 1, "a number of the symbol's sequence is missing"
            self.seq = message.seq
        if topic != "book-events":
            return
        place = (message.side, message.price_e4)
        queue = self.queues.setdefault(place, [])
        at = next((i for i, (order_id, _) in enumerate(queue) if order_id == message.order_id), None)
        if message.kind == "Add":
            assert at is None
            queue.append((message.order_id, message.qty_e6))
            return
        assert at is not None, "an event of an order that does not rest"
        assert queue[at][1] - (message.last_qty_e6 or 0) == message.qty_e6
        queue[at] = (message.new_order_id or message.order_id, message.qty_e6)
        assert message.kind != "Execute" or at == 0, "a trade of an order that is not first in its queue"
        if not message.qty_e6:
            del queue[at]
        if not queue:
            del self.queues[place]


def best(queues):
    """(best bid price, quantity, best offer price, quantity) of queues."""
    bid = max((price for side, price in queues if side == "Buy"), default=None)
    ask = min((price for side, price in queues if side == "Sell"), default=None)
    open_qty = {place: sum(qty for _, qty in queue) for place, queue in queues.items()}
    return (bid, open_qty.get(("Buy", bid), 0), ask, open_qty.get(("Sell", ask), 0))


class Lives:
    """Follows every order through its reports: New or Suspended first, one final report last, no quantity made or lost;
    and legs never sell more than their entry has bought, or than a pair has (legs are named as `Script` names them)."""

    def __init__(self):
        self.orders = {}  # root -> (order id in force, total, filled, open)
        self.finished = set()
        self.net = {}  # trade id -> quantity bought less sold
        self.may_sell = {}  # entry or pair -> what its legs may still sell

    def take(self, topic, report):
        if topic != "commands" or not isinstance(report, m.ExecutionReport):
            return
        root = report.root_order_id
        if report.exec_type == "Rejected":
            return
        parent = root.rstrip("ts")
        is_leg = root != parent
        is_armed = report.exec_type == "New" and self.orders.get(root, ("", 0, None))[2] == 0 and is_leg
        if report.exec_type in ("New", "Suspended") and not is_armed:
            self.finished.discard(root)  # accounts, not the book, knows the ids of finished orders
            assert root not in self.orders
            cum = 0
            self.begin(report, parent)
        else:
            assert root not in self.finished, "a report after the final one"
            in_force, total, cum = self.orders[root]
            less = report.prevented_qty_e6 if report.exec_type == "Restated" else 0
            is_moved = is_leg or (root in self.may_sell and report.side == "Sell")
            moves = ("Replaced", "Restated", "New") if is_moved else ("Replaced",)
            assert report.exec_type in moves or report.qty_e6 == total - less
            expected = report.orig_order_id if report.exec_type == "Replaced" else report.order_id
            assert in_force == expected, "a report under an id that is not in force"
        if report.exec_type == "Trade":
            cum += report.last_qty_e6
            sign = 1 if report.side == "Buy" else -1
            self.net[report.trade_id] = self.net.get(report.trade_id, 0) + sign * report.last_qty_e6
            self.sell(root, parent, report)
            assert report.amount_e4 == report.last_px_e4 * report.last_qty_e6 // 10**6
        assert report.cum_qty_e6 == cum
        assert (report.prevented_qty_e6 > 0) == (report.text == "self-match prevention")
        if report.leaves_qty_e6:
            assert report.leaves_qty_e6 == report.qty_e6 - cum
            self.orders[root] = (report.order_id, report.qty_e6, cum)
        else:
            assert report.exec_type in ("Canceled", "Expired", "Trade")
            del self.orders[root]
            self.finished.add(root)

    def begin(self, report, parent):
        """A leg that is suspended has nothing to sell, one that is not is of a pair and shares what its other has."""
        if report.root_order_id == parent:
            self.may_sell.pop(parent, None)
        elif report.exec_type == "Suspended":
            self.may_sell.setdefault(parent, 0)
        else:
            self.may_sell[parent] = self.orders[parent][1]

    def sell(self, root, parent, report):
        if parent in self.may_sell:
            self.may_sell[parent] += report.last_qty_e6 if report.side == "Buy" else -report.last_qty_e6
            assert self.may_sell[parent] >= 0, "legs that sold more than was bought"
