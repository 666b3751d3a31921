"""How the live connector is, by the positions that it writes with its records: one a second at least."""

from __future__ import annotations

import datetime as dt
import json

from topics.messages import FeedPosition

FEED = "live"


class LiveFeed:
    """What it has said last."""

    def __init__(self, now_s: float) -> None:
        self._heard_s = now_s
        self._active, self._gap_since_ns = "primary", None

    def hear(self, position: FeedPosition, now_s: float) -> None:
        """A position is read."""
        said = json.loads(position.position)
        self._heard_s = now_s
        self._active, self._gap_since_ns = said["active"], said["gap_since_ns"]

    def said(self, now_s: float, stall_s: float) -> str:
        """`ok`, or what is wrong."""
        if now_s - self._heard_s > stall_s:
            return f"has published nothing for {now_s - self._heard_s:.0f} s"
        if self._gap_since_ns is not None:
            since = dt.datetime.fromtimestamp(self._gap_since_ns // 1_000_000_000, dt.UTC)
            return f"no line has brought anything since {since:%Y-%m-%dT%H:%M:%SZ}"
        return "ok" if self._active == "primary" else f"the {self._active} line is in force"
