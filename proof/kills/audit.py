"""What the clients remember against what the platform has: every acknowledged order once, every fill on both sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import psycopg

from config.settings import Settings
from proof.kills.client import Memory
from proof.log_reader import ends, records
from topics import catalogue
from topics.codec import decode

_ORDERS = """
SELECT account_id, client_order_id, order_id, status FROM projection.orders
WHERE account_id = ANY(%s) AND replaces IS NULL
"""


@dataclass(slots=True)
class Audit:
    """Counts of orders and fills, and in words what is wrong with any."""

    orders: int = 0  # acknowledged to a client
    fills: int = 0  # matches
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)


async def audit(config: Settings, memory: Memory) -> Audit:
    """Compare once everything has settled."""
    found = Audit(orders=sum(sent.outcome == "acknowledged" for sent in memory.orders.values()))
    _check_orders(config, memory, found)
    await _check_placed_once(config, found)
    await _check_fills(config, found)
    return found


def _check_orders(config: Settings, memory: Memory, found: Audit) -> None:
    """Hold each client's memory against the projection."""
    accounts = sorted({account_id for account_id, _ in memory.orders})
    there: dict[tuple[str, str], list[tuple[str, str]]] = {}
    with psycopg.connect(config.postgres_dsn) as connection:
        for account_id, client_order_id, order_id, status in connection.execute(_ORDERS, [accounts]):
            there.setdefault((account_id, client_order_id), []).append((order_id, status))
    for at, sent in memory.orders.items():
        placed = [order_id for order_id, status in there.get(at, ()) if status != "Rejected"]
        rejected = [order_id for order_id, status in there.get(at, ()) if status == "Rejected"]
        name = f"{sent.client_order_id} ({sent.outcome}, {sent.order_id})"
        if sent.outcome == "acknowledged" and sent.order_id not in placed + rejected:
            found.lost.append(f"order {name} is not there, only {there.get(at)}")
        if len(placed) > (sent.outcome == "acknowledged"):
            found.duplicated.append(f"order {name} is there as {placed}")


async def _check_placed_once(config: Settings, found: Audit) -> None:
    """Hold that accounts passed each order to the book once."""
    placed: Counter[str] = Counter()
    for at, end in (await ends(config, [catalogue.ORDERS])).items():
        async for record in records(config, at, end):
            message = decode(record.value)
            if message.NAME == "NewOrder":
                placed[message.order_id] += 1
    found.duplicated += [f"order {order_id} reached the book {n} times" for order_id, n in placed.items() if n > 1]


async def _check_fills(config: Settings, found: Audit) -> None:
    """Hold that each match is booked once on both sides, and nothing else is."""
    open_sides: Counter[tuple[str, str]] = Counter()
    for at, end in (await ends(config, [catalogue.TRADES])).items():
        async for record in records(config, at, end):
            trade = decode(record.value)
            found.fills += 1
            open_sides[trade.trade_id, trade.maker_order_id] += 1
            open_sides[trade.trade_id, trade.taker_order_id] += 1
    for at, end in (await ends(config, [catalogue.ORDER_EVENTS])).items():
        async for record in records(config, at, end):
            event = decode(record.value)
            if event.NAME == "OrderEvent" and event.exec_type == "Trade":
                open_sides[event.trade_id, event.order_id] -= 1
    for (trade_id, order_id), count in open_sides.items():
        if count > 0:
            found.lost.append(f"fill {trade_id} of {order_id} is not booked")
        elif count < 0:
            found.duplicated.append(f"fill {trade_id} of {order_id} is booked {-count} times too often")
