"""The restart policy, by its times alone."""

from __future__ import annotations

from stack.restarts import RestartPolicy


def test_it_waits_longer_while_it_keeps_dying() -> None:
    policy = RestartPolicy()
    delays = [round(policy.died(at) - at, 1) for at in (0.0, 1.0, 2.0, 4.0, 11.0)]
    assert delays == [0.1, 0.4, 1.6, 6.4, 10.0]
    assert policy.keeps_dying(11.0)
    assert policy.restarts == 5


def test_a_rare_death_is_mended_at_once() -> None:
    policy = RestartPolicy()
    delays = [round(policy.died(at) - at, 1) for at in (0.0, 40.0, 80.0, 120.0, 160.0)]
    assert delays == [0.1] * 5
    assert not policy.keeps_dying(160.0)
