"""What the live connector tells Prometheus, of each line and of what its failover decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client import Counter, Gauge

from feeds.live.line import Heard

_LINE = ("line",)

_active = Gauge("tapeline_live_active", "1: what this line brings is published at once", _LINE)
_up = Gauge("tapeline_live_up", "1: connected and subscribed", _LINE)
_connects = Counter("tapeline_live_connects", "connections that were subscribed, the first one included", _LINE)
_age = Gauge("tapeline_live_last_message_age_seconds", "since the last data point; none before the first", _LINE)
_points = Counter("tapeline_live_points", "data points received", _LINE)
_switches = Counter("tapeline_live_switches", "times that the other line became active")
_gaps = Counter("tapeline_live_gaps", "times that nothing was heard any more")
_silent = Gauge("tapeline_live_silent", "1 while nothing is heard: an alarm in market hours")


class Metrics:
    """Of the lines that there are; `clock_us` is the feed's."""

    def __init__(self, lines: Iterable[str], clock_us: Callable[[], int]) -> None:
        self._clock_us = clock_us
        self._last_us: dict[str, int] = {}
        self._lines = list(lines)
        for line in self._lines:
            for each in (_active, _up, _connects, _points):
                each.labels(line)

    def heard(self, heard: Heard, now_us: int) -> None:
        """A line reports."""
        line = heard.line
        _up.labels(line).set(heard.is_up)
        if heard.is_up and not heard.points:
            _connects.labels(line).inc()
        if heard.points:
            _points.labels(line).inc(len(heard.points))
            is_first = line not in self._last_us
            self._last_us[line] = now_us
            if is_first:  # from here on it is asked by the thread that serves metrics
                _age.labels(line).set_function(lambda: (self._clock_us() - self._last_us[line]) / 1e6)

    def in_force(self, active: str, *, is_gap: bool) -> None:
        """How things are now."""
        for line in self._lines:
            _active.labels(line).set(line == active)
        _silent.set(is_gap)

    def switched(self) -> None:
        """The other line became active."""
        _switches.inc()

    def gap(self) -> None:
        """Nothing is heard any more."""
        _gaps.inc()
