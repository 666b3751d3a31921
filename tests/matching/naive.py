"""A matcher that is obviously right and slow: plain lists, sorted at every step, a trial run on a copy where in doubt.

The oracle of `streams.matching`. It shares the messages and limits with it and no code.
"""

from __future__ import annotations

import copy
from dataclasses import replace

from streams.fold import Refused
from streams.matching import limits
from tests.matching.naive_tape import Live, NaiveTape
from topics import messages as m


class NaiveMatcher:
    """Folds the commands of any number of symbols; `apply` returns (topic, key, message) in order."""

    def __init__(self):
        self.books = {}

    def apply(self, key, message):
        known = (m.NewOrder, m.CancelRequest, m.ReplaceRequest, m.SessionCommand, m.DefineInstrument)
        if not isinstance(message, known) or message.symbol != key:
            raise Refused("not for a book")
        if key not in self.books:
            if isinstance(message, m.SessionCommand) or (isinstance(message, m.DefineInstrument) and "/" in key):
                raise Refused("not listed")
            if not isinstance(message, m.DefineInstrument):
                return NaiveBook(key).unlisted(message)
            self.books[key] = NaiveBook(key)
        return self.books[key].apply(message)


class NaiveBook(NaiveTape):
    def __init__(self, symbol):
        super().__init__(symbol)
        self.live = []  # resting and waiting
        self.trades = self.priority = 0
        self.last = None
        self.sessions = {}
        self.elected = []

    # --- views -----------------------------------------------------------------------------------------------------

    def resting(self, side):
        """Orders of a side, the one that trades first at the front."""
        found = [order for order in self.live if not order.waits and order.terms.side == side]
        sign = -1 if side == "Buy" else 1
        return sorted(found, key=lambda order: (sign * order.terms.limit_price_e4, order.priority))

    def waiting(self):
        return sorted((order for order in self.live if order.waits), key=lambda order: order.priority)

    def bbo(self):
        best = []
        for side in ("Buy", "Sell"):
            orders = self.resting(side)
            price = orders[0].terms.limit_price_e4 if orders else None
            best += [price, sum(o.leaves for o in orders if o.terms.limit_price_e4 == price)]
        return best

    def find(self, root):
        return next((order for order in self.live if order.root == root), None)

    # --- commands --------------------------------------------------------------------------------------------------

    def apply(self, message):
        self.out = []
        self.time = max(self.time, message.transact_time_us)
        before = self.bbo()
        {
            "NewOrder": self.new,
            "CancelRequest": self.cancel,
            "ReplaceRequest": self.replace,
            "SessionCommand": self.session,
            "DefineInstrument": self.define,
        }[message.NAME](message)
        while self.elected:
            order = self.elected.pop(0)
            order.triggered = True
            self.report(order, "TriggeredOrActivated", leaves=order.leaves)
            self.take(order)
        after = self.bbo()
        if after != before:
            self.out.append(("quotes", self.symbol, m.Quote(self.symbol, self.next_seq(), *after, self.time)))
        return self.out

    def unlisted(self, message):
        self.time = message.transact_time_us
        if isinstance(message, m.NewOrder):
            self.reject(message, "UnknownSymbol", "not listed here")
        else:
            self.cancel_reject(message, "UnknownOrder", "not listed here")
        return self.out

    def define(self, message):
        terms = [message.name, message.status, message.tick_rule, message.reference_price_e4, message.tier]
        if terms != self.terms:
            self.terms = terms
            self.instrument()

    def new(self, terms):
        stop = terms.order_type in ("Stop", "StopLimit")
        if self.terms[1] != "Active":
            return self.reject(terms, "ExchangeClosed", f"the market is {self.terms[1]}")
        if self.find(terms.order_id):
            return self.reject(terms, "Duplicate", "an order with this id is live")
        if stop and len(self.waiting()) >= limits.STOPS_PER_SYMBOL_MAX:
            return self.reject(terms, "ExceedsLimit", f"the book holds {limits.STOPS_PER_SYMBOL_MAX} stops")
        fault = self.fault(terms)
        if fault:
            return self.reject(terms, *fault)
        order = Live(terms, terms.order_id)
        if terms.post_only and self.counterparty(order):
            return self.reject(terms, "Other", "post-only would take liquidity")
        self.report(order, "New", leaves=terms.qty_e6)
        return self.enter(order)

    def cancel(self, request):
        order = self.find(request.root_order_id)
        if order is None or order.terms.account_id != request.account_id:
            return self.cancel_reject(request, "UnknownOrder", "no such order in the book")
        self.remove(order)
        return self.report(order, "Canceled")

    def replace(self, request):
        order = self.find(request.root_order_id)
        if order is None or order.terms.account_id != request.account_id:
            return self.cancel_reject(request, "UnknownOrder", "no such order in the book")
        if self.terms[1] != "Active":
            return self.cancel_reject(request, "Other", f"the market is {self.terms[1]}")
        old = order.terms
        new = replace(
            old,
            order_id=request.new_order_id,
            time_in_force=request.time_in_force,
            qty_e6=request.qty_e6,
            limit_price_e4=request.limit_price_e4,
            stop_price_e4=request.stop_price_e4,
            expire_time_us=request.expire_time_us,
            worst_price_e4=request.worst_price_e4,
            transact_time_us=request.transact_time_us,
        )
        fault = self.fault(new)
        if fault:
            return self.cancel_reject(request, "Other", fault[1])
        if new.qty_e6 <= order.cum:
            self.remove(order)
            return self.report(order, "Canceled", text="replaced to the filled quantity")
        if order.triggered and new.stop_price_e4 != old.stop_price_e4:
            return self.cancel_reject(request, "TooLate", "the stop has been triggered")
        tried = replace(order, terms=new)
        if new.post_only and self.counterparty(tried):
            return self.cancel_reject(request, "Other", "post-only would take liquidity")
        if new.time_in_force == "FillOrKill" and not order.waits and not self.fills_completely(tried):
            return self.cancel_reject(request, "Other", "fill or kill cannot be filled completely")
        same = ("limit_price_e4", "stop_price_e4", "time_in_force", "expire_time_us")
        if new.qty_e6 <= old.qty_e6 and all(getattr(new, f) == getattr(old, f) for f in same):
            order.terms = new
            self.report(order, "Replaced", leaves=order.leaves, orig=old.order_id)
            if not order.waits:
                less = old.qty_e6 - new.qty_e6
                self.event("Amend", order, order.leaves, less or None, order_id=old.order_id, new_id=new.order_id)
            return None
        self.remove(order)
        order.terms = new
        self.report(order, "Replaced", leaves=order.leaves, orig=old.order_id)
        return self.enter(order)

    def session(self, command):
        now = (command.transact_time_us, command.session_id)
        if command.kind in self.sessions and now <= self.sessions[command.kind]:
            return
        self.sessions[command.kind] = now
        if command.kind in ("Halt", "Resume"):
            before, after = ("Active", "Halted") if command.kind == "Halt" else ("Halted", "Active")
            if self.terms[1] == before:
                self.terms[1] = after
                self.instrument()
            return
        for order in sorted(self.live, key=lambda order: order.priority):
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

    # --- trading ---------------------------------------------------------------------------------------------------

    def enter(self, order):
        if not order.waits:
            self.take(order)
        elif self.last is not None and self.reached(order):
            self.elected.append(order)
        else:
            self.priority += 1
            order.priority = self.priority
            self.live.append(order)

    def reached(self, order):
        stop = order.terms.stop_price_e4
        return self.last >= stop if order.buys else self.last <= stop

    def counterparty(self, taker):
        """Resting order that the taker meets next, None when none is within its worst price."""
        best = next(iter(self.resting("Sell" if taker.buys else "Buy")), None)
        if best is None:
            return None
        price = best.terms.limit_price_e4
        return best if (price <= taker.worst if taker.buys else price >= taker.worst) else None

    def fills_completely(self, taker):
        """Try it on a copy."""
        trial, tried = copy.deepcopy((self, taker))
        trial.match(tried)
        return tried.leaves == 0

    def match(self, taker):
        """Trade until nothing is left or nobody is there; True when self-match prevention took the taker off."""
        mode = taker.terms.self_match_prevention
        while taker.leaves and (maker := self.counterparty(taker)):
            if mode != "Off" and maker.terms.account_id == taker.terms.account_id:
                if mode in ("CancelOldest", "CancelBoth"):
                    left = maker.leaves
                    self.remove(maker)
                    self.report(maker, "Canceled", prevented=left, text="self-match prevention")
                if mode in ("CancelNewest", "CancelBoth"):
                    return True
            else:
                self.trade(taker, maker, min(taker.leaves, maker.leaves))
        return False

    def take(self, taker):
        if taker.terms.time_in_force == "FillOrKill" and not self.fills_completely(taker):
            return self.report(taker, "Canceled", text="fill or kill: cannot be filled completely")
        prevented = self.match(taker)
        if not taker.leaves:
            return None
        if prevented:
            return self.report(taker, "Canceled", prevented=taker.leaves, text="self-match prevention")
        if taker.terms.limit_price_e4 is None or taker.terms.time_in_force == "ImmediateOrCancel":
            return self.report(taker, "Canceled", text="nothing more to trade with within the price")
        self.priority += 1
        taker.priority = self.priority
        self.live.append(taker)
        return self.event("Add", taker, taker.leaves)

    def trade(self, taker, maker, qty):
        self.last = price = maker.terms.limit_price_e4
        self.trades += 1
        amount = price * qty // 10**6
        trade_id = f"{self.symbol}-{self.trades}"
        taker.cum += qty
        maker.cum += qty
        printed = m.Trade(
            trade_id=trade_id,
            symbol=self.symbol,
            seq=self.next_seq(),
            price_e4=price,
            qty_e6=qty,
            amount_e4=amount,
            aggressor_side=taker.terms.side,
            maker_order_id=maker.terms.order_id,
            taker_order_id=taker.terms.order_id,
            transact_time_us=self.time,
        )
        self.out.append(("trades", self.symbol, printed))
        self.event("Execute", maker, maker.leaves, qty, trade_id=trade_id)
        for order, liquidity in ((taker, "RemovedLiquidity"), (maker, "AddedLiquidity")):
            fill = {"last_px_e4": price, "last_qty_e6": qty, "amount_e4": amount, "trade_id": trade_id}
            self.report(order, "Trade", leaves=order.leaves, last_liquidity=liquidity, **fill)
        if not maker.leaves:
            self.live.remove(maker)
        reached = [order for order in self.waiting() if self.reached(order)]
        for order in sorted(reached, key=lambda o: (abs(o.terms.stop_price_e4 - self.last), o.priority)):
            self.live.remove(order)
            self.elected.append(order)

    def remove(self, order):
        self.live.remove(order)
        if not order.waits:
            self.event("Delete", order, 0, order.leaves)

    # --- rules -----------------------------------------------------------------------------------------------------

    def fault(self, terms):
        limit, stop = terms.limit_price_e4, terms.stop_price_e4
        if (limit is None) != (terms.order_type in ("Market", "Stop")) or (stop is None) != (
            terms.order_type in ("Market", "Limit")
        ):
            return "UnsupportedCharacteristic", f"limit and stop price do not belong to a {terms.order_type} order"
        if (terms.expire_time_us is None) == (terms.time_in_force == "GoodTillDate"):
            return "UnsupportedCharacteristic", "expire time and GoodTillDate go together"
        if terms.expire_time_us is not None and self.time >= terms.expire_time_us:
            return "Stale", "expire time has passed"
        rests = terms.time_in_force in ("Day", "GoodTillCancel", "GoodTillDate")
        if terms.post_only and not (terms.order_type == "Limit" and rests):
            return "UnsupportedCharacteristic", "post-only needs a limit order that can rest"
        if terms.qty_e6 <= 0:
            return "IncorrectQuantity", "quantity is not positive"
        if terms.qty_e6 > limits.QTY_MAX_E6:
            return "ExceedsLimit", f"quantity is above {limits.QTY_MAX_E6} in 1e-6 share"
        for price in filter(lambda price: price is not None, (limit, stop)):
            if price <= 0 or price > limits.PRICE_MAX_E4:
                return "ExceedsLimit", f"price is outside 1 to {limits.PRICE_MAX_E4} in 1e-4"
            tick = 1 if price < 10_000 else {"Rule612": 100, "Rule612HalfPenny": 50}[self.terms[2]]
            if price % tick:
                return "InvalidPriceIncrement", f"price is not a multiple of {tick} in 1e-4"
        worst = terms.worst_price_e4
        if limit is not None and (limit > worst if terms.side == "Buy" else limit < worst):
            return "PriceExceedsBand", "limit price is beyond the worst price"
        return None

    # --- messages --------------------------------------------------------------------------------------------------
