"""Past events of an account: `projection.executions` has each record whole, by account and offset."""

from __future__ import annotations

from datetime import datetime

from psycopg.rows import DictRow

from api.store.pool import Pool, fetch_all, fetch_one

PAGE = 500
_PAGE = """
SELECT record_offset, event FROM projection.executions
WHERE account_id = %(account_id)s AND record_offset >= %(first)s AND record_offset < %(end)s
ORDER BY record_offset LIMIT %(limit)s
"""
_FIRST_SINCE = """
SELECT min(record_offset) AS first FROM projection.executions
WHERE account_id = %(account_id)s AND transact_at >= %(since)s
"""


async def page(pool: Pool, account_id: str, first: int, end: int) -> list[DictRow]:
    """The records of an account from an offset to before another, at most PAGE of them."""
    parameters = {"account_id": account_id, "first": first, "end": end, "limit": PAGE}
    return await fetch_all(pool, _PAGE, parameters)


async def first_since(pool: Pool, account_id: str, since: datetime) -> int | None:
    """Offset of the account's first event at or after a time; None when there is none."""
    row = await fetch_one(pool, _FIRST_SINCE, {"account_id": account_id, "since": since})
    return None if row is None else row["first"]
