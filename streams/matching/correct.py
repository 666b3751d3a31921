"""CorrectTrade: an operator cancels or corrects a trade, and the book passes it on to both accounts.

The book is where it is decided once for both sides: one command of one topic, and what it causes is in one
transaction. Book, stops and last price stay as they are; a correction is published beside the trades.

Whoever asks has read the trade and its orders off the log and says how far that was: which orders were open, and how
many corrections each had had. Where that is no more so, another one came first and the command is refused, so it may
be sent twice. The counts are kept until the trade's settlement day, from which on it cannot be corrected.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from streams.dated import day_of
from streams.fold import Output, Refused, Step
from streams.matching.market import Market
from topics.catalogue import COMMANDS, TRADE_CORRECTIONS
from topics.messages import BookedFill, CorrectedTrade, CorrectFill, CorrectionEntry, CorrectTrade, OrderEvent

E6: Final = 1_000_000
AGAIN: Final = "look at it again"


def check_correction(market: Market, command: CorrectTrade, decode: Callable[[bytes], Any]) -> None:
    """Raises Refused, in words for the operator, for a correction that may not be."""
    now_us = max(market.state.time_us, command.transact_time_us)
    if day_of(now_us) >= command.settlement_day:
        raise Refused(f"{command.trade_id} is too old: its settlement day has begun, from which on it stays as it is")
    for side, fill in (("Buy", command.buy), ("Sell", command.sell)):
        _check_state(market, command, fill)
        _check_fill(command, side, fill)
        _check_event(fill, decode)
    _check_terms(command)


def correct_trade(market: Market, step: Step, command: CorrectTrade) -> None:
    """Tell both accounts, the buyer first, and everybody."""
    state = market.state
    new_amount_e4 = command.new_price_e4 * command.new_qty_e6 // E6
    for fill in (command.buy, command.sell):
        root = fill.root_order_id
        known = market.corrections.get(root)
        settles_on = max(known.settlement_day if known else 0, command.settlement_day)
        market.corrections[root] = CorrectionEntry(state.symbol, root, fill.correction_count + 1, settles_on)
        step.changed[market.correction_prefix + root] = None
        step.outputs.append(Output(COMMANDS, fill.account_id, _to_account(command, fill, new_amount_e4, state.time_us)))
    state.seq += 1
    is_cancel = command.kind == "TradeCancel"
    correction = CorrectedTrade(
        trade_id=command.trade_id,
        symbol=state.symbol,
        seq=state.seq,
        kind=command.kind,
        price_e4=command.price_e4 if is_cancel else command.new_price_e4,
        qty_e6=command.new_qty_e6,
        amount_e4=new_amount_e4,
        traded_time_us=command.traded_time_us,
        transact_time_us=state.time_us,
    )
    step.outputs.append(Output(TRADE_CORRECTIONS, state.symbol, correction))


def forget_corrections(market: Market, step: Step) -> None:
    """Forget how often orders were corrected whose trades can no more be."""
    today = day_of(market.state.time_us)
    due = [root for root, entry in market.corrections.items() if entry.settlement_day <= today]
    for root in due:
        del market.corrections[root]
        step.changed[market.correction_prefix + root] = None


def _check_state(market: Market, command: CorrectTrade, fill: BookedFill) -> None:
    order = market.find(fill.root_order_id)
    if (order is not None) is not fill.is_open:
        raise Refused(f"order {fill.order_id} of {command.trade_id} has ended meanwhile: {AGAIN}")
    known = market.corrections.get(fill.root_order_id)
    if known is not None and known.correction_count != fill.correction_count:
        raise Refused(f"a trade of order {fill.order_id} of {command.trade_id} was corrected meanwhile: {AGAIN}")


def _check_fill(command: CorrectTrade, side: str, fill: BookedFill) -> None:
    """What is carried of a side must be what such a trade was booked as, or an account would lose its balance."""
    shares_e6 = command.qty_e6 if side == "Buy" else -command.qty_e6
    cash_e4 = -command.amount_e4 if side == "Buy" else command.amount_e4
    sums: dict[str, int] = {}
    of: dict[tuple[str, str], int] = {}
    for leg in fill.postings:
        sums[leg.asset] = sums.get(leg.asset, 0) + leg.amount
        of[leg.ledger_account, leg.asset] = of.get((leg.ledger_account, leg.asset), 0) + leg.amount
    booked = (of.get(("securities", command.symbol)), of.get(("clearing", "USD")))
    if fill.side != side or any(sums.values()) or booked != (shares_e6, -cash_e4):
        raise Refused(f"{command.trade_id} was not booked so: {fill}")


def _check_event(fill: BookedFill, decode: Callable[[bytes], Any]) -> None:
    """The account goes by it when the order has ended."""
    try:
        event = decode(fill.order_event)
    except ValueError as error:
        raise Refused(f"the last event of order {fill.order_id} cannot be read: {error}") from error
    if type(event) is not OrderEvent or (event.account_id, event.root_order_id) != (
        fill.account_id,
        fill.root_order_id,
    ):
        raise Refused(f"the last event of order {fill.order_id} is another record")


def _check_terms(command: CorrectTrade) -> None:
    """A correction moves the price within the limits of both orders and takes shares off; it never adds any."""
    if command.kind == "TradeCancel":
        if command.new_price_e4 or command.new_qty_e6:
            raise Refused(f"{command.trade_id}: a cancel leaves no price and no quantity")
    elif command.new_price_e4 <= 0 or not 0 < command.new_qty_e6 <= command.qty_e6:
        raise Refused(f"{command.trade_id}: the price must be above 0, the quantity above 0 and at most what it is")
    elif (command.new_price_e4, command.new_qty_e6) == (command.price_e4, command.qty_e6):
        raise Refused(f"{command.trade_id}: it has this price and quantity")
    elif not command.sell.worst_price_e4 <= command.new_price_e4 <= command.buy.worst_price_e4:
        raise Refused(
            f"{command.trade_id}: {command.new_price_e4} (1e-4) is beyond the limits of its orders, "
            f"{command.sell.worst_price_e4} to {command.buy.worst_price_e4}"
        )


def _to_account(command: CorrectTrade, fill: BookedFill, new_amount_e4: int, time_us: int) -> CorrectFill:
    return CorrectFill(
        account_id=fill.account_id,
        trade_id=command.trade_id,
        symbol=command.symbol,
        kind=command.kind,
        price_e4=command.price_e4,
        qty_e6=command.qty_e6,
        amount_e4=command.amount_e4,
        new_price_e4=command.new_price_e4,
        new_qty_e6=command.new_qty_e6,
        new_amount_e4=new_amount_e4,
        settlement_day=command.settlement_day,
        traded_time_us=command.traded_time_us,
        fill=fill,
        text=command.text,
        transact_time_us=time_us,
    )
