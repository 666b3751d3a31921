"""What analysts may do and may not, and their documented queries as they are printed, on a day made by hand."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from math import log, sqrt
from pathlib import Path

import clickhouse_connect
import psycopg
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from config.settings import settings
from sinks.clickhouse.connect import connect
from sinks.clickhouse.convert import rows_of
from sinks.clickhouse.migrate import migrate
from sinks.clickhouse.tables import TABLES
from tests.sinks.making import book_event, instrument, made
from tests.sinks.making_market import bar, nbbo, printed

pytestmark = pytest.mark.stack

PAGE = Path(__file__).parents[2] / "docs" / "analysts.md"
DAY = date(2030, 3, 5)
OPEN_US = 1_898_951_400_000_000  # 09:30 of that day in New York
MINUTE_US = 60_000_000
SYMBOL = "ANALYZED"
QUOTES = ((0, 100_000, 100_200), (MINUTE_US, 100_200, 100_400), (10 * MINUTE_US, 100_400, 100_600))
TRADES = ((1_000_000, 100_200, 100), (MINUTE_US, 100_200, 100), (2 * MINUTE_US, 100_100, 300))
BARS = ((-24 * 60, 95_000, 95_000), (0, 100_000, 101_000), (5, 101_000, 100_000))


@pytest.fixture(scope="module")
def analyst(stack) -> Client:
    """Connected as `analyst` to the database `tapeline`, with the day in it."""
    config = settings()
    migrate(config)
    with connect(config) as client:
        for topic, messages in day().items():
            for offset, message in enumerate(messages):
                for name, row in rows_of(made(topic, message, offset=offset)):
                    table = TABLES[name]
                    client.insert(name, [row], column_names=table.columns, column_type_names=table.column_types)
    with as_analyst() as client:
        yield client


def as_analyst() -> Client:
    config = settings()
    return clickhouse_connect.get_client(
        host=config.clickhouse_host,
        port=config.clickhouse_port,
        username="analyst",
        password=config.analyst_password.get_secret_value(),
        database="tapeline",
    )


def day() -> dict[str, list]:
    quotes = [
        nbbo(symbol=SYMBOL, seq=n, bid_price_e4=bid, ask_price_e4=ask, transact_time_us=OPEN_US + us)
        for n, (us, bid, ask) in enumerate(QUOTES, start=1)
    ]
    trades = [
        printed(
            symbol=SYMBOL,
            seq=10 + n,
            print_seq=n,
            price_e4=price,
            qty_e6=quantity * 1_000_000,
            amount_e4=price * quantity,
            transact_time_us=OPEN_US + us,
        )
        for n, (us, price, quantity) in enumerate(TRADES, start=1)
    ]
    bars = [
        bar(
            symbol=SYMBOL,
            seq=20 + n,
            interval_us=MINUTE_US,
            start_time_us=OPEN_US + minute * MINUTE_US,
            open_e4=first,
            high_e4=max(first, last),
            low_e4=min(first, last),
            close_e4=last,
            transact_time_us=OPEN_US + (minute + 1) * MINUTE_US,
        )
        for n, (minute, first, last) in enumerate(BARS, start=1)
    ]
    events = [
        book_event(
            symbol=SYMBOL,
            seq=n,
            kind="Add",
            order_id=f"o{n}",
            new_order_id=None,
            side=side,
            price_e4=price,
            qty_e6=5_000_000,
            transact_time_us=OPEN_US,
        )
        for n, (side, price) in enumerate((("Buy", 99_900), ("Buy", 100_000), ("Buy", 100_000), ("Sell", 100_200)), 1)
    ]
    terms = [instrument(symbol=SYMBOL, sector="Analyses")]
    return {"nbbo": quotes, "prints": trades, "bars": bars, "book-events": events, "instruments": terms}


def queries() -> dict[str, str]:
    """Heading to SQL, as the page prints them."""
    return dict(re.findall(r"^### (.+?)\n.*?^```sql\n(.+?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL))


def ask(client: Client, heading: str) -> list[tuple]:
    parameters = {"symbol": SYMBOL, "day": DAY, "ts_us": OPEN_US}
    return list(client.query(queries()[heading], parameters=parameters).result_rows)


def plain(value: object) -> object:
    return round(float(value), 9) if isinstance(value, float | Decimal) else value


EXPECTED = {
    # two buys at 0.01 above the middle, which then rose by 0.02; 300 sold at 0.02 below a middle that stayed
    "What a trade cost: effective and realised spread": [(SYMBOL, 3, 0.032, 0.016)],
    "Average price by interval": [(10.014, 500, 3)],
    "Volatility within a day": [(SYMBOL, round(sqrt(log(10.0 / 10.1) ** 2 * 78 * 252), 9), 1)],
    "Gaps from one day to the next": [(SYMBOL, 9.5, 10.0, 5.26)],
    "Largest moves of a minute": [(SYMBOL, 10.0, 10.1, 1.0), (SYMBOL, 10.1, 10.0, -0.99)],
    "Volume by price": [(10.0, 500, 3)],
    "Sectors": [("Analyses", 1, 60006.0, 0.0)],
    "The book at a moment": [("Buy", 10.0, 10, 2), ("Buy", 9.99, 5, 1), ("Sell", 10.02, 5, 1)],
}


def test_every_query_of_the_page_has_an_expected_answer():
    assert set(queries()) == set(EXPECTED)


@pytest.mark.parametrize("heading", EXPECTED)
def test_a_query_answers_what_the_day_gives(analyst, heading):
    """Times are left out, and columns behind those expected."""
    rows = [tuple(value for value in row if not isinstance(value, date)) for row in ask(analyst, heading)]
    wanted = EXPECTED[heading]
    assert [tuple(map(plain, row[: len(wanted[0])])) for row in rows] == wanted


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO batches (topic) VALUES ('trades')",
        "ALTER TABLE trades DELETE WHERE 1",
        "DROP TABLE trades",
        "CREATE TABLE mine (a Int8) ENGINE = Memory",
        "CREATE USER other",
        "SYSTEM FLUSH LOGS",
        "SELECT * FROM system.named_collections",
        "SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'a String')",
        "SELECT * FROM file('/etc/passwd', 'CSV', 'a String')",
        "SELECT * FROM remote('127.0.0.1', system.one)",
        "SELECT * FROM postgresql('127.0.0.1:1', 'tapeline', 'accounts', 'a', 'b')",
    ],
)
def test_nothing_but_reading_the_market_is_allowed(analyst, statement):
    with pytest.raises(DatabaseError, match=r"ACCESS_DENIED|Not enough privileges|READONLY"):
        analyst.command(statement)


@pytest.mark.parametrize(
    ("setting", "beyond"),
    [
        ("max_execution_time", 31),
        ("max_execution_time", 0),
        ("max_memory_usage", 1_000_000_001),
        ("max_memory_usage", 0),
        ("max_rows_to_read", 500_000_001),
        ("max_rows_to_read", 0),
        ("max_result_rows", 5_000_001),
        ("max_result_rows", 0),
        ("max_threads", 3),
        ("read_overflow_mode", "break"),
        ("priority", 1),
    ],
)
def test_bounds_cannot_be_raised(analyst, setting, beyond):
    with pytest.raises(DatabaseError, match=r"SETTING_CONSTRAINT_VIOLATION|should|is readonly"):
        analyst.query("SELECT 1", settings={setting: beyond})


def test_bounds_can_be_lowered_and_end_a_query(analyst):
    many = "SELECT count() FROM (SELECT * FROM tapeline.trades UNION ALL SELECT * FROM tapeline.trades)"
    with pytest.raises(DatabaseError, match="TOO_MANY_ROWS"):
        analyst.query(many, settings={"max_rows_to_read": 1})
    with pytest.raises(DatabaseError, match="TIMEOUT_EXCEEDED"):
        analyst.query(
            "SELECT sleepEachRow(0.2) FROM numbers(15)", settings={"max_execution_time": 1, "max_block_size": 1}
        )


def test_an_account_is_found_by_its_key(analyst):
    with psycopg.connect(settings().postgres_dsn) as connection:
        connection.execute("INSERT INTO identity.users (user_id, email) VALUES ('U-analyzed', 'analyzed@example.test')")
        connection.execute(
            "INSERT INTO identity.accounts (account_id, user_id, account_class) "
            "VALUES ('A-analyzed', 'U-analyzed', 'market_maker')"
        )
    with connect(settings()) as client:
        client.command("SYSTEM RELOAD DICTIONARY tapeline.accounts")
    asked = "SELECT dictGet('accounts', 'user_id', 'A-analyzed'), dictGet('accounts', 'account_class', 'A-analyzed')"
    assert analyst.query(asked).result_rows == [("U-analyzed", "market_maker")]


def test_where_dictionaries_read_from_is_not_shown(analyst):
    shown = analyst.command("SHOW CREATE DICTIONARY accounts")
    assert settings().dictionary_password.get_secret_value() not in str(shown)


@pytest.mark.parametrize(
    ("statement", "is_allowed"),
    [
        ("SELECT account_id, user_id, account_class FROM identity.accounts", True),
        ("SELECT created_at FROM identity.accounts", False),
        ("SELECT count(*) FROM identity.users", False),
        ("SELECT count(*) FROM identity.api_keys", False),
        ("SELECT count(*) FROM projection.orders", False),
        ("SELECT count(*) FROM public.tapeline_migrations", False),
        ("UPDATE identity.accounts SET account_class = 'market_maker'", False),
        ("CREATE TABLE public.mine (id int)", False),
    ],
)
def test_dictionaries_read_what_they_show_and_nothing_else(stack, statement, is_allowed):
    config = settings()
    as_dictionaries = psycopg.connect(
        host=config.postgres_host,
        port=config.postgres_port,
        dbname=config.postgres_database,
        user="dictionaries",
        password=config.dictionary_password.get_secret_value(),
    )
    with as_dictionaries as connection:
        if is_allowed:
            connection.execute(statement)
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_the_quota_is_in_force(analyst):
    quota = analyst.query("SHOW CURRENT QUOTA").first_item
    assert quota["quota_name"] == "analyst"
    assert (quota["max_queries"], quota["max_read_rows"]) == (10_000, 20_000_000_000)


def test_a_wrong_password_is_refused(analyst):
    config = settings()
    with pytest.raises(DatabaseError, match=r"AUTHENTICATION_FAILED|Authentication failed"):
        clickhouse_connect.get_client(
            host=config.clickhouse_host, port=config.clickhouse_port, username="analyst", password="guessed"
        )
