"""Accounts and a venue with both topics between them as queues, and what must hold after each step."""

from collections import Counter, deque

from streams.accounts.fold import AccountsFold
from streams.accounts.state import FINISHED_KEPT_US
from tests.accounts.say import us
from tests.accounts.venue import Venue
from topics.codec import decode, encode
from topics.messages import (
    AdvanceTime,
    ExecutionReport,
    FinishedEntry,
    JournalEntry,
    OrderCancelReject,
    OrderEvent,
    SetFirmStatus,
)


class World:
    """Two folds of the same commands: one that never stops, and one that is built from its entries now and then."""

    def __init__(self):
        self.time_us = us("2026-06-15T15:00:00")  # a day on which every fee is charged
        self.steady = AccountsFold()
        self.reloaded = AccountsFold()
        self.entries = {}  # name to bytes: the changelog
        self.orders = deque()
        self.reports = deque()
        self.venue = Venue()
        self.postings = Counter()  # (account, ledger account, asset)
        self.holds = {}  # (account, order id) to what its last event said
        self.seqs = Counter()
        self.client_ids = set()

    def command(self, message):
        """Fold a command in, check everything."""
        message.transact_time_us = self.time_us
        self._apply(message.account_id, message)

    def advance(self, by_us):
        self.time_us += by_us
        self._apply("clock", AdvanceTime("clock", self.time_us))
        for data in self.entries.values():
            entry = decode(data)
            if isinstance(entry, FinishedEntry):
                assert entry.finished_time_us + FINISHED_KEPT_US > self.time_us

    def house(self, status):
        self._apply("firm", SetFirmStatus(status, "operator", self.time_us))

    def venue_takes(self, refuse=False):
        if self.orders:
            self.reports.extend(self.venue.take(self.orders.popleft(), refuse))

    def deliver(self):
        if self.reports:
            self.command(self.reports.popleft())

    def drain(self):
        while self.orders or self.reports:
            self.venue_takes()
            self.deliver()

    def reload(self):
        """Build the second fold from the changelog, in an order that has nothing to do with how it was written."""
        self.reloaded = AccountsFold()
        names = sorted(self.entries, key=lambda name: name[::-1])
        self.reloaded.load((name, decode(self.entries[name])) for name in names)

    def _apply(self, key, message):
        step = self.steady.apply(key, message)
        again = self.reloaded.apply(key, message)
        outputs = [(output.topic, output.key, encode(output.message)) for output in step.outputs]
        assert outputs == [(output.topic, output.key, encode(output.message)) for output in again.outputs]
        changed = {name: self._bytes(self.steady, name) for name in step.changed}
        assert changed == {name: self._bytes(self.reloaded, name) for name in again.changed}
        for name, data in changed.items():
            if data is None:
                self.entries.pop(name, None)
            else:
                self.entries[name] = data
        for output in step.outputs:
            self._see(output)
        if isinstance(message, ExecutionReport | OrderCancelReject):
            assert any(output.topic == "order-events" for output in step.outputs)
        self.check()

    @staticmethod
    def _bytes(fold, name):
        entry = fold.entry(name)
        return None if entry is None else encode(entry)

    def _see(self, output):
        message = output.message
        if output.topic == "orders":
            assert output.key == message.symbol
            self.orders.append(message)
            return
        assert output.key == message.account_id
        if isinstance(message, OrderCancelReject):
            return
        assert message.account_seq == self.seqs[message.account_id] + 1
        self.seqs[message.account_id] += 1
        if isinstance(message, JournalEntry):
            for asset in {leg.asset for leg in message.postings}:
                assert sum(leg.amount for leg in message.postings if leg.asset == asset) == 0
            for leg in message.postings:
                self.postings[message.account_id, leg.ledger_account, leg.asset] += leg.amount
        elif isinstance(message, OrderEvent):
            assert message.side == "Buy" or message.fee_e4 <= message.amount_e4
            self.holds[message.account_id, message.order_id] = (message.hold_e4, message.hold_qty_e6, message.symbol)

    def check(self):
        """Money and shares are what was posted; holds are covered, and are the sum over open orders."""
        for account_id, account in self.steady.accounts.by_id.items():
            assert account.cash_e4 == self.postings[account_id, "cash", "USD"]
            held = [hold for (owner, _), hold in self.holds.items() if owner == account_id]
            assert account.hold_e4 == sum(hold for hold, _, _ in held)
            assert account.hold_e4 == sum(order.hold_e4 for order in account.orders.values())
            assert account.cash_e4 >= account.hold_e4 >= 0
            assert all(order.hold_e4 >= 0 <= order.hold_qty_e6 for order in account.orders.values())
            assert account.unsettled_e4 == sum(account.unsettled.values()) >= 0
            for symbol, position in account.positions.items():
                assert position.qty_e6 == self.postings[account_id, "securities", symbol]
                assert position.held_qty_e6 == sum(qty for _, qty, of in held if of == symbol)
                assert position.qty_e6 >= position.held_qty_e6 >= 0
                assert position.cost_basis_e4 >= 0
                assert position.qty_e6 or not position.cost_basis_e4
