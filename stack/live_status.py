"""How the live connector is, by its own metrics."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from prometheus_client.parser import text_string_to_metric_families

_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class LiveStatus:
    """The line in force, whether nothing is heard, and what there was since the process started."""

    active: str
    is_silent: bool
    last_message_age_s: float | None  # of either line; None before the first message
    reconnects: int
    switches: int
    gaps: int

    def __str__(self) -> str:
        age = (
            "no message yet" if self.last_message_age_s is None else f"last message {self.last_message_age_s:.1f} s ago"
        )
        silent = ", nothing is heard" if self.is_silent else ""
        return (
            f"{self.active} in force{silent}, {age}, {self.reconnects} reconnects, {self.switches} switches, "
            f"{self.gaps} gaps"
        )


def read(port: int) -> LiveStatus | None:
    """What the connector serves at its port; None where it does not answer, or another program does."""
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=_TIMEOUT_S, trust_env=False).raise_for_status()
        return _status(answer.text)
    except (httpx.HTTPError, ValueError, LookupError):
        return None


def _status(metrics: str) -> LiveStatus:
    """Raises ValueError and LookupError for what the connector does not serve."""
    found: dict[str, dict[str, float]] = {}  # by sample and line
    for family in text_string_to_metric_families(metrics):
        for sample in family.samples:
            found.setdefault(sample.name, {})[sample.labels.get("line", "")] = sample.value
    active = [line for line, value in found["tapeline_live_active"].items() if value]
    connects = found["tapeline_live_connects_total"].values()
    return LiveStatus(
        active=active[0] if active else "no line",
        is_silent=bool(found["tapeline_live_silent"][""]),
        last_message_age_s=min(found.get("tapeline_live_last_message_age_seconds", {}).values(), default=None),
        reconnects=int(sum(max(0.0, count - 1) for count in connects)),
        switches=int(found["tapeline_live_switches_total"][""]),
        gaps=int(found["tapeline_live_gaps_total"][""]),
    )
