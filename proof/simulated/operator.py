"""An operator who busts and corrects random trades by what is committed: often too late, sometimes twice."""

from __future__ import annotations

from random import Random
from typing import Any

from feeds.booked import NotCorrectable, Side, Trade
from proof.simulated.broker import Broker
from proof.simulated.records import messages
from topics import catalogue
from topics.codec import encode
from topics.messages import JournalEntry, OrderEvent, TradeCorrectionKind

DAY_US = 24 * 3600 * 1_000_000


class Operator:
    def __init__(self, broker: Broker, random: Random) -> None:
        self.broker, self.random = broker, random

    def act(self, now_us: int) -> None:
        """Bust or correct one trade, as the operator's command does."""
        events = [event for event in messages(self.broker, catalogue.ORDER_EVENTS) if event.NAME == "OrderEvent"]
        trade_ids = list(dict.fromkeys(event.trade_id for event in events if event.exec_type == "Trade"))
        if not trade_ids:
            return
        trade_id = self.random.choice(trade_ids[-20:])
        entries = [entry for entry in messages(self.broker, catalogue.LEDGER) if entry.NAME == "JournalEntry"]
        fills = [event for event in events if event.trade_id == trade_id and event.exec_type == "Trade"]
        if len(fills) != 2:
            return  # the other side is not booked yet
        sides = sorted((_side(fill, events, entries) for fill in fills), key=lambda side: side.fill.side)
        self._send(Trade(*sides), now_us)

    def _send(self, trade: Trade, now_us: int) -> None:
        pick, now = self.random.choice, trade.buy.standing
        kind: TradeCorrectionKind = pick(("TradeCancel", "TradeCorrect", "TradeCorrect"))
        price_e4 = (now.last_px_e4 or 0) + pick((0, 100, -100, 300, -50_0000, 50_0000))
        qty_e6 = pick((None, None, (now.last_qty_e6 or 0) // 2, (now.last_qty_e6 or 0) + 1))
        late_us = pick((0,) * 9 + (5 * DAY_US,))
        try:
            command = trade.command(kind, price_e4, qty_e6, "wrong", now_us + late_us)
        except NotCorrectable:
            return
        for _ in range(pick((1, 1, 1, 2))):
            self.broker.append(catalogue.ORDERS, command.symbol, encode(command), [("correlation-id", b"operator")])


def _side(fill: OrderEvent, events: list[Any], entries: list[JournalEntry]) -> Side:
    of_account = [event for event in events if event.account_id == fill.account_id]
    standing = [event for event in of_account if fill.exec_id in (event.exec_id, event.exec_ref_id)][-1]
    order = [event for event in of_account if event.root_order_id == fill.root_order_id][-1]
    entry = [
        entry
        for entry in entries
        if entry.account_id == fill.account_id
        and (entry.trade_id, entry.order_id) == (fill.trade_id, fill.order_id)
        and entry.kind in ("Trade", "TradeCorrect")
        and entry.account_seq < standing.account_seq
    ][-1]
    return Side(fill, standing, entry, order, 0)
