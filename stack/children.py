"""One child process: its log, its death with its parent, and its orderly stop."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from stack.errors import StackError

_LOG_BYTES_MAX = 32 * 1024 * 1024
_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None).prctl  # looked up here: between fork and exec as little as possible may happen


@dataclass(frozen=True)
class ChildSpec:
    """How to start and stop one process."""

    name: str
    argv: list[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    uid: int | None = None  # None: the supervisor's own user
    gid: int | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stops_by_stdin: bool = False  # closing its standard input is the clean stop
    death_signal: signal.Signals = signal.SIGKILL  # what the kernel sends it when the supervisor is killed
    stop_timeout_s: float = 15.0


class Child:
    """A running process started from a `ChildSpec`."""

    def __init__(self, spec: ChildSpec, log: Path) -> None:
        # The kernel ties the death signal to the thread that forked, so a worker thread's end would kill the child.
        assert threading.current_thread() is threading.main_thread(), f"{spec.name} must be spawned by the main thread"
        self.spec = spec
        self.log = log
        try:
            with log.open("ab") as output:
                self._process = subprocess.Popen(
                    spec.argv,
                    env={**os.environ, **spec.env},
                    cwd=spec.cwd,
                    stdin=subprocess.PIPE if spec.stops_by_stdin else subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    user=spec.uid,
                    group=spec.gid,
                    extra_groups=None if spec.uid is None else [],
                    start_new_session=True,  # a Ctrl-C reaches the supervisor alone, which stops all in order
                    preexec_fn=_die_with_parent(os.getpid(), spec.death_signal),
                )
        except PermissionError as error:
            raise StackError(
                f"{spec.name} could not be started: {error.strerror} ({spec.argv[0]}).",
                "Make the checkout and its virtual environment readable by every user, or run as an ordinary user.",
            ) from error
        # as the system tells it: to fork can take seconds on a busy machine, and by this time a process is known again
        self.started_at = psutil.Process(self._process.pid).create_time()

    @property
    def pid(self) -> int:
        return self._process.pid

    def exit_code(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Begin the clean stop; `wait_stopped` ends it."""
        if self.exit_code() is not None or self.spec.stops_by_stdin:
            self._close_stdin()
        else:
            self._process.send_signal(self.spec.stop_signal)

    def wait_stopped(self) -> bool:
        """Wait for the clean stop, and kill when it takes too long; True when it was clean."""
        try:
            self._process.wait(self.spec.stop_timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        finally:
            self._close_stdin()
        return True

    def trim_log(self) -> None:
        """Keep one earlier log beside a log that grew too long; the child goes on appending to the same file."""
        if self.log.stat().st_size > _LOG_BYTES_MAX:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)

    def log_tail(self, lines: int = 5) -> str:
        """The last lines of its log."""
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 8192))
            text = file.read().decode(errors="replace")
        return "\n".join(text.strip().splitlines()[-lines:])

    def _close_stdin(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()


def _die_with_parent(parent_pid: int, death_signal: signal.Signals) -> Callable[[], None]:
    def in_child() -> None:
        _prctl(_PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent_pid:  # the parent died before the line above
            os._exit(1)

    return in_child
