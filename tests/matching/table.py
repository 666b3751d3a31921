"""The language of `conformance.txt`: short commands into messages, and outputs and books back into short text.

A command: `1 A sell 100@10.00 [gtc|ioc|fok|gtd=TIME] [post] [cn|co|cb|dc] [stop=10.10] [worst=10.50]` (id, account,
side, shares, limit or `mkt`), `cancel 1`, `replace 1 as 2 50@10.00 ...`, `halt`, `kill`, `resume`, `day-end`,
`expire TIME`. A replace states all terms anew, a trail with `trail=`. Times are small integers; the clock stands at 0
until a command with a time. Instructions: `show=10`, `hidden`, `min=5`, `cash=100.00`, `trail=0.50` or `trail=1%` with
its first stop, `quote`, `reprice`, `owner` (A and B have one owner). Legs: `tp=10.50` (1t) and `sl=9.50` or
`sl=9.50@9.40`, a stop-limit, or `sltrail=0.50` (1s) make a bracket, one of them an OTO, and `oco sl=9.50` a pair;
`legs=gtc` where they are not good as long as the order. In a book `1x10+20` shows 10 and keeps 20 back, `~` is hidden,
`held` are legs of which nothing is armed.
"""

from __future__ import annotations

from streams.matching.contingent import legs_of
from streams.matching.fold import MatchingFold
from tests.matching import script
from tests.matching.checks import armed_e6, entries_of, is_dormant, outputs_of, queues
from topics import messages as m

TIMES_IN_FORCE = {
    "opg": "AtTheOpening",
    "cls": "AtTheClose",
    "gtc": "GoodTillCancel",
    "ioc": "ImmediateOrCancel",
    "fok": "FillOrKill",
    "gtd": "GoodTillDate",
}
PREVENTIONS = {"cn": "CancelNewest", "co": "CancelOldest", "cb": "CancelBoth", "dc": "DecrementAndCancel"}
PHASES = {
    "night": "Quiescent",
    "pre": "PreTrading",
    "opening": "OpeningAuction",
    "trading": "Continuous",
    "intraday": "IntradayAuction",
    "closing": "ClosingAuction",
    "post": "PostTrading",
}
DAY = {
    "no-cancel": "NoCancel",
    "no-market": "NoMarket",
    "no-entry": "NoEntry",
    "indicate": "Indicate",
    "reopen": "Reopen",
}
KINDS = {"halt": "Halt", "kill": "Kill", "resume": "Resume", "day-end": "DayEnd", "expire": "Expire"}
SHOWN = {"Canceled": "canceled", "Expired": "expired", "TriggeredOrActivated": "triggered", "Suspended": "held"}


def e4(text):
    whole, _, decimals = text.partition(".")
    return int(whole + decimals.ljust(4, "0"))


def price(value_e4):
    text = f"{value_e4 // 10**4}.{value_e4 % 10**4:04}"
    return text.removesuffix("00")


def shares(qty_e6):
    return f"{qty_e6 / 10**6:.6f}".rstrip("0").rstrip(".")


