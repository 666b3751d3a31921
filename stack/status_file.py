"""`{home}/status.json`: what the supervisor runs, for `tapeline status` and for the next start."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

_NAME = "status.json"


@dataclass(frozen=True)
class Running:
    """One server or process as it was last started; one that is still to be started has no process id (0)."""

    name: str
    kind: str  # server, process
    state: str  # running, waiting to restart, not started
    pid: int
    started_at: float  # seconds since the epoch
    port: int | None
    restarts: int


def write(home: Path, running: list[Running]) -> None:
    draft = home / (_NAME + ".new")
    draft.write_text(json.dumps([asdict(row) for row in running], indent=1))
    draft.replace(home / _NAME)


def read(home: Path) -> list[Running]:
    """The last written status, of a supervisor that may have ended since."""
    try:
        return [Running(**row) for row in json.loads((home / _NAME).read_text())]
    except FileNotFoundError:
        return []


def process_of(row: Running) -> psutil.Process | None:
    """The live process of a row; None when it ended, even when its number belongs to another process by now."""
    try:
        process = psutil.Process(row.pid)
        ours = abs(process.create_time() - row.started_at) < 2.0 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process if ours else None


def wait_for_predecessor(home: Path, timeout_s: float = 5.0) -> None:
    """Wait until what a killed supervisor left has ended (the kernel ends it too), and end what has not."""
    left = [process for row in read(home) if (process := process_of(row))]
    _, alive = psutil.wait_procs(left, timeout=timeout_s)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=timeout_s)
    write(home, [])


def uptime_s(row: Running) -> float:
    return time.time() - row.started_at


def memory_bytes(process: psutil.Process) -> int:
    """Resident memory of a process and its children: PostgreSQL is a family."""
    total = 0
    for member in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):  # ended between being listed and being asked
            total += member.memory_info().rss
    return total
