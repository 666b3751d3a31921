"""A short run of real kills, and of seeds; `tapeline chaos` runs the long ones."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def chaos(*arguments):
    command = [sys.executable, "-m", "stack", "chaos", *arguments, "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=230)
    assert ended.stdout, ended.stderr
    return ended.returncode, json.loads(ended.stdout)


@pytest.mark.slow
@pytest.mark.stack
@pytest.mark.parametrize(
    ("mode", "seed", "killed"),
    [
        (["--single"], "22", {"kafka", "streams", "api"}),
        ([], "15", {"matching frozen", "api", "matching"}),
    ],
)
def test_nothing_is_lost_or_doubled_whatever_is_killed(mode, seed, killed):
    code, found = chaos("--kills", "3", "--seed", seed, *mode)
    assert (code, found["ok"], found["lost"], found["duplicated"]) == (0, True, 0, 0), found
    assert set(found["killed"]) == killed
    assert found["kills"] == 3
    assert found["orders"] >= 20
    assert found["fills"] > 0
    assert found["verify"]["ok"]


def test_seeds_by_command():
    code, found = chaos("--simulated", "--seeds", "6", "--first", "1000")
    assert (code, found["ok"], found["seeds"], found["first"]) == (0, True, 6, 1000)
    assert found["crashes"] > 0


def test_either_kind_must_be_chosen():
    ended = subprocess.run([sys.executable, "-m", "stack", "chaos"], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert "either --kills N or --simulated" in ended.stderr
