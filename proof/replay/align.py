"""Recorded messages to commands, kept aligned with the orders NASDAQ named.

A new order is a limit order of a maker account, an execution an immediate-or-cancel order of a taker account from the
other side at that price: our queue decides who fills. Where the head of our queue is not the order NASDAQ named, that
is a miss: the named order is cut down instead, so that the books stay together. Orders of the seed book have unknown
ids: one order a level stands for them, and whatever is named and unknown at its price is taken from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from feeds import lobster
from proof.replay.core import Core
from streams.matching.order import Order
from topics import catalogue
from topics import messages as m
from topics.message import Message

MAKER, TAKER = "replay-maker", "replay-taker"
SHARE_E6 = 1_000_000
PLENTY_E4 = 10**15
PLENTY_E6 = 10**15


@dataclass(slots=True)
class Addressed:
    """A command, the topic and key it goes to, and the live order it concerns, if any."""

    topic: str
    key: str
    message: Message
    root_order_id: str | None = None


class Aligner:
    def __init__(self, day: lobster.Day, core: Core, start_us: int) -> None:
        self.day, self.core, self.symbol = day, core, day.symbol
        self.time_us = start_us
        self.visible_executions = self.fifo_head_hits = self.unknown = 0
        self.replaced = 0

    def opening(self) -> list[Addressed]:
        """The instrument, the two accounts, and the seed book."""
        reference_e4 = self.day.seed[0][1]
        terms = m.DefineInstrument(
            self.symbol, self.symbol, "Active", "Rule612", reference_e4, 1, "operator", self.time_us
        )
        commands = [Addressed(catalogue.ORDERS, self.symbol, terms)]
        for account in (MAKER, TAKER):
            for message in (
                m.OpenAccount(account, account, "replay", self.time_us),
                m.Deposit(account, f"{account}-cash", PLENTY_E4, self.time_us),
                m.DepositShares(account, f"{account}-shares", self.symbol, PLENTY_E6, 0, self.time_us),
            ):
                commands.append(Addressed(catalogue.COMMANDS, account, message))
        for direction, price_e4, shares in self.day.seed:
            order_id = self._seed_id(direction, price_e4)
            commands.append(self._submit(MAKER, order_id, direction, shares, price_e4, "GoodTillCancel"))
        return commands

    def command(self, flow: lobster.Flow) -> Addressed | None:
        """The command that a message asks for, None where it changes nothing that can be seen."""
        self.time_us = max(self.time_us, flow.time_us)
        if flow.kind == lobster.NEW:
            return self._submit(MAKER, f"L{flow.ref}", flow.direction, flow.shares, flow.price_e4, "GoodTillCancel")
        if flow.kind not in (lobster.REDUCE, lobster.DELETE, lobster.EXECUTE):
            return None
        named = self._named(flow)
        if flow.kind == lobster.EXECUTE:
            self.visible_executions += 1
            if named is not None and self._head(flow.direction) is named and named.price_e4 == flow.price_e4:
                self.fifo_head_hits += 1
                taker_id = f"X{flow.row}"
                return self._submit(TAKER, taker_id, -flow.direction, flow.shares, flow.price_e4, "ImmediateOrCancel")
        if named is None:
            self.unknown += 1
            return None
        whole = flow.kind == lobster.DELETE and not named.root_order_id.startswith("S")
        return self._cut(named, named.leaves_qty_e6 if whole else flow.shares * SHARE_E6)

    def _named(self, flow: lobster.Flow) -> Order | None:
        """The order a message names, or the seed's at its price."""
        orders = self.core.matching.book(self.symbol).orders
        return orders.get(f"L{flow.ref}") or orders.get(self._seed_id(flow.direction, flow.price_e4))

    def _head(self, direction: int) -> Order | None:
        book = self.core.matching.book(self.symbol)
        level = (book.bids if direction == 1 else book.asks).best()
        return level.head if level else None

    def _cut(self, order: Order, qty_e6: int) -> Addressed:
        """Take so much off an order."""
        root = order.root_order_id
        left_e6 = order.leaves_qty_e6 - qty_e6
        if left_e6 <= 0:
            cancel = m.CancelOrder(MAKER, order.terms.order_id, self.time_us)
            return Addressed(catalogue.COMMANDS, MAKER, cancel, root)
        self.replaced += 1
        new_id = f"{root}.{self.replaced}"
        replace = m.ReplaceOrder(
            account_id=MAKER,
            order_id=order.terms.order_id,
            new_order_id=new_id,
            client_order_id=new_id,
            qty_e6=order.terms.qty_e6 - qty_e6,
            limit_price_e4=None,
            stop_price_e4=None,
            time_in_force=None,
            expire_time_us=None,
            tick_rule="Rule612",
            reference_price_e4=order.price_e4,
            bid_price_e4=None,
            ask_price_e4=None,
            transact_time_us=self.time_us,
        )
        return Addressed(catalogue.COMMANDS, MAKER, replace, root)

    def _submit(
        self, account: str, order_id: str, direction: int, shares: int, price_e4: int, force: m.TimeInForce
    ) -> Addressed:
        order = m.SubmitOrder(
            account_id=account,
            user_id=account,
            order_id=order_id,
            client_order_id=order_id,
            symbol=self.symbol,
            side="Buy" if direction == 1 else "Sell",
            order_type="Limit",
            time_in_force=force,
            qty_e6=shares * SHARE_E6,
            limit_price_e4=price_e4,
            stop_price_e4=None,
            expire_time_us=None,
            post_only=False,
            self_match_prevention="Off",
            instrument_version=1,
            instrument_status="Active",
            tick_rule="Rule612",
            reference_price_e4=price_e4,
            bid_price_e4=None,
            ask_price_e4=None,
            transact_time_us=self.time_us,
        )
        return Addressed(catalogue.COMMANDS, account, order, order_id)

    def _seed_id(self, direction: int, price_e4: int) -> str:
        return f"S{'B' if direction == 1 else 'A'}{price_e4}"
