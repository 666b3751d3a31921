"""A venue's trade, and its correction: statistics, bars, price bands, and the print that everybody reads."""

from __future__ import annotations

from streams.fold import Output, Step
from streams.market_data import bands, bars, day
from streams.market_data.conditions import eligibility
from streams.market_data.security import Security
from streams.market_data.window import WINDOW_US
from topics.catalogue import PRINTS
from topics.messages import Print, TapeTrade, TradeCorrection, VenueTrade

E6 = 1_000_000


def take_trade(security: Security, step: Step, trade: VenueTrade) -> None:
    """Count a trade of a venue."""
    state = security.state
    state.print_seq += 1
    taken = _of(security, trade, state.print_seq, trade.conditions, trade.price_e4, trade.qty_e6)
    taken.aggressor_side = trade.aggressor_side
    is_late = state.last is not None and taken.transact_time_us < state.last.transact_time_us
    if is_late:
        security.fault("LateTrade")
    _count(security, step, taken)
    _say(security, step, taken, is_canceled=False, is_late=is_late)
    bands.open_reference(security, step, taken)


def take_correction(security: Security, step: Step, correction: TradeCorrection) -> None:
    """Undo a trade of the window, and count it anew where it is corrected. Statistics and bars are what they would be
    had the trade been reported so at first."""
    known = security.window.by_id.get((correction.venue, correction.trade_id))
    if known is None:
        _correct_printed(security, step, correction)
        return
    old = security.window.trades[known]
    security.window.cancel(step, old.print_seq)
    day.uncount(security, old)
    now = old
    if correction.kind == "Correct":
        price_e4, qty_e6 = correction.price_e4 or 0, correction.qty_e6 or 0  # checked to be there
        now = _of(security, old, old.print_seq, correction.conditions, price_e4, qty_e6)
        now.aggressor_side = old.aggressor_side
        _count(security, step, now, counts_in_bars=False)
    now.revision = old.revision + 1
    day.restate(security)
    bars.recount(security, step, old.transact_time_us)
    _say(security, step, now, is_canceled=correction.kind == "Cancel", is_late=False)


def _correct_printed(security: Security, step: Step, correction: TradeCorrection) -> None:
    """Print a trade anew that the window has not any more. What its day counts of it follows: volume, VWAP, and the
    price of the last sale where it is that; of what else it was an extreme, or a bar's part, nothing is known."""
    printed, state = correction.printed, security.state
    assert printed is not None  # checked
    old = TapeTrade(
        print_seq=printed.print_seq,
        revision=printed.revision,
        venue=correction.venue,
        trade_id=correction.trade_id,
        price_e4=printed.price_e4,
        qty_e6=printed.qty_e6,
        amount_e4=printed.price_e4 * printed.qty_e6 // E6,
        conditions=printed.conditions,
        aggressor_side=printed.aggressor_side,
        updates_last=False,
        updates_high_low=printed.updates_high_low,
        updates_volume=printed.updates_volume,
        transact_time_us=printed.transact_time_us,
    )
    now, is_today = old, printed.session_id == state.session_id
    if is_today:
        day.uncount(security, old)
    if correction.kind == "Correct":
        price_e4, qty_e6 = correction.price_e4 or 0, correction.qty_e6 or 0  # checked to be there
        now = _of(security, old, old.print_seq, correction.conditions, price_e4, qty_e6)
        now.aggressor_side = old.aggressor_side
        if is_today:
            day.add_volume(state, now, 1)
            day.reprice(state, now)
    now.revision = printed.revision + 1
    _say(security, step, now, is_canceled=correction.kind == "Cancel", is_late=False)


def _of(
    security: Security,
    trade: VenueTrade | TapeTrade,
    print_seq: int,
    conditions: str,
    price_e4: int,
    qty_e6: int,
) -> TapeTrade:
    """A trade with what its conditions let it update. The amount is floor(price x quantity)."""
    state = security.state
    may = eligibility(state.condition_table, conditions)
    return TapeTrade(
        print_seq=print_seq,
        revision=0,
        venue=trade.venue,
        trade_id=trade.trade_id,
        price_e4=price_e4,
        qty_e6=qty_e6,
        amount_e4=price_e4 * qty_e6 // E6,
        conditions=conditions,
        aggressor_side=None,
        updates_last=may.last and not (may.first_only and state.last is not None),
        updates_high_low=may.high_low,
        updates_volume=may.volume,
        transact_time_us=trade.transact_time_us,
    )


def _count(security: Security, step: Step, trade: TapeTrade, *, counts_in_bars: bool = True) -> None:
    day.count(security, trade)
    if trade.transact_time_us <= security.state.time_us - WINDOW_US:
        day.settle(security.state, trade)
        return
    security.window.add(step, trade)
    if counts_in_bars:
        bars.count(security, step, trade)


def _say(security: Security, step: Step, trade: TapeTrade, *, is_canceled: bool, is_late: bool) -> None:
    state = security.state
    bid, ask = state.bid_price_e4, state.ask_price_e4
    outside = (bid is not None and trade.price_e4 < bid) or (ask is not None and trade.price_e4 > ask)
    regular = state.open_time_us <= trade.transact_time_us < state.close_time_us
    is_last = state.last is not None and bars.place(state.last) == (trade.transact_time_us, trade.print_seq)
    record = Print(
        symbol=state.symbol,
        seq=0,
        trade_id=trade.trade_id,
        print_seq=trade.print_seq,
        revision=trade.revision,
        is_canceled=is_canceled,
        venue=trade.venue,
        price_e4=trade.price_e4,
        qty_e6=trade.qty_e6,
        amount_e4=trade.amount_e4,
        conditions=trade.conditions,
        aggressor_side=trade.aggressor_side,
        updates_last=is_last and not is_canceled,
        updates_high_low=trade.updates_high_low,
        updates_volume=trade.updates_volume,
        is_late=is_late,
        bid_price_e4=bid,
        ask_price_e4=ask,
        is_trade_through=outside and regular and state.condition != "Crossed",
        transact_time_us=trade.transact_time_us,
        receive_time_us=state.receive_time_us,
    )
    step.outputs.append(Output(PRINTS, state.symbol, security.numbered(record)))
