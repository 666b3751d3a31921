"""How the live connector is, by the positions that it writes with its records: one a second at least."""

from __future__ import annotations

import datetime as dt
import json

from topics.codec import decode

FEED = "live"


class LiveFeed:
    """What it has said last."""

    def __init__(self, now_s: float) -> None:
        self._heard_s = now_s
        self._active, self._gap_since_ns, self._is_readable = "primary", None, True

    def hear(self, record: bytes | None, now_s: float) -> None:
        """A FeedPosition comes, perhaps of another version than this process."""
        self._heard_s = now_s
        try:
            said = json.loads(decode(record).position)
        except (ValueError, LookupError):
            self._is_readable = False
        else:
            self._active, self._gap_since_ns = said.get("active", "primary"), said.get("gap_since_ns")
            self._is_readable = True

    def said(self, now_s: float, stall_s: float) -> str:
        """`ok`, or what is wrong."""
        if now_s - self._heard_s > stall_s:
            return f"has published nothing for {now_s - self._heard_s:.0f} s"
        if not self._is_readable:
            return "its position cannot be read"
        if self._gap_since_ns is not None:
            since = dt.datetime.fromtimestamp(self._gap_since_ns // 1_000_000_000, dt.UTC)
            return f"no line has brought anything since {since:%Y-%m-%dT%H:%M:%SZ}"
        return "ok" if self._active == "primary" else f"the {self._active} line is in force"
