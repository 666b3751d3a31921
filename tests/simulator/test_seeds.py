"""Crashes, duplicates, zombies, rebalances and torn batches from seeds; `tapeline chaos --simulated` runs thousands."""

import pytest

from proof.simulated.run import run

SEEDS = 200


@pytest.mark.parametrize("first", range(0, SEEDS, 10))
def test_every_seed_holds_every_invariant(first):
    outcomes = [run(seed, commands=60) for seed in range(first, first + 10)]
    assert sum(outcome.commands for outcome in outcomes) == 600


def test_the_seeds_meet_every_kind_of_trouble():
    outcomes = [run(seed, commands=40) for seed in range(40)]
    for kind in ("single", "crashes", "zombies", "fenced", "rebalances"):
        assert sum(getattr(outcome, kind) for outcome in outcomes) > 10, kind


def test_trades_are_busted_and_corrected_on_the_way():
    assert sum(run(seed, commands=150).corrected for seed in range(10)) > 5


def test_a_seed_does_the_same_again():
    assert run(7, commands=40) == run(7, commands=40)
