"""`tapeline account` and `tapeline order`, and the demonstration's account, as a user and a script run them."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import subprocess
import sys
from decimal import Decimal

import psycopg
import pytest

from api.accounts.service import CASH_AT_MOST, SHARES_AT_MOST, AccountDesk, AccountNotOpened
from api.log.ask import Asker
from api.store.pool import fetch_all
from api.units import to_e4, to_e6
from config.settings import settings
from feeds.demo_market import DEMO
from feeds.list_instruments import list_instruments
from streams.accounts.limits import MAX_TRANSFER_E4, MAX_TRANSFER_QTY_E6
from tests.api.client import Client

SUBMIT = ("stack", "order", "submit", "--type", "limit")


async def run(*arguments: str, key: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A command to its end, in a thread of its own so that the tests' event loop goes on."""
    variables = {} if key is None else {"APCA_API_KEY_ID": key["key_id"], "APCA_API_SECRET_KEY": key["secret"]}
    command = [sys.executable, "-m", *arguments]
    return await asyncio.to_thread(
        subprocess.run, command, env=os.environ | variables, capture_output=True, text=True, timeout=60, check=False
    )


async def test_an_account_is_opened_and_trades_from_the_command_line(url, symbol):
    arguments = ("--cash", "5000.50", "--position", f"{symbol}=12.5@90", "--json")
    opened = await run("stack", "account", "open", *arguments)
    assert opened.returncode == 0, opened.stderr
    key = json.loads(opened.stdout)
    assert set(key) == {"account_id", "key_id", "secret"}

    placed = await run(*SUBMIT, symbol, "sell", "2.5", "--limit-price", "101", "--json", key=key)
    assert placed.returncode == 0, placed.stderr
    order = json.loads(placed.stdout)
    assert (order["qty"], order["limit_price"]) == ("2.5", "101.00")

    replaced = json.loads((await run("stack", "order", "replace", order["id"], "--qty", "2", "--json", key=key)).stdout)
    assert (replaced["qty"], replaced["replaces"]) == ("2", order["id"])
    listed = await run("stack", "order", "list", key=key)
    assert replaced["id"] in listed.stdout
    assert order["id"] not in listed.stdout
    assert (await run("stack", "order", "cancel", replaced["id"], key=key)).returncode == 0
    shown = json.loads((await run("stack", "order", "get", replaced["id"], "--json", key=key)).stdout)
    assert shown["status"] in ("pending_cancel", "canceled")

    refused = await run(*SUBMIT, symbol, "buy", "1000", "--limit-price", "100", key=key)
    assert refused.returncode == 1
    assert "buying_power" in refused.stderr
    assert "Traceback" not in refused.stderr

    assert (await run("stack", "account", "revoke", key["key_id"])).returncode == 0
    assert (await run("stack", "account", "revoke", key["key_id"])).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--cash", "-1"), "--cash -1 is negative"),
        (("--cash", "NaN"), "--cash 'NaN' is not a plain decimal"),
        (("--cash", "1_0"), "--cash '1_0' is not a plain decimal"),
        (("--cash", "1e3"), "--cash '1e3' is not a plain decimal"),
        (("--cash", "1.00001"), "more than 4 decimals"),
        (("--cash", "1" + "0" * 30), "cash must be above 0 and at most 100000000000"),
        (("--position", "API000"), "is not SYMBOL=QUANTITY"),
        (("--position", "API000="), "is not a plain decimal"),
        (("--position", "API000=1@"), "is not a plain decimal"),
        (("--position", "API000=0"), "the quantity of API000 must be above 0"),
        (("--position", "API000=1.0000001"), "more than 6 decimals"),
        (("--position", "API000=1000000001"), "at most 1000000000"),
        (("--position", "API000=1000000000@1000000"), "what API000 has cost together"),
        (("--position", "API000=1", "--position", "api000=2"), "API000 more than once"),
        (("--position", "NOSUCH=1"), "NOSUCH is not listed"),
        (("--position", "NOSUCH=1@5"), "NOSUCH is not listed"),
        (("--class", "whale"), "is not one of standard"),
        (("--email", "nobody"), "'nobody' is not an email address"),
    ],
)
async def test_what_cannot_be_opened_is_said_in_a_sentence_and_leaves_nothing(url, arguments, said):
    def users() -> object:
        with psycopg.connect(settings().postgres_dsn) as connection:
            return connection.execute("SELECT count(*) FROM identity.users").fetchone()

    before = users()
    refused = await run("stack", "account", "open", *arguments)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert users() == before


