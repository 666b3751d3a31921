"""The pre-trade checks: each a small pure function. All are evaluated, so that a refusal lists every failure.

A check is a RiskCheck (rule id, limit, value, headroom) and the FIX 103 reason that its failure means. Values that a
hostile client makes larger than 64 bits are cut to what the wire carries; the comparison is made before.
"""

from __future__ import annotations

from typing import Final

from streams.accounts.collar import collared_price_e4
from streams.accounts.holds import E6, value_e4_ceil
from streams.accounts.limits import MAX_CLIENT_ORDER_ID, Limits
from streams.accounts.proposal import Proposal
from streams.accounts.state import Account
from streams.accounts.trail import trails
from streams.combinations import Combination
from streams.ticks import off_tick_e4
from topics.messages import (
    AccountStatus,
    FirmStatus,
    InstrumentStatus,
    OrderRejectReason,
    RiskCheck,
    Side,
    SubmitOrder,
)

Check = tuple[RiskCheck, OrderRejectReason]

WIRE_MAX: Final = 2**62


def _check(rule_id: str, reason: OrderRejectReason, value: int, limit: int, headroom: int) -> Check:
    passed = headroom >= 0
    if not (-WIRE_MAX < limit < WIRE_MAX and -WIRE_MAX < value < WIRE_MAX and -WIRE_MAX < headroom < WIRE_MAX):
        limit, value, headroom = (max(-WIRE_MAX, min(WIRE_MAX, number)) for number in (limit, value, headroom))
    return RiskCheck(rule_id, limit, value, headroom, passed), reason


def at_most(rule_id: str, reason: OrderRejectReason, value: int, limit: int) -> Check:
    """Passes when value <= limit."""
    return _check(rule_id, reason, value, limit, limit - value)


def at_least(rule_id: str, reason: OrderRejectReason, value: int, limit: int) -> Check:
    """Passes when value >= limit."""
    return _check(rule_id, reason, value, limit, value - limit)


def account_status(status: AccountStatus, side: Side) -> Check:
    """ACTIVE trades, LIMITED may only sell."""
    may_trade = status == "ACTIVE" or (status == "LIMITED" and side == "Sell")
    return at_least("account_status", "BrokerCredit", int(may_trade), 1)


def firm_status(status: FirmStatus) -> list[Check]:
    """The house takes orders: a check that is only there when it does not."""
    return [] if status == "Trading" else [at_least("firm_status", "BrokerCredit", 0, 1)]


def covered(side: Side, symbol: str, account: Account) -> list[Check]:
    """Nothing is bought while shares of other symbols are owed, for what was received for them must pay for them: a
    check that is only there when they are. What is owed in cash, buying power covers."""
    owed = sum(1 for short in account.shorts if short != symbol)
    return [at_most("covered", "InsufficientCredit", owed, 0)] if owed and side == "Buy" else []


def message_rate(tokens_e6: int) -> Check:
    """A message needs one token of the account's bucket (1e-6 tokens)."""
    return at_least("message_rate", "AlgoRiskThresholdBreached", tokens_e6, 1_000_000)


def known_symbol(instrument_version: int) -> Check:
    """The API knew the instrument: version 0 stands for none."""
    return at_least("known_symbol", "UnknownSymbol", instrument_version, 1)


def tradable_symbol(status: InstrumentStatus | None) -> Check:
    """The instrument trades now."""
    return at_least("tradable_symbol", "ExchangeClosed", int(status == "Active"), 1)


def client_order_id_length(client_order_id: str) -> Check:
    """FIX 11, at most 48 characters."""
    return at_most("client_order_id_length", "UnsupportedCharacteristic", len(client_order_id), MAX_CLIENT_ORDER_ID)


def client_order_id_unique(existing_order_id: str | None) -> Check:
    """No order of the account that is open, or finished within the kept time, has it."""
    return at_most("client_order_id_unique", "Duplicate", int(existing_order_id is not None), 0)


def open_orders(count: int, limits: Limits) -> Check:
    """Open orders of the account, this one included."""
    return at_most("open_orders", "ExceedsLimit", count, limits.max_open_orders)


def field_faults(proposal: Proposal) -> list[str]:
    """Prices and times that are none, whatever the order is."""
    faults = []
    for name, value in (
        ("limit_price", proposal.limit_price_e4),
        ("stop_price" if proposal.mark_e4 is None else "the stop price that the trail leaves", proposal.stop_price_e4),
        ("expire_time", proposal.expire_time_us),
    ):
        if value is not None and value <= 0:
            faults.append(f"{name} must be positive")
    return faults


def order_fields(faults: list[str]) -> Check:
    """Nothing is wrong with the order's fields, refused combinations apart."""
    return at_most("order_fields", "UnsupportedCharacteristic", len(faults), 0)


def said_twice(command: SubmitOrder) -> list[str]:
    """What a submit says twice: an amount is not a quantity, and a trail leaves the stop price."""
    faults = []
    if command.instructions is not None:
        if command.instructions.cash_qty_e4 is not None and command.qty_e6:
            faults.append("qty does not go with an amount")
        if command.stop_price_e4 is not None and trails(command.instructions):
            faults.append("stop_price does not go with a trail")
    return faults


