"""The best bid and offer over all venues, what a venue's quote does to it, and which venues do not count."""

from __future__ import annotations

from collections.abc import Iterator

from streams.fold import Output, Step
from streams.market_data.security import Security
from topics.catalogue import NBBO, TRADING_STATUS
from topics.messages import MarketCondition, Nbbo, TradingStatus, VenueEntry, VenueExclusion, VenueQuote

Best = tuple[int | None, int, str]  # price in 1e-4, quantity in 1e-6 share, venue
_EMPTY: Best = (None, 0, "")


def set_quote(security: Security, step: Step, quote: VenueQuote) -> None:
    """Take both sides of a venue. A side keeps its time while its price and quantity stay."""
    state = security.state
    venue = security.venues[quote.venue]
    state.arrival_seq += 1
    if (quote.bid_price_e4, quote.bid_qty_e6) != (venue.bid_price_e4, venue.bid_qty_e6):
        venue.bid_price_e4, venue.bid_qty_e6 = quote.bid_price_e4, quote.bid_qty_e6
        venue.bid_time_us, venue.bid_arrival_seq = quote.transact_time_us, state.arrival_seq
    if (quote.ask_price_e4, quote.ask_qty_e6) != (venue.ask_price_e4, venue.ask_qty_e6):
        venue.ask_price_e4, venue.ask_qty_e6 = quote.ask_price_e4, quote.ask_qty_e6
        venue.ask_time_us, venue.ask_arrival_seq = quote.transact_time_us, state.arrival_seq
    venue.quote_time_us = quote.transact_time_us
    security.venue_changed(step, quote.venue)
    if venue.exclusion != "VenueHalted":
        exclude(security, step, venue, _own_exclusion(venue))


def _own_exclusion(venue: VenueEntry) -> VenueExclusion:
    """A venue matches what crosses or locks within it, so such a quote is an error of somebody's."""
    bid, ask = venue.bid_price_e4, venue.ask_price_e4
    if bid is None or ask is None or bid < ask:
        return "Counted"
    return "VenueLocked" if bid == ask else "VenueCrossed"


def exclude(security: Security, step: Step, venue: VenueEntry, why: VenueExclusion) -> None:
    """Count a venue for the NBBO or not, and say so where that changes; count each quote that is wrong in itself."""
    if why in ("VenueCrossed", "VenueLocked"):
        security.fault(why)
    if venue.exclusion == why:
        return
    if why == "StaleVenue":
        security.fault(why)
    venue.exclusion = why
    security.stale_check_us = 0
    security.venue_changed(step, venue.venue)
    reason = "VenueCounted" if why == "Counted" else why
    say_status(security, step, reason, venue.venue, security.state.time_us)


def say_status(security: Security, step: Step, reason: str, venue: str, time_us: int) -> None:
    """Publish the symbol's state, which a record of its own makes visible at once."""
    state = security.state
    record = TradingStatus(
        symbol=state.symbol,
        seq=0,
        trading_state=state.trading_state,
        limit_state=state.limit_state,
        reason=reason,
        venue=venue,
        reference_price_e4=state.reference_price_e4,
        lower_price_e4=state.lower_price_e4,
        upper_price_e4=state.upper_price_e4,
        transact_time_us=time_us,
        receive_time_us=state.receive_time_us,
    )
    step.outputs.append(Output(TRADING_STATUS, state.symbol, security.numbered(record)))
    security.is_urgent = True


def refresh(security: Security) -> None:
    """Compute the best of each side: price, then larger quantity, then earlier time, then earlier arrival."""
    state = security.state
    counted = [venue for venue in security.venues.values() if venue.exclusion == "Counted"]
    state.bid_price_e4, state.bid_qty_e6, state.bid_venue = max(_bids(counted), default=(None, _EMPTY))[1]
    state.ask_price_e4, state.ask_qty_e6, state.ask_venue = max(_asks(counted), default=(None, _EMPTY))[1]
    state.condition = _condition(state.bid_price_e4, state.ask_price_e4)


_Ranked = tuple[tuple[int, int, int, int], Best]


def _bids(venues: list[VenueEntry]) -> Iterator[_Ranked]:
    for each in venues:
        if each.bid_price_e4 is not None:
            rank = (each.bid_price_e4, each.bid_qty_e6, -each.bid_time_us, -each.bid_arrival_seq)
            yield rank, (each.bid_price_e4, each.bid_qty_e6, each.venue)


def _asks(venues: list[VenueEntry]) -> Iterator[_Ranked]:
    for each in venues:
        if each.ask_price_e4 is not None:
            rank = (-each.ask_price_e4, each.ask_qty_e6, -each.ask_time_us, -each.ask_arrival_seq)
            yield rank, (each.ask_price_e4, each.ask_qty_e6, each.venue)


def _condition(bid_e4: int | None, ask_e4: int | None) -> MarketCondition:
    if bid_e4 is None or ask_e4 is None:
        return "Empty" if bid_e4 is None and ask_e4 is None else "OneSided"
    return "Regular" if bid_e4 < ask_e4 else "Locked" if bid_e4 == ask_e4 else "Crossed"


def best(security: Security) -> tuple[object, ...]:
    """All that an Nbbo says, to be held against what it was before."""
    state = security.state
    return (
        state.bid_price_e4,
        state.bid_qty_e6,
        state.bid_venue,
        state.ask_price_e4,
        state.ask_qty_e6,
        state.ask_venue,
        state.limit_state,
        state.trading_state,
    )


def say_nbbo(security: Security, step: Step) -> None:
    """Publish the best bid and offer."""
    state = security.state
    record = Nbbo(
        symbol=state.symbol,
        seq=0,
        bid_price_e4=state.bid_price_e4,
        bid_qty_e6=state.bid_qty_e6,
        bid_venue=state.bid_venue,
        ask_price_e4=state.ask_price_e4,
        ask_qty_e6=state.ask_qty_e6,
        ask_venue=state.ask_venue,
        condition=state.condition,
        limit_state=state.limit_state,
        trading_state=state.trading_state,
        transact_time_us=state.time_us,
        receive_time_us=state.receive_time_us,
    )
    step.outputs.append(Output(NBBO, state.symbol, security.numbered(record)))
