"""What must hold whatever was crashed: read off the committed records, never off a worker's memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from proof.conservation import Conservation
from proof.simulated.broker import Broker
from proof.simulated.order_invariants import is_in_book
from proof.simulated.records import entries, messages, require
from proof.simulated.traders import Traders
from streams.refold import compare, refold
from streams.roles import ACCOUNTS, MATCHING
from topics import catalogue
from topics.codec import Undecodable, decode

SAME_IN_BOTH = (
    *("order_id", "qty_e6", "cum_qty_e6", "limit_price_e4", "stop_price_e4", "high_water_e4", "instructions"),
    *("time_in_force", "expire_time_us", "contingency_type", "parent_order_id"),
)
"""Fields of an open order that accounts and its book agree on once all reports are booked."""


def check_running(broker: Broker) -> None:
    """What holds at every moment: nobody owes, nobody has sold what is not there, no book is crossed. Only an account
    of which a trade was canceled or corrected may owe."""
    corrected = {event.account_id for event in messages(broker, catalogue.ORDER_EVENTS) if _is_correction(event)}
    held_e4: Counter[str] = Counter()
    held_e6: Counter[tuple[str, str]] = Counter()
    state = entries(broker, catalogue.ACCOUNTS_CHANGELOG)
    for entry in state.values():
        if entry.NAME == "OpenOrderEntry":
            require(entry.hold_e4 >= 0 and entry.hold_qty_e6 >= 0, f"negative hold: {entry}")
            held_e4[entry.account_id] += entry.hold_e4
            held_e6[entry.account_id, entry.symbol] += entry.hold_qty_e6
    for entry in state.values():
        if entry.NAME == "AccountEntry":
            held = held_e4[entry.account_id]
            owes = entry.account_id in corrected
            require(owes or entry.cash_e4 >= held, f"{entry.account_id} holds {held} of {entry.cash_e4}")
        elif entry.NAME == "PositionEntry":
            held = held_e6.pop((entry.account_id, entry.symbol), 0)
            owes = entry.account_id in corrected
            require(owes or entry.qty_e6 >= held, f"{entry.account_id} offers {held} of {entry.qty_e6} {entry.symbol}")
    require(not any(held_e6.values()), f"shares held without a position: {held_e6}")
    best: dict[str, dict[str, int]] = defaultdict(dict)
    for entry in entries(broker, catalogue.MATCHING_CHANGELOG).values():
        if entry.NAME == "RestingOrderEntry" and entry.limit_price_e4 is not None:
            if not is_in_book(entry):
                continue
            side, price = best[entry.symbol], entry.limit_price_e4
            choose = max if entry.side == "Buy" else min
            side[entry.side] = choose(side.get(entry.side, price), price)
    for symbol, side in best.items():
        if len(side) == 2:
            require(side["Buy"] < side["Sell"], f"{symbol} is crossed: {side}")


def check_conserved(broker: Broker, traders: Traders, at_rest: bool) -> None:
    """Cash and shares over all accounts, house included, plus executions still on their way, are what was put in."""
    books = Conservation()
    for entry in messages(broker, catalogue.LEDGER):
        if entry.NAME == "JournalEntry":
            books.add_entry(entry)
    for partition in range(broker.partitions):
        folded = -1
        for stored in broker.committed(catalogue.ACCOUNTS_CHANGELOG, partition):
            if stored.key == b"mark":
                folded = decode(stored.value).offset
        for stored in broker.durable(catalogue.COMMANDS, partition, folded + 1):
            try:
                report = decode(stored.value)
            except Undecodable:
                continue
            if report.NAME == "ExecutionReport" and report.exec_type == "Trade":
                books.add_unbooked(report)
            elif report.NAME == "CorrectFill":
                books.add_unbooked_correction(report)
    require(not books.differences(), "; ".join(books.differences()))
    if at_rest:
        cash = books.total("cash", "USD") + books.total("fees", "USD")
        require(cash == traders.deposited_e4, f"cash {cash}, put in {traders.deposited_e4}")
        for symbol, put_in in traders.deposited_e6.items():
            shares = books.total("securities", symbol)
            require(shares == put_in, f"{symbol}: {shares} shares, put in {put_in}")


def check_fills(broker: Broker) -> None:
    """Every match reaches both sides' ledgers exactly once."""
    wanted: Counter[tuple[str, str]] = Counter()
    for trade in messages(broker, catalogue.TRADES):
        wanted[trade.trade_id, trade.maker_order_id] += 1
        wanted[trade.trade_id, trade.taker_order_id] += 1
    booked = Counter(
        (event.trade_id, event.order_id)
        for event in messages(broker, catalogue.ORDER_EVENTS)
        if event.NAME == "OrderEvent" and event.exec_type == "Trade"
    )
    require(booked == wanted, f"fills differ: {list((booked - wanted) + (wanted - booked))[:3]}")


def check_corrections(broker: Broker) -> int:
    """Every correction reaches both sides exactly once, as the entry that reverses a fill and as an event; returns how
    many there are."""
    wanted: Counter[str] = Counter()
    for correction in messages(broker, catalogue.TRADE_CORRECTIONS):
        wanted[correction.trade_id] += 2
    told = Counter(event.trade_id for event in messages(broker, catalogue.ORDER_EVENTS) if _is_correction(event))
    reversed_ = Counter(
        entry.trade_id
        for entry in messages(broker, catalogue.LEDGER)
        if entry.NAME == "JournalEntry" and entry.kind == "TradeCancel"
    )
    require(told == wanted, f"corrections told differ: {list((told - wanted) + (wanted - told))[:3]}")
    require(reversed_ == wanted, f"corrections booked differ: {list((reversed_ - wanted) + (wanted - reversed_))[:3]}")
    return wanted.total() // 2


def _is_correction(event: Any) -> bool:
    return event.NAME == "OrderEvent" and event.exec_type in ("TradeCancel", "TradeCorrect")


def check_same_orders(broker: Broker) -> None:
    """Once nothing is on its way, accounts and books know the same open orders, with the same quantities left, prices,
    marks and instructions."""

    def orders(changelog: str, kind: str) -> dict[str, tuple[object, ...]]:
        found = (entry for entry in entries(broker, changelog).values() if kind == entry.NAME)
        return {entry.root_order_id: tuple(getattr(entry, name) for name in SAME_IN_BOTH) for entry in found}

    held = orders(catalogue.ACCOUNTS_CHANGELOG, "OpenOrderEntry")
    resting = orders(catalogue.MATCHING_CHANGELOG, "RestingOrderEntry")
    differing = [root for root in sorted(held.keys() | resting.keys()) if held.get(root) != resting.get(root)]
    require(not differing, f"open orders differ: {[(held.get(root), resting.get(root)) for root in differing[:2]]}")


def check_refold(broker: Broker) -> None:
    """A crash-free fold of the same log gives the same outputs, byte for byte."""
    found = [
        (topic, stored)
        for topic in catalogue.BY_NAME
        for partition in range(broker.partitions)
        for stored in broker.committed(topic, partition)
        if not topic.endswith("-changelog")
    ]
    for role in (ACCOUNTS, MATCHING):
        for partition in range(broker.partitions):
            expected = refold(role, partition, broker.partitions, broker.committed(role.source, partition))
            differences = compare(role, partition, expected, found)
            require(not differences, f"refold differs: {differences[:1]}")
