"""The application's processes under the supervisor, as an operator finds them: their status and their metrics."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import psutil
import pytest

from stack import home_lock
from stack.own_stack import OwnStack, own_stack
from stack.processes import MIGRATE, SINK_CLICKHOUSE, SINK_POSTGRES
from tests.stack.tapeline import wait_until

pytestmark = pytest.mark.stack
SINKS = ("sink-postgres", "sink-clickhouse")


@pytest.fixture(scope="module")
def own() -> Iterator[OwnStack]:
    with own_stack((MIGRATE, SINK_POSTGRES, SINK_CLICKHOUSE)) as running:
        yield running


def status(own: OwnStack, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stack", "--home", str(own.home), "status", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", SINKS)
def test_a_sinks_metrics_are_at_the_port_that_status_shows(own: OwnStack, name: str) -> None:
    rows = {row["name"]: row for row in json.loads(status(own, "--json").stdout)["processes"]}

    def metrics() -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{rows[name]['port']}/metrics", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:  # it is starting
            return ""

    wait_until(lambda: "tapeline_sink_failing{" in metrics(), f"{name} shows its metrics")
    assert f'store="{name.removeprefix("sink-")}"' in metrics()


def test_status_fails_while_something_does_not_run_and_says_what(own: OwnStack) -> None:
    assert status(own).returncode == 0
    supervisor = psutil.Process(home_lock.holder(own.home))
    killed = own.running()["sink-postgres"].pid
    supervisor.suspend()  # or it would be started again before anybody looks
    try:
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: psutil.Process(killed).status() == psutil.STATUS_ZOMBIE, "it has ended")
        found = status(own)
        as_json = status(own, "--json")
    finally:
        supervisor.resume()
    assert found.returncode == as_json.returncode == 1
    assert "Not running: sink-postgres (not running). See `tapeline logs sink-postgres`." in found.stderr
    assert json.loads(as_json.stdout)["not_running"] == ["sink-postgres"]
    wait_until(lambda: status(own).returncode == 0, "it is started again")
