"""Bars of a second and a minute by event time, and what a late or corrected trade does to one that was published."""

from __future__ import annotations

from streams.fold import Output, Step
from streams.market_data.security import Security
from streams.market_data.window import WINDOW_US
from topics.catalogue import BARS
from topics.messages import Bar, BarEntry, Sale, TapeTrade

SECOND_US, MINUTE_US = 1_000_000, 60_000_000
E6 = 1_000_000
FAR_US = 1 << 62


def sale_of(trade: TapeTrade) -> Sale:
    """A trade as the first or last of something."""
    return Sale(trade.price_e4, trade.qty_e6, trade.venue, trade.transact_time_us, trade.print_seq)


def place(sale: Sale) -> tuple[int, int]:
    """Where a sale is in its day: by event time, then by number."""
    return sale.transact_time_us, sale.print_seq


def count(security: Security, step: Step, trade: TapeTrade) -> None:
    """Count a trade in its bars. One that was published is published again; one that is too old stays as it is."""
    for length_us in (SECOND_US, MINUTE_US):
        start_us = trade.transact_time_us // length_us * length_us
        if start_us <= security.state.time_us - WINDOW_US:
            continue
        bar = security.bars.get((length_us, start_us))
        if bar is None:
            bar = security.bars[length_us, start_us] = _empty(security.state.symbol, length_us, start_us)
        _take(bar, trade)
        _settle(security, step, bar)


def recount(security: Security, step: Step, time_us: int) -> None:
    """Count the bars of a moment anew: a trade in them was canceled or corrected."""
    for length_us in (SECOND_US, MINUTE_US):
        start_us = time_us // length_us * length_us
        old = security.bars.get((length_us, start_us))
        if old is None:
            continue
        bar = security.bars[length_us, start_us] = _empty(old.symbol, length_us, start_us)
        bar.revision = old.revision
        for trade in security.window.in_order():
            if start_us <= trade.transact_time_us < start_us + length_us:
                _take(bar, trade)
        _settle(security, step, bar)


def close_ended(security: Security, step: Step) -> None:
    """Publish the bars that the symbol's time has passed, shorter and older first; forget those that are too old."""
    time_us = security.state.time_us
    if time_us < security.bar_end_us:
        return
    security.bar_end_us = FAR_US
    for (length_us, start_us), bar in sorted(security.bars.items()):
        end_us = start_us + length_us
        if bar.revision < 0 and end_us <= time_us:
            _publish(security, step, bar)
        if start_us <= time_us - WINDOW_US and end_us <= time_us:
            del security.bars[length_us, start_us]
            _changed(step, bar)
        else:
            security.bar_end_us = min(security.bar_end_us, end_us if end_us > time_us else start_us + WINDOW_US)


def end_all(security: Security, step: Step) -> None:
    """Publish what is not published and forget all: the day is over."""
    for key in sorted(security.bars):
        bar = security.bars[key]
        if bar.revision < 0:
            _publish(security, step, bar)
        _changed(step, bar)
    security.bars.clear()


def _settle(security: Security, step: Step, bar: BarEntry) -> None:
    """A changed bar is due: at once where it has ended, else with the symbol's time."""
    end_us = bar.start_time_us + bar.interval_us
    _changed(step, bar)
    if end_us <= security.state.time_us:
        _publish(security, step, bar)
    security.bar_end_us = min(security.bar_end_us, end_us)


def _take(bar: BarEntry, trade: TapeTrade) -> None:
    if trade.updates_last:
        sale = sale_of(trade)
        if bar.opening is None or place(sale) < place(bar.opening):
            bar.opening = sale
        if bar.closing is None or place(sale) > place(bar.closing):
            bar.closing = sale
    if trade.updates_high_low:
        bar.high_e4 = trade.price_e4 if bar.high_e4 is None else max(bar.high_e4, trade.price_e4)
        bar.low_e4 = trade.price_e4 if bar.low_e4 is None else min(bar.low_e4, trade.price_e4)
    if trade.updates_volume:
        bar.qty_e6 += trade.qty_e6
        bar.amount_e4 += trade.amount_e4
        bar.trade_count += 1


def _publish(security: Security, step: Step, bar: BarEntry) -> None:
    """Publish a bar under its next revision. One that never had an eligible price is none."""
    if bar.opening is None and bar.revision < 0:
        return
    bar.revision += 1
    _changed(step, bar)
    state = security.state
    record = Bar(
        symbol=state.symbol,
        seq=0,
        interval_us=bar.interval_us,
        start_time_us=bar.start_time_us,
        open_e4=bar.opening.price_e4 if bar.opening else 0,
        high_e4=bar.high_e4 or 0,
        low_e4=bar.low_e4 or 0,
        close_e4=bar.closing.price_e4 if bar.closing else 0,
        qty_e6=bar.qty_e6,
        amount_e4=bar.amount_e4,
        vwap_e4=bar.amount_e4 * E6 // bar.qty_e6 if bar.qty_e6 else 0,
        trade_count=bar.trade_count,
        revision=bar.revision,
        transact_time_us=state.time_us,
        receive_time_us=state.receive_time_us,
    )
    step.outputs.append(Output(BARS, state.symbol, security.numbered(record)))


def _empty(symbol: str, length_us: int, start_us: int) -> BarEntry:
    return BarEntry(
        symbol=symbol,
        interval_us=length_us,
        start_time_us=start_us,
        opening=None,
        closing=None,
        high_e4=None,
        low_e4=None,
        qty_e6=0,
        amount_e4=0,
        trade_count=0,
        revision=-1,
    )


def _changed(step: Step, bar: BarEntry) -> None:
    step.changed[f"bar/{bar.symbol}/{bar.interval_us}/{bar.start_time_us}"] = None
