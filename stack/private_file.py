"""A file that holds passwords: replaced at once, readable by its owner alone from its first byte on."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
