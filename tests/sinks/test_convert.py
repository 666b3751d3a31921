"""Conversion of records to rows, without any server."""

from __future__ import annotations

import dataclasses

import pytest

from sinks.clickhouse import convert as clickhouse_convert
from sinks.clickhouse import tables as clickhouse_tables
from sinks.errors import Unconvertible
from sinks.postgres import convert as postgres_convert
from sinks.postgres import tables as postgres_tables
from tests.sinks.making import (
    CHECKS,
    INSTRUCTIONS,
    NOON_US,
    account_event,
    auction,
    book_event,
    busted,
    cancel_reject,
    corrected_trade,
    fill,
    journal_entry,
    made,
    order_event,
    quote,
    trade,
)
from topics.messages import Instructions, RiskCheck

FAILED = RiskCheck("price_collar", 5, 9, -4, False)

MAKES = [
    # topic         message                                                          tables of its rows in Postgres
    ("order-events", order_event(), "orders executions order_items"),
    ("order-events", order_event(checks=CHECKS), "orders executions order_items risk_checks"),
    ("order-events", order_event(exec_type="New", order_status="New"), "orders executions"),
    ("order-events", fill(), "orders executions trades"),
    ("order-events", busted(), "orders executions trade_corrections"),
    ("order-events", busted(exec_type="TradeCorrect"), "orders executions trade_corrections"),
    ("order-events", order_event(exec_type="Canceled", order_status="Canceled"), "orders executions"),
    ("order-events", order_event(exec_type="Replaced", order_status="New"), "orders executions order_items"),
    (
        "order-events",
        order_event(exec_type="Rejected", order_status="Rejected", checks=[*CHECKS, FAILED]),
        "orders executions order_items risk_checks risk_checks risk_checks",
    ),
    (
        "order-events",
        order_event(order_id="O2", parent_order_id="O1", contingency_type="Bracket"),
        "orders executions order_items order_items",
    ),
    (
        "order-events",
        order_event(exec_type="Suspended", order_status="Suspended", parent_order_id="O1", contingency_type="Bracket"),
        "orders executions",
    ),
    ("order-events", cancel_reject(), "executions"),
    ("ledger", journal_entry(), "ledger_entries ledger_entries ledger_entries ledger_entries balances positions"),
    (
        "ledger",
        journal_entry(symbol=None, position_qty_e6=None, postings=journal_entry().postings[:2]),
        "ledger_entries ledger_entries balances",
    ),
    ("ledger", account_event(), "account_events accounts"),
    ("ledger", account_event(kind="TransferRefused"), "account_events"),
]


@pytest.mark.parametrize(("topic", "message", "tables"), MAKES)
def test_which_rows_a_record_makes_in_postgres(topic, message, tables):
    rows = postgres_convert.rows_of(made(topic, message))
    assert [table for table, _ in rows] == tables.split()
    for table, row in rows:
        columns = postgres_tables.TABLES[table].columns
        assert len(row) == len(columns)
        assert row[-6:] == (0, 7, "commands", 0, 41, 2), table


@pytest.mark.parametrize(
    ("topic", "message", "tables"),
    [
        ("trades", trade(), ["book_trades"]),
        ("quotes", quote(), ["book_quotes"]),
        ("auctions", auction(), ["book_auctions"]),
        ("book-events", book_event(), ["book_events"]),
        ("order-events", order_event(checks=[*CHECKS, FAILED]), ["risk_checks"] * 3),
        ("order-events", fill(), []),
        ("order-events", cancel_reject(), []),
    ],
)
def test_which_rows_a_record_makes_in_clickhouse(topic, message, tables):
    rows = clickhouse_convert.rows_of(made(topic, message))
    assert [table for table, _ in rows] == tables
    for table, row in rows:
        assert len(row) == len(clickhouse_tables.TABLES[table].columns)
        assert row[-6:] == (0, 7, "commands", 0, 41, 2)
        assert row[-8:-6] == (NOON_US, "O1")


def row_of(message, table, topic="order-events", number=0):
    found = [row for name, row in postgres_convert.rows_of(made(topic, message)) if name == table]
    return dict(zip(postgres_tables.TABLES[table].columns, found[number], strict=True))


