"""Tells a partition that stands still while records wait from one that is idle.

A partition whose end moves on while its mark does not is not being read, or its transaction hangs: Faust and client
libraries have had many defects of that kind, and a restart of the worker cures them all. The end alone proves nothing,
since it lies behind markers of transactions; only its moving does.
"""

from __future__ import annotations

STALL_S = 30.0


class Watchdog:
    """Watches one partition; ask it every few seconds."""

    def __init__(self) -> None:
        self._mark = -2
        self._end = 0
        self._since_s = 0.0

    def is_stalled(self, now_s: float, mark: int, end: int) -> bool:
        """Whether nothing was folded for STALL_S although the source's end has moved on since."""
        if mark != self._mark:
            self._mark, self._end, self._since_s = mark, end, now_s
        elif end == self._end:
            self._since_s = now_s
        return now_s - self._since_s > STALL_S
