"""Recorded days through the folds alone, in both layouts."""

from __future__ import annotations

import datetime as dt

import pytest

from config.settings import settings
from feeds.lobster import open_day
from proof.replay.run_core import replay_core
from tests.replay.generated_day import GeneratedDay

FIRST_MISS = 54_606  # rows of the recorded morning before our book and NASDAQ's first differ


def quiet(_row):
    """A progress that nobody watches."""


@pytest.mark.parametrize("seed", range(4))
def test_a_day_without_misses_is_equal_throughout(tmp_path, seed):
    made = GeneratedDay(seed, 1500)
    day = open_day(made.write_lobster(tmp_path / "day", "XYZ"))
    assert (day.symbol, day.date) == ("XYZ", dt.date(2012, 6, 21))
    report = replay_core(day, quiet)
    assert report.rows == report.bbo_equal == report.bbo_equal_before_first_miss == 1500
    assert report.visible_executions == report.fifo_head_hits == made.executions > 100


def test_both_layouts_say_the_same(tmp_path):
    made = GeneratedDay(7, 400)
    own = open_day(made.write_lobster(tmp_path / "own", "XYZ"))
    three = open_day(made.write_three_files(tmp_path / "day_xyz"))
    assert three.symbol == "XYZ"
    assert list(own.rows()) == list(three.rows())
    assert own.seed == three.seed


def test_an_execution_that_passes_the_head_by_is_a_miss_and_the_books_stay_together(tmp_path):
    made = GeneratedDay(3, 1500, misses=5)
    assert made.left_out == 5
    report = replay_core(open_day(made.write_lobster(tmp_path / "day", "XYZ")), quiet)
    assert report.visible_executions - report.fifo_head_hits == 5
    assert report.bbo_equal == report.rows == 1500


def test_a_wrong_recording_is_noticed(tmp_path):
    made = GeneratedDay(5, 300)
    made.books[200][1] += 1
    report = replay_core(open_day(made.write_lobster(tmp_path / "day", "XYZ")), quiet)
    assert (report.bbo_equal, report.bbo_equal_before_first_miss) == (299, 200)


def test_a_replay_ends_where_it_is_told(tmp_path):
    assert replay_core(open_day(GeneratedDay(1, 300).write_lobster(tmp_path / "day", "XYZ")), quiet, 100).rows == 100


@pytest.mark.lobster
@pytest.mark.slow
def test_nasdaqs_morning_is_equal_for_its_first_hours():
    report = replay_core(open_day(settings().data / "lobster_aapl"), quiet, FIRST_MISS)
    assert report.rows == report.bbo_equal == FIRST_MISS
    assert report.fifo_head_hits >= 0.99 * report.visible_executions
