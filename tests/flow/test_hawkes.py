"""Arrivals: as many as the branching ratio says, clustered as it says, and never a process without end."""

import itertools
import random
import statistics

import pytest

from feeds.flow.hawkes import Hawkes, Kernel

KERNELS = (Kernel(0.4, 1.0), Kernel(0.2, 10.0))


def arrivals(seed, kernels, until_s, base=1.0):
    hawkes, time_s, times = Hawkes(kernels, random.Random(seed)), 0.0, []
    while (time_s := hawkes.next_after(time_s, lambda _: base, base)) < until_s:
        hawkes.happen(time_s)
        times.append(time_s)
    return times


def test_as_many_come_as_base_and_children_make():
    assert len(arrivals(1, KERNELS, 20_000)) == pytest.approx(20_000 / (1 - 0.6), rel=0.05)


def test_counts_vary_as_the_branching_ratio_says():
    """Over long windows variance / mean is 1 / (1 - ratio)^2."""
    counts = [0] * 200
    for time_s in arrivals(2, KERNELS, 40_000):
        counts[int(time_s // 200)] += 1
    assert statistics.variance(counts) / statistics.mean(counts) == pytest.approx(1 / 0.4**2, rel=0.35)


def test_without_kernels_it_is_a_poisson_process():
    times = arrivals(3, (), 20_000)
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert statistics.stdev(gaps) == pytest.approx(statistics.mean(gaps), rel=0.05)


def test_a_shock_brings_its_children():
    quiet = Hawkes(KERNELS, random.Random(1))
    quiet.happen(0.0, events=100)
    assert quiet.excited(0.0) == pytest.approx(100 * (0.4 / 1.0 + 0.2 / 10.0))
    assert quiet.excited(1e6) == pytest.approx(0.0)


@pytest.mark.parametrize("kernels", [(Kernel(1.0, 1.0),), (Kernel(0.6, 1.0), Kernel(0.5, 9.0))])
def test_a_flow_that_would_grow_without_end_is_refused(kernels):
    with pytest.raises(ValueError, match=r"the branching ratio is 1.* must be below 1"):
        Hawkes(kernels, random.Random(1))


@pytest.mark.parametrize("kernel", [Kernel(-0.1, 1.0), Kernel(0.1, 0.0)])
def test_a_kernel_that_cannot_be_is_refused(kernel):
    with pytest.raises(ValueError, match="at least 0 children"):
        Hawkes((kernel,), random.Random(1))
