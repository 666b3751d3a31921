"""Records of `avro/orders/`. Made by `python -m topics generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from topics.messages.enums import (
    InstrumentStatus,
    OrderType,
    SelfMatchPrevention,
    SessionKind,
    Side,
    TickRule,
    TimeInForce,
)
from topics.messages.shared import Instructions


@dataclass(slots=True)
class CancelRequest:
    """Accounts passes a cancel to the book (FIX 35=F)."""

    NAME: ClassVar[str] = "CancelRequest"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    symbol: str  # instrument symbol (FIX 55)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class DefineInstrument:
    """An operator lists an instrument or changes its terms."""

    NAME: ClassVar[str] = "DefineInstrument"

    symbol: str  # instrument symbol (FIX 55)
    name: str  # name of the instrument for people
    status: InstrumentStatus  # whether the instrument trades (FIX 965 SecurityStatus, FIX 326)
    tick_rule: TickRule  # which table of price increments applies (SEC Rule 612)
    reference_price_e4: int  # price in 1e-4 that collars use while there is no quote
    tier: int  # limit up-limit down tier, 1 or 2
    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)


@dataclass(slots=True)
class NewOrder:
    """Accounts passes a checked and held order to its book (FIX 35=D)."""

    NAME: ClassVar[str] = "NewOrder"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    symbol: str  # instrument symbol (FIX 55)
    side: Side  # FIX 54
    order_type: OrderType  # FIX 40 OrdType
    time_in_force: TimeInForce  # FIX 59
    qty_e6: int  # total quantity in 1e-6 share (FIX 38), filled part included
    limit_price_e4: int | None  # limit price in 1e-4 of the currency (FIX 44); null for market and stop
    stop_price_e4: int | None  # stop price in 1e-4 (FIX 99); null unless stop or stop-limit
    expire_time_us: int | None  # expiry in microseconds since the epoch UTC (FIX 126); null unless GoodTillDate
    post_only: bool  # refuse rather than take liquidity
    self_match_prevention: SelfMatchPrevention  # what happens when an order would meet an order of its own account; the mode of the taker decides (FIX 2362)
    worst_price_e4: int  # price in 1e-4 that the book never trades through for this order, fixed at acceptance
    instrument_version: int  # version of the instrument record the API saw; 0 when it knew none
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # owner of the account; empty in records from before it was kept
    owner_id: str = ""
    # what the order asks beyond price, quantity and time; null for most
    instructions: Instructions | None = None


@dataclass(slots=True)
class ReplaceRequest:
    """Accounts passes a checked replace to the book (FIX 35=G), all terms resolved."""

    NAME: ClassVar[str] = "ReplaceRequest"

    account_id: str  # account the record belongs to; the partition key of commands, order-events and ledger
    order_id: str  # order id (FIX 37), given by the API
    root_order_id: str  # first id of a replace chain; the book keys the order by it, so that no race of ids can miss
    new_order_id: str  # id of the successor
    symbol: str  # instrument symbol (FIX 55)
    time_in_force: TimeInForce  # FIX 59
    qty_e6: int  # total quantity in 1e-6 share (FIX 38), filled part included
    limit_price_e4: int | None  # limit price in 1e-4 of the currency (FIX 44); null for market and stop
    stop_price_e4: int | None  # stop price in 1e-4 (FIX 99); null unless stop or stop-limit
    expire_time_us: int | None  # expiry in microseconds since the epoch UTC (FIX 126); null unless GoodTillDate
    worst_price_e4: int  # price in 1e-4 that the book never trades through for this order, fixed at acceptance
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
    # new trail of a trailing stop, in the unit it has (1e-4, or 1e-4 of a percent); null keeps it
    trail_e4: int | None = None


@dataclass(slots=True)
class SessionCommand:
    """The clock moves a book through its day; idempotent by (symbol, session, kind, time)."""

    NAME: ClassVar[str] = "SessionCommand"

    symbol: str  # instrument symbol (FIX 55)
    session_id: str  # trading day as YYYY-MM-DD
    kind: SessionKind  # what the clock asks of a book
    issued_by: str  # name of the producer that issued the command (clock, operator)
    transact_time_us: int  # time stamped by the producer, microseconds since the epoch UTC (FIX 60)
