"""`tapeline account` and `tapeline order`, and the demonstration's account, as a user and a script run them."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import subprocess
import sys

import pytest

from config.settings import settings
from feeds.demo_market import DEMO
from feeds.list_instruments import list_instruments

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
        (("--cash", "-1"), "--cash -1 is not a number"),
        (("--cash", "NaN"), "--cash NaN is not a number"),
        (("--cash", "1.00001"), "more than 4 decimals"),
        (("--position", "AAPL"), "is not SYMBOL=QUANTITY"),
        (("--position", "NOSUCH=1"), "is not listed"),
        (("--class", "whale"), "is not one of standard"),
    ],
)
async def test_what_cannot_be_opened_is_said_in_a_sentence(url, arguments, said):
    refused = await run("stack", "account", "open", *arguments)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


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
