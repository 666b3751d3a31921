"""The facts as one picture of eight panels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from proof.facts.measure import LAGS_MIN, Facts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, QUIET, ACCENT, SECOND = "#1f2933", "#9aa5b1", "#0b6e99", "#d1495b"
SPREADS_SHOWN = 60
PRICES_SHOWN = 12


def draw(facts: Facts, title: str, path: Path) -> None:
    """Write it as a PNG. Raises OSError where the file cannot be written."""
    figure = Figure(figsize=(16, 8.6), layout="constrained", facecolor="white")
    figure.suptitle(title, fontsize=14, color=INK, ha="left", x=0.012)
    panels = (_prices, _tail, _clustering, _shape, _spread, _depth, _correlation, _kurtosis)
    for panel, axes in zip(panels, figure.subplots(2, 4).flat, strict=True):
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=INK, labelsize=8)
        panel(axes, facts)
        axes.title.set(fontsize=10.5, color=INK)
        for label in (axes.xaxis.label, axes.yaxis.label):
            label.set(fontsize=9, color=INK)
    figure.savefig(path, dpi=110, format="png", metadata={"Software": None})


def _prices(axes: Axes, facts: Facts) -> None:
    shown = facts.prices[:: max(1, len(facts.prices) // PRICES_SHOWN)]
    axes.plot((shown.T - 1) * 100, linewidth=0.8)
    axes.plot((facts.prices.mean(axis=0) - 1) * 100, color=INK, linewidth=2, label="mean of all")
    axes.set(title=f"Mid prices of {len(shown)} symbols", xlabel="minute", ylabel="% since the open")
    axes.legend(frameon=False, fontsize=8)


def _tail(axes: Axes, facts: Facts) -> None:
    size, share = facts.tail
    shown = size > 0.1
    axes.loglog(size[shown], share[shown], color=ACCENT, linewidth=1.6, label="simulated, 1 min")
    at = np.geomspace(2, size[-1], 40)
    axes.loglog(
        at, share[np.searchsorted(size, 2)] * (at / 2) ** -3, color=SECOND, linestyle="--", label="power law, 3"
    )
    normal = np.sort(np.abs(np.random.default_rng(0).standard_normal(size.size)))
    axes.loglog(normal[normal > 0.1], share[normal > 0.1], color=QUIET, label="normal")
    axes.set(title="Fat tails", xlabel="move in standard deviations", ylabel="share of moves beyond")
    axes.legend(frameon=False, fontsize=8)


def _clustering(axes: Axes, facts: Facts) -> None:
    lags = np.arange(1, LAGS_MIN + 1)
    plain, absolute = facts.autocorrelation
    axes.axhline(0, color=QUIET, linewidth=0.8)
    axes.plot(lags, absolute, color=ACCENT, linewidth=1.6, label="size of returns")
    axes.plot(lags, plain, color=SECOND, linewidth=1, label="returns")
    axes.set(title="Volatility clusters, returns do not", xlabel="lag in minutes", ylabel="autocorrelation")
    axes.legend(frameon=False, fontsize=8)


def _shape(axes: Axes, facts: Facts) -> None:
    axes.bar(np.arange(facts.shape.size), facts.shape, color=ACCENT, width=0.85)
    axes.axhline(1, color=QUIET, linewidth=0.8)
    axes.set(
        title="Orders and cancels",
        xlabel="part of the day, in thirteenths",
        ylabel="multiple of the mean",
    )


def _spread(axes: Axes, facts: Facts) -> None:
    bins = [each + 0.5 for each in range(SPREADS_SHOWN + 1)]
    weights = np.full(facts.spread_ticks.size, 1 / facts.spread_ticks.size)
    axes.hist(facts.spread_ticks, bins=bins, weights=weights, color=ACCENT)
    axes.axvline(float(np.median(facts.spread_ticks)), color=SECOND, linestyle="--", label="median")
    axes.set(title="Spread", xlabel="ticks", ylabel="share of the time")
    axes.legend(frameon=False, fontsize=8)


def _depth(axes: Axes, facts: Facts) -> None:
    axes.bar(np.arange(facts.depth_shares.size), facts.depth_shares, color=ACCENT, width=0.85)
    axes.set(title="Depth", xlabel="ticks behind the best", ylabel="shares in the mean")


def _correlation(axes: Axes, facts: Facts) -> None:
    shown = facts.correlation - np.diag(np.full(len(facts.correlation), np.nan))
    image = axes.imshow(shown, cmap="RdBu_r", vmin=-1, vmax=1, interpolation="nearest")
    axes.set(title="Correlation of 5 min returns", xlabel="symbols, by sector", xticks=[], yticks=[])
    if axes.figure is not None:
        axes.figure.colorbar(image, ax=axes, shrink=0.8)


def _kurtosis(axes: Axes, facts: Facts) -> None:
    figures = facts.figures["excess_kurtosis"]
    axes.bar([name.replace("_", " ") for name in figures], list(figures.values()), color=ACCENT, width=0.6)
    axes.axhline(0, color=QUIET, linewidth=0.8)
    axes.set(title="Longer returns are closer to normal (0)", xlabel="horizon", ylabel="excess kurtosis")
