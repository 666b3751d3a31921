"""A process that stands back does so against the other processes of the stack, which are sessions of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os, pathlib
from config.niceness import stand_back
stand_back(7)
print(os.nice(0), pathlib.Path("/proc/self/autogroup").read_text().split()[-1])
"""


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this system has no autogroups")
def test_the_session_of_a_process_stands_back_with_it():
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM], start_new_session=True, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["7", "7"]
