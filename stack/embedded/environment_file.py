"""`{home}/stack.env`: where the servers are and their passwords, for every other command and worker of this home."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from stack import private_file


def read(home: Path) -> dict[str, str]:
    """The variables of the last start; empty before the first."""
    file = home / "stack.env"
    if not file.exists():
        return {}
    pairs = (line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    return {name: value.strip("'") for name, value in pairs}


def write(home: Path, variables: dict[str, str]) -> None:
    """Replace the file at once, readable by its owner alone: it holds passwords."""
    lines = (f"{name}='{value}'\n" for name, value in sorted(variables.items()))
    private_file.write(home / "stack.env", "".join(lines))


def redis_password(variables: dict[str, str]) -> str | None:
    """The password inside TAPELINE_REDIS_URL."""
    return urlsplit(variables.get("TAPELINE_REDIS_URL", "")).password
