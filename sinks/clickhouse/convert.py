"""A record of `trades`, `quotes`, `book-events` or `order-events` to its rows in ClickHouse. Pure: `tapeline verify`
calls it too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sinks.clickhouse.tables import Row
from sinks.errors import Unconvertible
from sinks.record import Record, header, message_of, origin_of
from topics import catalogue
from topics.messages import BookEvent, OrderCancelReject, OrderEvent, Quote, Trade

Rows = list[tuple[str, Row]]  # name of the table, row in the order of its columns

TIME_US_MAX = 10**16  # in 2286; DateTime64 ends with 2299


def rows_of(record: Record) -> Rows:
    """Rows of a record; raises Unconvertible for one that cannot be a row here whatever state the store is in."""
    made_by = _MADE_BY[record.topic]
    message = message_of(record, made_by)
    time_us = message.transact_time_us
    if not 0 <= time_us < TIME_US_MAX:
        raise Unconvertible(f"time {time_us} us is outside 1970 to 2286")
    tail = (time_us, header(record, "correlation-id"), record.partition, record.offset, *origin_of(record))
    return made_by[message.NAME](message, tail)


def _trade(trade: Trade, tail: Row) -> Rows:
    return [
        (
            "trades",
            (
                trade.trade_id,
                trade.symbol,
                trade.seq,
                trade.price_e4,
                trade.qty_e6,
                trade.amount_e4,
                trade.aggressor_side,
                trade.maker_order_id,
                trade.taker_order_id,
                *tail,
            ),
        )
    ]


def _quote(quote: Quote, tail: Row) -> Rows:
    best = (quote.bid_price_e4, quote.bid_qty_e6, quote.ask_price_e4, quote.ask_qty_e6)
    return [("quotes", (quote.symbol, quote.seq, *best, *tail))]


def _book_event(event: BookEvent, tail: Row) -> Rows:
    return [
        (
            "book_events",
            (
                event.symbol,
                event.seq,
                event.kind,
                event.order_id,
                event.new_order_id,
                event.side,
                event.price_e4,
                event.qty_e6,
                event.last_qty_e6,
                event.trade_id,
                *tail,
            ),
        )
    ]


def _order_event(event: OrderEvent, tail: Row) -> Rows:
    about = (event.account_id, event.user_id, event.order_id, event.symbol, event.exec_id, event.exec_type)
    return [
        (
            "risk_checks",
            (
                *about,
                number,
                check.rule_id,
                check.value,
                check.limit,
                check.headroom,
                "passed" if check.passed else "failed",
                *tail,
            ),
        )
        for number, check in enumerate(event.checks)
    ]


def _cancel_reject(_reject: OrderCancelReject, _tail: Row) -> Rows:
    return []


_MADE_BY: Mapping[str, Mapping[str, Callable[[Any, Row], Rows]]] = {
    catalogue.TRADES: {"Trade": _trade},
    catalogue.QUOTES: {"Quote": _quote},
    catalogue.BOOK_EVENTS: {"BookEvent": _book_event},
    catalogue.ORDER_EVENTS: {"OrderEvent": _order_event, "OrderCancelReject": _cancel_reject},
}
TOPICS = tuple(_MADE_BY)
