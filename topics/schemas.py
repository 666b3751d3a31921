"""The Avro schemas of `avro/`: today's, and every released one under the id it keeps for ever.

`avro/GROUP/NAME.avsc` is the schema that is written today. `avro/released/ID-NAME.avsc` are frozen copies: a change of
a schema adds a file with the next free id (`python -m topics release`) and never edits an old one, so that whatever was
ever written can be read back by id.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

GROUPS = ("commands", "orders", "events", "feeds", "market", "entries")
_CHECKOUT = Path(__file__).resolve().parent.parent / "avro"
_PACKAGED = Path(__file__).resolve().parent / "avro"
AVRO_DIR = _CHECKOUT if _CHECKOUT.is_dir() else _PACKAGED


@cache
def current() -> dict[str, dict[str, Any]]:
    """Today's schema of every record, by its name, in the order of the groups."""
    files = [path for group in GROUPS for path in sorted((AVRO_DIR / group).glob("*.avsc"))]
    return {path.stem: json.loads(path.read_text()) for path in files}


def names(group: str) -> list[str]:
    """Names of the records of one group, sorted."""
    return sorted(path.stem for path in (AVRO_DIR / group).glob("*.avsc"))


@cache
def released() -> dict[int, dict[str, Any]]:
    """Every schema ever released, by its id."""
    files = sorted((AVRO_DIR / "released").glob("*.avsc"), key=lambda path: int(path.stem.partition("-")[0]))
    return {int(path.stem.partition("-")[0]): json.loads(path.read_text()) for path in files}


@cache
def schema_id(name: str) -> int:
    """Id under which today's schema of a record was released.

    Raises LookupError when it was not: run `python -m topics release`.
    """
    ids = [i for i, schema in released().items() if schema == current()[name]]
    if not ids:
        raise LookupError(f"the schema of {name} is not released: run `python -m topics release`")
    return ids[-1]


def release() -> list[str]:
    """Freeze every schema that changed since its last release; returns the file names written."""
    folder = AVRO_DIR / "released"
    folder.mkdir(exist_ok=True)
    known = released()
    changed = [name for name, schema in current().items() if schema not in known.values()]
    written = []
    for number, name in enumerate(changed, start=max(known, default=0) + 1):
        path = folder / f"{number}-{name}.avsc"
        path.write_text(json.dumps(current()[name], indent=2) + "\n")
        written.append(path.name)
    released.cache_clear()
    schema_id.cache_clear()
    return written
