"""`tapeline replay lobster` as a user runs it: core and pipeline find the same."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.replay.generated_day import GeneratedDay

FIGURES = ("rows", "bbo_equal", "bbo_equal_before_first_miss", "visible_executions", "fifo_head_hits")


def tapeline(*arguments):
    return subprocess.run([sys.executable, "-m", "stack", *arguments], capture_output=True, text=True, timeout=150)


@pytest.mark.stack
def test_core_and_pipeline_find_the_same(tmp_path):
    folder = GeneratedDay(11, 1200, misses=3).write_lobster(tmp_path / "day", "XYZ")
    core = json.loads(tapeline("replay", "lobster", str(folder), "--core", "--json").stdout)
    ended = tapeline("replay", "lobster", str(folder), "--books", "100", "--json")
    assert ended.returncode == 0, ended.stderr
    pipeline = json.loads(ended.stdout)
    assert core["rows"] == core["bbo_equal"] == 1200
    assert {name: pipeline[name] for name in FIGURES} == {name: core[name] for name in FIGURES}
    assert pipeline["orders_per_s"] > 0
    assert pipeline["books"] == pipeline["books_equal"] == 100
    assert pipeline["book_orders"] > 5000


def test_a_table_for_people(tmp_path):
    folder = GeneratedDay(11, 50).write_lobster(tmp_path / "day", "XYZ")
    ended = tapeline("replay", "lobster", str(folder), "--core", "--rows", "40")
    assert ended.returncode == 0, ended.stderr
    assert [line.split()[0] for line in ended.stdout.splitlines()[-6:]] == [*FIGURES, "orders_per_s"]


@pytest.mark.parametrize("arguments", [("nowhere",), (".", "--day", "someday")])
def test_what_cannot_be_replayed_is_said_in_a_sentence(tmp_path, arguments):
    ended = tapeline("replay", "lobster", str(tmp_path / arguments[0]), *arguments[1:], "--core")
    assert ended.returncode == 2
    assert ended.stderr.startswith("cannot replay: ")
    assert "Traceback" not in ended.stderr