class Reader:
    """Makes messages of a case's commands; knows the orders it made, to resolve a replace."""

    def __init__(self):
        self.orders = {}
        self.time_us = 0

    def read(self, text):
        first, *rest = text.split()
        if first in PHASES or first in DAY:
            self.time_us += 1
            rules = rest[0].capitalize() if rest else "Nasdaq"
            more = {"phase": PHASES.get(first), "auction_rules": rules}
            return script.session(DAY.get(first, "Phase"), self.time_us, **more)
        if first in KINDS:
            self.time_us = int(rest[0]) if rest else self.time_us + 1
            return script.session(KINDS[first], self.time_us)
        if first == "cancel":
            root, account = rest[0], rest[1] if rest[1:] else self.orders[rest[0]].account_id
            return script.cancel(root, account, time_us=self.time_us)
        if first == "replace":
            root, _, new_id, *terms = rest
            old = self.orders[root]
            new = self.order(new_id, old.account_id, old.side.lower(), terms)
            kept = ("time_in_force", "qty_e6", "limit_price_e4", "stop_price_e4", "expire_time_us", "worst_price_e4")
            asks = new.instructions or m.Instructions()
            trail = asks.trail_percent_e4 if asks.trail_offset_e4 is None else asks.trail_offset_e4
            return script.replacement(
                old, root, new_id, trail_e4=trail, **{field: getattr(new, field) for field in kept}
            )
        account, side, *terms = rest
        self.orders[first] = order = self.order(first, account, side, terms)
        order.contingency = contingency(order, dict(flag.partition("=")[::2] for flag in terms[1:]))
        self.orders |= {leg.order_id: leg for leg in legs_of(order)}
        return order

    def order(self, order_id, account, side, terms):
        qty, _, limit = terms[0].partition("@")
        flags = dict(flag.partition("=")[::2] for flag in terms[1:])
        limit_e4 = None if limit == "mkt" else e4(limit)
        stop_e4 = e4(flags["stop"]) if "stop" in flags else None
        changes = {
            "order_type": {(True, True): "Market", (True, False): "Stop", (False, False): "StopLimit"}.get(
                (limit_e4 is None, stop_e4 is None), "Limit"
            ),
            "stop_price_e4": stop_e4,
            "qty_e6": int(float(qty) * script.SHARE),
            "time_in_force": next((TIMES_IN_FORCE[flag] for flag in flags if flag in TIMES_IN_FORCE), "Day"),
            "self_match_prevention": next((PREVENTIONS[flag] for flag in flags if flag in PREVENTIONS), "Off"),
            "expire_time_us": int(flags["gtd"]) if flags.get("gtd") else None,
            "post_only": "post" in flags,
            "transact_time_us": self.time_us,
            "instructions": instructions(flags),
        }
        if "worst" in flags:
            changes["worst_price_e4"] = e4(flags["worst"])
        return script.new(order_id, account, side.capitalize(), price=limit_e4, **changes)


def instructions(flags):
    """Instructions of an order's flags, None without any."""
    asks = m.Instructions()
    trail = flags.get("trail", "")
    if trail.endswith("%"):
        asks.trail_percent_e4 = e4(trail[:-1])
    elif trail:
        asks.trail_offset_e4 = e4(trail)
    if "hidden" in flags or "show" in flags:
        asks.display_qty_e6 = int(float(flags.get("show", 0)) * script.SHARE)
    asks.min_qty_e6 = int(float(flags["min"]) * script.SHARE) if "min" in flags else None
    asks.cash_qty_e4 = e4(flags["cash"]) if "cash" in flags else None
    asks.trigger_price_type = "BestQuote" if "quote" in flags else "LastTrade"
    asks.reprice = "reprice" in flags
    asks.extended_hours = "ext" in flags
    asks.self_match_scope = "Owner" if "owner" in flags else "Account"
    return None if asks == m.Instructions() else asks


def contingency(order, flags):
    """Legs of an order's flags, None without any. Their prices are worst prices too, or nothing is."""
    force = TIMES_IN_FORCE.get(flags.get("legs", ""), order.time_in_force)
    force = force if force in ("Day", "GoodTillCancel") else "Day"
    legs = []
    if "tp" in flags:
        legs.append(m.Leg(f"{order.order_id}t", "", "Limit", force, e4(flags["tp"]), None, e4(flags["tp"]), None))
    if "sl" in flags:
        stop, _, limit = flags["sl"].partition("@")
        kind, limit_e4 = ("StopLimit", e4(limit)) if limit else ("Stop", None)
        legs.append(m.Leg(f"{order.order_id}s", "", kind, force, limit_e4, e4(stop), limit_e4 or 0, None))
    if "sltrail" in flags:
        asks = m.Instructions(trail_offset_e4=e4(flags["sltrail"]))
        legs.append(m.Leg(f"{order.order_id}s", "", "Stop", force, None, e4("1.00"), 0, asks))
    if not legs:
        return None
    kind = "OneUpdatesTheOther" if "oco" in flags else "Bracket" if len(legs) > 1 else "OneTriggersTheOther"
    return m.Contingency(kind, legs)


def run(given, command):
    """Outputs of `command` after `given`, and the entries at the end."""
    fold, reader = MatchingFold(), Reader()
    fold.apply(script.SYMBOL, script.define(time_us=0))
    for text in filter(None, map(str.strip, given.split(";"))):
        fold.apply(script.SYMBOL, reader.read(text))
    outputs = []
    for text in command.split(";"):
        outputs += outputs_of(fold.apply(script.SYMBOL, reader.read(text.strip())))
    return outputs, entries_of(fold)


