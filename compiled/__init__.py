"""The pure rooms as machine code: the same sources, compiled by mypyc (`python -m compiled`) where there is a compiler.

A build lies in `.compiled/KEY`, and the key is a digest of the sources it was made from and of the Python it was made
for. So a build is found by exactly the sources that it is; after an edit there is none, and the sources themselves are
loaded. `TAPELINE_PURE=1` loads the sources in any case. Both give the same bytes (`tests/replay/test_same_bytes.py`).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILDS = ROOT / ".compiled"
GROUP = "tapeline"  # of modules that call each other directly; names the library that holds their code
COMPILED = (
    "topics/avro_body.py",
    "topics/catalogue.py",
    "topics/codec.py",
    "topics/frame.py",
    "topics/letters.py",
    "topics/message.py",
    "topics/partition.py",
    "topics/messages/*.py",
    "topics/wire/*.py",
    "streams/dated.py",
    "streams/fold.py",
    "streams/combinations.py",
    "streams/processor.py",
    "streams/roles.py",
    "streams/ticks.py",
    "streams/turn.py",
    "streams/accounts/*.py",
    "streams/matching/*.py",
    "sinks/errors.py",
    "sinks/record.py",
    "sinks/postgres/convert.py",
    "sinks/clickhouse/convert.py",
)
IMPORTED = (  # by those, and not compiled
    "topics/older.py",
    "topics/schemas.py",
    "streams/market_data/fold.py",
    "sinks/postgres/tables.py",
    "sinks/clickhouse/market_tables.py",
    "sinks/clickhouse/table.py",
)


def sources() -> list[str]:
    """Paths of all modules that are compiled, below the root."""
    found = (path for pattern in COMPILED for path in ROOT.glob(pattern))
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


@cache
def build() -> Path | None:
    """The build of the sources as they are now; None when there is none or the sources are asked for."""
    if os.environ.get("TAPELINE_PURE", "0") not in ("", "0") or not BUILDS.is_dir():
        return None
    folder = BUILDS / key()
    return folder if folder.is_dir() else None


def key() -> str:
    """Digest of the sources and of the Python that a build fits."""
    digest = hashlib.sha256(str(sysconfig.get_config_var("EXT_SUFFIX")).encode())
    for path in (*sources(), *IMPORTED):
        digest.update(path.encode() + b"\0" + (ROOT / path).read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def search_path(package: str, path: Iterable[str]) -> list[str]:
    """Where the modules of a package are looked for: in the build, if there is one, before the sources."""
    folder = build()
    if folder is None:
        return list(path)
    name = f"{GROUP}__mypyc"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, next(folder.glob(f"{name}*")))
        assert spec is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
    return [str(folder.joinpath(*package.split("."))), *path]


def loaded() -> str:
    """What the pure rooms are in this process, for people: `compiled` or `sources`."""
    return "sources" if build() is None else "compiled"
