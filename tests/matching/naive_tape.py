"""What the naive matcher publishes: book events, reports, rejects and instruments, in the order of its decisions."""

from __future__ import annotations

from dataclasses import dataclass

from topics import messages as m


@dataclass
class Live:
    """An order under its present terms."""

    terms: m.NewOrder
    root: str
    cum: int = 0
    priority: int = 0
    triggered: bool = False

    @property
    def leaves(self):
        return self.terms.qty_e6 - self.cum

    @property
    def waits(self):
        return self.terms.order_type in ("Stop", "StopLimit") and not self.triggered

    @property
    def buys(self):
        return self.terms.side == "Buy"

    @property
    def worst(self):
        return self.terms.worst_price_e4 if self.terms.limit_price_e4 is None else self.terms.limit_price_e4


class NaiveTape:
    """The outputs of one book; whoever decides derives from it."""

    def __init__(self, symbol):
        self.symbol = symbol
        self.terms = None
        self.time = self.seq = self.version = 0
        self.out = []

    def next_seq(self):
        self.seq += 1
        return self.seq

    def event(self, kind, order, qty, last_qty=None, trade_id=None, order_id=None, new_id=None):
        terms = order.terms
        event = m.BookEvent(
            symbol=self.symbol,
            seq=self.next_seq(),
            kind=kind,
            order_id=order_id or terms.order_id,
            new_order_id=new_id,
            side=terms.side,
            price_e4=terms.limit_price_e4,
            qty_e6=qty,
            last_qty_e6=last_qty,
            trade_id=trade_id,
            transact_time_us=self.time,
        )
        self.out.append(("book-events", self.symbol, event))

    def report(self, order, exec_type, leaves=0, orig=None, prevented=0, text="", **fill):
        terms = order.terms
        values = {"last_px_e4": None, "last_qty_e6": None, "amount_e4": 0, "trade_id": None, "last_liquidity": None}
        report = m.ExecutionReport(
            account_id=terms.account_id,
            order_id=terms.order_id,
            root_order_id=order.root,
            orig_order_id=orig,
            symbol=self.symbol,
            side=terms.side,
            exec_type=exec_type,
            qty_e6=terms.qty_e6,
            cum_qty_e6=order.cum,
            leaves_qty_e6=leaves,
            prevented_qty_e6=prevented,
            order_reject_reason=None,
            text=text,
            transact_time_us=self.time,
            **(values | fill),
        )
        self.out.append(("commands", terms.account_id, report))

    def reject(self, terms, reason, text):
        self.report(Live(terms, terms.order_id), "Rejected", text=text)
        self.out[-1][2].order_reject_reason = reason

    def cancel_reject(self, request, reason, text):
        response = "OrderCancelReplaceRequest" if isinstance(request, m.ReplaceRequest) else "OrderCancelRequest"
        reject = m.OrderCancelReject(
            account_id=request.account_id,
            user_id=None,
            order_id=request.order_id,
            root_order_id=request.root_order_id,
            symbol=request.symbol,
            response_to=response,
            cancel_reject_reason=reason,
            text=text,
            transact_time_us=self.time,
        )
        self.out.append(("commands", request.account_id, reject))

    def instrument(self):
        self.version += 1
        name, status, tick_rule, reference, tier = self.terms
        instrument = m.Instrument(self.symbol, name, status, tick_rule, reference, tier, self.version, self.time)
        self.out.append(("instruments", self.symbol, instrument))
