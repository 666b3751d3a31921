"""Orders as the projection has them. Every query names the account: another's order is not found."""

from __future__ import annotations

from uuid import UUID

from psycopg.rows import DictRow

from api.orders.schemas import ListOrders
from api.orders.translate import SIDES
from api.store.pool import Pool, fetch_all, fetch_one

_COLUMNS = """
SELECT order_id, root_order_id, contingency_type, parent_order_id, client_order_id, symbol, side, order_type,
    time_in_force, status, qty_e6, limit_price_e4, stop_price_e4, expire_at, post_only, self_match_prevention,
    display_qty_e6, min_qty_e6, cash_qty_e4, trail_offset_e4, trail_percent_e4, trigger_price_type,
    reprice, reduce_only, self_match_scope, high_water_e4, extended_hours, cum_qty_e6, cum_amount_e4, replaces,
    replaced_by, text,
    created_at, updated_at, filled_at, canceled_at, expired_at, failed_at, replaced_at
FROM projection.orders
WHERE account_id = %(account_id)s
"""
_BY_ID = f"{_COLUMNS} AND order_id = %(order_id)s"
_BY_CLIENT_ID = (  # a refused order does not use up its client id: the one that has it comes first
    f"{_COLUMNS} AND client_order_id = %(client_order_id)s ORDER BY status = 'Rejected', created_at DESC LIMIT 1"
)
_PLACE = (  # where an order lies in the list
    "(SELECT created_at, order_id FROM projection.orders WHERE account_id = %(account_id)s AND order_id = %({})s)"
)
_LIST = f"""{_COLUMNS}
    AND (%(open)s::boolean IS NULL OR is_open = %(open)s)
    AND (%(after)s::timestamptz IS NULL OR created_at > %(after)s)
    AND (%(until)s::timestamptz IS NULL OR created_at < %(until)s)
    AND (%(after_id)s::text IS NULL OR (created_at, order_id) > {_PLACE.format("after_id")})
    AND (%(before_id)s::text IS NULL OR (created_at, order_id) < {_PLACE.format("before_id")})
    AND (%(symbols)s::text[] IS NULL OR symbol = ANY(%(symbols)s))
    AND (%(side)s::text IS NULL OR side = %(side)s)
    AND (NOT %(nested)s OR parent_order_id IS NULL OR (%(open)s::boolean IS NOT NULL AND NOT EXISTS (
        SELECT FROM projection.orders AS parent
        WHERE parent.root_order_id = orders.parent_order_id AND parent.contingency_type IS NOT NULL
            AND parent.account_id = orders.account_id AND parent.is_open = %(open)s
    )))  -- a leg is shown by itself where the order that it came with is not
ORDER BY """
_LEGS = f"""{_COLUMNS} AND parent_order_id = ANY(%(roots)s) AND status <> 'Replaced'
ORDER BY parent_order_id, order_type <> 'Limit'"""
_ORDER = {"asc": "created_at, order_id LIMIT %(limit)s", "desc": "created_at DESC, order_id DESC LIMIT %(limit)s"}


async def find(pool: Pool, account_id: str, order_id: str) -> DictRow | None:
    return await fetch_one(pool, _BY_ID, {"account_id": account_id, "order_id": order_id})


async def find_by_client_id(pool: Pool, account_id: str, client_order_id: str) -> DictRow | None:
    return await fetch_one(pool, _BY_CLIENT_ID, {"account_id": account_id, "client_order_id": client_order_id})


async def list_orders(pool: Pool, account_id: str, query: ListOrders) -> list[DictRow]:
    """A page of an account's orders; empty when it is to begin at an order that the account does not have."""
    symbols = [symbol for symbol in (query.symbols or "").upper().split(",") if symbol]
    parameters = {
        "account_id": account_id,
        "open": {"open": True, "closed": False, "all": None}[query.status],
        "after": query.after,
        "until": query.until,
        "after_id": _text(query.after_order_id),
        "before_id": _text(query.before_order_id),
        "symbols": symbols or None,
        "side": None if query.side is None else SIDES[query.side],
        "nested": query.nested,
        "limit": query.limit,
    }
    return await fetch_all(pool, _LIST + _ORDER[query.direction], parameters)


async def legs_of(pool: Pool, account_id: str, root_order_ids: list[str]) -> list[DictRow]:
    """Legs of orders, by the first ids of these, under the ids that are in force; the one that takes a profit first."""
    return await fetch_all(pool, _LEGS, {"account_id": account_id, "roots": root_order_ids})


def _text(order_id: UUID | None) -> str | None:
    return None if order_id is None else str(order_id)
