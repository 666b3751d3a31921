"""What must hold of instructions, read off the committed records: nothing more is shown, spent or kept apart from than
was asked, and a trailing stop is where its mark leaves it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from proof.simulated.broker import Broker
from proof.simulated.records import entries, messages, require
from topics import catalogue
from topics import messages as m

PERCENT_E4 = 1_000_000


def shown_e6(entry: m.RestingOrderEntry) -> int:
    """Open quantity that a resting order shows, in 1e-6 share."""
    display_qty_e6 = None if entry.instructions is None else entry.instructions.display_qty_e6
    leaves = entry.qty_e6 - entry.cum_qty_e6 - entry.unarmed_qty_e6
    if display_qty_e6 == 0:
        return 0
    return leaves if entry.shown_qty_e6 is None else entry.shown_qty_e6


def check_shown(broker: Broker) -> None:
    """The last quote of a symbol is the best that resting orders show, and an iceberg shows at most what it may."""
    levels: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for entry in entries(broker, catalogue.MATCHING_CHANGELOG).values():
        if entry.NAME != "RestingOrderEntry" or not is_in_book(entry):
            continue
        shown = shown_e6(entry)
        display_qty_e6 = None if entry.instructions is None else entry.instructions.display_qty_e6
        if display_qty_e6:
            most = min(display_qty_e6, entry.qty_e6 - entry.cum_qty_e6)
            require(0 < shown <= most, f"shows {shown} of at most {most}: {entry}")
        if shown:
            levels[entry.symbol, entry.side][entry.limit_price_e4] += shown
    for symbol, quote in {quote.symbol: quote for quote in messages(broker, catalogue.QUOTES)}.items():
        bids, asks = levels[symbol, "Buy"], levels[symbol, "Sell"]
        bid, ask = max(bids, default=None), min(asks, default=None)
        shown_best = (bid, bids.get(bid or 0, 0), ask, asks.get(ask or 0, 0))
        quoted = (quote.bid_price_e4, quote.bid_qty_e6, quote.ask_price_e4, quote.ask_qty_e6)
        require(quoted == shown_best, f"{symbol} is quoted {quoted}, shows {shown_best}")


def is_in_book(entry: m.RestingOrderEntry) -> bool:
    """Whether an order rests in its book: it waits neither for its stop price nor for a phase of the day, nor as a leg
    for a fill of its entry."""
    is_dormant = entry.qty_e6 - entry.cum_qty_e6 == entry.unarmed_qty_e6
    is_waiting_stop = entry.stop_price_e4 is not None and not entry.triggered
    return not is_waiting_stop and not entry.queued and not is_dormant


def check_events(broker: Broker) -> None:
    """Amounts, minimum quantities and trails, in the events of each order; self-match prevention, in its trades."""
    marks: dict[str, int] = {}
    trades: dict[str, dict[str, Any]] = defaultdict(dict)
    for event in messages(broker, catalogue.ORDER_EVENTS):
        if event.NAME != "OrderEvent":
            continue
        if event.exec_type == "Trade":
            in_auction = event.last_liquidity == "Auction"
            trades[event.trade_id][event.side if in_auction else event.last_liquidity] = event
        if event.instructions is None or event.order_status == "Rejected":
            continue
        if not event.correction_count:  # a correction may raise the price, or take shares off
            _check_amount(event, event.instructions)
        if event.high_water_e4 is not None:
            _check_trail(event, event.instructions, marks)
    later = {trade.trade_id: trade.aggressor_side for trade in messages(broker, catalogue.TRADES)}
    for trade_id, sides in trades.items():
        if "AddedLiquidity" in sides:
            _check_apart(sides["AddedLiquidity"], sides["RemovedLiquidity"])
        else:
            buy_is_later = later[trade_id] == "Buy"
            _check_apart(sides["Sell" if buy_is_later else "Buy"], sides["Buy" if buy_is_later else "Sell"])


def _check_amount(event: m.OrderEvent, asked: m.Instructions) -> None:
    cash_qty_e4, min_qty_e6 = asked.cash_qty_e4, asked.min_qty_e6
    require(cash_qty_e4 is None or event.cum_amount_e4 <= cash_qty_e4, f"more than its amount: {event}")
    if min_qty_e6 is not None and event.order_status in ("Filled", "Canceled", "Expired"):
        require(event.cum_qty_e6 == 0 or event.cum_qty_e6 >= min_qty_e6, f"less than its minimum: {event}")


def _check_trail(event: m.OrderEvent, asked: m.Instructions, marks: dict[str, int]) -> None:
    """The stop is behind the mark, and once the book has it the mark only gets better."""
    mark_e4, stop_e4 = event.high_water_e4, event.stop_price_e4
    require(mark_e4 is not None and stop_e4 is not None, f"a trailing stop without its prices: {event}")
    assert mark_e4 is not None
    assert stop_e4 is not None
    if asked.trail_offset_e4 is not None:
        trail_e4 = asked.trail_offset_e4
    else:
        trail_e4 = -(-mark_e4 * (asked.trail_percent_e4 or 0) // PERCENT_E4)
    sign = 1 if event.side == "Buy" else -1
    require(stop_e4 == max(mark_e4 + sign * trail_e4, 1), f"the stop is not behind its mark: {event}")
    before_e4 = marks.get(event.root_order_id, mark_e4)
    require(sign * mark_e4 <= sign * before_e4, f"looser than at {before_e4}: {event}")
    if event.exec_type == "New" or event.root_order_id in marks:
        marks[event.root_order_id] = mark_e4


def _check_apart(maker: m.OrderEvent, taker: m.OrderEvent) -> None:
    """Two orders of one account, or owner, that the taker's mode keeps apart have not met."""
    if taker.self_match_prevention == "Off":
        return
    by_owner = taker.instructions is not None and taker.instructions.self_match_scope == "Owner"
    met = maker.user_id == taker.user_id if by_owner else maker.account_id == taker.account_id
    require(not met, f"{taker.trade_id}: {maker.order_id} met {taker.order_id} of its own")
