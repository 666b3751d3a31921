"""Reads a line of a conformance table, folds it in, and says what came out as a line again.

A line is `command | outputs | state`. Commands, of account A in AAPL: `open CLASS`, `deposit N ID`, `withdraw N ID`,
`deposit-shares N COST ID`, `withdraw-shares N ID`, `status STATUS`, `clock ISO-TIME`,
`buy|sell ID QTY [limit=] [stop=] [field=value]`, `cancel ID`, `cancel-all`,
`replace ID NEW-ID [qty=] [limit=] [stop=]`, and what the book says of an order, by its first id:
`new|canceled|expired|rejected|triggered ID`, `fill ID QTY@PRICE maker|taker`, `replaced ID`, `late-cancel ID`,
`late-replace ID`.
Outputs: an order event as `ID EXECTYPE`, with `/STATUS` where it differs; `->` is what goes to the book.
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
    JournalEntry,
    NewOrder,
    OrderCancelReject,
    OrderEvent,
    ReplaceRequest,
    SetAccountStatus,
    Withdraw,
    WithdrawShares,
)

PRICES = ("bid_price_e4", "ask_price_e4", "reference_price_e4")


class Script:
    """Plays lines against one fold. Time is that of the last `clock` line."""

    def __init__(self):
        self.fold = AccountsFold()
        self.time_us = NOW

    def play(self, command):
        """Outputs and state after a command, as text."""
        message = self.message(command.split())
        step = self.fold.apply("clock" if isinstance(message, AdvanceTime) else "A", message)
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

    def say_clock(self, time):
        self.time_us = us(time)
        return AdvanceTime("clock", 0)

    def say_buy(self, order_id, qty, **options):
        return submit(order_id, "Buy", qty, **self.fields(options))

    def say_sell(self, order_id, qty, **options):
        return submit(order_id, "Sell", qty, **self.fields(options))

    def say_replace(self, order_id, new_order_id, **options):
        return replace(order_id, new_order_id, **self.fields(options))

    def say_cancel(self, order_id):
        return CancelOrder("A", order_id, 0)

    def say_cancel_all(self):
        return CancelAllOrders("A", 0)

    def say_new(self, root):
        return report(self.order(root), "New")

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

    def say_replaced(self, root):
        order = self.order(root)
        pending = order.pending_replace
        return report(
            order,
            "Replaced",
            order_id=pending.new_order_id,
            orig_order_id=order.order_id,
            qty_e6=pending.qty_e6,
            leaves_qty_e6=max(pending.qty_e6 - order.cum_qty_e6, 0),
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
    if event.replaced_by:
        words.append(f"by={event.replaced_by}")
    if event.replaces:
        words.append(f"replaces={event.replaces}")
    return " ".join(words)


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
    NewOrder: lambda order: f"-> new worst={plain(order.worst_price_e4, 4)}",
    CancelRequest: lambda request: f"-> cancel {request.order_id}",
    ReplaceRequest: lambda request: f"-> replace {request.order_id} by {request.new_order_id}",
}
