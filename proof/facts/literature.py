"""What is known of real markets, beside what the simulated one shows. Facts and where they are from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A stylised fact: how the simulated figure is written, and what real markets show."""

    fact: str
    simulated: Callable[[Figures], str]
    real: str
    source: str


def _row(name: str) -> Callable[[Figures], str]:
    return lambda figures: ", ".join(f"{each:g}" for each in figures[name].values())


KNOWN = (
    Known(
        "Excess kurtosis of returns over 1, 5, 15, 30 min",
        _row("excess_kurtosis"),
        "large (about 16 at 5 min for S&P 500 futures), falls with the horizon",
        "Cont 2001",
    ),
    Known("Tail exponent of 1 min returns", lambda f: f"{f['tail_exponent']:g}", "about 3", "Gopikrishnan et al. 1998"),
    Known(
        "Autocorrelation of returns at 1 min, mean of 5-30 min",
        _row("return_autocorrelation"),
        "none beyond some minutes",
        "Cont 2001",
    ),
    Known(
        "Autocorrelation of their size at 1 min, mean of 2-10, of 11-30 min",
        _row("size_autocorrelation"),
        "positive, decays slowly",
        "Cont 2001",
    ),
    Known("Volatility of a day", lambda f: f"{f['daily_volatility']:.1%}", "1 to 3 % for most stocks", "Cont 2001"),
    Known(
        "Spread, median and 95th percentile in ticks; median in bps",
        lambda f: f"{_row('spread_ticks')(f)}; {f['spread_bps']:g}",
        "1 tick to tens, by price; a few bps",
        "Bouchaud et al. 2018",
    ),
    Known(
        "Ticks behind the best with the most shares",
        lambda f: f"{f['deepest_ticks_behind']}",
        "a hump some ticks behind the best, then a slow fall",
        "Bouchaud, Mezard, Potters 2002",
    ),
    Known(
        "Activity at open and close over midday",
        lambda f: f"{f['open_over_midday']:g}, {f['close_over_midday']:g}",
        "U-shape, both above 1",
        "Wood, McInish, Ord 1985",
    ),
    Known(
        "Branching ratio of arrivals",
        lambda f: f"{f['branching_ratio']:g}",
        "0.3 to 0.7, near 1 over long windows",
        "Filimonov, Sornette 2012; Hardiman et al. 2013",
    ),
    Known(
        "Correlation of 5 min returns in a sector, across sectors",
        lambda f: f"{f['correlation_in_sector']:g}, {f['correlation_across_sectors']:g}",
        "positive, larger in a sector",
        "Mantegna 1999",
    ),
    Known(
        "Correlation of a taker's side with the last one's",
        lambda f: f"{f['trade_sign_autocorrelation']:g}",
        "positive, decays slowly",
        "Lillo, Farmer 2004",
    ),
)
