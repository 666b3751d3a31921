"""Messages with sensible defaults, so that a test says only what it is about. Money and quantities are text."""

from datetime import UTC, datetime
from decimal import Decimal

from topics.messages import (
    Deposit,
    DepositShares,
    ExecutionReport,
    OpenAccount,
    OrderCancelReject,
    ReplaceOrder,
    SubmitOrder,
)


def e4(text):
    """Price or cash as text to 1e-4."""
    return exact(Decimal(text) * 10_000)


def e6(text):
    """Shares as text to 1e-6."""
    return exact(Decimal(text) * 1_000_000)


def exact(value):
    assert value == int(value), f"{value} is too fine"
    return int(value)


def us(iso):
    """Microseconds of an ISO time, UTC."""
    return int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp()) * 1_000_000


NOW = us("2026-11-23T15:00:00")


def opened(account_id="A", account_class="standard", time_us=NOW):
    return OpenAccount(account_id, f"user-{account_id}", account_class, time_us)


def deposit(amount, transfer_id="t-cash", account_id="A", time_us=NOW):
    return Deposit(account_id, transfer_id, e4(amount), time_us)


def deposit_shares(qty, cost="0", symbol="AAPL", transfer_id="t-shares", account_id="A", time_us=NOW):
    return DepositShares(account_id, transfer_id, symbol, e6(qty), e4(cost), time_us)


def submit(order_id, side, qty, limit=None, stop=None, **changes):
    """A day order in AAPL (99 bid, 100 offered); a limit, stop or market order by the prices given."""
    order_type = {(0, 0): "Market", (1, 0): "Limit", (0, 1): "Stop", (1, 1): "StopLimit"}[
        (limit is not None, stop is not None)
    ]
    fields = {
        "account_id": "A",
        "user_id": "user-A",
        "order_id": order_id,
        "client_order_id": f"client-{order_id}",
        "symbol": "AAPL",
        "side": side,
        "order_type": order_type,
        "time_in_force": "Day",
        "qty_e6": e6(qty),
        "limit_price_e4": None if limit is None else e4(limit),
        "stop_price_e4": None if stop is None else e4(stop),
        "expire_time_us": None,
        "post_only": False,
        "self_match_prevention": "CancelNewest",
        "instrument_version": 1,
        "instrument_status": "Active",
        "tick_rule": "Rule612",
        "reference_price_e4": e4("100"),
        "bid_price_e4": e4("99"),
        "ask_price_e4": e4("100"),
        "transact_time_us": NOW,
    }
    return SubmitOrder(**{**fields, **changes})


def replace(order_id, new_order_id, qty=None, limit=None, stop=None, **changes):
    fields = {
        "account_id": "A",
        "order_id": order_id,
        "new_order_id": new_order_id,
        "client_order_id": f"client-{new_order_id}",
        "qty_e6": None if qty is None else e6(qty),
        "limit_price_e4": None if limit is None else e4(limit),
        "stop_price_e4": None if stop is None else e4(stop),
        "time_in_force": None,
        "expire_time_us": None,
        "tick_rule": "Rule612",
        "reference_price_e4": e4("100"),
        "bid_price_e4": e4("99"),
        "ask_price_e4": e4("100"),
        "transact_time_us": NOW,
    }
    return ReplaceOrder(**{**fields, **changes})


def report(order, exec_type, **changes):
    """What an honest book reports of an order (anything with the fields of an OpenOrderEntry)."""
    fields = {
        "account_id": order.account_id,
        "order_id": order.order_id,
        "root_order_id": order.root_order_id,
        "orig_order_id": None,
        "symbol": order.symbol,
        "side": order.side,
        "exec_type": exec_type,
        "qty_e6": order.qty_e6,
        "cum_qty_e6": order.cum_qty_e6,
        "leaves_qty_e6": order.qty_e6 - order.cum_qty_e6,
        "last_px_e4": None,
        "last_qty_e6": None,
        "amount_e4": 0,
        "trade_id": None,
        "last_liquidity": None,
        "prevented_qty_e6": 0,
        "order_reject_reason": None,
        "text": "",
        "transact_time_us": NOW,
    }
    return ExecutionReport(**{**fields, **changes})


def fill(order, price_e4, qty_e6, liquidity="RemovedLiquidity", **changes):
    """A fill of an order at a price, its quantities counted on."""
    cum = order.cum_qty_e6 + qty_e6
    fields = {
        "cum_qty_e6": cum,
        "leaves_qty_e6": order.qty_e6 - cum,
        "last_px_e4": price_e4,
        "last_qty_e6": qty_e6,
        "amount_e4": price_e4 * qty_e6 // 1_000_000,
        "trade_id": f"{order.symbol}-{order.root_order_id}-{cum}",
        "last_liquidity": liquidity,
    }
    return report(order, "Trade", **{**fields, **changes})


def reject(order, response_to, reason="TooLate", time_us=NOW):
    """The book refuses a cancel or replace."""
    return OrderCancelReject(
        order.account_id, None, order.order_id, order.root_order_id, order.symbol, response_to, reason, "", time_us
    )
