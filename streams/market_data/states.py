"""Hours, halts, limit states and pauses of a symbol, and venues that fall silent: what a time or a status changes."""

from __future__ import annotations

from streams.fold import Step
from streams.market_data import bands
from streams.market_data.nbbo import exclude, refresh, say_status
from streams.market_data.security import Security
from topics.messages import TradingState, VenueEntry, VenueStatus

LIMIT_STATE_MAX_US = 15_000_000  # then the primary exchange pauses
PAUSE_US = 300_000_000
PAUSED = "LUDP"  # reason of a pause after a limit state, as the tapes code it
FAR_US = 1 << 62


def keep_hours(security: Security, step: Step) -> None:
    """Begin and end regular hours, end a limit state that lasts, and a pause that is over."""
    state = security.state
    if state.trading_state == "PreOpen" and state.time_us >= state.open_time_us:
        _become(security, step, "Trading", "Open", state.open_time_us)
    if state.limit_since_us is not None and state.time_us >= state.limit_since_us + LIMIT_STATE_MAX_US:
        due_us = state.limit_since_us + LIMIT_STATE_MAX_US
        state.pause_until_us = due_us + PAUSE_US
        _become(security, step, "Paused", PAUSED, due_us)
    if state.pause_until_us is not None and state.time_us >= state.pause_until_us:
        _become(security, step, "Trading", "Resume", state.pause_until_us)
    if state.trading_state != "Closed" and state.time_us >= state.close_time_us:
        state.close_e4 = None if state.last is None else state.last.price_e4
        _become(security, step, "Closed", "Close", state.close_time_us)


def _become(security: Security, step: Step, trading_state: TradingState, reason: str, time_us: int) -> None:
    """Change the symbol's state. Bands end with trading; the mean begins anew where it resumes."""
    state = security.state
    state.trading_state = trading_state
    state.limit_since_us = None
    if trading_state != "Paused":
        state.pause_until_us = None
    if trading_state == "Trading":
        state.mean_since_us = time_us
        security.window.mean_since(time_us)
    else:
        bands.drop(security)
    state.limit_state = bands.limit_state(security)
    say_status(security, step, reason, "", time_us)


def keep_limit(security: Security, step: Step) -> None:
    """Enter or leave a limit state."""
    state = security.state
    now = bands.limit_state(security)
    if now == state.limit_state:
        return
    state.limit_state = now
    at_limit = now in ("LimitUp", "LimitDown") and state.trading_state == "Trading"
    state.limit_since_us = state.time_us if at_limit else None
    say_status(security, step, now, "", state.time_us)


def take_status(security: Security, step: Step, status: VenueStatus) -> None:
    """A halt of the primary exchange is the symbol's (of any venue where none is known); another's is its own."""
    state = security.state
    venue = security.venues[status.venue]
    kind = status.kind
    if kind in ("Stale", "Live"):
        _revive(security, step, venue, stale=kind == "Stale")
    elif state.primary_venue not in ("", status.venue):
        if kind == "Halt":
            exclude(security, step, venue, "VenueHalted")
        elif venue.exclusion == "VenueHalted":
            exclude(security, step, venue, "Counted")
    elif kind == "Halt" and state.trading_state in ("PreOpen", "Trading", "Paused"):
        _become(security, step, "Halted", status.reason or "Halt", state.time_us)
    elif kind == "QuotesOnly" and state.trading_state in ("Halted", "Paused"):
        say_status(security, step, "QuotesOnly", status.venue, state.time_us)
    elif kind == "Resume" and state.trading_state in ("Halted", "Paused"):
        to: TradingState = "Trading" if state.time_us >= state.open_time_us else "PreOpen"
        _become(security, step, to, status.reason or "Resume", state.time_us)


def _revive(security: Security, step: Step, venue: VenueEntry, *, stale: bool) -> None:
    """A venue that is back counts with its next quote, not with what it said before it fell silent."""
    if stale:
        exclude(security, step, venue, "StaleVenue")
    elif venue.exclusion == "StaleVenue":
        venue.bid_price_e4 = venue.ask_price_e4 = None
        venue.bid_qty_e6 = venue.ask_qty_e6 = 0
        exclude(security, step, venue, "Counted")


def drop_silent(security: Security, step: Step) -> bool:
    """Take venues out of the NBBO that have said nothing for too long; whether there were any."""
    state = security.state
    if state.stale_after_us is None or state.time_us < security.stale_check_us:
        return False
    dropped = False
    security.stale_check_us = FAR_US
    for name in sorted(security.venues):
        venue = security.venues[name]
        if venue.exclusion in ("StaleVenue", "VenueHalted"):
            continue
        if state.time_us >= venue.heard_time_us + state.stale_after_us:
            exclude(security, step, venue, "StaleVenue")
            dropped = True
        else:
            security.stale_check_us = min(security.stale_check_us, venue.heard_time_us + state.stale_after_us)
    if dropped:
        refresh(security)
    return dropped
