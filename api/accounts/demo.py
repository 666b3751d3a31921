"""The demonstration's account: opened once, its key kept in `{home}/demo-account.json`, readable by its owner alone."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

from api.accounts import repository
from api.accounts.service import AccountDesk, Shares
from api.security.keys import generate, is_secret_of
from api.security.repository import find_key
from api.store.pool import Pool

EMAIL = "demo@users.invalid"
CASH = Decimal(1_000_000)
POSITIONS = {symbol: Shares(Decimal(1000)) for symbol in ("AAPL", "MSFT", "NVDA", "AMZN")}


async def demo_account(pool: Pool, desk: AccountDesk, home: Path) -> dict[str, str]:
    """`account_id`, `key_id` and `secret` of the demonstration's account, made or completed where that is needed."""
    path = home / "demo-account.json"
    kept = _read(path)
    row = await find_key(pool, kept["key_id"]) if kept else None
    if kept and row and is_secret_of(kept["secret"], row["secret_hash"]):
        return kept
    account = await repository.find_account_of_email(pool, EMAIL)
    if account is None:
        opened = await desk.open_account(CASH, POSITIONS, email=EMAIL)
        account_id, key = opened.account_id, opened.key
    else:  # its key is lost, or a start was interrupted
        account_id, key = account["account_id"], generate()
        await desk.fund(account_id, account["user_id"], account["account_class"], CASH, POSITIONS)
        await repository.exchange_key(pool, account_id, key)
    kept = {"account_id": account_id, "key_id": key.key_id, "secret": key.secret}
    _write(path, kept)
    return kept


def _read(path: Path) -> dict[str, str] | None:
    try:
        kept = json.loads(path.read_text())
        return {name: str(kept[name]) for name in ("account_id", "key_id", "secret")}
    except (FileNotFoundError, json.JSONDecodeError, KeyError, TypeError):
        return None


def _write(path: Path, kept: dict[str, str]) -> None:
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(kept, file)
    partial.replace(path)
