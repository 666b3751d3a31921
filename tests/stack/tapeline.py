"""`tapeline` as a user runs it: a process of its own in a home of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil


class Tapeline:
    """One `tapeline up` and the commands that talk to it."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        # the session's own stack must not leak into this one
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TAPELINE_")}
        self._environment = clean | {"TAPELINE_HOME": str(home)} | environment
        self._up: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self._command(*arguments), env=self._environment, capture_output=True, text=True, timeout=60
        )

    def up(self) -> None:
        """Start the servers in the background and wait until they are announced."""
        with (self.home / "up.txt").open("wb") as output:
            command = self._command("up", "--servers-only")
            self._up = subprocess.Popen(command, env=self._environment, stdout=output, stderr=output)
        wait_until(lambda: "Ctrl-C stops everything" in self.output() or self._up_ended(), "the servers are up")
        assert not self._up_ended(), self.output()

    def output(self) -> str:
        return (self.home / "up.txt").read_text()

    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows of `tapeline status --json` by name."""
        return {row["name"]: row for row in json.loads(self.run("status", "--json").stdout)["processes"]}

    def kill_supervisor(self) -> list[psutil.Process]:
        """kill -9 the supervisor; returns what had been its family."""
        assert self._up is not None
        family = psutil.Process(self._up.pid).children(recursive=True)
        self._up.kill()
        self._up.wait()
        return family

    def interrupt(self) -> int:
        """Ctrl-C; returns the exit code."""
        assert self._up is not None
        self._up.send_signal(signal.SIGINT)
        return self._up.wait(30)

    def end(self) -> None:
        """Leave nothing behind, whatever the test did."""
        if self._up is not None and not self._up_ended():
            self.interrupt()

    def _up_ended(self) -> bool:
        return self._up is not None and self._up.poll() is not None

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "stack", *arguments]


def wait_until(condition: Callable[[], bool], what: str, timeout_s: float = 45.0) -> None:
    """Poll until the condition holds."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"waited {timeout_s} s until {what}"
        time.sleep(0.05)
