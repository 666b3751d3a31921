"""The naive matcher's phases and auctions: rules in plain words, every price tried, lists sorted at each step."""

from __future__ import annotations

from dataclasses import replace

from tests.matching import naive_faults as faults
from topics import messages as m

CALLS = ("OpeningAuction", "IntradayAuction", "UnscheduledAuction", "ClosingAuction")
REASON = {
    "closed": ("ExchangeClosed", "not taken in this phase of the day"),
    "late": ("TooLate", "the auction of the order is over"),
}
NO_CANCEL = "no more cancels and replaces of orders for the auction"
ALONE = ("AtTheOpening", "AtTheClose")


class NaiveDay:
    """`live`, `terms`, `last` and what publishes are the book's, which derives from this."""

    def __init__(self):
        self.phase, self.rules = "Continuous", "Nasdaq"
        self.late = {"Buy": None, "Sell": None}
        self.cut, self.extended, self.halt_reason = 0, False, None
        self.sessions = {}

    # --- who may trade when ----------------------------------------------------------------------------------------

    def word(self, order):
        force, phase = order.terms.time_in_force, self.phase
        if force == "AtTheOpening":
            return "queue" if phase in ("Quiescent", "PreTrading", "OpeningAuction", "PostTrading") else "late"
        if force == "AtTheClose":
            return "late" if phase == "PostTrading" else "queue"
        if phase == "Continuous":
            return "trade"
        if order.waits:
            return "queue"
        if force in ("ImmediateOrCancel", "FillOrKill") or order.asks.cash_qty_e4 is not None:
            return "closed"
        if order.asks.min_qty_e6 is not None and order.cum < order.asks.min_qty_e6:
            return "closed"
        late = order.asks.extended_hours and order.terms.limit_price_e4 is not None
        return "trade" if late and phase in ("PreTrading", "PostTrading") else "queue"

    def is_cut(self, order, least):
        coming = (
            "AtTheOpening"
            if self.phase in ("Quiescent", "PreTrading", "OpeningAuction", "PostTrading")
            else "AtTheClose"
        )
        return order.terms.time_in_force == coming and self.cut >= least

    def refusal(self, order):
        word = self.word(order)
        if word in REASON:
            return REASON[word]
        if self.is_cut(order, 3):
            return "TooLate", "no more orders for the auction"
        if self.is_cut(order, 2) and order.terms.limit_price_e4 is None:
            return "TooLate", "no more market orders for the auction"
        return None

    def bound_late_limits(self):
        opens = self.phase in ("Quiescent", "PreTrading", "OpeningAuction", "PostTrading")
        _, ranged = self.price("OpeningAuction" if opens else "ClosingAuction")
        prices = [self.terms[3] if self.last is None else self.last, *(ranged or ())[:1]]
        high, low = max(prices), min(prices)
        while high % self.tick(high):
            high -= 1
        while low % self.tick(low):
            low += 1
        self.late = {"Buy": high, "Sell": low}

    def late_limit(self, order):
        """The limit that an order gets which comes late and asks for too much; None where it keeps its own."""
        limit, far = order.terms.limit_price_e4, self.late[order.terms.side]
        if limit is None or far is None or not self.is_cut(order, 2):
            return None
        return far if (limit > far if order.terms.side == "Buy" else limit < far) else None

    def wait(self, order):
        self.priority += 1
        order.priority = self.priority
        order.queued = not order.waits
        self.live.append(order)

    def waiting_for_phase(self):
        return sorted((order for order in self.live if order.queued), key=lambda order: order.priority)

    # --- the day ---------------------------------------------------------------------------------------------------

    def session(self, command):
        now = (command.transact_time_us, command.session_id)
        if command.kind in self.sessions and now <= self.sessions[command.kind]:
            return
        self.sessions[command.kind] = now
        if command.kind not in ("Halt", "Kill", "DayEnd", "Expire"):
            self.day_command(command)
            return
        if command.kind in ("Halt", "Kill"):
            if self.terms[1] == "Active":
                self.terms[1], self.halt_reason = "Halted", command.halt_reason
                self.instrument()
            if command.kind != "Kill":
                return
        for order in sorted(self.live + self.dormant, key=lambda order: order.priority):
            if command.kind == "Kill":
                self.remove(order)
                self.report(order, "Canceled", text="kill switch of the symbol")
                continue
            if command.kind == "DayEnd":
                ends, text = (
                    order.terms.time_in_force not in ("GoodTillCancel", "GoodTillDate"),
                    "end of the trading day",
                )
            else:
                expiry = order.terms.expire_time_us
                ends, text = expiry is not None and expiry <= self.time, "expire time has passed"
            if ends:
                self.remove(order)
                self.report(order, "Expired", text=text)

    def day_command(self, command):
        kind = command.kind
        if kind in ("NoCancel", "NoMarket", "NoEntry"):
            before, self.cut = self.cut, max(self.cut, ("NoCancel", "NoMarket", "NoEntry").index(kind) + 1)
            if kind == "NoMarket" and self.cut > before:
                self.bound_late_limits()
        elif kind == "Indicate":
            call = {"Continuous": "ClosingAuction"}.get(self.phase, "OpeningAuction")
            self.tell("Indicative", self.price(self.phase if self.phase in CALLS else call)[1])
        elif kind == "Phase" and command.phase not in (None, self.phase):
            self.begin(command)
        elif kind == "Reopen" and self.terms[1] == "Halted":
            if self.phase != "Continuous":
                return self.resume()
            self.terms[1], self.halt_reason = "Active", None
            self.phase, self.rules, self.extended = "UnscheduledAuction", command.auction_rules, False
            self.instrument()
        elif kind == "Resume":
            self.resume()
        return None

    def begin(self, command):
        ends = self.phase in CALLS and command.phase not in CALLS and self.terms[1] == "Active"
        if ends and not self.uncross(self.phase):
            return
        self.phase, self.rules, self.extended = command.phase, command.auction_rules, False
        if self.phase in ("Continuous", "PostTrading", "Quiescent"):
            self.cut, self.late = 0, {"Buy": None, "Sell": None}
        self.instrument()
        if self.phase in ("PostTrading", "Quiescent"):
            elected, self.elected = self.elected, []
            for order in [*sorted(self.live + self.dormant, key=lambda order: order.priority), *elected]:
                if order.terms.time_in_force == "Day" and order.asks.extended_hours is (self.phase == "Quiescent"):
                    if order not in elected:
                        self.remove(order)
                    self.report(order, "Expired", text="end of the trading session")
                elif order in elected:
                    self.elected.append(order)
        if self.terms[1] == "Active":
            self.sort()

    def resume(self):
        if self.terms[1] == "Inactive" or (self.terms[1] == "Active" and self.phase != "UnscheduledAuction"):
            return
        self.terms[1], self.halt_reason = "Active", None
        if self.phase != "UnscheduledAuction":
            self.instrument()
            self.go_on()
            return
        if not self.uncross("UnscheduledAuction"):
            self.instrument()
            return
        self.phase, self.extended = "Continuous", False
        self.instrument()
        self.sort()

    def go_on(self):
        if self.waiting_for_phase() and self.phase == "Continuous":
            self.uncross("UnscheduledAuction")
        self.sort()

    def sort(self):
        for order in self.waiting_for_phase():
            if order not in self.live:
                continue
            word = self.word(order)
            if word == "trade":
                self.remove(order)
                order.queued = False
                if order.terms.post_only and self.counterparty(order):
                    self.report(order, "Canceled", text="post-only would take liquidity")
                else:
                    self.take(order)
            elif word in REASON:
                self.remove(order)
                self.report(order, "Canceled", text="not filled in its auction")
        if self.phase in ("PreTrading", "PostTrading", "Quiescent"):
            resting = [order for order in self.live if not order.waits and not order.queued]
            for order in sorted(resting, key=lambda order: order.priority):
                if self.word(order) != "trade":
                    self.remove(order)
                    self.wait(order)

    # --- the auction -----------------------------------------------------------------------------------------------

    def sides(self, auction):
        """Buys and sells that take part, in the order in which they trade."""
        sides = []
        for side, sign in (("Buy", -1), ("Sell", 1)):
            orders = [order for order in self.live if order.terms.side == side and not order.waits]
            orders = [order for order in orders if not order.queued or self.takes_part(order, auction)]
            orders.sort(
                key=lambda order: (
                    order.terms.limit_price_e4 is not None,
                    sign * (order.terms.limit_price_e4 or 0),
                    order.hidden,
                    order.priority,
                )
            )
            sides.append(orders)
        return sides

    def takes_part(self, order, auction):
        own = {"AtTheOpening": "OpeningAuction", "AtTheClose": "ClosingAuction"}.get(order.terms.time_in_force, auction)
        return own == auction

    def tick(self, price):
        return 1 if price < 10_000 else faults.increment(self.terms[2], self.time)

    def price(self, auction):
        """What every increment would give: by the ladder alone, and in range; each (price, volume, surplus) or None."""
        buys, sells = self.sides(auction)
        bid, _, ask, _ = self.bbo()
        reference = self.terms[3] if self.last is None else self.last
        if self.rules == "Nasdaq" and bid is not None and ask is not None:
            reference = (bid + ask) // 2
        self.reference = reference
        limits = {order.terms.limit_price_e4 for order in buys + sells} - {None}
        worst = {order.worst for order in buys + sells if 0 < order.worst < 10**9}
        far = max(reference // 10, 5_000) if self.rules == "Nasdaq" else reference // 20
        if self.rules in ("Euronext", "Jse"):
            far = reference // 10
        seen = limits | worst | {reference}
        tried = []
        price = max(min(seen) - 100, 1)
        price -= price % self.tick(price)
        while price <= max(seen) + 100:
            demand = sum(order.leaves for order in buys if order.worst >= price)
            supply = self.supply([order for order in sells if order.worst <= price])
            if price > 0 and min(demand, supply):
                tried.append((price, min(demand, supply), demand - supply))
            price += self.tick(price)
        free = self.best(tried, limits, reference)
        if free is None or abs(free[0] - reference) <= far:
            return free, free
        return free, self.best([each for each in tried if abs(each[0] - reference) <= far], limits, reference)

    def supply(self, sells):
        """Shares that are offered; those that two legs offer count once."""
        total, most = 0, {}
        for order in sells:
            if order.family is None:
                total += order.leaves
            else:
                most[order.family.parent] = max(most.get(order.family.parent, 0), order.leaves)
        return total + sum(most.values())

    def best(self, tried, limits, reference):
        if not tried:
            return None
        most = max(volume for _, volume, _ in tried)
        left = [each for each in tried if each[1] == most]
        if self.rules == "Xetra":
            left = [each for each in left if each[0] in limits] or left
        least = min(abs(surplus) for _, _, surplus in left)
        left = [each for each in left if abs(each[2]) == least]
        marginal = [(price, v, s) for price, v, s in left if s > 0 and price in limits and price == max(left)[0]]
        marginal += [(price, v, s) for price, v, s in left if s < 0 and price in limits and price == min(left)[0]]
        signs = {(surplus > 0) - (surplus < 0) for _, _, surplus in left}
        if signs in ({1}, {-1}):
            left = marginal or left
        elif signs == {1, -1} and self.rules == "Nasdaq":
            buyers = max(each for each in left if each[2] > 0)
            sellers = min(each for each in left if each[2] < 0)
            left = [each for each in (buyers, sellers) if each[0] in limits] or left
        elif self.rules == "Xetra":
            left = [each for each in tried if min(left)[0] <= each[0] <= max(left)[0]]
        return min(left, key=lambda each: (abs(each[0] - reference), each[0]))

    def uncross(self, auction):
        free, ranged = self.price(auction)
        if self.rules != "Nasdaq" and free != ranged:
            if not self.extended and self.phase in CALLS:
                self.extended = True
                self.tell("Extended", free)
                return False
            ranged = free
        if ranged is None:
            return True
        price, _, surplus = ranged
        buys, sells = self.sides(auction)
        buys = [order for order in buys if order.worst >= price]
        sells = [order for order in sells if order.worst <= price]
        paired = 0
        while buys and sells:
            buy, sell = buys[0], sells[0]
            older, newer = sorted((buy, sell), key=lambda order: order.priority)
            same = "owner_id" if self.by_owner(newer.terms) else "account_id"
            mode = newer.terms.self_match_prevention
            if mode == "Off" or getattr(older.terms, same) != getattr(newer.terms, same):
                qty = min(buy.leaves, sell.leaves)
                paired += qty
                self.auction_trade(buy, sell, older, newer, price, qty)
            elif mode == "DecrementAndCancel":
                qty = min(buy.leaves, sell.leaves)
                self.less(older, qty)
                self.less(newer, qty)
            else:
                for order, modes in ((older, ("CancelOldest", "CancelBoth")), (newer, ("CancelNewest", "CancelBoth"))):
                    if mode in modes:
                        self.less(order, order.leaves)
            buys = [order for order in buys if order in self.live]
            sells = [order for order in sells if order in self.live]
        for order in (*buys[:1], *sells[:1]):
            if not order.queued and not order.part:
                self.show_next_part(order)
        self.tell("Uncrossed", (price, paired, surplus))
        if paired:
            self.look_at([o for o in self.waiting() if o.asks.trigger_price_type == "LastTrade"], price)
        return True

    def less(self, order, qty):
        """Take a prevented quantity off an order; all of it ends the order."""
        text = "self-match prevention"
        if qty == order.leaves:
            self.remove(order)
            self.report(order, "Canceled", prevented=qty, text=text)
            return
        less = qty if order.queued else self.lessen(order, qty)
        order.terms = replace(order.terms, qty_e6=order.terms.qty_e6 - qty)
        if less and not order.queued:
            self.event("Amend", order, order.part, less)
        self.report(order, "Restated", leaves=order.leaves, prevented=qty, text=text)

    def auction_trade(self, buy, sell, older, newer, price, qty):
        self.last = price
        self.trades += 1
        trade_id, amount = f"{self.symbol}-{self.trades}", price * qty // 10**6
        printed = m.Trade(
            trade_id=trade_id,
            symbol=self.symbol,
            seq=self.next_seq(),
            price_e4=price,
            qty_e6=qty,
            amount_e4=amount,
            aggressor_side=newer.terms.side,
            maker_order_id=older.terms.order_id,
            taker_order_id=newer.terms.order_id,
            transact_time_us=self.time,
            match_type="CallAuction",
        )
        self.out.append(("trades", self.symbol, printed))
        for order in (buy, sell):
            shown = min(order.part, qty)
            order.cum += qty
            if not order.queued:
                if order.shown is not None:
                    order.shown -= shown
                self.event("Execute", order, order.part, shown, trade_id=trade_id)
            fill = {"last_px_e4": price, "last_qty_e6": qty, "amount_e4": amount, "trade_id": trade_id}
            self.report(order, "Trade", leaves=order.leaves, last_liquidity="Auction", **fill)
            if not order.leaves:
                self.live.remove(order)
            self.traded(order, qty)

    def show_next_part(self, order):
        order.show()
        self.priority += 1
        order.priority = self.priority
        self.event("Add", order, order.part)

    def tell(self, kind, outcome):
        price, volume, surplus = outcome or (None, 0, 0)
        side = None if not surplus else "Buy" if surplus > 0 else "Sell"
        message = m.Auction(self.symbol, kind, self.phase, price, volume, abs(surplus), side, self.reference, self.time)
        self.out.append(("auctions", self.symbol, message))
