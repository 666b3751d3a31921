"""Reads a line of a conformance table, folds it in, and says what came out as a line again.

A line is `command | outputs | state`. Commands, of account A in AAPL: `open CLASS`, `deposit N ID`, `withdraw N ID`,
`deposit-shares N COST ID`, `withdraw-shares N ID`, `status STATUS`, `kill`, `house STATUS`, `clock ISO-TIME`,
`buy|sell ID QTY [limit=] [stop=] [instruction=value] [field=value]`, `cancel ID`, `cancel-all [SYMBOL]`,
`replace ID NEW-ID [qty=] [limit=] [stop=] [trail=]`, and what the book says of an order, by its first id:
`new|canceled|expired|rejected|triggered|restated ID`, `fill ID QTY@PRICE maker|taker`, `replaced ID`, `late-cancel ID`,
`late-replace ID`; `new`, `replaced` and `restated` take what the book fixed (`qty=`, `limit=`, `stop=`, `mark=`) and
`restated` and `canceled` what self-match prevention took off (`prevented=`). Legs: `tp=110` (IDt) and `sl=90` or
`sl=90@89`, a stop-limit, or `sltrail=2` (IDs) make a bracket, one of them an OTO, and `sl=` with `oco=true` a pair;
`legs=FORCE` where they are not good as long as the order; the book says `suspended` of a leg that waits.
Instructions: `display`, `min`, `cash`, `trail`, `percent`, `trigger`, `reprice`, `reduce`, `scope`.
`kill` disables the account and cancels its orders.
Outputs: an order event as `ID EXECTYPE`, with `/STATUS` where it differs, and what an instruction may have changed;
`->` is what goes to the book.
State: cash, cash held, shares, shares held.
"""

from decimal import Decimal

from streams.accounts.fold import AccountsFold
from tests.accounts.say import (
    NOW,
    deposit,
    deposit_shares,
    e4,
    e6,
    fill,
    opened,
    reject,
    replace,
    report,
    submit,
    us,
)
from topics.messages import (
    AccountEvent,
    AdvanceTime,
    CancelAllOrders,
    CancelOrder,
    CancelRequest,
    Contingency,
    Instructions,
    JournalEntry,
    Leg,
    NewOrder,
    OrderCancelReject,
    OrderEvent,
    ReplaceRequest,
    SetAccountStatus,
    SetFirmStatus,
    Withdraw,
    WithdrawShares,
)

KEYS = {AdvanceTime: "clock", SetFirmStatus: "firm"}
PRICES = ("bid_price_e4", "ask_price_e4", "reference_price_e4")


INSTRUCTIONS = {
    "display": ("display_qty_e6", e6),
    "min": ("min_qty_e6", e6),
    "cash": ("cash_qty_e4", e4),
    "trail": ("trail_offset_e4", e4),
    "percent": ("trail_percent_e4", e4),
    "trigger": ("trigger_price_type", str),
    "reprice": ("reprice", bool),
    "reduce": ("reduce_only", bool),
    "scope": ("self_match_scope", str),
    "extended": ("extended_hours", bool),
}


