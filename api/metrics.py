"""The API's metrics, as Prometheus reads them at /metrics."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("tapeline_api_requests_total", "Requests answered", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "tapeline_api_request_seconds",
    "Time from a request's arrival to its answer",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2, 5),
)
DECISIONS = Counter("tapeline_api_decisions_total", "Ends of POST /v2/orders", ["outcome"])
STREAMS = Gauge("tapeline_api_event_streams", "Open event streams")
STREAMS_DROPPED = Counter("tapeline_api_event_streams_dropped_total", "Event streams ended because the client was slow")
FEED_STREAMS = Gauge("tapeline_api_feed_streams", "Open streams of the consolidated market")
FEED_CONFLATED = Counter("tapeline_api_feed_conflated_total", "Updates left out of streams whose clients were slow")
