"""Streams of commands for a book: every kind, valid and not, on few prices and accounts, so that much of it meets.

`choose(options)` decides everything: a seeded `Random.choice`, or a draw of hypothesis, which can shrink a failure.
"""

from __future__ import annotations

from topics import messages as m

SYMBOL = "AAPL"
SHARE = 10**6
MIDDLE_E4 = 100_0000
START_US = 1_000_000
HALF_PENNY_US = 1_825_027_200_000_000  # 2027-11-01, when the smaller increment comes into force
ACCOUNTS = ("A", "B", "C")
TYPES = ("Limit",) * 10 + ("Market", "Stop", "StopLimit", "StopLimit", "Stop")
TIMES_IN_FORCE = (
    *("Day", "GoodTillCancel", "GoodTillDate") * 4,
    *("ImmediateOrCancel", "FillOrKill", "FillOrKill", "AtTheOpening", "AtTheClose"),
)
NEVER_REST = ("ImmediateOrCancel", "FillOrKill", "AtTheOpening", "AtTheClose")
PREVENTIONS = ("CancelNewest", "CancelOldest", "CancelBoth", "DecrementAndCancel", "DecrementAndCancel", "Off", "Off")
OWNERS = {"A": "X", "B": "X", "C": "Y"}
DAY = (
    *("Quiescent", "PreTrading", "OpeningAuction", "Continuous", "IntradayAuction", "Continuous", "ClosingAuction"),
    *("PostTrading",),
)
PHASED = (*("Phase",) * 24, *("Halt", "Reopen", "Reopen", "Resume") * 2, "Indicate", "Indicate", "Indicate")
PHASED = (*PHASED, "NoCancel", "NoMarket", "NoMarket", "NoMarket", "NoEntry")
ACTIONS = ("new",) * 20 + ("cancel",) * 3 + ("replace",) * 8 + ("odd", "odd", "session")


def define(symbol=SYMBOL, time_us=START_US, **changes):
    terms = {"name": symbol, "status": "Active", "tick_rule": "Rule612", "reference_price_e4": MIDDLE_E4, "tier": 1}
    return m.DefineInstrument(symbol=symbol, issued_by="operator", transact_time_us=time_us, **(terms | changes))


def new(order_id, account="A", side="Buy", qty=100, price=None, **changes):
    """A NewOrder: shares and a limit in 1e-4; without a limit a market order that may trade at any price."""
    worst = price if price is not None else 10**12 if side == "Buy" else 0
    terms = {
        "qty_e6": qty * SHARE,
        "order_type": "Market" if price is None else "Limit",
        "time_in_force": "Day",
        "limit_price_e4": price,
        "stop_price_e4": None,
        "expire_time_us": None,
        "post_only": False,
        "self_match_prevention": "Off",
        "worst_price_e4": worst,
        "instrument_version": 1,
        "transact_time_us": START_US,
        "symbol": SYMBOL,
    }
    owner = OWNERS.get(account, account)
    return m.NewOrder(account_id=account, order_id=order_id, side=side, owner_id=owner, **(terms | changes))


def replacement(terms, root, new_order_id, **changes):
    """A ReplaceRequest that keeps all terms of a NewOrder but the changes."""
    kept = ("time_in_force", "qty_e6", "limit_price_e4", "stop_price_e4", "expire_time_us", "worst_price_e4")
    values = {field: getattr(terms, field) for field in kept} | {
        "account_id": terms.account_id,
        "symbol": terms.symbol,
        "transact_time_us": terms.transact_time_us,
    }
    return m.ReplaceRequest(
        order_id=terms.order_id, root_order_id=root, new_order_id=new_order_id, **(values | changes)
    )


def cancel(root, account="A", order_id=None, time_us=START_US, symbol=SYMBOL):
    return m.CancelRequest(account, order_id or root, root, symbol, time_us)


def session(kind, time_us, session_id="2026-11-23", symbol=SYMBOL, **more):
    return m.SessionCommand(symbol, session_id, kind, "clock", time_us, **more)


