"""The naive matcher's legs: whole orders, each with what waits for its entry beside what the book may trade."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from streams.matching import limits
from tests.matching import naive_faults as faults
from tests.matching.naive_stops import NaiveStops
from tests.matching.naive_tape import Live

SOLD = "the other leg has sold the shares"


@dataclass(eq=False)
class Family:
    """The entry, None in a pair, and the legs that are not over."""

    kind: str
    parent: str
    entry: Live | None = None
    is_open: bool = True
    armed_for: int = 0
    legs: list[Live] = field(default_factory=list)


def legs_of(terms):
    """A leg is the order again, other where the leg says so."""
    if terms.contingency is None:
        return []
    own = {"side": "Sell", "expire_time_us": None, "post_only": False, "contingency": None}
    fields = ("order_id", "order_type", "time_in_force", "limit_price_e4", "stop_price_e4", "worst_price_e4")
    legs = terms.contingency.legs
    return [
        replace(terms, instructions=leg.instructions, **own, **{name: getattr(leg, name) for name in fields})
        for leg in legs
    ]


class NaiveLegs(NaiveStops):
    def __init__(self, symbol):
        super().__init__(symbol)
        self.dormant = []
        self.touched = []
        self.armed = []
        self.postponed = []

    def find(self, root):
        return next((order for order in self.live + self.dormant if order.root == root), None)

    def remove(self, order):
        if order in self.dormant:
            self.dormant.remove(order)
            return
        self.live.remove(order)
        if not order.waits and not order.queued:
            self.event("Delete", order, 0, order.part)

    def why_not_legs(self, terms):
        """What the book has against the legs of an order."""
        legs = legs_of(terms)
        if legs and len(self.live + self.dormant) + len(legs) >= limits.OPEN_ORDERS_PER_SYMBOL_MAX:
            return "ExceedsLimit", f"the book holds {limits.OPEN_ORDERS_PER_SYMBOL_MAX} orders"
        for most, word, counts in (
            (limits.STOPS_PER_SYMBOL_MAX, "stops", lambda terms: terms.stop_price_e4 is not None),
            (limits.TRAILING_PER_SYMBOL_MAX, "trailing stops", lambda terms: Live(terms, "x").trails),
        ):
            if legs and sum(map(counts, (terms, *legs))) > most - self.places_taken(counts):
                return "ExceedsLimit", f"the book holds {most} {word}"
        ids = [terms.order_id]
        for leg in legs:
            if self.find(leg.order_id) or leg.order_id in ids:
                return "Duplicate", "a leg has an id that is live"
            ids.append(leg.order_id)
            fault = faults.combination(leg) or faults.fault(leg, self.time, self.terms[2])
            if fault:
                return fault[0], f"leg: {fault[1]}"
        return None

    def places_taken(self, counts):
        return sum(counts(order.terms) for order in self.waiting() + self.dormant)

    def hang(self, order, contingency):
        family = order.family = Family(contingency.contingency_type, order.root)
        paired = family.kind == "OneUpdatesTheOther"
        if paired:
            family.legs.append(order)
        else:
            family.entry = order
        for terms in legs_of(replace(order.terms, contingency=contingency)):
            self.priority += 1
            leg = Live(terms, terms.order_id, priority=self.priority, family=family)
            family.legs.append(leg)
            if paired:
                self.report(leg, "New", leaves=leg.leaves)
            else:
                leg.unarmed = order.leaves
                self.dormant.append(leg)
                self.report(leg, "Suspended")
        family.legs.sort(key=lambda leg: leg.terms.order_type == "Limit", reverse=True)

    def report(self, order, exec_type, leaves=0, **more):
        """A leg's report has what waits too; an entry's is noted."""
        super().report(order, exec_type, leaves, **more)
        family = order.family
        if family is None:
            return
        final = exec_type in ("Canceled", "Expired")
        if not self.is_entry(order):
            self.out[-1][2].leaves_qty_e6 += 0 if final else order.unarmed
            family.legs = [leg for leg in family.legs if not final or leg.root != order.root]
            return
        family.is_open = family.is_open and not final
        if exec_type != "Trade" and family not in self.touched:
            self.touched.append(family)

    def is_entry(self, order):
        return order.family.kind != "OneUpdatesTheOther" and order.root == order.family.parent

    def is_spent(self, order):
        """Whether its sibling has left a leg that was elected nothing."""
        if order.family is None or self.is_entry(order):
            return False
        return not order.leaves or all(leg.root != order.root for leg in order.family.legs)

    def traded(self, order, qty):
        family = order.family
        if family is None:
            return
        if self.is_entry(order):
            if family not in self.touched:
                self.touched.append(family)
            family.is_open = order.leaves > 0
            return
        if not order.leaves:
            self.rest_or_go(order)
        for sibling in [leg for leg in family.legs if leg.root != order.root]:
            self.reduce(sibling, min(qty, sibling.leaves))

    def rest_or_go(self, leg):
        """Nothing of a leg is armed: it waits, or it is over."""
        if leg.unarmed:
            leg.triggered = leg.queued = False
            if leg not in self.dormant:
                self.dormant.append(leg)
        else:
            leg.family.legs = [other for other in leg.family.legs if other.root != leg.root]

    def reduce(self, leg, qty):
        if not qty:
            return
        placed, left = leg in self.live, leg.leaves - qty
        if placed and not left:
            self.remove(leg)
        if not left and not leg.unarmed:
            self.report(leg, "Canceled", text=SOLD)
            return
        leg.terms = replace(leg.terms, qty_e6=leg.terms.qty_e6 - qty)
        if placed and left and not leg.waits and not leg.queued:
            self.event("Amend", leg, leg.part, qty)
        self.report(leg, "Restated", leaves=leg.leaves, text=SOLD)
        if placed and not left:
            self.rest_or_go(leg)

    def arm(self):
        """Legs get what their entries have bought since, and lose what these will not buy."""
        while self.touched:
            family = self.touched.pop(0)
            entry = family.entry
            if entry is None:
                continue
            bought = entry.cum - family.armed_for
            first = family.armed_for == 0
            family.armed_for = entry.cum
            waiting = entry.leaves if family.is_open else 0
            family.entry = entry if family.is_open else None
            coming = []
            for leg in list(family.legs):
                total = leg.cum + leg.leaves + bought + waiting
                changed = total != leg.terms.qty_e6
                placed = leg in self.live + self.dormant
                if bought and placed:
                    self.remove(leg)
                    leg.queued = False
                if not bought and changed and not leg.leaves and not waiting:
                    self.dormant = [other for other in self.dormant if other is not leg]
                    self.report(leg, "Canceled", text="its entry has ended")
                    leg.unarmed = 0
                    continue
                leg.terms = replace(leg.terms, qty_e6=total)
                leg.unarmed = waiting
                if not bought:
                    if changed:
                        self.report(leg, "Restated", leaves=leg.leaves)
                    continue
                if first and leg.trails:
                    leg.follow(self.last)
                if first or changed:
                    self.report(leg, "New" if first else "Restated", leaves=leg.leaves)
                if placed:
                    coming.append(leg)
            again = family in self.armed
            self.armed.append(family) if bought else None
            for leg in coming:
                if again and leg.stop is not None:
                    self.postponed.append(leg)
                elif leg in family.legs:
                    (self.enter if leg.leaves else self.rest_or_go)(leg)

    def place_postponed(self):
        """Stop legs that were armed twice wait for the next price."""
        for leg in self.postponed:
            if not self.is_spent(leg):
                leg.triggered = False
                self.priority += 1
                leg.priority = self.priority
                self.live.append(leg)
            elif any(other.root == leg.root for other in leg.family.legs):
                self.rest_or_go(leg)
        self.postponed, self.armed = [], []

    def meets_entry(self, order, new):
        """Whether a profit would be taken at the limit of an entry that may still buy, or below."""
        family = order.family
        if family is None or family.entry is None:
            return False
        if self.is_entry(order):
            profits = [leg.terms.limit_price_e4 for leg in family.legs if leg.terms.order_type == "Limit"]
            limit = new.limit_price_e4
        else:
            profits = [new.limit_price_e4] if new.order_type == "Limit" else []
            limit = family.entry.terms.limit_price_e4
        return limit is not None and any(profit <= limit for profit in profits)

    def change_dormant(self, order, new, request):
        """Other terms for a leg that is in no queue."""
        if fault := faults.combination(new) or faults.fault(replace(new, qty_e6=1), self.time, self.terms[2]):
            self.cancel_reject(request, "Other", fault[1])
            return
        if self.meets_entry(order, new):
            self.cancel_reject(request, "Other", "the profit is not above the limit of the entry")
            return
        successor = self.renewed(order, new)
        self.dormant[self.dormant.index(order)] = successor
        self.put_in_family(order, successor)
        self.report(successor, "Replaced", orig=order.terms.order_id)

    def put_in_family(self, order, successor):
        family = order.family
        if family is None:
            return
        if self.is_entry(order):
            family.entry = successor
        family.legs = [successor if leg.root == order.root else leg for leg in family.legs]