def show_outputs(outputs):
    """Reports, refusals and status changes; quotes and the tape are checked elsewhere."""
    shown = []
    for _, _, message in outputs:
        if isinstance(message, m.ExecutionReport):
            shown.append(f"{message.order_id} {show_report(message)}")
        elif isinstance(message, m.OrderCancelReject):
            shown.append(f"{message.root_order_id} refused {message.cancel_reject_reason}")
        elif isinstance(message, m.Instrument):
            shown.append(message.status if message.status != "Active" else message.phase)
        elif isinstance(message, m.Auction):
            shown.append(show_auction(message))
    return ", ".join(shown) or "-"


def show_auction(told):
    side = {"Buy": " to buy", "Sell": " to sell", None: ""}[told.imbalance_side]
    left = f", {shares(told.imbalance_qty_e6)}{side}" if side else ""
    at = f"{shares(told.paired_qty_e6)}@{price(told.price_e4)}" if told.price_e4 is not None else "nothing"
    return f"{told.kind.lower()} {at}{left}"


def show_report(report):
    if report.exec_type == "Rejected":
        return f"rejected {report.order_reject_reason}"
    if report.exec_type == "Trade":
        return f"trade {shares(report.last_qty_e6)}@{price(report.last_px_e4)}"
    if report.exec_type == "Restated" and report.prevented_qty_e6:
        return f"less {shares(report.prevented_qty_e6)}"
    if report.exec_type == "Restated":
        return f"now {shares(report.qty_e6)}" if report.stop_price_e4 is None else f"stop {price(report.stop_price_e4)}"
    at = "" if report.limit_price_e4 is None else f" at {price(report.limit_price_e4)}"
    if report.exec_type == "Replaced":
        return f"replaces {report.orig_order_id}{at}"
    if report.exec_type == "New":
        return f"new{at}"
    if report.prevented_qty_e6:
        return f"prevented {shares(report.prevented_qty_e6)}"
    return SHOWN[report.exec_type]


def show_book(entries):
    """Bids from the best down / offers from the best up / waiting stops; each order with its open shares."""
    resting = [e for e in entries.values() if isinstance(e, m.RestingOrderEntry)]
    back = {e.order_id: e.qty_e6 - e.cum_qty_e6 - e.shown_qty_e6 for e in resting if e.shown_qty_e6}
    hidden = sorted(
        (e for e in resting if not e.queued and e.instructions and e.instructions.display_qty_e6 == 0),
        key=lambda e: e.priority,
    )
    visible = queues(entries, script.SYMBOL)
    sides = []
    for side, best_first in (("Buy", -1), ("Sell", 1)):
        levels = sorted((p for s, p in visible if s == side), key=lambda p: best_first * p)
        sides.append(
            " ".join(f"{price(p)}:" + ",".join(part(i, q, back) for i, q in visible[side, p]) for p in levels) or "-"
        )
    if hidden:
        sides.append(
            " ".join(f"~{price(e.limit_price_e4)}:{e.order_id}x{shares(e.qty_e6 - e.cum_qty_e6)}" for e in hidden)
        )
    resting.sort(key=lambda entry: entry.priority)
    queued = [e for e in resting if e.queued]
    if queued:
        sides.append("queue " + ",".join(f"{e.order_id}x{shares(armed_e6(e))}" for e in queued))
    stops = [e for e in resting if e.stop_price_e4 and not e.triggered and not e.queued and not is_dormant(e)]
    if stops:
        sides.append("stop " + ",".join(f"{e.order_id}{leg_qty(e)}" for e in stops))
    dormant = [e.order_id for e in resting if is_dormant(e)]
    if dormant:
        sides.append("held " + ",".join(dormant))
    return " / ".join(sides)


def leg_qty(entry):
    """What is armed of a leg that waits for its stop price."""
    return "" if entry.contingency_type is None else f"x{shares(armed_e6(entry))}"


def part(order_id, qty_e6, back):
    """An order in its queue: what it shows, and what it keeps back."""
    return f"{order_id}x{shares(qty_e6)}" + (f"+{shares(back[order_id])}" if order_id in back else "")
