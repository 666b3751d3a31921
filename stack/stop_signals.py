"""SIGINT and SIGTERM: the first asks for the orderly stop, a later one ends the supervisor at once."""

from __future__ import annotations

import os
import signal
import time
from types import FrameType

# A wrapper (timeout, a shell's process group) often delivers the same request twice.
_SAME_REQUEST_S = 1.0


class StopAskedError(BaseException):
    """Raised in the main thread by the first SIGINT or SIGTERM."""


class StopSignals:
    def __init__(self) -> None:
        self._stopping_since_s: float | None = None

    def install(self) -> None:
        signal.signal(signal.SIGINT, self._arrived)
        signal.signal(signal.SIGTERM, self._arrived)

    def stopping(self) -> None:
        """From now on a signal cannot interrupt the stop, only end it at once."""
        if self._stopping_since_s is None:
            self._stopping_since_s = time.monotonic()

    def _arrived(self, number: int, _frame: FrameType | None) -> None:
        if self._stopping_since_s is None:
            self.stopping()
            raise StopAskedError
        if time.monotonic() - self._stopping_since_s > _SAME_REQUEST_S:
            os._exit(128 + number)  # the kernel ends every child by its death signal