@pytest.mark.parametrize(
    ("status", "is_open", "time"),
    [
        ("PendingNew", True, None),
        ("Suspended", True, None),
        ("New", True, None),
        ("PartiallyFilled", True, None),
        ("PendingCancel", True, None),
        ("PendingReplace", True, None),
        ("Filled", False, "filled_at"),
        ("Canceled", False, "canceled_at"),
        ("Expired", False, "expired_at"),
        ("Rejected", False, "failed_at"),
        ("Replaced", False, "replaced_at"),
    ],
)
def test_an_order_is_open_or_has_the_time_of_its_end(status, is_open, time):
    row = row_of(order_event(order_status=status), "orders")
    ends = [name for name in ("filled_at", "canceled_at", "expired_at", "failed_at", "replaced_at") if row[name]]
    assert (row["is_open"], ends) == (is_open, [time] if time else [])


def test_values_are_carried_over():
    order = row_of(fill(), "orders")
    assert (order["created_at"].isoformat(), order["updated_at"].microsecond) == ("2023-11-14T22:13:20+00:00", 5)
    match = row_of(fill(), "trades")
    assert (match["trade_id"], match["execution_price_e4"], match["execution_qty_e6"]) == (
        "AAPL-9",
        1_000_000,
        10_000_000,
    )
    assert str(match["settlement_date"]) == "2024-10-04"
    summary = row_of(order_event(checks=CHECKS), "risk_checks")
    assert (summary["check_id"], summary["check_type"], summary["check_value"], summary["status"]) == (
        "A1-1/0",
        "pre_trade",
        2,
        "passed",
    )
    refused = order_event(exec_type="Rejected", order_status="Rejected", checks=[*CHECKS, FAILED])
    failed = row_of(refused, "risk_checks", number=2)
    assert (failed["check_id"], failed["check_type"], failed["headroom"], failed["status"]) == (
        "A1-1/2",
        "price_collar",
        -4,
        "failed",
    )


def test_every_instruction_is_a_column_and_a_plain_order_has_none():
    """So that one that is added to the wire cannot be left out here."""
    told = dataclasses.asdict(INSTRUCTIONS)
    assert not told.items() & dataclasses.asdict(Instructions()).items(), "each differs from its default"
    columns = postgres_tables.ORDERS.columns
    first, end = columns.index("display_qty_e6"), columns.index("high_water_e4")
    assert columns[first:end] == tuple(told)
    instructed = row_of(order_event(instructions=INSTRUCTIONS, high_water_e4=6), "orders")
    assert {name: instructed[name] for name in told} == told
    assert instructed["high_water_e4"] == 6
    plain = row_of(order_event(), "orders")
    assert {plain[name] for name in (*told, "high_water_e4")} == {None}


@pytest.mark.parametrize(
    ("instructions", "qty_e6", "stored"),
    [(None, 7, 7), (None, 0, 0), (Instructions(cash_qty_e4=1), 0, None), (Instructions(cash_qty_e4=1), 7, 7)],
)
def test_an_item_has_no_quantity_before_the_book_has_fixed_it(instructions, qty_e6, stored):
    item = row_of(order_event(instructions=instructions, qty_e6=qty_e6), "order_items")
    assert item["qty_e6"] == stored


def broken(**fields):
    return dataclasses.replace(made("order-events", order_event()), **fields)


POISON = [
    # what is wrong                    record                                               what the letter says
    ("no value", broken(value=None), "too short"),
    ("not framed", broken(value=b"nonsense"), "not Confluent"),
    ("cut off", broken(value=made("ledger", order_event()).value[:-3]), "not a OrderEvent"),
    ("bytes after", broken(value=made("ledger", order_event()).value + b"x"), "bytes follow"),
    ("of another topic", made("order-events", trade()), "does not belong"),
    ("no origin", broken(headers=()), "origin ''"),
    ("origin too short", broken(headers=(("origin", b"commands/1"),)), "is not topic"),
    ("origin of no topic", broken(headers=(("origin", b"other/0/1/2"),)), "names no topic"),
    ("origin out of range", broken(headers=(("origin", b"commands/0/1/99999999999"),)), "out of range"),
    ("origin not text", broken(headers=(("origin", b"\xff"),)), "not UTF-8"),
    ("NUL in a text", made("order-events", order_event(text="a\0b")), "NUL"),
    ("NUL in an id", made("order-events", order_event(client_order_id="\0")), "NUL"),
    ("an endless id", made("order-events", order_event(client_order_id="x" * 5000)), "5000 characters"),
    ("beyond all times", made("order-events", order_event(transact_time_us=2**62)), "beyond year 9999"),
    ("a fill without a price", made("order-events", fill(last_px_e4=None)), "last_px_e4 is missing"),
    ("a fill without a match", made("order-events", fill(trade_id=None)), "trade_id is missing"),
    ("a bust of nothing", made("order-events", busted(exec_ref_id=None)), "exec_ref_id is missing"),
    ("a position without cost", made("ledger", journal_entry(cost_basis_e4=None)), "cost_basis_e4 is missing"),
]


