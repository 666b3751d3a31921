"""A seed that breaks something is named, and the others go on."""

from __future__ import annotations

from proof.simulated import many, run
from proof.simulated.records import Violation


def test_a_failing_seed_is_named_with_its_command(monkeypatch):
    good = run.run

    def breaking(seed):
        if seed == 3:
            raise Violation("the book is crossed")
        return good(seed, commands=20)

    monkeypatch.setattr(many, "run", breaking)
    outcomes = many._run_some(2, 5)
    assert [type(outcome).__name__ for outcome in outcomes] == ["Outcome", "str", "Outcome"]
    assert outcomes[1] == (
        "seed 3: Violation: the book is crossed (again: tapeline chaos --simulated --first 3 --seeds 1)"
    )
