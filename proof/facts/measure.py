"""Stylised facts of a simulated day, from its tapes. Definitions follow Cont (2001) unless a function names another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from feeds.flow.universe import Listed
from proof.facts.market import TICK_E4, Tape

Array = npt.NDArray[np.float64]
MINUTE_US = 60_000_000
HORIZONS_MIN = (1, 5, 15, 30)
LAGS_MIN = 60
TAIL_SHARE = 0.02  # of the largest moves that the tail exponent is fitted to
SHAPE_BINS = 13  # half hours of a day of 390 minutes
BRANCHING_WINDOWS = 60
CROSS_MIN = 5
MINUTES_MIN = 120


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures, and the curves that a picture shows."""

    figures: dict[str, Any]
    tail: tuple[Array, Array]  # size of a one-minute move in standard deviations, share of moves beyond it
    autocorrelation: tuple[Array, Array]  # of returns and of their size, by lag in minutes from 1 on
    spread_ticks: Array  # one a symbol and second
    depth_shares: Array  # mean quantity by ticks behind the best
    shape: Array  # actions by part of the day, as a multiple of the mean
    correlation: Array  # of five-minute returns, symbols ordered by sector
    prices: Array  # mid prices by minute as multiples of the first, a row a symbol


def measure(tapes: dict[str, Tape], listed: Sequence[Listed], minutes: int) -> Facts:
    """Facts of tapes of so many minutes. Raises ValueError for a day too short to say anything."""
    if minutes < MINUTES_MIN:
        raise ValueError(f"a day of {minutes} minutes is too short to be measured; {MINUTES_MIN} are needed")
    ordered = sorted(listed, key=lambda each: (each.sector, each.symbol))
    rows = [tapes[each.symbol] for each in ordered]
    prices = np.array([mids(tape, minutes) for tape in rows])
    returns = np.diff(np.log(prices), axis=1)
    scaled = without_day_shape(returns)
    tail_at, tail_share = tail(scaled)
    plain, absolute = autocorrelation(scaled, LAGS_MIN), autocorrelation(np.abs(scaled), LAGS_MIN)
    spreads = np.concatenate([spread_ticks(tape, minutes) for tape in rows])
    spreads_bps = np.concatenate([spread_bps(tape, minutes) for tape in rows])
    shape = day_shape([tape.action_us for tape in rows], minutes)
    correlation: Array = np.atleast_2d(np.corrcoef(_summed(returns, CROSS_MIN)))
    same, other = across(correlation, [each.sector for each in ordered])
    depth = np.mean(np.array([row for tape in rows for row in tape.depth_e6]), axis=0) / 1e6
    figures = {
        "actions": sum(len(tape.action_us) for tape in rows),
        "trades": sum(len(tape.trade_us) for tape in rows),
        "halts": sum(tape.halts for tape in rows),
        "excess_kurtosis": {f"{each}_min": _round(kurtosis(_summed(returns, each))) for each in HORIZONS_MIN},
        "tail_exponent": _round(hill(scaled, TAIL_SHARE)),
        "return_autocorrelation": {"1_min": _round(plain[0], 3), "mean_5_to_30_min": _round(plain[4:30].mean(), 3)},
        "size_autocorrelation": {
            "1_min": _round(absolute[0], 3),
            "mean_2_to_10_min": _round(absolute[1:10].mean(), 3),
            "mean_11_to_30_min": _round(absolute[10:30].mean(), 3),
        },
        "daily_volatility": _round(float(np.median(np.std(returns, axis=1))) * np.sqrt(minutes), 4),
        "spread_ticks": {name: _round(np.percentile(spreads, at)) for name, at in (("p50", 50), ("p95", 95))},
        "spread_bps": _round(float(np.median(spreads_bps))),
        "quoted_share": _round(np.mean([quoted_share(tape, minutes) for tape in rows]), 4),
        "deepest_ticks_behind": int(np.argmax(depth)),
        "depth_at_best_shares": _round(depth[0], 0),
        "open_over_midday": _round(shape[0] / shape[SHAPE_BINS // 2]),
        "close_over_midday": _round(shape[-1] / shape[SHAPE_BINS // 2]),
        "branching_ratio": _round(np.mean([branching(tape, minutes) for tape in rows])),
        "correlation_in_sector": _round(same, 3),
        "correlation_across_sectors": _round(other, 3),
        "trade_sign_autocorrelation": _round(np.mean([sign_memory(tape) for tape in rows]), 3),
    }
    relative = prices / prices[:, :1]
    return Facts(figures, (tail_at, tail_share), (plain, absolute), spreads, depth, shape, correlation, relative)


def mids(tape: Tape, minutes: int) -> Array:
    """Mid price in 1e-4 at each minute from 0 on; the first one before there is any."""
    bid, ask = np.array(tape.bid_e4, float), np.array(tape.ask_e4, float)
    both = (bid > 0) & (ask > 0)
    at = np.array(tape.quote_us)[both]
    mid: Array = (bid[both] + ask[both]) / 2
    found = np.searchsorted(at, np.arange(minutes + 1) * MINUTE_US, side="right") - 1
    return mid[np.maximum(found, 0)]


def _at_seconds(tape: Tape, minutes: int) -> tuple[Array, Array]:
    found = np.searchsorted(np.array(tape.quote_us), np.arange(1, minutes * 60) * 1_000_000, side="right") - 1
    found = np.maximum(found, 0)
    return np.array(tape.bid_e4, float)[found], np.array(tape.ask_e4, float)[found]


def spread_ticks(tape: Tape, minutes: int) -> Array:
    """Spread in ticks at each second at which both sides are quoted."""
    bid, ask = _at_seconds(tape, minutes)
    spread: Array = ((ask - bid) / TICK_E4)[(bid > 0) & (ask > 0)]
    return spread


def spread_bps(tape: Tape, minutes: int) -> Array:
    """Spread in 1e-4 of the mid price at each second at which both sides are quoted."""
    bid, ask = _at_seconds(tape, minutes)
    both = (bid > 0) & (ask > 0)
    spread: Array = (2e4 * (ask - bid)[both]) / (ask + bid)[both]
    return spread


def quoted_share(tape: Tape, minutes: int) -> float:
    """Share of the seconds at which both sides are quoted."""
    bid, ask = _at_seconds(tape, minutes)
    return float(np.mean((bid > 0) & (ask > 0)))


def without_day_shape(returns: Array) -> Array:
    """Returns in standard deviations of their symbol and of their time of day, so that clustering is not the U-shape.

    The time of day's volatility is a parabola fitted to the mean size of the moves over all symbols.
    """
    own = returns / np.std(returns, axis=1, keepdims=True)
    size = np.mean(np.abs(own), axis=0)
    position = np.linspace(-1, 1, size.size)
    fitted = np.polyval(np.polyfit(position, size, 2), position)
    scaled: Array = own / np.maximum(fitted, size.mean() / 4)
    scaled /= np.std(scaled, axis=1, keepdims=True)
    return scaled


def kurtosis(returns: Array) -> float:
    """Mean over symbols of the excess kurtosis; 0 for a normal distribution."""
    centred = returns - returns.mean(axis=1, keepdims=True)
    fourth, second = np.mean(centred**4, axis=1), np.mean(centred**2, axis=1)
    return float(np.mean(fourth / second**2 - 3))


def hill(returns: Array, share: float) -> float:
    """Exponent of the tail of the size of returns (Hill 1975), over all symbols together."""
    size = np.sort(np.abs(returns).ravel())[::-1]
    count = max(int(size.size * share), 10)
    return float(1 / np.mean(np.log(size[:count] / size[count])))


def tail(returns: Array) -> tuple[Array, Array]:
    """Sizes of returns, ascending, and the share of returns of at least that size."""
    size = np.sort(np.abs(returns).ravel())
    return size, 1 - np.arange(size.size) / size.size


def autocorrelation(values: Array, lags: int) -> Array:
    """Mean over symbols of the autocorrelation at lags 1 and on."""
    centred = values - values.mean(axis=1, keepdims=True)
    variance = np.mean(centred**2, axis=1)
    return np.array(
        [np.mean(np.mean(centred[:, lag:] * centred[:, :-lag], axis=1) / variance) for lag in range(1, lags + 1)]
    )


def day_shape(times_us: Sequence[Sequence[int]], minutes: int) -> Array:
    """Actions by part of the day over their mean."""
    counts = np.zeros(SHAPE_BINS)
    for each in times_us:
        counts += np.histogram(np.array(each), bins=SHAPE_BINS, range=(0, minutes * MINUTE_US))[0]
    shaped: Array = counts / counts.mean()
    return shaped


def branching(tape: Tape, minutes: int) -> float:
    """Children of an action, from mean and variance of counts in long windows (Hardiman and Bouchaud 2014).

    1 - sqrt(mean / variance); a parabola over the day is taken off first.
    """
    counts = np.histogram(np.array(tape.action_us), bins=BRANCHING_WINDOWS, range=(0, minutes * MINUTE_US))[0]
    position = np.linspace(-1, 1, BRANCHING_WINDOWS)
    left = counts - np.polyval(np.polyfit(position, counts, 2), position)
    variance = float(np.sum(left**2)) / (BRANCHING_WINDOWS - 3)
    return float(1 - np.sqrt(min(counts.mean() / variance, 1.0)))


def across(correlation: Array, sectors: Sequence[str]) -> tuple[float, float]:
    """Mean correlation of two symbols of one sector, and of two sectors; not a number where there are none."""
    names = np.array(sectors)
    pairs = np.triu(np.ones_like(correlation, dtype=bool), 1)
    same = names[:, None] == names[None, :]

    def mean(chosen: npt.NDArray[np.bool_]) -> float:
        return float(correlation[chosen].mean()) if chosen.any() else float("nan")

    return mean(pairs & same), mean(pairs & ~same)


def sign_memory(tape: Tape) -> float:
    """Correlation of the direction of a taker with that of the one before; trades of one moment are one taker's."""
    first = np.diff(np.array(tape.trade_us), prepend=-1) > 0
    signs = np.array(tape.trade_sign, float)[first]
    return float(np.corrcoef(signs[1:], signs[:-1])[0, 1])


def _summed(returns: Array, minutes: int) -> Array:
    whole = returns[:, : returns.shape[1] // minutes * minutes]
    summed: Array = whole.reshape(whole.shape[0], -1, minutes).sum(axis=2)
    return summed


def _round(value: float | np.floating[Any], digits: int = 2) -> float:
    return round(float(value), digits)
