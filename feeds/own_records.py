"""What our own book says, as a venue says it. Pure.

A quote and a trade have no number as a venue's: the book numbers all of its events in one sequence.
"""

from __future__ import annotations

from feeds.hours import Hours
from topics.messages import (
    CorrectedTrade,
    Instrument,
    PrintedTrade,
    Quote,
    SecurityDefinition,
    Trade,
    TradeCorrection,
    VenueQuote,
    VenueStatus,
    VenueStatusKind,
    VenueTrade,
)

NAME = "own-book"
VENUE = "TAPE"
# Nothing that our own book says is too old or too new for the day at which it is told: the log keeps it for a week.
DAY_MARGIN_US = 8 * 24 * 3600 * 1_000_000


def definition(terms: Instrument, hours: Hours, time_us: int, now_us: int) -> SecurityDefinition:
    """Begins a symbol's day."""
    return SecurityDefinition(
        symbol=terms.symbol,
        session_id=hours.session_id,
        open_time_us=hours.open_time_us,
        close_time_us=hours.close_time_us,
        tier=terms.tier,
        primary_venue=VENUE,
        previous_close_e4=None,
        condition_table="Opaque",
        stale_after_us=None,
        day_margin_us=DAY_MARGIN_US,
        feed=NAME,
        feed_position=0,
        transact_time_us=time_us,
        receive_time_us=now_us,
    )


def status(terms: Instrument, offset: int, time_us: int, now_us: int) -> VenueStatus:
    """Whether a symbol trades."""
    kind: VenueStatusKind = "Resume" if terms.status == "Active" else "Halt"
    return VenueStatus(terms.symbol, VENUE, kind, "", NAME, offset, time_us, now_us)


def quote(said: Quote, offset: int, now_us: int) -> VenueQuote:
    """Best bid and offer of the book."""
    return VenueQuote(
        symbol=said.symbol,
        venue=VENUE,
        venue_seq=None,
        bid_price_e4=said.bid_price_e4,
        bid_qty_e6=said.bid_qty_e6,
        ask_price_e4=said.ask_price_e4,
        ask_qty_e6=said.ask_qty_e6,
        conditions="",
        suspicious=False,
        feed=NAME,
        feed_position=offset,
        transact_time_us=said.transact_time_us,
        receive_time_us=now_us,
    )


def trade(said: Trade, offset: int, now_us: int) -> VenueTrade:
    """A match."""
    return VenueTrade(
        symbol=said.symbol,
        venue=VENUE,
        venue_seq=None,
        trade_id=said.trade_id,
        price_e4=said.price_e4,
        qty_e6=said.qty_e6,
        conditions="",
        aggressor_side=said.aggressor_side,
        suspicious=False,
        feed=NAME,
        feed_position=offset,
        transact_time_us=said.transact_time_us,
        receive_time_us=now_us,
    )


def correction(said: CorrectedTrade, printed: PrintedTrade | None, offset: int, now_us: int) -> TradeCorrection:
    """What the operator made of a match afterwards; `printed` where the tape may not know it by its id any more."""
    is_cancel = said.kind == "TradeCancel"
    return TradeCorrection(
        symbol=said.symbol,
        venue=VENUE,
        venue_seq=None,
        kind="Cancel" if is_cancel else "Correct",
        trade_id=said.trade_id,
        price_e4=None if is_cancel else said.price_e4,
        qty_e6=None if is_cancel else said.qty_e6,
        conditions="",
        printed=printed,
        feed=NAME,
        feed_position=offset,
        transact_time_us=said.transact_time_us,
        receive_time_us=now_us,
    )
