"""Records of `avro/market/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from topics.messages.enums import BookEventKind, InstrumentStatus, Side, TickRule


@dataclass(slots=True)
class BookEvent:
    """One change of one resting order; all of them together rebuild the book."""

    NAME: ClassVar[str] = "BookEvent"

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's sequence number, one up for each book event, trade and quote
    kind: BookEventKind  # what happened to one resting order
    order_id: str  # order id (FIX 37), given by the API
    new_order_id: str | None  # on Amend, the id from now on
    side: Side  # FIX 54
    price_e4: int  # price in 1e-4 of the currency
    qty_e6: int  # quantity open after the event in 1e-6 share
    last_qty_e6: int | None  # quantity executed or taken off in 1e-6 share
    trade_id: str | None  # symbol and sequence of the match (FIX 1003)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class DeadLetter:
    """An input that could not be read or was not allowed on its topic."""

    NAME: ClassVar[str] = "DeadLetter"

    source_topic: str  # topic it came from
    source_partition: int  # partition it came from
    source_offset: int  # its offset there
    key: bytes | None  # its key as received, cut where it is longer than a letter holds
    value: bytes | None  # its value as received, cut where it is longer than a letter holds
    reason: str  # rule it broke
    text: str  # explanation for people; empty when there is nothing to say (FIX 58)


@dataclass(slots=True)
class Instrument:
    """Current terms and state of an instrument (compacted by symbol)."""

    NAME: ClassVar[str] = "Instrument"

    symbol: str  # instrument symbol (FIX 55)
    name: str  # name of the instrument for people
    status: InstrumentStatus  # whether the instrument trades (FIX 965 SecurityStatus, FIX 326)
    tick_rule: TickRule  # which table of price increments applies (SEC Rule 612)
    reference_price_e4: int  # price in 1e-4 that collars use while there is no quote
    tier: int  # limit up-limit down tier, 1 or 2
    version: int  # one up with each change
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class Quote:
    """Best bid and offer of our book after a command that changed it."""

    NAME: ClassVar[str] = "Quote"

    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's sequence number, one up for each book event, trade and quote
    bid_price_e4: int | None  # best bid in 1e-4; null when there is none
    bid_qty_e6: int  # quantity at the best bid in 1e-6 share
    ask_price_e4: int | None  # best offer in 1e-4; null when there is none
    ask_qty_e6: int  # quantity at the best offer in 1e-6 share
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class Trade:
    """One match of two orders."""

    NAME: ClassVar[str] = "Trade"

    trade_id: str  # symbol and sequence of the match
    symbol: str  # instrument symbol (FIX 55)
    seq: int  # the symbol's sequence number, one up for each book event, trade and quote
    price_e4: int  # price in 1e-4 of the currency
    qty_e6: int  # quantity matched in 1e-6 share
    amount_e4: int  # floor(price x quantity) in 1e-4
    aggressor_side: Side  # FIX 54
    maker_order_id: str  # order that rested
    taker_order_id: str  # order that arrived
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
