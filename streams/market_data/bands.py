"""Price bands of the limit up-limit down plan (File 4-631) by their dated parameters, and limit states.

The reference price is the first eligible sale of regular hours on the primary exchange, later the mean of the eligible
sales of the last five minutes; a new one is taken only where it differs by 1 % and the last one is 30 s old. All
amounts are in 1e-4 of the currency; percentages in 1e-4.
"""

from __future__ import annotations

from streams.fold import Step
from streams.market_data.nbbo import say_status
from streams.market_data.security import Security
from streams.market_data.window import WINDOW_US
from topics.messages import LimitState, TapeTrade, VenueBands

LIVE_FROM = "2013-04-08"  # phase 1 of the plan
NO_DOUBLING_AT_OPEN_FROM = "2020-02-24"  # amendment 18
REFERENCE_AGE_MIN_US = 30_000_000
DOUBLED_LAST_US, DOUBLED_FIRST_US = 25 * 60_000_000, 15 * 60_000_000
THREE_E4, SMALL_E4, SMALL_BAND_E4 = 30_000, 7_500, 1_500  # $3.00, $0.75, $0.15
CENT_E4 = 100


def half_width_e4(security: Security, reference_e4: int) -> int:
    """How far the bands are from the reference price now. The row is picked by the previous close."""
    state = security.state
    close_e4 = reference_e4 if state.previous_close_e4 is None else state.previous_close_e4
    if close_e4 > THREE_E4:
        width = reference_e4 * (500 if state.tier == 1 else 1_000) // 10_000
    elif close_e4 >= SMALL_E4:
        width = reference_e4 * 2_000 // 10_000
    else:
        width = min(SMALL_BAND_E4, reference_e4 * 7_500 // 10_000)
    return width * 2 if _is_doubled(security, close_e4) else width


def _is_doubled(security: Security, close_e4: int) -> bool:
    state = security.state
    before = state.session_id < NO_DOUBLING_AT_OPEN_FROM
    if state.time_us >= state.close_time_us - DOUBLED_LAST_US:
        return before or state.tier == 1 or close_e4 <= THREE_E4
    return before and state.time_us < state.open_time_us + DOUBLED_FIRST_US


def open_reference(security: Security, step: Step, trade: TapeTrade) -> None:
    """Take the first eligible sale of regular hours, or of a reopening, as the reference price."""
    state = security.state
    if state.reference_price_e4 is not None or not _has_bands(security) or not trade.updates_last:
        return
    on_primary = state.primary_venue in ("", trade.venue)
    if trade.transact_time_us >= state.mean_since_us and on_primary:
        _set_reference(security, step, trade.price_e4)


def move(security: Security, step: Step) -> None:
    """Follow the mean of the last five minutes, and the times at which bands are doubled."""
    state = security.state
    if not _has_bands(security):
        return
    window = security.window
    reference = state.reference_price_e4
    if reference is None:
        if window.count and state.time_us >= state.mean_since_us + WINDOW_US:
            _set_reference(security, step, window.sum_e4 // window.count)
        return
    moved = abs(window.sum_e4 - reference * window.count) * 100
    if window.count and moved >= reference * window.count and _is_old(security):
        _set_reference(security, step, window.sum_e4 // window.count)
    elif (state.lower_price_e4, state.upper_price_e4) != _around(security, reference):
        _set_bands(security, step)


def _is_old(security: Security) -> bool:
    return security.state.time_us >= security.state.reference_time_us + REFERENCE_AGE_MIN_US


def _has_bands(security: Security) -> bool:
    state = security.state
    wanted = state.tier is not None and state.session_id >= LIVE_FROM and not state.are_bands_given
    return wanted and security.is_regular() and state.trading_state == "Trading"


def _set_reference(security: Security, step: Step, price_e4: int) -> None:
    security.state.reference_price_e4 = price_e4
    security.state.reference_time_us = security.state.time_us
    _set_bands(security, step)


def _around(security: Security, reference_e4: int) -> tuple[int, int]:
    """Lower and upper band, each to the nearest cent."""
    half = half_width_e4(security, reference_e4)
    return _to_cent(reference_e4 - half), _to_cent(reference_e4 + half)


def _to_cent(price_e4: int) -> int:
    return (price_e4 + CENT_E4 // 2) // CENT_E4 * CENT_E4


def _set_bands(security: Security, step: Step) -> None:
    state = security.state
    if state.reference_price_e4 is not None:
        state.lower_price_e4, state.upper_price_e4 = _around(security, state.reference_price_e4)
        say_status(security, step, "Bands", "", state.time_us)


def take_given(security: Security, step: Step, given: VenueBands) -> None:
    """Take a consolidator's bands; until the next halt none are computed."""
    state = security.state
    state.are_bands_given, state.reference_price_e4 = True, None
    state.lower_price_e4, state.upper_price_e4 = given.lower_price_e4, given.upper_price_e4
    say_status(security, step, "Bands", "", state.time_us)


def drop(security: Security) -> None:
    """Forget bands and reference: a halt or pause began; the reopening sets new ones."""
    state = security.state
    state.reference_price_e4 = state.lower_price_e4 = state.upper_price_e4 = None
    state.are_bands_given = False


def limit_state(security: Security) -> LimitState:
    """Where best bid and offer lie to the bands. A limit state needs a market that is not crossed."""
    state = security.state
    lower, upper, bid, ask = state.lower_price_e4, state.upper_price_e4, state.bid_price_e4, state.ask_price_e4
    if lower is None or upper is None:
        return "NoBands"
    if state.condition != "Crossed":
        if bid is not None and bid >= upper:
            return "LimitUp"
        if ask is not None and ask <= lower:
            return "LimitDown"
    if bid is not None and bid < lower:
        return "StraddleDown"
    if ask is not None and ask > upper:
        return "StraddleUp"
    return "Within"
