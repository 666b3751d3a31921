"""What a sink tells Prometheus; labels are the store and the source partition."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

_SOURCE = ("store", "topic", "partition")

failing = Gauge("tapeline_sink_failing", "1 while the store refuses a batch, which is tried again: an alarm", _SOURCE)
retries = Counter("tapeline_sink_retries", "writes that failed and were tried again", _SOURCE)
records = Counter("tapeline_sink_records", "records stored", _SOURCE)
dead_letters = Counter("tapeline_sink_dead_letters", "records that could not be rows", _SOURCE)
offset = Gauge("tapeline_sink_next_offset", "first offset that is not stored yet", _SOURCE)
lag = Gauge("tapeline_sink_lag", "offsets of the log that are not stored yet", _SOURCE)
write_seconds = Histogram("tapeline_sink_write_seconds", "time to write a batch, retries included", _SOURCE)
