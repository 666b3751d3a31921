"""A record to its rows in ClickHouse. Pure: `tapeline verify` calls it too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Final

from sinks.clickhouse import book_tables, market_tables
from sinks.clickhouse.table import ORIGIN, RECORD, Row, Table
from sinks.errors import Unconvertible
from sinks.record import Record, header, message_of, origin_of
from topics import catalogue
from topics.messages import Auction, BookEvent, CorrectedTrade, OrderEvent, Quote, Trade

Rows = list[tuple[str, Row]]  # name of the table, row in the order of its columns
_Make = Callable[[Any, Record], Rows]

TIME_US_MAX: Final = 10**16  # in 2286; DateTime64 ends with 2299


def rows_of(record: Record) -> Rows:
    """Rows of a record; raises Unconvertible for one that cannot be a row here whatever state the store is in."""
    made_by = _MADE_BY[record.topic]
    message = message_of(record, made_by)
    return made_by[message.NAME](message, record)


def _tail(message: Any, record: Record) -> Row:
    """The last columns of the tables of our books."""
    _check(message.transact_time_us)
    correlation = header(record, "correlation-id")
    return message.transact_time_us, correlation, record.partition, record.offset, *origin_of(record)


def _check(*times_us: int) -> None:
    for time_us in times_us:
        if not 0 <= time_us < TIME_US_MAX:
            raise Unconvertible(f"time {time_us} us is outside 1970 to 2286")


def _as_it_is(table: Table) -> _Make:
    """Conversion of a record whose fields are the table's columns."""
    told = [name for name in table.columns if (name, dict(table.fields)[name]) not in RECORD + ORIGIN]
    has_origin = "origin_topic" in table.columns
    values = attrgetter(*(f"{name}_us" if name in table.times else name for name in told))
    times = _getter(*(f"{name}_us" for name in table.times))

    def make(message: Any, record: Record) -> Rows:
        _check(*times(message))
        origin = origin_of(record) if has_origin else ()
        return [(table.name, (*values(message), record.partition, record.offset, *origin))]

    return make


def _getter(*names: str) -> Callable[[Any], tuple[int, ...]]:
    """Attributes as a tuple, a single one too."""
    if len(names) > 1:
        return attrgetter(*names)
    (only,) = names
    return lambda message: (getattr(message, only),)


def _nothing(_message: Any, _record: Record) -> Rows:
    return []


def _book_trade(trade: Trade, record: Record) -> Rows:
    return [
        (
            "book_trades",
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
                *_tail(trade, record),
            ),
        )
    ]


def _corrected_trade(event: CorrectedTrade, record: Record) -> Rows:
    now = (event.kind, event.price_e4, event.qty_e6, event.amount_e4, event.traded_time_us)
    return [("book_trade_corrections", (event.trade_id, event.symbol, event.seq, *now, *_tail(event, record)))]


def _book_quote(quote: Quote, record: Record) -> Rows:
    best = (quote.bid_price_e4, quote.bid_qty_e6, quote.ask_price_e4, quote.ask_qty_e6)
    return [("book_quotes", (quote.symbol, quote.seq, *best, *_tail(quote, record)))]


def _book_event(event: BookEvent, record: Record) -> Rows:
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
                *_tail(event, record),
            ),
        )
    ]


def _auction(told: Auction, record: Record) -> Rows:
    imbalance = (told.imbalance_qty_e6, told.imbalance_side)
    gives = (told.price_e4, told.paired_qty_e6, *imbalance, told.reference_price_e4)
    return [("book_auctions", (told.symbol, told.kind, told.phase, *gives, *_tail(told, record)))]


def _order_event(event: OrderEvent, record: Record) -> Rows:
    tail = _tail(event, record)
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


_MADE_BY: Mapping[str, Mapping[str, _Make]] = {
    catalogue.TRADES: {"Trade": _book_trade},
    catalogue.TRADE_CORRECTIONS: {"CorrectedTrade": _corrected_trade},
    catalogue.QUOTES: {"Quote": _book_quote},
    catalogue.BOOK_EVENTS: {"BookEvent": _book_event},
    catalogue.AUCTIONS: {"Auction": _auction},
    catalogue.INSTRUMENTS: {"Instrument": _as_it_is(book_tables.INSTRUMENT_TERMS)},
    catalogue.ORDER_EVENTS: {"OrderEvent": _order_event, "OrderCancelReject": _nothing},
    catalogue.MARKET_DATA: {
        **dict.fromkeys(catalogue.BY_NAME[catalogue.MARKET_DATA].records, _nothing),
        "VenueQuote": _as_it_is(market_tables.QUOTES),
    },
    catalogue.NBBO: {"Nbbo": _as_it_is(market_tables.NBBO)},
    catalogue.PRINTS: {"Print": _as_it_is(market_tables.TRADES)},
    catalogue.BARS: {"Bar": _as_it_is(market_tables.BARS)},
    catalogue.TRADING_STATUS: {"TradingStatus": _as_it_is(market_tables.TRADING_STATUS)},
}
TOPICS = tuple(_MADE_BY)
