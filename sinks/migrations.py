"""Migrations as files `NNN_name.sql`, applied once each in order, and never changed after that."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sinks.errors import MigrationError


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: `name` orders it, `checksum` (SHA-256) shows later that it is still what was applied."""

    name: str
    sql: str
    checksum: str

    def statements(self) -> list[str]:
        """Its statements, for a store that takes one at a time. A statement ends with `;` at the end of a line."""
        lines = [line for line in self.sql.splitlines() if not line.startswith("--")]
        return [part.strip() for part in "\n".join([*lines, ""]).split(";\n") if part.strip()]


def read(folder: Path) -> list[Migration]:
    """Migrations of a folder in their order."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        text = path.read_text()
        found.append(Migration(path.stem, text, hashlib.sha256(text.encode()).hexdigest()))
    return found


def pending(migrations: list[Migration], applied: Mapping[str, str]) -> list[Migration]:
    """Those still to be applied, given name and checksum of those that were.

    Raises MigrationError when an applied one has changed or is gone, or when a new one would come before it.
    """
    known = {migration.name: migration for migration in migrations}
    for name, checksum in sorted(applied.items()):
        if name not in known:
            raise MigrationError(f"migration {name} was applied to this store, but this version does not have it")
        if known[name].checksum != checksum:
            raise MigrationError(f"migration {name} was applied in another form; add a new file instead of changing it")
    left = [migration for migration in migrations if migration.name not in applied]
    if left and applied and left[0].name < max(applied):
        raise MigrationError(f"migration {left[0].name} would come before {max(applied)}, which is applied already")
    return left
