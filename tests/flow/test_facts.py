"""The simulated market has the stylised facts of real ones; bands are wide, the seed is fixed."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from feeds.flow.universe import universe
from proof.facts import measure as facts
from proof.facts.market import simulate_day
from stack.cli import app

MINUTES, SYMBOLS = 300, 12


@pytest.fixture(scope="module")
def figures():
    listed = universe(SYMBOLS)
    tapes = simulate_day(listed, 1, 0.5 * SYMBOLS, MINUTES, lambda _: None)
    return facts.measure(tapes, listed, MINUTES).figures


@pytest.mark.parametrize(
    ("figure", "at_least", "at_most"),
    [
        ("tail_exponent", 2.0, 5.0),
        ("daily_volatility", 0.005, 0.06),
        ("spread_bps", 1.0, 15.0),
        ("quoted_share", 0.95, 1.0),
        ("open_over_midday", 1.5, 5.0),
        ("close_over_midday", 1.5, 5.0),
        ("branching_ratio", 0.3, 0.9),
        ("trade_sign_autocorrelation", 0.1, 0.8),
    ],
)
def test_a_figure_lies_where_those_of_markets_do(figures, figure, at_least, at_most):
    assert at_least < figures[figure] < at_most


def test_tails_are_fat_and_thinner_for_longer_returns(figures):
    kurtosis = figures["excess_kurtosis"]
    assert kurtosis["1_min"] > 3
    assert kurtosis["1_min"] > kurtosis["5_min"] > kurtosis["30_min"]


def test_volatility_clusters_and_returns_do_not(figures):
    size, plain = figures["size_autocorrelation"], figures["return_autocorrelation"]
    assert size["1_min"] > 0.08
    assert size["mean_2_to_10_min"] > 0.04
    assert size["mean_2_to_10_min"] > size["mean_11_to_30_min"] > 0
    assert abs(plain["1_min"]) < 0.1
    assert abs(plain["mean_5_to_30_min"]) < 0.03


def test_a_sector_moves_together(figures):
    assert figures["correlation_in_sector"] > figures["correlation_across_sectors"] > 0


def test_the_measures_know_a_random_walk_when_they_see_one():
    normal = np.random.default_rng(1).standard_normal((20, 5000))
    assert facts.kurtosis(normal) == pytest.approx(0, abs=0.1)
    assert facts.hill(normal, 0.01) > 5
    assert abs(facts.autocorrelation(np.abs(normal), 5)).max() < 0.02


def test_the_measures_know_a_power_law_when_they_see_one():
    heavy = np.random.default_rng(1).pareto(3, (20, 5000)) + 1
    assert facts.hill(heavy, 0.02) == pytest.approx(3, rel=0.1)


def test_the_report_draws_its_picture_and_prints_its_figures(tmp_path):
    out = tmp_path / "day.png"
    command = ["simulate", "--report", "--symbols", "3", "--minutes", "120", "--out", str(out), "--json"]
    ran = CliRunner().invoke(app, command)
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.output)["symbols"] == 3
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--symbols", "1"], "2 to 1,000 symbols"),
        (["--minutes", "60"], "too short"),
        (["--out", "nowhere/day.png"], "nowhere"),
    ],
)
def test_a_report_that_cannot_be_says_why(wrong, said):
    ran = CliRunner().invoke(app, ["simulate", "--report", *wrong])
    assert ran.exit_code == 1
    assert said in ran.output
    assert "Traceback" not in ran.output
