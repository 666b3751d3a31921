"""A record of `order-events` or `ledger` to the rows it makes in Postgres. Pure: `tapeline verify` calls it too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sinks.postgres.tables import Row
from sinks.record import Record, check_ids, check_text, date_at, header, message_of, origin_of, require, time_at
from topics import catalogue
from topics.messages import AccountEvent, Instructions, JournalEntry, OrderCancelReject, OrderEvent

Rows = list[tuple[str, Row]]  # name of the table, row in the order of its columns

FINAL: Final = frozenset({"Filled", "Canceled", "Replaced", "Rejected", "Expired"})
_FIRST_EVENTS: Final = frozenset({"PendingNew", "Rejected", "Replaced"})  # any order id begins with one
_CORRECTIONS: Final = frozenset({"TradeCancel", "TradeCorrect"})
_PLAIN: Final = (None,) * 10


def rows_of(record: Record) -> Rows:
    """Rows of a record, in the order of the tables' foreign keys.

    Raises Unconvertible for a record that cannot be a row here whatever state the store is in.
    """
    made_by = _MADE_BY[record.topic]
    message = message_of(record, made_by)
    source = (record.partition, record.offset, *origin_of(record))
    return made_by[message.NAME](record, message, source)


def _order_event(record: Record, event: OrderEvent, source: Row) -> Rows:
    check_ids(event.account_id, event.order_id, event.client_order_id, event.exec_id, event.trade_id, event.symbol)
    check_ids(event.exec_ref_id)
    check_text(event.user_id, event.root_order_id, event.replaces, event.replaced_by, event.text, *event.reject_reasons)
    check_text(event.parent_order_id)
    at = time_at(event.transact_time_us)
    status, kind = event.order_status, event.exec_type
    rows: Rows = [
        (
            "orders",
            (
                event.order_id,
                event.root_order_id,
                event.account_id,
                event.user_id,
                event.client_order_id,
                event.symbol,
                event.side,
                event.order_type,
                event.time_in_force,
                status,
                status not in FINAL,
                event.qty_e6,
                event.limit_price_e4,
                event.stop_price_e4,
                event.worst_price_e4,
                None if event.expire_time_us is None else time_at(event.expire_time_us),
                event.post_only,
                event.self_match_prevention,
                *_instructed(event.instructions),
                event.high_water_e4,
                event.contingency_type,
                event.parent_order_id,
                event.cum_qty_e6,
                event.leaves_qty_e6,
                event.cum_amount_e4,
                event.hold_e4,
                event.hold_qty_e6,
                event.replaces,
                event.replaced_by,
                event.order_reject_reason,
                event.reject_reasons,
                event.text,
                time_at(event.submitted_time_us),
                at,
                at if status == "Filled" else None,
                at if status == "Canceled" else None,
                at if status == "Expired" else None,
                at if status == "Rejected" else None,
                at if status == "Replaced" else None,
                event.account_seq,
                *source,
            ),
        ),
        (
            "executions",
            (
                event.NAME,
                event.account_id,
                event.user_id,
                event.account_seq,
                event.exec_id,
                kind,
                status,
                event.order_id,
                event.root_order_id,
                event.symbol,
                record.value,
                header(record, "correlation-id"),
                at,
                *source,
            ),
        ),
    ]
    if kind in _FIRST_EVENTS:
        rows.append(("order_items", _order_item(event, event.order_id, 1, source)))
    if kind == "PendingNew" and event.parent_order_id is not None:
        leg = 3 if event.contingency_type == "Bracket" and event.order_type != "Limit" else 2
        rows.append(("order_items", _order_item(event, event.parent_order_id, leg, source)))
    if kind == "Trade":
        rows.append(("trades", _trade(event, at, source)))
    if kind in _CORRECTIONS:
        rows.append(("trade_corrections", _trade_correction(event, at, source)))
    if event.checks:
        rows += _risk_checks(event, at, source)
    return rows


def _instructed(instructions: Instructions | None) -> Row:
    """The columns of an order's instructions, null in a plain order."""
    if instructions is None:
        return _PLAIN
    return (
        instructions.display_qty_e6,
        instructions.min_qty_e6,
        instructions.cash_qty_e4,
        instructions.trail_offset_e4,
        instructions.trail_percent_e4,
        instructions.trigger_price_type,
        instructions.reprice,
        instructions.reduce_only,
        instructions.self_match_scope,
        instructions.extended_hours,
    )


def _order_item(event: OrderEvent, order_id: str, leg: int, source: Row) -> Row:
    """An order's own item, or a leg's among those of the order that it came with."""
    item = f"{order_id}/{leg}"
    is_amount = event.instructions is not None and event.instructions.cash_qty_e4 is not None
    qty_e6 = None if is_amount and event.qty_e6 == 0 else event.qty_e6  # the book has yet to fix it
    return (item, order_id, leg, event.symbol, "equity", event.side, event.limit_price_e4, qty_e6, *source)


