"""`python -m compiled`: compile the pure rooms, unless that is done already or there is no C compiler."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from compiled import BUILDS, ROOT, key, sources


def missing() -> str | None:
    """What a build needs and this machine has not; None when it has all."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler ({compiler})"
    if not Path(sysconfig.get_paths()["include"], "Python.h").is_file():
        return "Python's headers are not installed"
    return None


def make(folder: Path) -> None:
    """Compile into a folder. Raises CalledProcessError with the compiler's words printed."""
    with tempfile.TemporaryDirectory(prefix="tapeline-compile-") as scratch:
        arguments = [sys.executable, "-m", "compiled.setup", scratch, *sources()]
        done = subprocess.run(
            arguments, cwd=ROOT, env={**os.environ, "TAPELINE_PURE": "1"}, capture_output=True, text=True
        )
        if done.returncode:
            print(done.stdout[-4000:], done.stderr[-4000:], file=sys.stderr)
            done.check_returncode()
        folder.parent.mkdir(exist_ok=True)
        shutil.rmtree(folder.with_suffix(".new"), ignore_errors=True)
        shutil.move(Path(scratch, "lib"), folder.with_suffix(".new"))
    folder.with_suffix(".new").rename(folder)  # whole, or not there


def main() -> None:
    folder = BUILDS / key()
    if folder.is_dir():
        return
    if os.environ.get("TAPELINE_PURE", "0") not in ("", "0"):
        return
    if (reason := missing()) is not None:
        print(f"The folds run from their sources: {reason}. They are three times as fast compiled.", file=sys.stderr)
        return
    print("Compiling the folds (a minute or two; TAPELINE_PURE=1 leaves it out)", flush=True)
    try:
        make(folder)
    except subprocess.CalledProcessError:
        sys.exit("The folds could not be compiled; they run from their sources.")
    for other in BUILDS.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


if __name__ == "__main__":
    main()
