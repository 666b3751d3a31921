"""Balances and positions as the projection has them, and what belongs to an account in `identity`."""

from __future__ import annotations

from psycopg.rows import DictRow

from api.security.keys import NewKey, hash_of
from api.store.pool import Pool, fetch_all, fetch_one

_ACCOUNT = """
SELECT account.status, coalesce(balance.cash_e4, 0) AS cash_e4, coalesce(held.hold_e4, 0)::bigint AS hold_e4
FROM projection.accounts AS account
LEFT JOIN projection.balances AS balance USING (account_id)
LEFT JOIN LATERAL (
    SELECT sum(hold_e4) AS hold_e4 FROM projection.orders WHERE account_id = account.account_id AND is_open
) AS held ON true
WHERE account.account_id = %(account_id)s
"""
_POSITIONS = """
SELECT position.symbol, position.qty_e6, position.cost_basis_e4, coalesce(held.hold_qty_e6, 0)::bigint AS hold_qty_e6
FROM projection.positions AS position
LEFT JOIN LATERAL (
    SELECT sum(hold_qty_e6) AS hold_qty_e6 FROM projection.orders
    WHERE account_id = position.account_id AND is_open AND symbol = position.symbol
) AS held ON true
WHERE position.account_id = %(account_id)s AND position.qty_e6 <> 0
    AND (%(symbol)s::text IS NULL OR position.symbol = %(symbol)s)
ORDER BY position.symbol
"""
_NEW_USER = "INSERT INTO identity.users (user_id, email) VALUES (%(user_id)s, %(email)s)"
_NEW_ACCOUNT = """
INSERT INTO identity.accounts (account_id, user_id, account_class)
VALUES (%(account_id)s, %(user_id)s, %(account_class)s)
"""
_NEW_KEY = """
INSERT INTO identity.api_keys (key_id, account_id, secret_hash)
VALUES (%(key_id)s, %(account_id)s, %(secret_hash)s)
"""
_ACCOUNT_OF_EMAIL = """
SELECT account.account_id, account.user_id, account.account_class,
    EXISTS (SELECT FROM identity.api_keys WHERE account_id = account.account_id) AS has_key
FROM identity.accounts AS account JOIN identity.users USING (user_id) WHERE lower(email) = lower(%(email)s)
ORDER BY account.created_at LIMIT 1
"""
_BOOKED = """
SELECT DISTINCT transfer_id FROM projection.ledger_entries
WHERE account_id = %(account_id)s AND transfer_id = ANY(%(transfer_ids)s)
"""
_REVOKE = "UPDATE identity.api_keys SET revoked_at = now() WHERE account_id = %(account_id)s AND revoked_at IS NULL"


async def find_account(pool: Pool, account_id: str) -> DictRow | None:
    """Status, cash and what open orders hold of it."""
    return await fetch_one(pool, _ACCOUNT, {"account_id": account_id})


async def positions(pool: Pool, account_id: str, symbol: str | None = None) -> list[DictRow]:
    """Every position, or that in one symbol."""
    return await fetch_all(pool, _POSITIONS, {"account_id": account_id, "symbol": symbol})


async def insert_account(pool: Pool, user_id: str, email: str, account_id: str, account_class: str) -> None:
    """User and account in one transaction. Raises psycopg.errors.UniqueViolation when the email is taken."""
    async with pool.connection() as connection, connection.transaction():
        await connection.execute(_NEW_USER, {"user_id": user_id, "email": email})
        account = {"account_id": account_id, "user_id": user_id, "account_class": account_class}
        await connection.execute(_NEW_ACCOUNT, account)


async def exchange_key(pool: Pool, account_id: str, key: NewKey) -> None:
    """Revoke every key of an account and give it a new one."""
    async with pool.connection() as connection, connection.transaction():
        await connection.execute(_REVOKE, {"account_id": account_id})
        await connection.execute(_NEW_KEY, _key_row(account_id, key))


async def find_account_of_email(pool: Pool, email: str) -> DictRow | None:
    """The first account of a user, and whether it ever had a key."""
    return await fetch_one(pool, _ACCOUNT_OF_EMAIL, {"email": email})


async def booked_transfers(pool: Pool, account_id: str, transfer_ids: list[str]) -> set[str]:
    """Which of these transfers the ledger shows, however long ago they were booked."""
    rows = await fetch_all(pool, _BOOKED, {"account_id": account_id, "transfer_ids": transfer_ids})
    return {row["transfer_id"] for row in rows}


def _key_row(account_id: str, key: NewKey) -> dict[str, str]:
    return {"key_id": key.key_id, "account_id": account_id, "secret_hash": hash_of(key.secret)}
