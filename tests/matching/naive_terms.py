"""Terms that only the naive matcher's book can fix: the quantity of an amount, and where a repriced order rests."""

from __future__ import annotations

import copy
from dataclasses import replace
from fractions import Fraction

from tests.matching import naive_faults as faults
from tests.matching.naive_legs import NaiveLegs
from tests.matching.naive_tape import Live


class NaiveTerms(NaiveLegs):
    def bought(self, terms, cash):
        """Try how an order without end would trade, and count how far the amount goes."""
        trial = copy.deepcopy(self)
        trial.out = []
        trial.match(Live(replace(terms, qty_e6=10**18), "trial"))
        left, total = Fraction(cash), 0
        for topic, _, trade in trial.out:
            if topic == "trades":
                cost = Fraction(trade.price_e4 * trade.qty_e6, 10**6)
                if cost >= left:
                    return total + int(left * 10**6 / trade.price_e4)
                left, total = left - cost, total + trade.qty_e6
        return total + int(left * 10**6 / terms.worst_price_e4) if terms.worst_price_e4 > 0 else 0

    def behind(self, terms):
        """The terms one increment behind the order that they would meet, None where they may not be changed."""
        if not terms.instructions or not terms.instructions.reprice:
            return None
        best = self.counterparty(Live(terms, "trial")).terms.limit_price_e4
        below_a_dollar = best <= 10_000 if terms.side == "Buy" else best < 10_000
        tick = 1 if below_a_dollar else faults.increment(self.terms[2], terms.transact_time_us)
        price = best - tick if terms.side == "Buy" else best + tick
        return replace(terms, limit_price_e4=price) if price > 0 else None
