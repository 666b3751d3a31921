"""Poll until something holds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

TIMEOUT_S = 90.0


class NotBackError(RuntimeError):
    """Something that was troubled did not come back in time."""


async def until(holds: Callable[[], bool], what: str, timeout_s: float = TIMEOUT_S) -> None:
    """Raises NotBackError, saying what was waited for."""
    deadline = time.monotonic() + timeout_s
    while not holds():
        if time.monotonic() > deadline:
            raise NotBackError(f"waited {timeout_s:.0f} s until {what}")
        await asyncio.sleep(0.05)
