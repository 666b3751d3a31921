"""What the naive matcher publishes: book events, reports, rejects and instruments, in the order of its decisions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from topics import messages as m


@dataclass
class Live:
    """An order under its present terms."""

    terms: m.NewOrder
    root: str
    cum: int = 0
    priority: int = 0
    triggered: bool = False
    shown: int | None = None  # the part that an iceberg shows
    mark: int | None = None  # the best price that a trailing stop has seen
    stop: int | None = None
    queued: bool = False  # waits for a phase in which it may trade
    unarmed: int = 0  # what of a leg waits for its entry
    family: Any = field(default=None, compare=False, repr=False)

    def __post_init__(self):
        """A trailing stop that arrives is where accounts saw the market."""
        self.asks = self.terms.instructions or m.Instructions()
        if self.stop is None:
            self.stop = self.terms.stop_price_e4
            if self.trails:
                self.mark = self.first_mark()
                self.follow(self.mark)

    def show(self):
        """An iceberg that comes to its queue shows a part."""
        if self.asks.display_qty_e6:
            self.shown = min(self.asks.display_qty_e6, self.leaves)

    @property
    def hidden(self):
        return self.asks.display_qty_e6 == 0

    @property
    def part(self):
        """What trades before others at the price get their turn."""
        return self.leaves if self.shown is None else self.shown

    @property
    def trails(self):
        return bool(self.asks.trail_offset_e4 or self.asks.trail_percent_e4)

    def trail(self, mark):
        percent = self.asks.trail_percent_e4
        return self.asks.trail_offset_e4 if percent is None else -int(-mark * percent // 1_000_000)

    def follow(self, mark):
        self.mark = mark
        self.stop = mark + self.trail(mark) if self.buys else max(mark - self.trail(mark), 1)

    def first_mark(self):
        """The best mark that leaves the stop where it was sent, or better."""
        sent = self.terms.stop_price_e4
        if self.asks.trail_offset_e4 is not None:
            return sent - self.asks.trail_offset_e4 if self.buys else sent + self.asks.trail_offset_e4
        if self.buys:
            return next(mark for mark in range(sent, -1, -1) if mark + self.trail(mark) <= sent)
        return next(mark for mark in range(sent, 10**9) if mark - self.trail(mark) >= sent)

    @property
    def leaves(self):
        return self.terms.qty_e6 - self.cum - self.unarmed

    @property
    def waits(self):
        return self.stop is not None and not self.triggered

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
        if order.hidden or last_qty == 0:
            return
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
            stop_price_e4=order.stop if order.trails else None,
            high_water_e4=order.mark,
            **(values | fill),
        )
        if exec_type == "Trade" or exec_type == "Rejected":
            report.stop_price_e4 = report.high_water_e4 = None
        self.out.append(("commands", terms.account_id, report))

    def reject(self, terms, reason, text):
        self.report(Live(replace(terms, instructions=None), terms.order_id), "Rejected", text=text)
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
        about = (reference, tier, self.version, self.time, self.phase, self.halt_reason)
        instrument = m.Instrument(self.symbol, name, status, tick_rule, *about)
        self.out.append(("instruments", self.symbol, instrument))
