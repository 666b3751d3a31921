"""The book at any moment, out of its events: a line an event, and the book that there is after it."""

from __future__ import annotations

import pytest

from proof.replay.books import Moment, stored
from sinks.clickhouse.connect import connect
from sinks.clickhouse.convert import rows_of
from sinks.clickhouse.tables import TABLES
from tests.sinks.making import NOON_US, book_event, made

pytestmark = pytest.mark.stack

EVENTS = [
    # us  kind       order  new id  side    price      quantity  the book: bids and offers, each queue from its head
    (0, "Add", "a", None, "Buy", 10_000, 5, "a5"),
    (0, "Add", "b", None, "Buy", 10_000, 7, "a5 b7"),
    (0, "Add", "c", None, "Buy", 10_100, 1, "c1 a5 b7"),
    (1, "Amend", "a", "a2", "Buy", 10_000, 4, "c1 a24 b7"),  # keeps its place under another id
    (1, "Amend", "a2", "a3", "Buy", 10_000, 3, "c1 a33 b7"),
    (1, "Add", "d", None, "Sell", 10_200, 9, "c1 a33 b7 d9"),
    (2, "Execute", "d", None, "Sell", 10_200, 6, "c1 a33 b7 d6"),
    (3, "Add", "e", None, "Sell", 10_200, 2, "c1 a33 b7 d6 e2"),
    (3, "Execute", "d", None, "Sell", 10_200, 0, "c1 a33 b7 e2"),  # what an iceberg shows is gone
    (3, "Add", "d", None, "Sell", 10_200, 5, "c1 a33 b7 e2 d5"),  # and the next slice comes behind
    (4, "Amend", "b", None, "Buy", 10_000, 2, "c1 a33 b2 e2 d5"),
    (4, "Reduce", "e", None, "Sell", 10_200, 1, "c1 a33 b2 e1 d5"),
    (4, "Amend", "d", "d2", "Sell", 10_200, 4, "c1 a33 b2 e1 d24"),
    (5, "Delete", "a3", None, "Buy", 10_000, 0, "c1 b2 e1 d24"),
    (6, "Execute", "c", None, "Buy", 10_100, 0, "b2 e1 d24"),
    (6, "Delete", "b", None, "Buy", 10_000, 0, "e1 d24"),
]


@pytest.fixture(scope="module")
def client(stores):
    """Every symbol's events before and behind it must not matter."""
    with connect(stores.config) as client:
        rows = []
        for symbol in ("BOOKA", "BOOKAT", "BOOKB"):
            for number, (us, kind, order, new, side, price, quantity, _) in enumerate(EVENTS):
                event = book_event(
                    symbol=symbol,
                    seq=10 * number + 10,
                    kind=kind,
                    order_id=order,
                    new_order_id=new,
                    side=side,
                    price_e4=price,
                    qty_e6=quantity,
                    transact_time_us=NOON_US + us,
                )
                rows += [row for _, row in rows_of(made("book-events", event, offset=number))]
        table = TABLES["book_events"]
        client.insert(table.name, rows, column_names=table.columns, column_type_names=table.column_types)
        yield client


def book(client, **moment) -> str:
    found = stored(client, "BOOKAT", Moment(**({"seq": 0, "time_us": None, "orders": []} | moment)))
    return " ".join(f"{order_id}{quantity}" for _, _, quantity, order_id in found)


@pytest.mark.parametrize("number", range(len(EVENTS)))
def test_after_an_event_and_until_the_next(client, number):
    assert book(client, seq=10 * number + 10) == book(client, seq=10 * number + 19) == EVENTS[number][-1]


@pytest.mark.parametrize("us", range(7))
def test_after_the_last_event_of_a_time(client, us):
    assert book(client, time_us=NOON_US + us) == [event[-1] for event in EVENTS if event[0] <= us][-1]


def test_before_the_first_and_long_after_the_last(client):
    assert (book(client, seq=9), book(client, time_us=NOON_US - 1)) == ("", "")
    assert book(client, seq=10**9) == book(client, time_us=NOON_US + 10**12) == EVENTS[-1][-1]