class Script:
    """Plays lines against one fold. Time is that of the last `clock` line."""

    def __init__(self):
        self.fold = AccountsFold()
        self.time_us = NOW

    def play(self, command):
        """Outputs and state after a command, as text."""
        message = self.message(command.split())
        step = self.fold.apply(KEYS.get(type(message), "A"), message)
        return "; ".join(described(output.message) for output in step.outputs) or "-", self.state()

    def state(self):
        account = self.fold.accounts.by_id.get("A")
        if account is None:
            return "-"
        position = account.positions.get("AAPL")
        shares, held = (position.qty_e6, position.held_qty_e6) if position else (0, 0)
        return f"{plain(account.cash_e4, 4)} {plain(account.hold_e4, 4)} {plain(shares, 6)} {plain(held, 6)}"

    def order(self, root):
        return self.fold.accounts.by_id["A"].orders[root]

    def message(self, words):
        verb, *words = words
        options = dict(word.split("=") for word in words if "=" in word)
        words = [word for word in words if "=" not in word]
        maker = getattr(self, "say_" + verb.replace("-", "_"))
        message = maker(*words, **options)
        message.transact_time_us = self.time_us
        return message

    def say_open(self, account_class):
        return opened(account_class=account_class)

    def say_deposit(self, amount, transfer_id):
        return deposit(amount, transfer_id)

    def say_withdraw(self, amount, transfer_id):
        return Withdraw("A", transfer_id, e4(amount), 0)

    def say_deposit_shares(self, qty, cost, transfer_id):
        return deposit_shares(qty, cost, transfer_id=transfer_id)

    def say_withdraw_shares(self, qty, transfer_id):
        return WithdrawShares("A", transfer_id, "AAPL", e6(qty), 0)

    def say_status(self, status):
        return SetAccountStatus("A", status, 0)

    def say_kill(self):
        return SetAccountStatus("A", "DISABLED", 0, cancel_orders=True)

    def say_house(self, status):
        return SetFirmStatus(status, "operator", 0)

    def say_clock(self, time):
        self.time_us = us(time)
        return AdvanceTime("clock", 0)

    def say_buy(self, order_id, qty, **options):
        return self.submitted(order_id, "Buy", qty, options)

    def say_sell(self, order_id, qty, **options):
        return self.submitted(order_id, "Sell", qty, options)

    def submitted(self, order_id, side, qty, options):
        contingency = contingency_of(order_id, options)
        if "trail" in options or "percent" in options:
            options.setdefault("order_type", "Stop")
        asked = {field: of(options.pop(name)) for name, (field, of) in INSTRUCTIONS.items() if name in options}
        instructions = Instructions(**asked) if asked else None
        return submit(order_id, side, qty, **self.fields(options), instructions=instructions, contingency=contingency)

    def say_replace(self, order_id, new_order_id, **options):
        if "trail" in options:
            options["trail_e4"] = e4(options.pop("trail"))
        return replace(order_id, new_order_id, **self.fields(options))

    def say_cancel(self, order_id):
        return CancelOrder("A", order_id, 0)

    def say_cancel_all(self, symbol=None, session=None):
        return CancelAllOrders("A", 0, symbol, session)

    def say_new(self, root, **fixed):
        return self.restating(root, "New", fixed)

    def say_restated(self, root, prevented="0", **fixed):
        order = self.order(root)
        fixed.setdefault("qty", plain(order.qty_e6 - e6(prevented), 6))
        message = self.restating(root, "Restated", fixed)
        message.prevented_qty_e6 = e6(prevented)
        return message

    def restating(self, root, exec_type, fixed):
        """A report that leaves the order open, with what the book fixed of it."""
        order = self.order(root)
        qty_e6 = e6(fixed["qty"]) if "qty" in fixed else order.qty_e6
        leaves_qty_e6 = qty_e6 - order.cum_qty_e6
        return report(order, exec_type, qty_e6=qty_e6, leaves_qty_e6=leaves_qty_e6, **prices_of(fixed))

    def say_suspended(self, root):
        return self.restating(root, "Suspended", {})

    def say_triggered(self, root):
        return report(self.order(root), "TriggeredOrActivated")

    def say_canceled(self, root, prevented="0"):
        return report(self.order(root), "Canceled", leaves_qty_e6=0, prevented_qty_e6=e6(prevented))

    def say_expired(self, root):
        return report(self.order(root), "Expired", leaves_qty_e6=0)

    def say_rejected(self, root, reason):
        return report(self.order(root), "Rejected", leaves_qty_e6=0, order_reject_reason=reason)

    def say_fill(self, root, what, liquidity):
        qty, price = what.split("@")
        liquidity = {"maker": "AddedLiquidity", "taker": "RemovedLiquidity"}[liquidity]
        return fill(self.order(root), e4(price), e6(qty), liquidity)

    def say_replaced(self, root, **fixed):
        order = self.order(root)
        pending = order.pending_replace
        return report(
            order,
            "Replaced",
            order_id=pending.new_order_id,
            orig_order_id=order.order_id,
            qty_e6=pending.qty_e6,
            leaves_qty_e6=max(pending.qty_e6 - order.cum_qty_e6, 0),
            **prices_of(fixed),
        )

    def say_late_cancel(self, root):
        return reject(self.order(root), "OrderCancelRequest")

    def say_late_replace(self, root):
        return reject(self.order(root), "OrderCancelReplaceRequest")

    def fields(self, options):
        """Options of a line as fields of the message; `bid`, `ask`, `reference` and `expire` are short names."""
        fields = {}
        for name, value in options.items():
            if f"{name}_price_e4" in PRICES:
                fields[f"{name}_price_e4"] = None if value == "none" else e4(value)
            elif name == "expire":
                fields["expire_time_us"] = us(value)
            elif value in ("true", "false", "none"):
                fields[name] = {"true": True, "false": False, "none": None}[value]
            elif name == "instrument_version":
                fields[name] = int(value)
            else:
                fields[name] = value
        return fields


def contingency_of(order_id, options):
    """The legs of a line's options, which are taken out of them; None without any."""
    force = options.pop("legs", None) or options.get("time_in_force", "Day")
    force = force if force in ("Day", "GoodTillCancel") else "Day"
    legs = []
    if "tp" in options:
        legs.append(leg_of(f"{order_id}t", "Limit", force, options.pop("tp"), None, None))
    if "sl" in options:
        stop, _, limit = options.pop("sl").partition("@")
        legs.append(leg_of(f"{order_id}s", "StopLimit" if limit else "Stop", force, limit or None, stop, None))
    if "sltrail" in options:
        trail = Instructions(trail_offset_e4=e4(options.pop("sltrail")))
        legs.append(leg_of(f"{order_id}s", "Stop", force, None, None, trail))
    if not legs:
        return None
    kind = "Bracket" if len(legs) > 1 else "OneTriggersTheOther"
    return Contingency("OneUpdatesTheOther" if options.pop("oco", None) else kind, legs)


