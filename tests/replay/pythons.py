"""Other versions of Python on this machine; what they run may use the standard library and pure modules alone."""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from shutil import which

VERSIONS = ("3.12", "3.13", "3.14")


@lru_cache(maxsize=1)
def other_pythons() -> dict[str, str]:
    """Executables by version, the running version left out."""
    found = {}
    for version in VERSIONS:
        kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
        for executable in [*map(str, kept), which(f"python{version}")]:
            if executable and version not in found and _version(executable) == version:
                found[version] = executable
    found.pop("{}.{}".format(*sys.version_info[:2]), None)
    return found


def _version(executable: str) -> str:
    program = "import sys; print('{}.{}'.format(*sys.version_info[:2]))"
    return subprocess.run([executable, "-c", program], capture_output=True, text=True).stdout.strip()