@pytest.mark.parametrize(("record", "says"), [case[1:] for case in POISON], ids=[case[0] for case in POISON])
def test_what_cannot_be_a_row_of_postgres_is_said(record, says):
    with pytest.raises(Unconvertible, match=says):
        postgres_convert.rows_of(record)


@pytest.mark.parametrize("time_us", [-1, 10**16])
def test_times_that_clickhouse_does_not_have(time_us):
    with pytest.raises(Unconvertible, match="outside 1970 to 2286"):
        clickhouse_convert.rows_of(made("trades", trade(transact_time_us=time_us)))


def test_rows_of_a_batch_meet_as_they_would_in_the_table():
    def at(seq, **fields):
        return next(
            row
            for table, row in postgres_convert.rows_of(made("order-events", order_event(account_seq=seq, **fields)))
            if table == "orders"
        )

    filled = at(2, order_status="Filled", exec_type="Trade", trade_id="T", last_px_e4=1, last_qty_e6=1)
    other = at(3, order_id="O2")
    late = at(4, order_status="Filled", exec_type="Restated", text="later")
    old = at(1, text="old")
    columns = postgres_tables.ORDERS.columns
    first, second = postgres_tables.ORDERS.latest([filled, other, late, old])
    kept = dict(zip(columns, first, strict=True))
    assert (kept["account_seq"], kept["text"], kept["filled_at"]) == (4, "later", filled[columns.index("filled_at")])
    assert second == other
    assert postgres_tables.ORDER_ITEMS.latest([("O1/1", 1), ("O1/1", 2)]) == [("O1/1", 1)]
    assert postgres_tables.TRADES.latest([(1,), (1,)]) == [(1,), (1,)]


def test_a_correction_names_the_fill_and_what_it_is_now():
    row = row_of(busted(exec_type="TradeCorrect"), "trade_corrections")
    assert (row["trade_id"], row["exec_ref_id"], row["exec_type"]) == ("AAPL-9", "A1-5", "TradeCorrect")
    assert (row["execution_price_e4"], row["execution_qty_e6"], row["text"]) == (1_000_000, 10_000_000, "wrong price")
    ((table, printed),) = clickhouse_convert.rows_of(made("trade-corrections", corrected_trade()))
    assert (table, printed[:7]) == (
        "book_trade_corrections",
        ("AAPL-9", "AAPL", 12, "TradeCorrect", 990_000, 5_000_000, 1),
    )
    assert len(printed) == len(clickhouse_tables.TABLES[table].columns)


@pytest.mark.parametrize(
    ("contingency_type", "order_type", "item"),
    [("Bracket", "Limit", 2), ("Bracket", "StopLimit", 3), ("OneTriggersTheOther", "Stop", 2)],
)
def test_a_leg_is_an_item_of_the_order_that_it_came_with_too(contingency_type, order_type, item):
    leg = order_event(
        order_id="O2", order_type=order_type, contingency_type=contingency_type, parent_order_id="O1", qty_e6=5
    )
    own, among = row_of(leg, "order_items"), row_of(leg, "order_items", number=1)
    assert (own["order_item_id"], own["order_id"], own["leg"]) == ("O2/1", "O2", 1)
    assert (among["order_item_id"], among["order_id"], among["leg"], among["qty_e6"]) == (f"O1/{item}", "O1", item, 5)
    assert (row_of(leg, "orders")["parent_order_id"], row_of(leg, "orders")["contingency_type"]) == (
        "O1",
        contingency_type,
    )
