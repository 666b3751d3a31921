"""The home directory in force, without reading all settings: even a broken stack.env must not hide it."""

from __future__ import annotations

import os
from pathlib import Path


def current() -> Path:
    from config.settings import DEFAULT_HOME

    return Path(os.environ.get("TAPELINE_HOME", DEFAULT_HOME)).absolute()
