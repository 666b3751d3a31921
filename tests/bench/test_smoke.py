"""Every benchmark runs and measures something; what it measures is for `tapeline bench`, not for a test."""

import asyncio

import pytest

from bench import feed, itch, latency, matching, pipeline, soak, transport
from bench.percentiles import percentiles_ms
from stack.own_stack import SERVED, own_stack


def run(work):
    """In an event loop of its own, as the command line runs it."""
    return asyncio.run(work)


def test_matching():
    figures = matching.run(operations=5000)
    assert figures["ops_per_s"] > 0
    assert figures["fold_ops_per_s"] > 0


def test_itch():
    assert itch.run(messages=2000)["messages_per_s"] > 0


@pytest.mark.stack
@pytest.mark.slow
def test_latency_pipeline_and_transport():
    with own_stack(SERVED) as own:
        measured = run(latency.measure(own.config, rate=20, seconds=2, warm_up_s=1))
        assert measured["answers_by_status"] == {200: 40}
        assert measured["unfilled"] == 0
        assert set(measured["by_hop"]) == {
            "due_to_stamped",
            "stamped_to_appended",
            "appended_to_checked",
            "checked_to_matched",
            "matched_to_booked",
            "booked_to_heard",
        }
        assert "load" in measured["cpu_pct"]
        flooded = run(pipeline.measure(own.config, seconds=2, warm_up_s=0.5))
        assert flooded["orders"] > 0
        assert flooded["fills"] > 0
        assert {"kafka", "streams", "sink-postgres", "api"} <= set(flooded["processes"])
        (fed,) = run(feed.measure(own.config, own.environment, [feed.Case(30, 2, 1000, 50)], 1, lambda text: None))
        assert (fed["messages"], fed["missing"], fed["skipped"], fed["lost"]) == (1200, 0, 0, 0)
        assert fed["messages_per_cpu_s"] > 0
        assert fed["p99_ms"] >= fed["p50_ms"] > 0
        assert feed.table([fed]).count("\n") == 4
        assert run(transport.measure(own.config, records=3000))["records_per_s"] > 0
        soaked = run(soak.measure(own.config, minutes=0.15, rate=10, tell=lambda text: None))
        assert (soaked["orders"], soaked["unfilled"]) == (90, 0)
        assert {"kafka", "streams", "api"} <= set(soaked["memory_mb"])
        assert soaked["disk_mb"] > 0


@pytest.mark.parametrize(
    ("seconds", "p50_ms", "p99_ms"),
    [
        ([0.001], 1.0, 1.0),
        ([n / 1000 for n in range(1, 101)], 51.0, 100.0),
        ([0.003, 0.001, 0.002], 2.0, 3.0),
    ],
)
def test_percentiles(seconds, p50_ms, p99_ms):
    figures = percentiles_ms(seconds)
    assert (figures["p50_ms"], figures["p99_ms"]) == (p50_ms, p99_ms)
