"""A matcher that is obviously right and slow: plain lists, sorted at every step, a trial run on a copy where in doubt.

The oracle of `streams.matching`. It shares the messages and limits with it and no code.
"""

from __future__ import annotations

import copy
from dataclasses import replace

from streams.fold import Refused
from streams.matching import limits
from tests.matching import naive_faults as faults
from tests.matching.naive_day import ALONE, NO_CANCEL, NaiveDay
from tests.matching.naive_legs import legs_of
from tests.matching.naive_tape import Live
from tests.matching.naive_terms import NaiveTerms
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


class NaiveBook(NaiveTerms, NaiveDay):
    def __init__(self, symbol):
        NaiveTerms.__init__(self, symbol)
        NaiveDay.__init__(self)
        self.live = []  # resting and waiting
        self.trades = self.priority = 0
        self.last = None
        self.elected = []
        self.moved = []

    # --- views -----------------------------------------------------------------------------------------------------

    def resting(self, side):
        """Orders of a side, the one that trades first at the front."""
        found = [order for order in self.live if not order.waits and not order.queued and order.terms.side == side]
        sign = -1 if side == "Buy" else 1
        return sorted(found, key=lambda order: (sign * order.terms.limit_price_e4, order.hidden, order.priority))

    def bbo(self):
        best = []
        for side in ("Buy", "Sell"):
            orders = [order for order in self.resting(side) if not order.hidden]
            price = orders[0].terms.limit_price_e4 if orders else None
            best += [price, sum(o.part for o in orders if o.terms.limit_price_e4 == price)]
        return best

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
        self.arm()
        self.look_at_quote()
        while self.elected:
            order = self.elected.pop(0)
            if self.is_spent(order):
                self.rest_or_go(order)
            else:
                order.triggered = True
                self.report(order, "TriggeredOrActivated", leaves=order.leaves)
                if (word := self.word(order)) == "trade":
                    self.take(order)
                elif word == "queue":
                    self.wait(order)
                else:
                    self.report(order, "Canceled", text="not taken in this phase of the day")
                self.arm()
            if not self.elected:
                self.look_at_quote()
        self.place_postponed()
        for order in self.waiting():
            if order in self.moved:
                self.report(order, "Restated", leaves=order.leaves)
        self.moved, self.touched = [], []
        after = self.bbo()
        if after != before:
            self.out.append(("quotes", self.symbol, m.Quote(self.symbol, self.next_seq(), *after, self.time)))
        return self.out

    def unlisted(self, message):
        self.time = message.transact_time_us
        if isinstance(message, m.NewOrder):
            self.reject_all(message, "UnknownSymbol", "not listed here")
        else:
            self.cancel_reject(message, "UnknownOrder", "not listed here")
        return self.out

    def define(self, message):
        terms = [message.name, message.status, message.tick_rule, message.reference_price_e4, message.tier]
        if terms != self.terms:
            paused = self.terms is not None and self.terms[1] != "Active"
            self.terms = terms
            if terms[1] != "Halted":
                self.halt_reason = None
            self.instrument()
            if paused and terms[1] == "Active":
                self.go_on()

    def new(self, terms):
        stop = terms.order_type in ("Stop", "StopLimit")
        if self.terms[1] != "Active":
            return self.reject_all(terms, "ExchangeClosed", f"the market is {self.terms[1]}")
        if self.find(terms.order_id):
            return self.reject_all(terms, "Duplicate", "an order with this id is live")
        if stop and self.places_taken(lambda order: order.stop_price_e4 is not None) >= limits.STOPS_PER_SYMBOL_MAX:
            return self.reject_all(terms, "ExceedsLimit", f"the book holds {limits.STOPS_PER_SYMBOL_MAX} stops")
        asks = terms.instructions or m.Instructions()
        trails = [order for order in self.waiting() + self.dormant if order.trails]
        if (asks.trail_offset_e4 or asks.trail_percent_e4) and len(trails) >= limits.TRAILING_PER_SYMBOL_MAX:
            return self.reject_all(
                terms, "ExceedsLimit", f"the book holds {limits.TRAILING_PER_SYMBOL_MAX} trailing stops"
            )
        fault = faults.combination(terms)
        if not fault and asks.cash_qty_e4:
            terms = replace(terms, qty_e6=self.bought(terms, asks.cash_qty_e4))
        fault = fault or faults.fault(terms, self.time, self.terms[2]) or self.why_not_legs(terms)
        if fault:
            return self.reject_all(terms, *fault)
        order = Live(terms, terms.order_id)
        if fault := self.refusal(order):
            return self.reject_all(terms, *fault)
        if terms.post_only and self.word(order) == "trade" and self.counterparty(order):
            terms = self.behind(terms)
            if terms is None:
                return self.reject_all(order.terms, "Other", "post-only would take liquidity")
            price = {"limit_price_e4": terms.limit_price_e4}
            order = Live(terms, terms.order_id)
        elif late := self.late_limit(order):
            price = {"limit_price_e4": late}
            order = Live(replace(terms, limit_price_e4=late), terms.order_id)
        else:
            price = {}
        self.report(order, "New", leaves=terms.qty_e6, **price)
        if terms.contingency:
            order.terms = replace(terms, contingency=None)
            self.hang(order, terms.contingency)
        self.enter(order)
        if order.family and order.family.kind == "OneUpdatesTheOther":
            for leg in [leg for leg in order.family.legs if leg.root != order.root]:
                self.enter(leg)
        return None

    def reject_all(self, terms, reason, text):
        for order in (terms, *legs_of(terms)):
            self.reject(order, reason, text)

    def cancel(self, request):
        order = self.find(request.root_order_id)
        if order is None or order.terms.account_id != request.account_id:
            return self.cancel_reject(request, "UnknownOrder", "no such order in the book")
        if self.is_cut(order, 1):
            return self.cancel_reject(request, "TooLate", NO_CANCEL)
        self.remove(order)
        return self.report(order, "Canceled")

    def replace(self, request):
        order = self.find(request.root_order_id)
        if order is None or order.terms.account_id != request.account_id:
            return self.cancel_reject(request, "UnknownOrder", "no such order in the book")
        if self.terms[1] != "Active":
            return self.cancel_reject(request, "Other", f"the market is {self.terms[1]}")
        old = order.terms
        asks = old.instructions
        if order.trails and request.trail_e4 is not None:
            kind = "trail_percent_e4" if asks.trail_offset_e4 is None else "trail_offset_e4"
            asks = replace(asks, **{kind: request.trail_e4})
        new = replace(
            old,
            instructions=asks,
            order_id=request.new_order_id,
            time_in_force=request.time_in_force,
            qty_e6=old.qty_e6 if order.family and not self.is_entry(order) else request.qty_e6,
            limit_price_e4=request.limit_price_e4,
            stop_price_e4=old.stop_price_e4 if order.trails else request.stop_price_e4,
            expire_time_us=request.expire_time_us,
            worst_price_e4=request.worst_price_e4,
            transact_time_us=request.transact_time_us,
        )
        fault = faults.combination(new)
        if not fault and asks != old.instructions:
            new = replace(new, stop_price_e4=self.renewed(order, new).stop)
        if order in self.dormant:
            return self.change_dormant(order, new, request)
        fault = fault or faults.fault(new, self.time, self.terms[2])
        if fault:
            return self.cancel_reject(request, "Other", fault[1])
        if self.is_cut(order, 1):
            return self.cancel_reject(request, "TooLate", NO_CANCEL)
        if new.qty_e6 <= order.cum:
            self.remove(order)
            return self.report(order, "Canceled", text="replaced to the filled quantity")
        if new.time_in_force != old.time_in_force and {new.time_in_force, old.time_in_force} & set(ALONE):
            return self.cancel_reject(request, "Other", "an order is for an auction alone from its beginning, or never")
        if fault := self.refusal(self.renewed(order, new)):
            return self.cancel_reject(request, "Other", fault[1])
        if self.meets_entry(order, new):
            return self.cancel_reject(request, "Other", "the profit is not above the limit of the entry")
        if order.triggered and (new.stop_price_e4, asks) != (old.stop_price_e4, old.instructions):
            return self.cancel_reject(request, "TooLate", "the stop has been triggered")
        tried = self.renewed(order, new)
        trades = self.word(tried) == "trade"
        if new.post_only and trades and self.counterparty(tried):
            new = self.behind(new)
            if new is None:
                return self.cancel_reject(request, "Other", "post-only would take liquidity")
        if new.time_in_force == "FillOrKill" and not order.waits and trades and not self.fills_completely(tried):
            return self.cancel_reject(request, "Other", "fill or kill cannot be filled completely")
        price = {} if new.limit_price_e4 == request.limit_price_e4 else {"limit_price_e4": new.limit_price_e4}
        same = ("limit_price_e4", "stop_price_e4", "time_in_force", "expire_time_us", "instructions")
        if new.qty_e6 <= old.qty_e6 and all(getattr(new, f) == getattr(old, f) for f in same):
            less = old.qty_e6 - new.qty_e6 if order.queued else self.lessen(order, old.qty_e6 - new.qty_e6)
            order.terms = new
            self.report(order, "Replaced", leaves=order.leaves, orig=old.order_id, **price)
            if not order.waits and not order.queued:
                self.event("Amend", order, order.part, less or None, order_id=old.order_id, new_id=new.order_id)
            return None
        self.remove(order)
        old_order, order = order, self.renewed(order, new)
        self.put_in_family(old_order, order)
        self.report(order, "Replaced", leaves=order.leaves, orig=old.order_id, **price)
        return self.enter(order)

    def renewed(self, order, terms):
        """The order as it comes again under other terms."""
        kept = {name: getattr(order, name) for name in ("root", "cum", "priority", "triggered", "unarmed", "family")}
        again = Live(terms, **kept)
        if order.trails:
            again.follow(order.mark)
        return again

    def lessen(self, order, qty):
        """Take a quantity off an order, off what is shown last; returns what is shown less. The terms follow."""
        before = order.part
        if order.shown is not None:
            order.shown = min(order.shown, order.leaves - qty)
            return before - order.shown
        return qty

    # --- trading ---------------------------------------------------------------------------------------------------

    def enter(self, order):
        if self.word(order) == "queue":
            self.wait(order)
        elif not order.waits:
            self.take(order)
        elif self.reached(order, self.seen_by(order)):
            self.elected.append(order)
        else:
            self.priority += 1
            order.priority = self.priority
            self.live.append(order)

    def counterparty(self, taker):
        """Resting order that the taker meets next, None when none is within its worst price."""
        best = next(iter(self.resting("Sell" if taker.buys else "Buy")), None)
        if best is None:
            return None
        price = best.terms.limit_price_e4
        return best if (price <= taker.worst if taker.buys else price >= taker.worst) else None

    def filled_on_trial(self, taker):
        """Total that would be filled: tried on a copy."""
        trial, tried = copy.deepcopy((self, taker))
        trial.match(tried)
        return tried.cum

    def fills_completely(self, taker):
        return self.filled_on_trial(taker) == taker.cum + taker.leaves

    def match(self, taker):
        """Trade until nothing is left or nobody is there; True when self-match prevention took the taker off."""
        mode = taker.terms.self_match_prevention
        same = "owner_id" if self.by_owner(taker.terms) else "account_id"
        while taker.leaves and (maker := self.counterparty(taker)):
            if mode != "Off" and getattr(maker.terms, same) == getattr(taker.terms, same):
                if mode == "DecrementAndCancel" and self.decrement(taker, maker):
                    return True
                if mode in ("CancelOldest", "CancelBoth"):
                    left = maker.leaves
                    self.remove(maker)
                    self.report(maker, "Canceled", prevented=left, text="self-match prevention")
                if mode in ("CancelNewest", "CancelBoth"):
                    return True
            else:
                self.trade(taker, maker, min(taker.leaves, maker.part))
        return False

    def decrement(self, taker, maker):
        """Take the smaller open quantity off both; True when nothing of the taker is left."""
        qty = min(taker.leaves, maker.leaves)
        if qty == maker.leaves:
            self.remove(maker)
            self.report(maker, "Canceled", prevented=qty, text="self-match prevention")
        else:
            less = self.lessen(maker, qty)
            maker.terms = replace(maker.terms, qty_e6=maker.terms.qty_e6 - qty)
            if less:
                self.event("Amend", maker, maker.part, less)
            self.report(maker, "Restated", leaves=maker.leaves, prevented=qty, text="self-match prevention")
        if qty == taker.leaves:
            return True
        taker.terms = replace(taker.terms, qty_e6=taker.terms.qty_e6 - qty)
        self.report(taker, "Restated", leaves=taker.leaves, prevented=qty, text="self-match prevention")
        return False

    def by_owner(self, terms):
        return bool(terms.instructions) and terms.instructions.self_match_scope == "Owner"

    def take(self, taker):
        if taker.terms.time_in_force == "FillOrKill" and not self.fills_completely(taker):
            return self.report(taker, "Canceled", text="fill or kill: cannot be filled completely")
        if self.filled_on_trial(taker) < (taker.asks.min_qty_e6 or 0):
            return self.report(taker, "Canceled", text="minimum quantity: cannot be filled at once")
        prevented = self.match(taker)
        if not taker.leaves:
            return None
        if prevented:
            return self.report(taker, "Canceled", prevented=taker.leaves, text="self-match prevention")
        if taker.terms.limit_price_e4 is None or taker.terms.time_in_force == "ImmediateOrCancel":
            return self.report(taker, "Canceled", text="nothing more to trade with within the price")
        self.priority += 1
        taker.priority = self.priority
        taker.show()
        self.live.append(taker)
        return self.event("Add", taker, taker.part)

    def trade(self, taker, maker, qty):
        self.last = price = maker.terms.limit_price_e4
        self.trades += 1
        amount = price * qty // 10**6
        trade_id = f"{self.symbol}-{self.trades}"
        taker.cum += qty
        maker.cum += qty
        if maker.shown is not None:
            maker.shown -= qty
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
        self.event("Execute", maker, maker.part, qty, trade_id=trade_id)
        for order, liquidity in ((taker, "RemovedLiquidity"), (maker, "AddedLiquidity")):
            fill = {"last_px_e4": price, "last_qty_e6": qty, "amount_e4": amount, "trade_id": trade_id}
            self.report(order, "Trade", leaves=order.leaves, last_liquidity=liquidity, **fill)
        if not maker.leaves:
            self.live.remove(maker)
        elif not maker.part:
            maker.show()
            self.priority += 1
            maker.priority = self.priority
            self.event("Add", maker, maker.shown)
        self.traded(taker, qty)
        self.traded(maker, qty)
        if self.phase not in ("PreTrading", "PostTrading"):
            self.look_at([o for o in self.waiting() if o.asks.trigger_price_type == "LastTrade"], price)
