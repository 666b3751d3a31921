"""What is wrong with a venue's message. A fault that keeps it out is its dead letter's reason; others are counted.

| message | fault | rule |
|---|---|---|
| any | UnknownSymbol, WrongDay, TimeAhead | kept out |
| quote, trade | BadPrice, BadQty, Suspicious | kept out |
| quote, trade, correction | Duplicate (the number or trade was there), OutOfOrder (a smaller number) | kept out |
| quote, trade, correction | Gap (numbers are missing) | taken, counted |
| quote | TimeBackwards (older than what the venue said last) | kept out |
| quote | VenueLocked, VenueCrossed (within itself) | taken, and its venue does not count until it is mended |
| trade | LateTrade (older than the last sale) | taken, and flagged on its print |
| correction | UnknownTrade (never seen, or older than the window and not told as it was printed) | kept out |
| venue | StaleVenue (silent for too long) | does not count until it quotes again |
"""

from __future__ import annotations

from streams.market_data.security import Security
from topics.messages import (
    MarketFault,
    TradeCorrection,
    VenueBands,
    VenueQuote,
    VenueStatus,
    VenueTrade,
)

Message = VenueQuote | VenueTrade | TradeCorrection | VenueStatus | VenueBands
Fault = tuple[MarketFault, str]

PRICE_E4_BELOW = 10_000_000_000_000  # a thousand millions: what is beyond is no price
QTY_E6_BELOW = 10_000_000_000_000_000  # ten thousand million shares
AHEAD_MAX_US = 5_000_000  # of the clock of the feed
DAY_MARGIN_US = 12 * 3600 * 1_000_000  # before and after regular hours, where a day's definition says no other


def fault_of(security: Security, message: Message) -> Fault | None:
    """Why a message is kept out whatever else is known; None when it is not. It must not move the symbol's time."""
    return _time_fault(security, message) or _value_fault(message)


def _time_fault(security: Security, message: Message) -> Fault | None:
    state, time_us = security.state, message.transact_time_us
    margin_us = DAY_MARGIN_US if state.day_margin_us is None else state.day_margin_us
    if not state.open_time_us - margin_us <= time_us < state.close_time_us + margin_us:
        return "WrongDay", f"time {time_us} is not of the day {state.session_id}"
    if time_us > message.receive_time_us + AHEAD_MAX_US:
        return (
            "TimeAhead",
            f"time {time_us} is more than {AHEAD_MAX_US} us ahead of its feed's {message.receive_time_us}",
        )
    if isinstance(message, VenueQuote):
        venue = security.venues.get(message.venue)
        if venue is not None and time_us < venue.quote_time_us:
            return "TimeBackwards", f"time {time_us} is before {venue.quote_time_us}, that of the venue's last quote"
    return None


def _value_fault(message: Message) -> Fault | None:
    if isinstance(message, VenueQuote | VenueTrade) and message.suspicious:
        return "Suspicious", "its source marked it as suspicious"
    if isinstance(message, VenueQuote):
        return _side_fault("bid", message.bid_price_e4, message.bid_qty_e6) or _side_fault(
            "ask", message.ask_price_e4, message.ask_qty_e6
        )
    if isinstance(message, VenueTrade):
        return _side_fault("trade", message.price_e4, message.qty_e6)
    if isinstance(message, TradeCorrection) and message.kind == "Correct":
        return _side_fault("corrected", message.price_e4 or 0, message.qty_e6 or 0)
    if isinstance(message, VenueBands) and not 0 < message.lower_price_e4 < message.upper_price_e4 < PRICE_E4_BELOW:
        return "BadPrice", f"bands {message.lower_price_e4} and {message.upper_price_e4}"
    return None


def _side_fault(what: str, price_e4: int | None, qty_e6: int) -> Fault | None:
    if price_e4 is None:
        return ("BadQty", f"{what} quantity {qty_e6} without a price") if qty_e6 else None
    if not 0 < price_e4 < PRICE_E4_BELOW:
        return "BadPrice", f"{what} price {price_e4}"
    if not 0 < qty_e6 < QTY_E6_BELOW:
        return "BadQty", f"{what} quantity {qty_e6}"
    return None


def order_fault(security: Security, message: Message) -> Fault | None:
    """Why a message is kept out at its time: numbers go up by one, ids of trades are there once. Counts gaps."""
    if isinstance(message, VenueStatus | VenueBands):
        return None
    venue = security.venues.get(message.venue)
    last = None if venue is None else venue.venue_seq
    if message.venue_seq is not None and last is not None and message.venue_seq <= last:
        fault: MarketFault = "Duplicate" if message.venue_seq == last else "OutOfOrder"
        return fault, f"number {message.venue_seq} after {last} of {message.venue}"
    is_known = not isinstance(message, VenueQuote) and (message.venue, message.trade_id) in security.window.by_id
    if isinstance(message, VenueTrade) and is_known:
        return "Duplicate", f"trade {message.trade_id} of {message.venue} was there"
    if isinstance(message, TradeCorrection) and not is_known and message.printed is None:
        return "UnknownTrade", f"no trade {message.trade_id} of {message.venue} in the last five minutes"
    if message.venue_seq is not None and last is not None and message.venue_seq > last + 1:
        security.fault("Gap")
    return None