def leg_of(order_id, order_type, force, limit, stop, instructions):
    prices = [None if price is None else e4(price) for price in (limit, stop)]
    return Leg(order_id, f"client-{order_id}", order_type, force, *prices, 0, instructions)


def prices_of(fixed):
    """Prices that the book fixed, as fields of a report."""
    names = {"limit": "limit_price_e4", "stop": "stop_price_e4", "mark": "high_water_e4"}
    return {field: e4(fixed[name]) for name, field in names.items() if name in fixed}


def plain(value, digits):
    """An integer of so many decimals as text without trailing zeros."""
    text = f"{Decimal(value).scaleb(-digits):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def described(message):
    """An output in few words."""
    return DESCRIBE[type(message)](message)


def describe_order_event(event):
    words = [event.order_id, event.exec_type]
    if event.order_status != event.exec_type:
        words[1] += f"/{event.order_status}"
    if event.exec_type == "Trade":
        words.append(f"fee={plain(event.fee_e4, 4)}")
    if event.reject_reasons:
        words.append(",".join(event.reject_reasons))
    if event.existing_order_id:
        words.append(f"existing={event.existing_order_id}")
    if event.prevented_qty_e6:
        words.append(f"prevented={plain(event.prevented_qty_e6, 6)}")
    if event.parent_order_id and event.exec_type in ("PendingNew", "Restated", "New", "Suspended"):
        words.append(f"qty={plain(event.qty_e6, 6)} held={plain(event.hold_qty_e6, 6)}")
    elif event.exec_type == "Restated" and event.prevented_qty_e6:
        words.append(f"qty={plain(event.qty_e6, 6)}")
    if event.instructions is not None and event.exec_type in ("PendingNew", "New", "Restated", "Replaced"):
        words += instructed(event)
    if event.replaced_by:
        words.append(f"by={event.replaced_by}")
    if event.replaces:
        words.append(f"replaces={event.replaces}")
    return " ".join(words)


def instructed(order):
    """What the instructions of an order may have changed."""
    words = []
    instructions = order.instructions
    if instructions.cash_qty_e4 is not None or instructions.reduce_only:
        words.append(f"qty={plain(order.qty_e6, 6)}")
    if instructions.reprice:
        words.append(f"limit={plain(order.limit_price_e4, 4)}")
    if order.stop_price_e4 is not None and (instructions.trail_offset_e4 or instructions.trail_percent_e4):
        words.append(f"stop={plain(order.stop_price_e4, 4)}")
    if getattr(order, "high_water_e4", None) is not None:
        words.append(f"mark={plain(order.high_water_e4, 4)}")
    return words


def describe_new_order(order):
    words = instructed(order) if order.instructions is not None else []
    words.append(f"worst={plain(order.worst_price_e4, 4)}")
    if order.contingency is not None:
        words += [order.contingency.contingency_type, *map(describe_leg, order.contingency.legs)]
    return " ".join(["-> new", *words])


def describe_leg(leg):
    stop = "" if leg.stop_price_e4 is None else f"stop={plain(leg.stop_price_e4, 4)},"
    return f"{leg.order_id}({stop}worst={plain(leg.worst_price_e4, 4)})"


def describe_replace_request(request):
    trail = "" if request.trail_e4 is None else f" trail={plain(request.trail_e4, 4)}"
    return f"-> replace {request.order_id} by {request.new_order_id}{trail}"


def describe_journal(entry):
    legs = [
        f"{leg.ledger_account}{'+' if leg.amount > 0 else ''}{plain(leg.amount, 4 if leg.asset == 'USD' else 6)}"
        for leg in entry.postings
        if leg.ledger_account not in ("bank", "custody", "clearing")
    ]
    return f"{entry.kind} {' '.join(legs)}"


def describe_cancel_reject(reject):
    kind = {"OrderCancelRequest": "cancel", "OrderCancelReplaceRequest": "replace"}[reject.response_to]
    rules = ",".join(part.split(":")[0] for part in reject.text.split("; ") if ":" in part)
    return f"{kind}-reject {reject.order_id} {reject.cancel_reject_reason}{' ' + rules if rules else ''}"


DESCRIBE = {
    OrderEvent: describe_order_event,
    OrderCancelReject: describe_cancel_reject,
    JournalEntry: describe_journal,
    AccountEvent: lambda event: event.kind + (f" {event.status}" if event.kind == "StatusChanged" else ""),
    NewOrder: describe_new_order,
    CancelRequest: lambda request: f"-> cancel {request.order_id}",
    ReplaceRequest: describe_replace_request,
}
