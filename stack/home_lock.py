"""One supervisor a home: a lock that the kernel releases however the supervisor ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stack.errors import StackError

_NAME = "supervisor.lock"


@contextmanager
def hold(home: Path) -> Iterator[None]:
    """Hold the home for this process, or say who holds it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / _NAME).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StackError(
                f"Tapeline already runs in {home} (process {holder(home)}).",
                "See it with `tapeline status`, stop it with `tapeline down`, or set another TAPELINE_HOME.",
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def holder(home: Path) -> int | None:
    """The process that holds the home now, or None."""
    try:
        file = (home / _NAME).open("r+")
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(file.read() or 0)
        return None
