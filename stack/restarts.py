"""When to start again what died, and when to say that it keeps dying. Pure: the time is an argument."""

from __future__ import annotations

from collections import deque

DEATHS_MAX = 5
WINDOW_S = 30.0
_FIRST_DELAY_S = 0.1
_LAST_DELAY_S = 10.0


class RestartPolicy:
    """The deaths of one process."""

    def __init__(self) -> None:
        self.restarts = 0
        self._deaths: deque[float] = deque(maxlen=DEATHS_MAX)

    def died(self, at_s: float) -> float:
        """Note a death; returns when to start again: at once, then later and later while it keeps dying."""
        self._deaths.append(at_s)
        recent = sum(at_s - death < WINDOW_S for death in self._deaths)
        self.restarts += 1
        if self.keeps_dying(at_s):
            return at_s + _LAST_DELAY_S
        return at_s + _FIRST_DELAY_S * (1 << (2 * (recent - 1)))

    def keeps_dying(self, at_s: float) -> bool:
        """Whether it died `DEATHS_MAX` times within `WINDOW_S`."""
        return len(self._deaths) == DEATHS_MAX and at_s - self._deaths[0] < WINDOW_S
