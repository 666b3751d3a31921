"""The application's processes beside the session's servers, as `tapeline up` runs them."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import httpx

from config.settings import settings
from stack.children import Child, ChildSpec


class Processes:
    """Workers, sink and API, each started by name and stopped at the end."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, Child] = {}

    def start(self, name: str, *arguments: str, **environment: str) -> None:
        """`python -m ARGUMENTS`."""
        spec = ChildSpec(name, [sys.executable, "-m", *arguments], env={"TAPELINE_INSTANCE": name, **environment})
        self._running[name] = Child(spec, self._logs / f"{name}.log")

    def stop(self, name: str) -> bool:
        """Ask it to stop; True when it did so cleanly."""
        child = self._running.pop(name)
        child.ask_to_stop()
        return child.wait_stopped()

    def kill(self, name: str) -> None:
        """kill -9."""
        child = self._running.pop(name)
        os.kill(child.pid, signal.SIGKILL)
        child.wait_stopped()

    def pid(self, name: str) -> int:
        return self._running[name].pid

    def has_ended(self, name: str) -> bool:
        return self._running[name].exit_code() is not None

    def stop_all(self) -> None:
        for name in reversed(list(self._running)):
            self.stop(name)

    def start_api(self, name: str, port: int, module: str = "api", **environment: str) -> str:
        """Start an API, or a module that is one, wait until it is ready, and return its URL."""
        url = f"http://{settings().api_host}:{port}"
        self.start(name, module, TAPELINE_API_PORT=str(port), **environment)
        deadline = time.monotonic() + 30
        while not self._is_ready(url):
            assert self._running[name].exit_code() is None, self.log(name)
            assert time.monotonic() < deadline, self.log(name)
            time.sleep(0.05)
        return url

    def log(self, name: str) -> str:
        return (self._logs / f"{name}.log").read_text()

    @staticmethod
    def _is_ready(url: str) -> bool:
        try:
            return httpx.get(f"{url}/health/ready", timeout=3).is_success
        except httpx.TransportError:
            return False
