"""A process that stands back does so against the other processes of the stack, which are sessions of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

AUTOGROUP = Path("/proc/self/autogroup")
PROGRAM = """
import os, pathlib
from config.niceness import stand_back
stand_back(7)
print(os.nice(0), pathlib.Path("/proc/self/autogroup").read_text().split()[-1])
"""
pytestmark = pytest.mark.skipif(not AUTOGROUP.exists(), reason="this system has no autogroups")


def test_the_session_of_a_process_stands_back_with_it():
    assert told([sys.executable, "-c", PROGRAM]) == ["7", "7"]


def test_the_session_of_others_does_not():
    by_a_shell = [
        "sh",
        "-c",
        '"$0" -c "$1"; true',
        sys.executable,
        PROGRAM,
    ]  # `true`, lest the shell become the program
    assert told(by_a_shell) == ["7", "0"]


def told(argv):
    done = subprocess.run(argv, start_new_session=True, capture_output=True, text=True, check=True)
    return done.stdout.split()
