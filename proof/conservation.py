"""Cash and shares are conserved: what the ledger says, plus executions still on their way, is what was put in.

Every journal entry balances by itself. A match writes one entry at each side, against clearing; so clearing is zero
once both are booked, and off by exactly the reports that accounts have not folded yet until then. The correction of a
match is on its way to both sides in the same way.
"""

from __future__ import annotations

from collections import Counter

from topics.messages import CorrectFill, ExecutionReport, JournalEntry


class Conservation:
    def __init__(self) -> None:
        self.totals: Counter[tuple[str, str]] = Counter()  # (ledger account without its name, asset) -> amount
        self.on_the_way: Counter[str] = Counter()  # asset -> what clients will get of executions not booked yet
        self.unbalanced: list[str] = []

    def add_entry(self, entry: JournalEntry) -> None:
        """Count a journal entry in."""
        legs: Counter[str] = Counter()
        for posting in entry.postings:
            legs[posting.asset] += posting.amount
            self.totals[posting.ledger_account.partition(":")[0], posting.asset] += posting.amount
        if any(legs.values()):
            self.unbalanced.append(entry.journal_id)

    def add_unbooked(self, report: ExecutionReport) -> None:
        """Count in the execution of one side that its account has not booked yet."""
        sign = 1 if report.side == "Buy" else -1
        self.on_the_way["USD"] -= sign * report.amount_e4
        self.on_the_way[report.symbol] += sign * (report.last_qty_e6 or 0)

    def add_unbooked_correction(self, command: CorrectFill) -> None:
        """Count in what one side of a corrected trade gets back, and what it gives anew, that is not booked yet."""
        sign = 1 if command.fill.side == "Buy" else -1
        self.on_the_way["USD"] += sign * (command.amount_e4 - command.new_amount_e4)
        self.on_the_way[command.symbol] -= sign * (command.qty_e6 - command.new_qty_e6)

    def differences(self) -> list[str]:
        """What is not conserved, in words; empty when all is."""
        found = [f"entry {journal_id} does not balance" for journal_id in self.unbalanced]
        for asset in sorted({asset for _, asset in self.totals} | self.on_the_way.keys()):
            put_in = -self.totals["bank", asset] - self.totals["custody", asset]
            there = sum(self.totals[account, asset] for account in ("cash", "securities", "fees"))
            if there + self.on_the_way[asset] != put_in:
                found.append(f"{asset}: {there} in the books, {self.on_the_way[asset]} on the way, {put_in} put in")
            if self.totals["clearing", asset] != self.on_the_way[asset]:
                found.append(f"{asset}: clearing has {self.totals['clearing', asset]} open")
        return found

    def total(self, account: str, asset: str) -> int:
        """Sum of the postings of a ledger account in an asset."""
        return self.totals[account, asset]
