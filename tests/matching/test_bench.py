"""The benchmark of the book measures what it says: the stated mix, and only cancels of orders that rest."""

from __future__ import annotations

import sys

import pytest

from bench import abuse, matching
from bench.matching_load import mixed
from bench.matching_peers import PEERS, Tapeline
from streams.combinations import ICEBERG_PARTS_MAX
from streams.matching.limits import STOPS_PER_SYMBOL_MAX, TRAILING_PER_SYMBOL_MAX


def test_the_mix_is_as_stated_and_every_cancel_meets_its_order():
    load = mixed(5_000)
    book = Tapeline()
    trading = 0
    for order_id, buy, qty, price in load:
        if qty:
            trading += bool(book.submit(order_id, buy, qty, price))
        else:
            assert str(order_id) in book.book.orders
            book.cancel(order_id)
    cancels = sum(not qty for _, _, qty, _ in load)
    assert cancels == pytest.approx(0.3 * len(load), rel=0.1)
    assert trading == pytest.approx(0.1 * len(load), rel=0.3)  # the first ones meet a thin book


@pytest.fixture
def quick(monkeypatch):
    """Few resting orders, and not the longest steps, which have a test of their own."""
    monkeypatch.setattr(matching, "RESTING", 500)
    monkeypatch.setattr(matching, "steps", dict)


def test_figures_name_every_peer_as_measured_or_missing(quick, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["matching", "--operations", "1000"])
    matching.main()
    printed = capsys.readouterr().out
    assert "ops_per_s" in printed
    assert all(name in printed for name in PEERS)


def test_a_book_with_other_fills_is_said_to_differ(quick, monkeypatch):
    class Wrong(Tapeline):
        def prices_and_quantities(self, fills):
            return [(price + 1, qty) for price, qty in super().prices_and_quantities(fills)]

    monkeypatch.setattr(matching, "PEERS", {"wrong": Wrong, "right": Tapeline, "absent": Tapeline})
    monkeypatch.setattr(matching, "_version", {"wrong": "1", "right": "1"}.get)
    figures = matching.run(1000)
    assert figures["peers_with_other_fills"] == ["wrong"]
    assert figures["best_peer"] == "right"
    assert figures["peers_missing"] == ["absent"]


def test_the_longest_steps_stay_within_what_is_written_of_them():
    """docs/benchmarks.md: outputs by the stops and parts that a step meets, entries by the orders."""
    storm, trail, refills, armed, legs = abuse.steps().values()
    assert storm["outputs"] <= 5 * STOPS_PER_SYMBOL_MAX + 10
    assert storm["entries"] <= STOPS_PER_SYMBOL_MAX + 2
    assert trail["outputs"] <= TRAILING_PER_SYMBOL_MAX + 10
    assert trail["entries"] <= TRAILING_PER_SYMBOL_MAX + 2
    assert refills["outputs"] <= 5 * abuse.ICEBERGS * ICEBERG_PARTS_MAX
    assert refills["entries"] <= abuse.ICEBERGS + 2
    assert armed["outputs"] <= 7 * STOPS_PER_SYMBOL_MAX + 10
    assert armed["entries"] <= 3 * STOPS_PER_SYMBOL_MAX + 2
    assert legs["outputs"] <= 7 * STOPS_PER_SYMBOL_MAX + 10
    assert legs["entries"] <= 2 * STOPS_PER_SYMBOL_MAX + 2
