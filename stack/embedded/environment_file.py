"""`{home}/stack.env`: where the servers are and their passwords, for every other command and worker of this home."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit


def read(home: Path) -> dict[str, str]:
    """The variables of the last start; empty before the first."""
    file = home / "stack.env"
    if not file.exists():
        return {}
    pairs = (line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    return {name: value.strip("'") for name, value in pairs}


def write(home: Path, variables: dict[str, str]) -> None:
    """Replace the file at once, readable by its owner alone: it holds passwords."""
    draft = home / "stack.env.new"
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name}='{value}'\n" for name, value in sorted(variables.items()))
    draft.replace(home / "stack.env")


def redis_password(variables: dict[str, str]) -> str | None:
    """The password inside TAPELINE_REDIS_URL."""
    return urlsplit(variables.get("TAPELINE_REDIS_URL", "")).password