class Script:
    """Writes commands one by one; looks into the naive matcher to aim most cancels and replaces at live orders."""

    def __init__(self, choose, naive, symbols=(SYMBOL,), day=()):
        self.choose = choose
        self.naive = naive
        self.symbols = symbols
        self.day = day  # kinds of session commands that move a book through its day
        self.sent = {}  # terms by root, as first sent
        self.sessions = []  # every command of the clock or an operator
        self.time_us = choose((START_US, HALF_PENNY_US - 200))
        self.count = 0

    def commands(self, number):
        yield from (define(symbol) for symbol in self.symbols)
        for _ in range(number):
            self.time_us += self.choose((0, 1, 1, 5, -3))
            yield getattr(self, self.choose((*ACTIONS, *("session",) * bool(self.day) * 3)))()

    def next_id(self):
        self.count += 1
        return f"O{self.count}"

    def price(self):
        return MIDDLE_E4 + 100 * self.choose(range(-4, 5))

    def quantity(self):
        return self.choose((1, 2, 3, 5, 8)) * SHARE + self.choose((0, 0, 333_333))

    def new(self):
        order_type = self.choose(TYPES)
        side = self.choose(("Buy", "Sell"))
        deep = 300 if self.choose((True, False)) else 0  # half of the orders do not reach the middle
        limit = self.price() + (-deep if side == "Buy" else deep) if order_type in ("Limit", "StopLimit") else None
        worst = limit if limit is not None else self.price() + (200 if side == "Buy" else -200)
        time_in_force = self.choose(TIMES_IN_FORCE)
        terms = m.NewOrder(
            account_id=self.choose(ACCOUNTS),
            order_id=self.next_id(),
            symbol=self.choose(self.symbols),
            side=side,
            order_type=order_type,
            time_in_force=time_in_force,
            qty_e6=self.quantity(),
            limit_price_e4=limit,
            stop_price_e4=self.price() if order_type in ("Stop", "StopLimit") else None,
            expire_time_us=self.time_us + self.choose((5, 50)) if time_in_force == "GoodTillDate" else None,
            post_only=order_type == "Limit" and self.choose((False, False, False, True)),
            self_match_prevention=self.choose(PREVENTIONS),
            worst_price_e4=worst,
            instrument_version=1,
            transact_time_us=self.time_us,
        )
        terms.owner_id = OWNERS[terms.account_id]
        terms.instructions = self.instructions(terms)
        terms.contingency = self.contingency(terms)
        self.sent[terms.order_id] = terms
        return terms

    def instructions(self, terms):
        """Mostly what fits the order, now and then what does not; None for half of the orders."""
        if self.choose((True, False)):
            return None
        asks = m.Instructions(self_match_scope=self.choose(("Account", "Account", "Owner")))
        if self.choose((False,) * 30 + (True,)):  # any at all
            asks.display_qty_e6 = self.choose((None, -1, 0, 10**4))
            asks.min_qty_e6 = self.choose((None, 0, SHARE, 10**14))
            asks.cash_qty_e4 = self.choose((None, 0, 100_0000))
            asks.trail_offset_e4 = self.choose((None, 0, 100))
            asks.trail_percent_e4 = self.choose((None, 0, 10_000, 10**6))
            asks.trigger_price_type = self.choose(("LastTrade", "BestQuote"))
            asks.reprice, asks.reduce_only = self.choose((True, False)), self.choose((True, False))
            asks.extended_hours = self.choose((True, False))
            return asks
        rests = terms.time_in_force not in NEVER_REST
        if terms.order_type == "Limit" and terms.time_in_force in ("Day", "GoodTillCancel"):
            asks.extended_hours = self.choose((True, False, False))
        if terms.limit_price_e4 is not None and rests:
            asks.display_qty_e6 = self.choose((None, 0, 0, SHARE // 2, SHARE, SHARE, 2 * SHARE))
        if terms.post_only:
            asks.reprice = self.choose((True, False))
        elif self.choose((False, False, True)):
            asks.min_qty_e6 = min(terms.qty_e6, self.choose((1, SHARE, 2 * SHARE)))
        if terms.stop_price_e4 is not None:
            asks.trigger_price_type = self.choose(("LastTrade", "BestQuote"))
        if terms.order_type == "Stop" and self.choose((True, True, False)):
            asks.trail_offset_e4 = self.choose((None, 1, 100, 200))
            asks.trail_percent_e4 = self.choose((1, 999, 2_000)) if asks.trail_offset_e4 is None else None
        if terms.order_type == "Market" and terms.time_in_force in ("Day", "ImmediateOrCancel"):
            asks.cash_qty_e4 = self.choose((None, 1, 99_9999, 350_0000, 1_000_0000))
            asks.min_qty_e6 = asks.min_qty_e6 if asks.cash_qty_e4 is None else None
        return asks

    def contingency(self, terms):
        """Legs for some orders, turned into what may have them; now and then legs that do not go together."""
        if self.choose((True, True, False)):
            return None
        kind = self.choose(("Bracket", "Bracket", "OneTriggersTheOther", "OneUpdatesTheOther"))
        odd = self.choose((False,) * 15 + (True,))
        if not odd:
            fits = kind != "OneUpdatesTheOther" or (
                terms.order_type == "Limit" and terms.time_in_force in ("Day", "GoodTillCancel")
            )
            if not fits or (terms.instructions and terms.instructions.cash_qty_e4 is not None):
                return None
            if terms.side != ("Sell" if kind == "OneUpdatesTheOther" else "Buy"):
                return None
            if kind == "OneUpdatesTheOther":
                terms.instructions = None
        force = "GoodTillCancel" if terms.time_in_force != "Day" else self.choose(("Day", "GoodTillCancel"))
        legs = [self.leg(terms, name, force, odd) for name in "ts"]
        if kind != "Bracket" and not (odd and self.choose((True, False))):
            legs = legs[1:] if kind == "OneUpdatesTheOther" else [self.choose(legs)]
        return m.Contingency(kind, legs)

    def leg(self, terms, name, force, odd):
        middle = terms.limit_price_e4 or MIDDLE_E4
        paces = (0, 1, 2, 3, 4) if odd else (1, 1, 2, 3, 4)
        up, down = (middle + 100 * step * self.choose(paces) for step in (1, -1))
        if odd:
            force = self.choose(("Day", "GoodTillCancel", "ImmediateOrCancel", "GoodTillDate"))
        if name == "t":
            return m.Leg(f"{terms.order_id}t", "", "Limit", force, up, None, up, None)
        stop_limit = self.choose((False, True))
        limit = self.choose((down, down - 100, down + 100)) if stop_limit else None
        asks = None
        if not stop_limit and self.choose((True, False, False)):
            asks = m.Instructions(trail_offset_e4=self.choose((100, 200)))
        if self.choose((True, False, False)):
            asks = asks or m.Instructions()
            asks.trigger_price_type = "BestQuote"
            asks.min_qty_e6 = 1 if odd else None
        kind = "StopLimit" if stop_limit else "Stop"
        stop = min(down, up - 100) if terms.side == "Buy" else middle - 100
        return m.Leg(f"{terms.order_id}s", "", kind, force, limit, stop, limit or stop - 300, asks)

    def target(self):
        """Root and terms of an order: most often a live one, else one of the last sent."""
        books = self.naive.books.values()
        live = {order.root: order.terms for book in books for order in book.live + book.dormant}
        orders = live if live and self.choose((True, True, True, True, False)) else self.sent
        root = self.choose(list(orders)[-25:]) if orders else self.new().order_id
        return root, orders[root]

    def cancel(self):
        root, terms = self.target()
        return cancel(root, terms.account_id, terms.order_id, self.time_us, terms.symbol)

    def replace(self):
        root, terms = self.target()
        changes = {"transact_time_us": self.time_us}
        for kind in self.choose((("qty",), ("qty",), ("price",), ("qty", "price"), ("stop",), ("tif",), ())):
            if kind == "qty":
                changes["qty_e6"] = max(0, terms.qty_e6 + self.choose((-5, -3, -2, -1, 0, 1, 2)) * SHARE)
            elif kind == "price" and terms.limit_price_e4 is not None:
                changes["limit_price_e4"] = changes["worst_price_e4"] = self.price()
            elif kind == "stop" and terms.stop_price_e4 is not None:
                changes["stop_price_e4"] = self.price()
                changes["trail_e4"] = self.choose((None, 100, 200, 5_000, 0, -1))
            elif kind == "tif":
                changes["time_in_force"] = tif = self.choose(TIMES_IN_FORCE)
                changes["expire_time_us"] = self.time_us + 9 if tif == "GoodTillDate" else None
        return replacement(terms, root, self.next_id(), **changes)

    def odd(self):
        """A command that a book must refuse, or one that is for an order it does not have."""
        terms = self.new()
        fault = self.choose(("tick", "account", "again", "shape", "worst", "size", "unlisted", "price"))
        if fault == "tick" and terms.limit_price_e4 is not None:
            terms.limit_price_e4 += 1
        elif fault == "account":
            return cancel(self.target()[0], "Z", time_us=self.time_us)
        elif fault == "again":
            root, other = self.target()
            if other.contingency is None:  # whose legs may outlive it; accounts gives no id twice
                terms.order_id, terms.symbol, terms.contingency = root, other.symbol, None
        elif fault == "shape":
            terms.expire_time_us = self.time_us + 5 if terms.expire_time_us is None else None
        elif fault == "worst":
            terms.worst_price_e4 += -100 if terms.side == "Buy" else 100
        elif fault == "size":
            terms.qty_e6 = self.choose((0, -1, 10**14))
        elif fault == "unlisted":
            terms.symbol = "ZZZZ"
        else:
            terms.stop_price_e4 = self.choose((0, 10**12))
        return terms

    def phased(self, kind, symbol):
        """The next phase of the day or another one, or what comes before and within an auction."""
        book = self.naive.books.get(symbol)
        at = DAY.index(book.phase) if book and book.phase in DAY else 2
        phase = self.choose((*(DAY[(at + 1) % len(DAY)],) * 4, "Continuous", *DAY)) if kind == "Phase" else None
        rules = self.choose(("Nasdaq", "Xetra", "Euronext", "Jse"))
        reason = self.choose((None, "Volatility")) if kind == "Halt" else None
        more = {"phase": phase, "auction_rules": rules, "halt_reason": reason}
        return session(kind, self.time_us, symbol=symbol, **more)

    def session(self):
        """A command of the clock or an operator, or an old one once more."""
        if self.sessions and self.choose((True, False, False)):
            return self.choose(self.sessions[-5:])
        kind = self.choose(("Halt", "Kill", *("Resume",) * 8, "DayEnd", "Expire", "Expire", "define", *self.day))
        symbol = self.choose(self.symbols)
        if kind in self.day:
            self.sessions.append(self.phased(kind, symbol))
            return self.sessions[-1]
        if kind == "define":
            rule = self.choose(("Rule612", "Rule612HalfPenny"))
            status = self.choose((*("Active",) * 9, "Inactive"))
            command = define(symbol, self.time_us, tick_rule=rule, status=status)
        else:
            command = session(kind, self.time_us, symbol=symbol)
        self.sessions.append(command)
        return command
