"""A child that keeps dying: the supervisor says so once it is sure, with its last words and where to read on."""

from __future__ import annotations

import sys
from pathlib import Path

from stack.children import Child, ChildSpec
from stack.managed import Managed
from tests.stack.tapeline import wait_until


def test_a_child_that_keeps_dying_is_reported_with_its_last_words(tmp_path: Path) -> None:
    spec = ChildSpec("broken", [sys.executable, "-S", "-c", "print('no such table'); raise SystemExit(3)"])
    managed = Managed(
        "broken", "process", None, lambda: Child(spec, tmp_path / "broken.log"), Child(spec, tmp_path / "broken.log")
    )
    said = []
    for second in range(5):
        wait_until(lambda: managed.child.exit_code() is not None, "it has ended")
        said.append(managed.tick(second))
        assert managed.row().state == "waiting to restart"
        assert managed.tick(second + 0.01) is None  # it waits
        managed.tick(second + 9.0)  # it is started again
    assert said[:4] == ["ended with exit code 3 and is started again"] * 4
    assert said[4] is not None
    assert "ended 5 times within 30 s, the last time with exit code 3" in said[4]
    assert "no such table" in said[4]
    assert str(tmp_path / "broken.log") in said[4]
    assert managed.row().restarts == 5
    managed.tick(14.0)  # 10 s after the fifth
    wait_until(lambda: managed.child.exit_code() is not None, "it has ended once more")
    assert managed.tick(14.1) == "ended with exit code 3 and is started again"  # the long report is made once


def test_a_child_that_ignores_its_stop_signal_is_killed(tmp_path: Path) -> None:
    program = (  # it would outlive the test by far, were it not killed
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    spec = ChildSpec("deaf", [sys.executable, "-c", program], stop_timeout_s=0.2)
    child = Child(spec, tmp_path / "deaf.log")
    wait_until(lambda: child.log_tail() == "deaf", "it ignores the signal")
    child.ask_to_stop()
    assert not child.wait_stopped()
    assert child.exit_code() == -9


def test_a_long_log_is_cut_and_its_past_kept(tmp_path: Path) -> None:
    log = tmp_path / "loud.log"
    program = "import sys; sys.stdout.write('x' * 40_000_000); sys.stdout.flush(); sys.stdin.read(); print('after')"
    child = Child(ChildSpec("loud", [sys.executable, "-c", program], stops_by_stdin=True), log)
    wait_until(lambda: log.stat().st_size == 40_000_000, "the log is long")
    child.trim_log()
    child.ask_to_stop()
    assert child.wait_stopped()
    assert log.read_text() == "after\n"
    assert (tmp_path / "loud.log.1").stat().st_size == 40_000_000


def test_a_piece_of_work_is_tried_again_until_it_is_done(tmp_path: Path) -> None:
    codes = iter((3, 0))

    def spawn() -> Child:
        program = f"raise SystemExit({next(codes)})"
        return Child(ChildSpec("work", [sys.executable, "-S", "-c", program]), tmp_path / "work.log")

    managed = Managed("work", "process", None, spawn, spawn(), ends=True)
    wait_until(lambda: managed.child.exit_code() is not None, "it has failed")
    assert managed.tick(0.0) == "ended with exit code 3 and is started again"
    assert not managed.done
    managed.tick(9.0)
    wait_until(lambda: managed.child.exit_code() is not None, "it has ended well")
    assert managed.tick(9.1) == "done"
    assert managed.done