def _trade(event: OrderEvent, at: Any, source: Row) -> Row:
    return (
        require("trade_id", event.trade_id),
        event.order_id,
        event.exec_id,
        event.account_id,
        event.user_id,
        event.account_seq,
        event.symbol,
        event.side,
        event.last_liquidity,
        require("last_px_e4", event.last_px_e4),
        require("last_qty_e6", event.last_qty_e6),
        event.amount_e4,
        event.fee_e4,
        date_at(event.settlement_day),
        at,
        *source,
    )


def _trade_correction(event: OrderEvent, at: Any, source: Row) -> Row:
    """What a trade is from here on; canceled, what it was."""
    return (
        require("trade_id", event.trade_id),
        event.exec_id,
        require("exec_ref_id", event.exec_ref_id),
        event.order_id,
        event.account_id,
        event.user_id,
        event.account_seq,
        event.exec_type,
        event.symbol,
        event.side,
        require("last_px_e4", event.last_px_e4),
        require("last_qty_e6", event.last_qty_e6),
        event.amount_e4,
        event.fee_e4,
        event.text,
        at,
        *source,
    )


def _risk_checks(event: OrderEvent, at: Any, source: Row) -> Rows:
    """Every check of a refused order; of an accepted one only that so many were passed (all are in ClickHouse)."""
    if event.exec_type == "Rejected":
        found = [(check.rule_id, check.value, check.limit, check.headroom, check.passed) for check in event.checks]
        check_text(*(check.rule_id for check in event.checks))
    else:
        passed = sum(check.passed for check in event.checks)
        found = [("pre_trade", passed, len(event.checks), 0, passed == len(event.checks))]
    owner = (event.order_id, event.account_id, event.user_id)
    return [
        (
            "risk_checks",
            (f"{event.exec_id}/{number}", *owner, *check, "passed" if good else "failed", at, number, *source),
        )
        for number, (*check, good) in enumerate(found)
    ]


def _cancel_reject(record: Record, reject: OrderCancelReject, source: Row) -> Rows:
    check_ids(reject.account_id, reject.order_id, reject.symbol)
    check_text(reject.user_id, reject.root_order_id)
    return [
        (
            "executions",
            (
                reject.NAME,
                reject.account_id,
                reject.user_id,
                None,
                None,
                None,
                None,
                reject.order_id,
                reject.root_order_id,
                reject.symbol,
                record.value,
                header(record, "correlation-id"),
                time_at(reject.transact_time_us),
                *source,
            ),
        )
    ]


def _journal_entry(_record: Record, entry: JournalEntry, source: Row) -> Rows:
    check_ids(entry.account_id, entry.journal_id, entry.transfer_id, entry.order_id, entry.trade_id, entry.symbol)
    check_text(entry.user_id, entry.text)
    at = time_at(entry.transact_time_us)
    settlement = date_at(entry.settlement_day)
    rows: Rows = []
    for number, posting in enumerate(entry.postings):
        check_text(posting.ledger_account, posting.asset)
        rows.append(
            (
                "ledger_entries",
                (
                    entry.journal_id,
                    number,
                    entry.account_id,
                    entry.user_id,
                    entry.account_seq,
                    entry.kind,
                    posting.ledger_account,
                    posting.asset,
                    posting.amount,
                    entry.transfer_id,
                    entry.order_id,
                    entry.trade_id,
                    entry.symbol,
                    settlement,
                    entry.text,
                    at,
                    *source,
                ),
            )
        )
    after = (at, entry.account_seq, *source)
    rows.append(("balances", (entry.account_id, entry.user_id, entry.cash_e4, entry.unsettled_e4, *after)))
    if entry.symbol is not None and entry.position_qty_e6 is not None:
        cost = require("cost_basis_e4", entry.cost_basis_e4)
        realized = require("realized_e4", entry.realized_e4)
        held = (entry.position_qty_e6, cost, realized)
        rows.append(("positions", (entry.account_id, entry.symbol, entry.user_id, *held, *after)))
    return rows


def _account_event(_record: Record, event: AccountEvent, source: Row) -> Rows:
    check_ids(event.account_id, event.transfer_id)
    check_text(event.user_id, event.account_class, event.text)
    at = time_at(event.transact_time_us)
    about = (event.account_id, event.user_id)
    state = (event.status, event.account_class)
    event_row = (*about, event.account_seq, event.kind, *state, event.transfer_id, event.text, at, *source)
    rows: Rows = [("account_events", event_row)]
    if event.kind != "TransferRefused":  # which changes no account, and may name one that was never opened
        rows.append(("accounts", (*about, *state, at, event.account_seq, *source)))
    return rows


_MADE_BY: Mapping[str, Mapping[str, Callable[[Record, Any, Row], Rows]]] = {
    catalogue.ORDER_EVENTS: {"OrderEvent": _order_event, "OrderCancelReject": _cancel_reject},
    catalogue.LEDGER: {"JournalEntry": _journal_entry, "AccountEvent": _account_event},
}
TOPICS = tuple(_MADE_BY)
