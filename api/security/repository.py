"""Keys in schema `identity`."""

from __future__ import annotations

from psycopg.rows import DictRow

from api.store.pool import Pool, fetch_one

_KEY = """
SELECT key.secret_hash, account.account_id, account.user_id
FROM identity.api_keys AS key JOIN identity.accounts AS account USING (account_id)
WHERE key.key_id = %(key_id)s AND key.revoked_at IS NULL
"""
_REVOKE = """
UPDATE identity.api_keys SET revoked_at = now() WHERE key_id = %(key_id)s AND revoked_at IS NULL RETURNING key_id
"""


async def find_key(pool: Pool, key_id: str) -> DictRow | None:
    """The hash and the owner of a key that is in force."""
    return await fetch_one(pool, _KEY, {"key_id": key_id})


async def revoke_key(pool: Pool, key_id: str) -> bool:
    """Put a key out of force; False when it was not in force."""
    return await fetch_one(pool, _REVOKE, {"key_id": key_id}) is not None
