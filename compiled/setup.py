"""`python -m compiled.setup SCRATCH SOURCE...`: what mypyc and setuptools do in a folder of their own.

A single library holds the code of all modules, so that they call each other directly.
"""

from __future__ import annotations

import os
import sys

from mypyc.build import mypycify
from setuptools import setup

from compiled import GROUP


def main(scratch: str, files: list[str]) -> None:
    extensions = mypycify(
        files, opt_level="2", debug_level="0", multi_file=True, group_name=GROUP, target_dir=f"{scratch}/c"
    )
    jobs = str(os.cpu_count() or 1)
    setup(
        name=GROUP,
        packages=[],
        ext_modules=extensions,
        script_args=["build_ext", f"-j{jobs}", "--build-lib", f"{scratch}/lib", "--build-temp", f"{scratch}/temp"],
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
