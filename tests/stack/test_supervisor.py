"""The order in which the application starts and stops, on the session's broker and with processes of three lines."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import status_file
from stack.embedded.stack import Stack
from tests.stack.tapeline import wait_until

pytestmark = pytest.mark.stack
SERVERS = ("clickhouse", "postgres", "valkey")


@pytest.fixture
def home() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="tapeline-small-"))
    directory.chmod(0o755)  # PostgreSQL runs as another user when the tests run as root
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


def _command(home: Path, stack: Stack, mode: str) -> list[str]:
    bootstrap = stack.environment()["TAPELINE_KAFKA_BOOTSTRAP"]
    return [sys.executable, "-m", "tests.stack.small_platform", str(home), bootstrap, mode]


def test_processes_start_in_order_come_back_and_stop_in_reverse(home: Path, stack: Stack) -> None:
    output = home / "output.txt"
    with output.open("wb") as file:
        supervisor = subprocess.Popen(_command(home, stack, "works"), stdout=file, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: "all ready" in output.read_text() or supervisor.poll() is not None, "all is ready")
        rows = {row.name: row for row in status_file.read(home)}
        assert set(rows) == {*SERVERS, "first-0", "second"}  # the given broker is not ours, a one-shot has ended
        worker = status_file.process_of(rows["first-0"])
        assert worker is not None
        worker.kill()
        wait_until(lambda: _restarts(home, "first-0") == 1, "the worker is started again")
    finally:
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(30) == 0, output.read_text()
    lines = [line for line in output.read_text().splitlines() if not line.startswith(SERVERS)]
    assert lines == [
        "prepare: starting",
        "prepare: done",
        "first-0: starting",
        "first-0: ready",
        "second: starting",
        "second: ready",
        "all ready",
        "first-0: ended with exit code -9 and is started again",
        "tapeline: asked to stop; ask again to stop at once",
        "second: stopping",
        "second: stopped",
        "first-0: stopping",
        "first-0: stopped",
    ]
    assert status_file.read(home) == []


def test_a_failed_one_shot_stops_the_start_with_its_last_words(home: Path, stack: Stack) -> None:
    failed = subprocess.run(_command(home, stack, "one-shot-fails"), capture_output=True, text=True, timeout=60)
    assert failed.returncode == 1
    assert "prepare failed with exit code 7; its last words:\nrelation does not exist" in failed.stdout
    assert str(home / "logs" / "prepare.log") in failed.stdout
    assert "never" not in failed.stdout


def _restarts(home: Path, name: str) -> int:
    return next((row.restarts for row in status_file.read(home) if row.name == name and row.state == "running"), 0)
