"""Consolidation under crashes, zombies and torn transactions, from seeds."""

import pytest

from proof.simulated.venues import run


@pytest.mark.parametrize("first", range(0, 100, 20))
def test_every_seed_ends_as_a_fold_without_crashes(first):
    did = [run(seed) for seed in range(first, first + 20)]
    for kind in ("crashes", "zombies", "fenced", "letters"):
        assert sum(each[kind] for each in did) > 5, kind