def combinations(found: list[Combination]) -> list[Check]:
    """A failed check for each refused combination that the terms are in, none for an order that may pass."""
    return [at_most(combination.rule_id, combination.reason, 1, 0) for combination in found]


def expiry_in_future(expire_time_us: int, now_us: int) -> Check:
    """GoodTillDate: the expiry (microseconds since the epoch) is later than the order."""
    return at_least("expiry_in_future", "TooLate", expire_time_us, now_us + 1)


def quantity_positive(qty_e6: int) -> Check:
    return at_least("quantity_positive", "IncorrectQuantity", qty_e6, 1)


def quantity_limit(qty_e6: int, limits: Limits) -> Check:
    """Shares of one order, in 1e-6."""
    return at_most("quantity_limit", "ExceededClipSize", qty_e6, limits.max_qty_e6)


def price_limit(price_e4: int, limits: Limits) -> Check:
    """The highest price a book takes, in 1e-4."""
    return at_most("price_limit", "PriceExceedsBand", price_e4, limits.max_price_e4)


def tick_size(proposal: Proposal) -> Check:
    """Rule 612: how far the limit or stop price is off its increment, in 1e-4. A trailing stop may lie between."""
    stop_price_e4 = proposal.stop_price_e4 if proposal.mark_e4 is None else None
    off = max(
        off_tick_e4(price, proposal.tick_rule, proposal.day)
        for price in (proposal.limit_price_e4 or 0, stop_price_e4 or 0)
    )
    return at_most("tick_size", "InvalidPriceIncrement", off, 0)


def reference_price(reference_e4: int | None) -> Check:
    """There is a price to lay the collar around."""
    return at_least("reference_price", "NoReferencePrice", reference_e4 or 0, 1)


def price_collar(side: Side, limit_price_e4: int, reference_e4: int, limits: Limits) -> Check:
    """A limit may not reach farther through the market than the collar; away from the market it is free."""
    edge = collared_price_e4(side, reference_e4, limits.collar_bps)
    compare = at_most if side == "Buy" else at_least
    return compare("price_collar", "PriceExceedsBand", limit_price_e4, edge)


def order_value_min(value_e4: int, limits: Limits) -> Check:
    """Value of the order in 1e-4, at its limit or the reference."""
    return at_least("order_value_min", "IncorrectQuantity", value_e4, limits.min_value_e4)


def notional_limit(value_e4: int, limits: Limits) -> Check:
    """The most an order can be worth in 1e-4."""
    return at_most("notional_limit", "ExceededMaxNotional", value_e4, limits.max_notional_e4)


def buying_power(needed_e4: int, available_e4: int) -> Check:
    """Cash to hold against cash that no other order holds, in 1e-4."""
    return at_most("buying_power", "InsufficientCredit", needed_e4, available_e4)


def position(needed_qty_e6: int, available_qty_e6: int) -> Check:
    """Shares to sell against shares that no other open sell holds, in 1e-6."""
    return at_most("position", "ShortSellNotPermitted", needed_qty_e6, available_qty_e6)


def terms_checks(proposal: Proposal, faults: list[str], refused: list[Combination], limits: Limits) -> list[Check]:
    """The checks of an order's terms alone. One that lacks the price it is about is left out: another has failed."""
    qty = proposal.qty_e6
    reference_e4 = proposal.reference_e4
    cash_qty_e4 = None if proposal.instructions is None else proposal.instructions.cash_qty_e4
    checks = [order_fields(faults), *combinations(refused)]
    if cash_qty_e4 is None:
        checks += (quantity_positive(qty), quantity_limit(qty, limits))
    elif reference_e4 is not None and reference_e4 > 0:
        checks.append(quantity_limit(cash_qty_e4 * E6 // reference_e4, limits))
    if proposal.expire_time_us is not None:
        checks.append(expiry_in_future(proposal.expire_time_us, proposal.time_us))
    limit_e4 = proposal.limit_price_e4
    if proposal.reprices:
        checks.append(price_limit(max(limit_e4 or 0, proposal.stop_price_e4 or 0), limits))
        checks.append(tick_size(proposal))
        checks.append(reference_price(reference_e4 if proposal.mark_e4 is None else proposal.mark_e4))
        if limit_e4 is not None and reference_e4 is not None:
            checks.append(price_collar(proposal.side, limit_e4, reference_e4, limits))
    price_e4 = limit_e4 if limit_e4 is not None else reference_e4
    if cash_qty_e4 is not None:
        checks += (order_value_min(cash_qty_e4, limits), notional_limit(cash_qty_e4, limits))
    elif price_e4 is not None:
        checks.append(order_value_min(price_e4 * qty // E6, limits))
        checks.append(notional_limit(value_e4_ceil(max(price_e4, proposal.worst_price_e4 or 0), qty), limits))
    return checks


def failures_text(found: list[Check], faults: list[str], refused: list[Combination]) -> str:
    """Every failed check once: a refused combination says what is wrong, any other its figures. Then what is wrong with
    the fields."""
    said = {combination.rule_id: combination.text for combination in refused}
    failed = [check for check, _ in found if not check.passed]
    texts = [f"{each.rule_id}: {said.get(each.rule_id) or f'{each.value} against {each.limit}'}" for each in failed]
    return "; ".join(texts + faults)
