"""The tables of schema `projection` as the sink writes them, and how a later row of a key meets an earlier. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

Row = tuple[Any, ...]
SOURCE = (
    "record_partition",
    "record_offset",
    "origin_topic",
    "origin_partition",
    "origin_offset",
    "origin_index",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Without `key` its rows are only ever added; with one, the row of the largest account_seq is kept."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()  # columns that keep the earlier value where the later row has null
    first_stays: bool = False  # the first row of a key stays, later ones are dropped
    number: tuple[str, ...] = ()  # with the origin it identifies a row, where a record makes several

    def latest(self, rows: Iterable[Row]) -> list[Row]:
        """One row a key, as the table would have it after these rows in their order."""
        if not self.key:
            return list(rows)
        key = itemgetter(*(self.columns.index(name) for name in self.key))
        keep = [self.columns.index(name) for name in self.keep]
        seq = None if self.first_stays else self.columns.index("account_seq")
        found: dict[Any, Row] = {}
        for row in rows:
            at = key(row)
            earlier = found.get(at)
            if earlier is None:
                found[at] = row
            elif seq is not None and row[seq] > earlier[seq]:
                found[at] = _kept(earlier, row, keep)
        return list(found.values())


def _kept(earlier: Row, later: Row, keep: list[int]) -> Row:
    missing = [index for index in keep if later[index] is None and earlier[index] is not None]
    if not missing:
        return later
    merged = list(later)
    for index in missing:
        merged[index] = earlier[index]
    return tuple(merged)


ORDERS = Table(
    "orders",
    (
        "order_id",
        "root_order_id",
        "account_id",
        "user_id",
        "client_order_id",
        "symbol",
        "side",
        "order_type",
        "time_in_force",
        "status",
        "is_open",
        "qty_e6",
        "limit_price_e4",
        "stop_price_e4",
        "worst_price_e4",
        "expire_at",
        "post_only",
        "self_match_prevention",
        "display_qty_e6",
        "min_qty_e6",
        "cash_qty_e4",
        "trail_offset_e4",
        "trail_percent_e4",
        "trigger_price_type",
        "reprice",
        "reduce_only",
        "self_match_scope",
        "extended_hours",
        "high_water_e4",
        "contingency_type",
        "parent_order_id",
        "cum_qty_e6",
        "leaves_qty_e6",
        "cum_amount_e4",
        "hold_e4",
        "hold_qty_e6",
        "replaces",
        "replaced_by",
        "order_reject_reason",
        "reject_reasons",
        "text",
        "created_at",
        "updated_at",
        "filled_at",
        "canceled_at",
        "expired_at",
        "failed_at",
        "replaced_at",
        "account_seq",
        *SOURCE,
    ),
    key=("order_id",),
    keep=("replaces", "replaced_by", "filled_at", "canceled_at", "expired_at", "failed_at", "replaced_at"),
)
ORDER_ITEMS = Table(
    "order_items",
    ("order_item_id", "order_id", "leg", "symbol", "instrument_type", "side", "price_e4", "qty_e6", *SOURCE),
    key=("order_item_id",),
    first_stays=True,
)
TRADES = Table(
    "trades",
    (
        "trade_id",
        "order_id",
        "exec_id",
        "account_id",
        "user_id",
        "account_seq",
        "symbol",
        "side",
        "liquidity",
        "execution_price_e4",
        "execution_qty_e6",
        "amount_e4",
        "fee_e4",
        "settlement_date",
        "executed_at",
        *SOURCE,
    ),
)
TRADE_CORRECTIONS = Table(
    "trade_corrections",
    (
        "trade_id",
        "exec_id",
        "exec_ref_id",
        "order_id",
        "account_id",
        "user_id",
        "account_seq",
        "exec_type",
        "symbol",
        "side",
        "execution_price_e4",
        "execution_qty_e6",
        "amount_e4",
        "fee_e4",
        "text",
        "corrected_at",
        *SOURCE,
    ),
)
EXECUTIONS = Table(
    "executions",
    (
        "record_name",
        "account_id",
        "user_id",
        "account_seq",
        "exec_id",
        "exec_type",
        "order_status",
        "order_id",
        "root_order_id",
        "symbol",
        "event",
        "correlation_id",
        "transact_at",
        *SOURCE,
    ),
)
RISK_CHECKS = Table(
    "risk_checks",
    (
        "check_id",
        "order_id",
        "account_id",
        "user_id",
        "check_type",
        "check_value",
        "check_limit",
        "headroom",
        "status",
        "created_at",
        "check_number",
        *SOURCE,
    ),
    number=("check_number",),
)
LEDGER_ENTRIES = Table(
    "ledger_entries",
    (
        "journal_id",
        "posting_number",
        "account_id",
        "user_id",
        "account_seq",
        "kind",
        "ledger_account",
        "asset",
        "amount",
        "transfer_id",
        "order_id",
        "trade_id",
        "symbol",
        "settlement_date",
        "text",
        "created_at",
        *SOURCE,
    ),
    number=("posting_number",),
)
BALANCES = Table(
    "balances",
    ("account_id", "user_id", "cash_e4", "unsettled_e4", "updated_at", "account_seq", *SOURCE),
    key=("account_id",),
)
POSITIONS = Table(
    "positions",
    (
        "account_id",
        "symbol",
        "user_id",
        "qty_e6",
        "cost_basis_e4",
        "realized_e4",
        "updated_at",
        "account_seq",
        *SOURCE,
    ),
    key=("account_id", "symbol"),
)
ACCOUNTS = Table(
    "accounts",
    ("account_id", "user_id", "status", "account_class", "updated_at", "account_seq", *SOURCE),
    key=("account_id",),
)
ACCOUNT_EVENTS = Table(
    "account_events",
    (
        "account_id",
        "user_id",
        "account_seq",
        "kind",
        "status",
        "account_class",
        "transfer_id",
        "text",
        "created_at",
        *SOURCE,
    ),
)

# In the order in which they are written: what a foreign key names comes first.
TABLES = {
    table.name: table
    for table in (
        ORDERS,
        ORDER_ITEMS,
        TRADES,
        TRADE_CORRECTIONS,
        EXECUTIONS,
        RISK_CHECKS,
        LEDGER_ENTRIES,
        BALANCES,
        POSITIONS,
        ACCOUNTS,
        ACCOUNT_EVENTS,
    )
}
