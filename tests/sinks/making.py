"""Records as the folds write them, for tests of the sinks: messages, headers, and a transactional producer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from aiokafka import AIOKafkaProducer

from topics.codec import encode
from topics.messages import (
    AccountEvent,
    Auction,
    BookEvent,
    CorrectedTrade,
    Instructions,
    Instrument,
    JournalEntry,
    OrderCancelReject,
    OrderEvent,
    Posting,
    Quote,
    RiskCheck,
    Trade,
)

NOON_US = 1_700_000_000_000_000
CHECKS = [RiskCheck("buying_power", 10_000, 4_000, 6_000, True), RiskCheck("quantity", 100, 10, 90, True)]

INSTRUCTIONS = Instructions(
    display_qty_e6=1,
    min_qty_e6=2,
    cash_qty_e4=3,
    trail_offset_e4=4,
    trail_percent_e4=5,
    trigger_price_type="BestQuote",
    reprice=True,
    reduce_only=True,
    self_match_scope="Owner",
    extended_hours=True,
)


@dataclass(frozen=True)
class Made:
    """A consumed record made by hand."""

    topic: str
    value: bytes | None
    offset: int = 7
    partition: int = 0
    key: bytes | None = b"A1"
    headers: tuple[tuple[str, bytes], ...] = (("origin", b"commands/0/41/2"), ("correlation-id", b"O1"))


def made(topic: str, message: object, **fields: object) -> Made:
    return replace(Made(topic, encode(message)), **fields)


def instrument(**fields: object) -> Instrument:
    listed = Instrument(
        symbol="AAPL",
        name="Apple Inc.",
        status="Active",
        tick_rule="Rule612",
        reference_price_e4=2_300_000,
        tier=1,
        version=1,
        transact_time_us=NOON_US,
        sector="Technology",
    )
    return replace(listed, **fields)


def order_event(**fields: object) -> OrderEvent:
    event = OrderEvent(
        exec_id="A1-1",
        exec_type="PendingNew",
        order_status="PendingNew",
        account_id="A1",
        user_id="U1",
        account_seq=1,
        order_id="O1",
        root_order_id="O1",
        client_order_id="C1",
        replaces=None,
        replaced_by=None,
        symbol="AAPL",
        side="Buy",
        order_type="Limit",
        time_in_force="Day",
        qty_e6=10_000_000,
        limit_price_e4=1_000_000,
        stop_price_e4=None,
        expire_time_us=None,
        post_only=False,
        self_match_prevention="CancelNewest",
        worst_price_e4=1_000_000,
        cum_qty_e6=0,
        leaves_qty_e6=10_000_000,
        cum_amount_e4=0,
        last_px_e4=None,
        last_qty_e6=None,
        amount_e4=0,
        fee_e4=0,
        trade_id=None,
        last_liquidity=None,
        settlement_day=None,
        hold_e4=10_000_000,
        hold_qty_e6=0,
        position_qty_e6=0,
        prevented_qty_e6=0,
        checks=[],
        order_reject_reason=None,
        reject_reasons=[],
        existing_order_id=None,
        text="",
        submitted_time_us=NOON_US,
        transact_time_us=NOON_US,
    )
    return replace(event, **fields)


def fill(**fields: object) -> OrderEvent:
    filled = {
        "exec_type": "Trade",
        "order_status": "Filled",
        "cum_qty_e6": 10_000_000,
        "leaves_qty_e6": 0,
        "cum_amount_e4": 10_000_000,
        "last_px_e4": 1_000_000,
        "last_qty_e6": 10_000_000,
        "amount_e4": 10_000_000,
        "fee_e4": 35,
        "trade_id": "AAPL-9",
        "last_liquidity": "AddedLiquidity",
        "settlement_day": 20_000,
        "hold_e4": 0,
        "transact_time_us": NOON_US + 5,
    }
    return order_event(**(filled | fields))


def busted(**fields: object) -> OrderEvent:
    """A fill that is canceled, or corrected."""
    later = {"exec_type": "TradeCancel", "exec_ref_id": "A1-5", "text": "wrong price", "correction_count": 1}
    return fill(**({"order_status": "Canceled", "cum_qty_e6": 0, "cum_amount_e4": 0} | later | fields))


def cancel_reject(**fields: object) -> OrderCancelReject:
    reject = OrderCancelReject("A1", "U1", "O1", "O1", "AAPL", "OrderCancelRequest", "TooLate", "filled", NOON_US)
    return replace(reject, **fields)


def journal_entry(**fields: object) -> JournalEntry:
    entry = JournalEntry(
        journal_id="A1-2",
        account_id="A1",
        user_id="U1",
        account_seq=2,
        kind="Trade",
        postings=[
            Posting("cash", "USD", -10_000_000),
            Posting("clearing", "USD", 10_000_000),
            Posting("securities", "AAPL", 10_000_000),
            Posting("clearing", "AAPL", -10_000_000),
        ],
        transfer_id=None,
        order_id="O1",
        trade_id="AAPL-9",
        symbol="AAPL",
        settlement_day=20_000,
        cash_e4=990_000_000,
        unsettled_e4=0,
        position_qty_e6=10_000_000,
        cost_basis_e4=10_000_000,
        realized_e4=0,
        text="",
        transact_time_us=NOON_US,
    )
    return replace(entry, **fields)


def account_event(**fields: object) -> AccountEvent:
    return replace(AccountEvent("A1", "U1", 1, "Opened", "ACTIVE", "standard", None, "", NOON_US), **fields)


def trade(**fields: object) -> Trade:
    match = Trade("AAPL-9", "AAPL", 9, 1_000_000, 10_000_000, 10_000_000, "Buy", "O2", "O1", NOON_US)
    return replace(match, **fields)


def corrected_trade(**fields: object) -> CorrectedTrade:
    corrected = CorrectedTrade("AAPL-9", "AAPL", 12, "TradeCorrect", 990_000, 5_000_000, 1, NOON_US, NOON_US + 9)
    return replace(corrected, **fields)


NOBODY = {"kind": "Indicative", "price_e4": None, "imbalance_side": None, "imbalance_qty_e6": 0}


def auction(**fields: object) -> Auction:
    told = Auction("AAPL", "Uncrossed", "OpeningAuction", 1_000_100, 5_000_000, 2_000_000, "Buy", 1_000_000, NOON_US)
    return replace(told, **fields)


def quote(**fields: object) -> Quote:
    return replace(Quote("AAPL", 10, None, 0, 1_000_100, 5_000_000, NOON_US), **fields)


def book_event(**fields: object) -> BookEvent:
    event = BookEvent("AAPL", 8, "Add", "O2", None, "Sell", 1_000_000, 10_000_000, None, None, NOON_US)
    return replace(event, **fields)


def life_of_orders(account: str, orders: int) -> list[tuple[str, object]]:
    """Each order accepted, new, filled, with its journal entry and its market data: (topic, message) pairs.

    Every second one has instructions, and no quantity before it is new.
    """
    out: list[tuple[str, object]] = [("ledger", account_event(account_id=account))]
    seq = count(2)
    for number in range(orders):
        about = {
            "account_id": account,
            "order_id": f"{account}-O{number}",
            "root_order_id": f"{account}-O{number}",
            "client_order_id": f"C{number}",
        }
        told = {"instructions": INSTRUCTIONS, "high_water_e4": 6} if number % 2 else {}
        trade_id, symbol_seq = f"{account}-{number}", number * 3

        def event(make, about=about, **fields):
            at = next(seq)
            return make(**about, account_seq=at, exec_id=f"{account}-{at}", **fields)

        out += [
            ("order-events", event(order_event, checks=CHECKS, **told | ({"qty_e6": 0} if told else {}))),
            ("order-events", event(order_event, exec_type="New", order_status="New", **told)),
            ("book-events", book_event(symbol=account, seq=symbol_seq, order_id=about["order_id"])),
            ("trades", trade(symbol=account, seq=symbol_seq + 1, trade_id=trade_id)),
            ("quotes", quote(symbol=account, seq=symbol_seq + 2)),
            ("order-events", event(fill, trade_id=trade_id, **told)),
            ("order-events", event(busted, trade_id=trade_id, **told)),
            ("trade-corrections", corrected_trade(symbol=account, trade_id=trade_id)),
            ("auctions", auction(symbol=account, **NOBODY if number % 2 else {})),
        ]
        at = next(seq)
        paid = (number + 1) * 10_000_000
        out.append(
            (
                "ledger",
                journal_entry(
                    journal_id=f"{account}-{at}",
                    account_id=account,
                    account_seq=at,
                    order_id=about["order_id"],
                    trade_id=trade_id,
                    cash_e4=1_000_000_000 - paid,
                    position_qty_e6=paid,
                    cost_basis_e4=paid,
                ),
            )
        )
    return out


def encoded(account: str, messages: list[tuple[str, object]], first: int = 0) -> list[tuple[str, bytes, list]]:
    """(topic, value, headers); origins count up in a command partition that no real one has."""
    command = abs(hash(account)) % 10**9 * 1000
    return [
        (
            topic,
            encode(message),
            [("origin", f"commands/0/{command}/{index}".encode()), ("correlation-id", account.encode())],
        )
        for index, (topic, message) in enumerate(messages, first)
    ]


async def produce(bootstrap: str, account: str, records: list[tuple[str, bytes, list]], batch: int = 50) -> None:
    """Write records as transactions of so many, with an aborted one before each that nobody may ever see."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, transactional_id=f"test-{account}", linger_ms=0)
    await producer.start()
    try:
        for start in range(0, len(records), batch):
            part = records[start : start + batch]
            await producer.begin_transaction()
            await _send(producer, account, part[:2])
            await producer.abort_transaction()
            async with producer.transaction():
                await _send(producer, account, part)
    finally:
        await producer.stop()


async def _send(producer: AIOKafkaProducer, account: str, records: list[tuple[str, bytes, list]]) -> None:
    futures = [
        await producer.send(topic, value, key=account.encode(), headers=headers) for topic, value, headers in records
    ]
    for future in futures:
        await future
