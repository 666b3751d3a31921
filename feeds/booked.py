"""A trade as it is booked now, read off the records that booked it, and the command that cancels or corrects it.

The store says where the records are; what counts is read whole: events as the store keeps them, journal entries off
the log. Each may be of a moment ago: the command says what was seen, and the book refuses it when that is no more so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row

from config.settings import Settings
from feeds.reading import Place, Reading
from topics.catalogue import LEDGER
from topics.codec import decode, encode
from topics.messages import BookedFill, CorrectTrade, JournalEntry, OrderEvent, TradeCorrectionKind

OPERATOR = "operator"
ENDED = ("Filled", "Canceled", "Replaced", "Rejected", "Expired")
DAY_US = 24 * 3600 * 1_000_000

_SIDES = """
SELECT trades.order_id, trades.account_id, fill.event AS fill, standing.event AS standing
FROM projection.trades AS trades
JOIN projection.executions AS fill
    ON fill.account_id = trades.account_id AND fill.record_offset = trades.record_offset
LEFT JOIN LATERAL (
    SELECT event FROM projection.trade_corrections AS corrected
    JOIN projection.executions USING (account_id, record_offset)
    WHERE corrected.trade_id = trades.trade_id AND corrected.exec_ref_id = trades.exec_id
    ORDER BY corrected.account_seq DESC LIMIT 1
) AS standing ON true
WHERE trades.trade_id = %s
"""
_ENTRY = """
SELECT record_partition, record_offset FROM projection.ledger_entries
WHERE account_id = %s AND account_seq < %s AND trade_id = %s AND order_id = %s AND kind IN ('Trade', 'TradeCorrect')
ORDER BY account_seq DESC LIMIT 1
"""
_LAST_OF_CHAIN = """
WITH RECURSIVE chain AS (
    SELECT order_id, replaced_by, account_id, record_offset FROM projection.orders WHERE order_id = %s
    UNION ALL
    SELECT later.order_id, later.replaced_by, later.account_id, later.record_offset
    FROM chain JOIN projection.orders AS later ON later.order_id = chain.replaced_by
)
SELECT event FROM chain JOIN projection.executions USING (account_id, record_offset) WHERE replaced_by IS NULL
"""
_ACCEPTED = "SELECT created_at FROM projection.orders WHERE order_id = %s"


class NotCorrectable(LookupError):
    """Why a trade cannot be canceled or corrected, in words."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a trade: the event that told of the fill, the one that told last what it is, the entry that books it
    now, the last event of its order, and the day (since the epoch) on which the order's chain was accepted."""

    fill: OrderEvent
    standing: OrderEvent
    entry: JournalEntry
    order: OrderEvent
    fee_day: int

    def booked(self) -> BookedFill:
        """What the command carries of it."""
        assert self.fill.last_liquidity is not None
        return BookedFill(
            account_id=self.fill.account_id,
            side=self.fill.side,
            exec_id=self.fill.exec_id,
            root_order_id=self.fill.root_order_id,
            order_id=self.fill.order_id,
            is_open=self.order.order_status not in ENDED,
            correction_count=self.order.correction_count,
            worst_price_e4=self.fill.worst_price_e4 or 0,
            last_liquidity=self.fill.last_liquidity,
            fee_day=self.fee_day,
            postings=self.entry.postings,
            cost_change_e4=self.entry.cost_change_e4 or 0,
            order_event=encode(self.order),
        )


@dataclass(frozen=True, slots=True)
class Trade:
    """Both sides of a trade."""

    buy: Side
    sell: Side

    def command(
        self, kind: TradeCorrectionKind, price_e4: int | None, qty_e6: int | None, text: str, now_us: int
    ) -> CorrectTrade:
        """The command that cancels it, or gives it another price or quantity; None leaves either as it is.

        Raises NotCorrectable for one that was canceled already, or booked before its cost was told.
        """
        now, is_cancel = self.buy.standing, kind == "TradeCancel"
        for side in (self.buy, self.sell):
            if side.standing.exec_type == "TradeCancel":
                raise NotCorrectable(f"{now.trade_id} was busted already: {side.standing.exec_id}")
            if side.entry.cost_change_e4 is None or side.fill.settlement_day is None:
                raise NotCorrectable(f"{now.trade_id} is too old: its booking does not tell what it did to the cost")
        assert now.trade_id is not None
        assert now.last_px_e4 is not None
        assert now.last_qty_e6 is not None
        assert now.settlement_day is not None
        return CorrectTrade(
            trade_id=now.trade_id,
            symbol=now.symbol,
            kind=kind,
            price_e4=now.last_px_e4,
            qty_e6=now.last_qty_e6,
            amount_e4=now.amount_e4,
            new_price_e4=0 if is_cancel else now.last_px_e4 if price_e4 is None else price_e4,
            new_qty_e6=0 if is_cancel else now.last_qty_e6 if qty_e6 is None else qty_e6,
            settlement_day=now.settlement_day,
            traded_time_us=self.buy.fill.transact_time_us,
            buy=self.buy.booked(),
            sell=self.sell.booked(),
            text=text,
            issued_by=OPERATOR,
            transact_time_us=now_us,
        )


async def find_trade(config: Settings, log: Reading, trade_id: str) -> Trade:
    """The trade of an id. Raises NotCorrectable when it is unknown, psycopg.Error when the store does not answer."""
    with psycopg.connect(config.postgres_dsn, row_factory=dict_row) as store:
        rows = store.execute(_SIDES, [trade_id]).fetchall()
        if len(rows) != 2:
            raise NotCorrectable(f"the store knows no trade {trade_id}")
        sides = [await _side(store, log, row) for row in rows]
    sides.sort(key=lambda side: side.fill.side)
    return Trade(*sides)


async def _side(store: psycopg.Connection[DictRow], log: Reading, row: DictRow) -> Side:
    fill: OrderEvent = decode(bytes(row["fill"]))
    standing: OrderEvent = fill if row["standing"] is None else decode(bytes(row["standing"]))
    booked = [fill.account_id, standing.account_seq, fill.trade_id, fill.order_id]
    entry = await _record(log, _one(store, _ENTRY, booked))
    order = decode(bytes(_one(store, _LAST_OF_CHAIN, [fill.order_id])["event"]))
    accepted: dt.datetime = _one(store, _ACCEPTED, [fill.root_order_id])["created_at"]
    fee_day = int(accepted.timestamp()) * 1_000_000 // DAY_US
    return Side(fill, standing, entry, order, fee_day)


def _one(store: psycopg.Connection[DictRow], query: str, parameters: list[Any]) -> DictRow:
    row = store.execute(query.encode(), parameters).fetchone()
    if row is None:
        raise NotCorrectable(f"the store does not have all of it yet: {parameters}")
    return row


async def _record(log: Reading, row: DictRow) -> Any:
    found = await log.at(Place(LEDGER, row["record_partition"], row["record_offset"]))
    if found is None:
        raise NotCorrectable(f"the log does not have the entry that books it: {row}")
    return decode(found.value)
