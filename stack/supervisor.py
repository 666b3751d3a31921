"""Starts the servers and then the application, restarts what dies, and stops all of it in order.

All children are spawned by the main thread and carry a death signal, so nothing outlives the supervisor, however it
ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from config.settings import settings_of
from stack import home_lock, status_file
from stack.children import Child
from stack.create_topics import create_topics
from stack.embedded.kafka_properties import ADMIN
from stack.embedded.options import StackOptions
from stack.embedded.stack import Stack
from stack.embedded.startup import Progress
from stack.errors import StackError
from stack.managed import Managed
from stack.processes import Process, answers_ready, child_spec, copies
from stack.status_file import Running
from stack.stop_signals import StopAskedError, StopSignals

_TICK_S = 0.2
_READY_TIMEOUT_S = 60.0


class Supervisor:
    """Everything that runs under one home directory."""

    def __init__(self, home: Path, options: StackOptions, processes: Sequence[Process], progress: Progress) -> None:
        self._stack = Stack(home, options)
        self._home = self._stack.home
        self._processes = processes
        self._progress = progress
        self._managed: dict[str, Managed] = {}
        self._due: dict[str, Running] = {}  # what is still to be started
        self._written: list[Running] = []

    def run(self, on_ready: Callable[[dict[str, str]], None]) -> None:
        """Start all, call `on_ready` with the TAPELINE_* variables, and watch until a signal asks to stop."""
        with home_lock.hold(self._home):
            signals = StopSignals()
            signals.install()
            try:
                status_file.wait_for_predecessor(self._home)
                self._start()
                on_ready(self._stack.environment())
                while True:
                    self._tick()
                    time.sleep(_TICK_S)
            except StopAskedError:
                self._progress("tapeline", "asked to stop; ask again to stop at once")
            finally:
                signals.stopping()
                self._stop()

    def _start(self) -> None:
        self._stack.start(self._progress)
        ports = self._stack.ports
        for name, child in self._stack.children.items():
            self._managed[name] = Managed(name, "server", ports[name], partial(self._stack.spawn, name), child)
        environment = self._stack.environment()
        partitions = int(environment["TAPELINE_PARTITIONS"])
        as_admin = settings_of(environment | self._stack.kafka_login(ADMIN))
        if self._processes and (created := create_topics(as_admin)):
            self._progress("topics", f"created {len(created)} with {partitions} partition(s)")
        every_copy = [copy for process in self._processes for copy in copies(process, partitions)]
        for copy in every_copy:
            if not copy.one_shot:
                self._due[copy.name] = Running(
                    copy.name, "process", "not started", 0, 0.0, ports.get(copy.port_name), 0
                )
        for copy in every_copy:
            self._start_process(copy, environment)

    def _start_process(self, process: Process, environment: dict[str, str]) -> None:
        name = process.name
        self._progress(name, "starting")
        began_at = time.monotonic()
        port = self._stack.ports.get(process.port_name)
        own = environment | self._stack.kafka_login(process.kafka_user)
        spawn = partial(Child, child_spec(process, own, port), self._home / "logs" / f"{name}.log")
        managed = Managed(name, "process", port, spawn, spawn(), ends=process.one_shot)
        if process.one_shot and not process.awaited:
            self._managed[name] = managed
            return
        if process.one_shot:
            try:
                self._wait_for(name, lambda: managed.child.exit_code() is not None)
            finally:
                managed.child.ask_to_stop()  # when the wait was interrupted
            managed.require_success()
        else:
            self._managed[name] = managed
            del self._due[name]
            if process.ready_path is not None:
                path = process.ready_path
                self._wait_for(name, lambda: answers_ready(environment, path))
        self._progress(name, f"{'done' if process.one_shot else 'ready'} after {time.monotonic() - began_at:.1f} s")

    def _wait_for(self, name: str, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _READY_TIMEOUT_S
        while not condition():
            self._tick(starting=True)
            if time.monotonic() > deadline:
                log = self._home / "logs" / f"{name}.log"
                raise StackError(f"{name} was not ready within {_READY_TIMEOUT_S:.0f} s.", f"See {log}.")
            time.sleep(_TICK_S)

    def _tick(self, *, starting: bool = False) -> None:
        """Restart what died, and rewrite the status when it changed."""
        for managed in self._managed.values():
            said = managed.tick(time.monotonic())
            if said is None:
                continue
            if starting and managed.keeps_dying(time.monotonic()):
                raise StackError(f"{managed.name} {managed.obituary()}\n", f"See {managed.child.log}.")
            self._progress(managed.name, said)
        self._managed = {name: managed for name, managed in self._managed.items() if not managed.done}
        rows = [*(managed.row() for managed in self._managed.values()), *self._due.values()]
        if rows != self._written:
            status_file.write(self._home, rows)
            self._written = rows

    def _stop(self) -> None:
        applications = [managed for managed in self._managed.values() if managed.kind == "process"]
        for managed in reversed(applications):
            self._progress(managed.name, "stopping")
            managed.child.ask_to_stop()
            self._progress(
                managed.name, "stopped" if managed.child.wait_stopped() else "killed: it did not stop in time"
            )
        self._stack.stop(self._progress)
        status_file.write(self._home, [])