async def test_without_a_broker_no_account_is_opened_and_that_is_said(stack, monkeypatch):
    monkeypatch.setenv("TAPELINE_KAFKA_BOOTSTRAP", "127.0.0.1:1")
    refused = await run("stack", "account", "open")
    assert refused.returncode == 1
    assert "no broker answers at 127.0.0.1:1" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_desk_refuses_what_the_ledger_would():
    assert (to_e4(CASH_AT_MOST), to_e6(SHARES_AT_MOST)) == (MAX_TRANSFER_E4, MAX_TRANSFER_QTY_E6)


async def test_an_opening_that_failed_is_completed_by_the_next_of_its_email(desk_and_pool, url):
    desk, pool = desk_and_pool
    asker = desk._asker
    email = "completed@example.test"
    impatient = AccountDesk(pool, Asker(asker._commands, asker._tail, timeout_ms=0), desk._market)
    with pytest.raises(AccountNotOpened):
        await impatient.open_account(Decimal(100), {}, email=email)
    opened = await desk.open_account(Decimal(100), {}, email=email)
    async with Client(url, opened.account_id, opened.key) as client:
        assert (await client.get("/v2/account")).json()["cash"] == "100.00"
    with pytest.raises(psycopg.errors.UniqueViolation):
        await desk.open_account(Decimal(100), {}, email=email)


async def test_what_the_ledger_shows_is_not_asked_for_again(desk_and_pool, open_client):
    """Accounts forgets a transfer's id after a day, and would book it a second time."""
    desk, pool = desk_and_pool
    client = await open_client("100")
    assert (await client.get("/v2/account")).json()["cash"] == "100.00"
    who = {"id": client.account_id}
    [row] = await fetch_all(pool, "SELECT user_id FROM identity.accounts WHERE account_id = %(id)s", who)
    await desk.fund(client.account_id, row["user_id"], "standard", Decimal(100), {})
    assert (await client.get("/v2/account")).json()["cash"] == "100.00"
    refused = "SELECT kind FROM projection.account_events WHERE account_id = %(id)s AND transfer_id IS NOT NULL"
    assert await fetch_all(pool, refused, who) == []


async def test_the_demonstrations_account_is_made_once_and_its_key_kept(url, processes, desk_and_pool):
    await list_instruments(settings(), DEMO)
    first, second = await run("api", "demo-account"), await run("api", "demo-account")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout) == json.loads(second.stdout)
    path = settings().home / "demo-account.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    path.unlink()  # the key is lost: the same account gets another, and no second deposit
    third = json.loads((await run("api", "demo-account")).stdout)
    assert third["account_id"] == json.loads(first.stdout)["account_id"]
    assert third["key_id"] != json.loads(first.stdout)["key_id"]
    listed = await run("stack", "order", "list", "--json")
    assert (listed.returncode, json.loads(listed.stdout)) == (0, []), "no key given: the demonstration's is used"


async def test_a_key_that_cannot_be_one_is_said_in_a_sentence(url):
    refused = await run("stack", "order", "list", key={"key_id": "PK\u2026", "secret": "s"})
    assert (refused.returncode, "The key or its secret" in refused.stderr) == (1, True), refused.stderr
    assert "Traceback" not in refused.stderr
