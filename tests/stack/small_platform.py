"""A supervisor with processes small enough to watch: `python -m tests.stack.small_platform HOME BOOTSTRAP MODE`.

Run as itself it is the supervisor; run with one argument it is one of its processes.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from stack.embedded.options import StackOptions
from stack.errors import StackError
from stack.processes import Process
from stack.supervisor import Supervisor

_ME = "tests.stack.small_platform"
MODES = {
    "works": (
        Process("prepare", (_ME, "once"), one_shot=True),
        Process("first", (_ME, "serve"), per_partition=True),
        Process("second", (_ME, "serve")),
    ),
    "one-shot-fails": (Process("prepare", (_ME, "fail"), one_shot=True), Process("never", (_ME, "serve"))),
}


def supervise(home: Path, bootstrap: str, mode: str) -> None:
    def say(name: str, doing: str) -> None:
        print(f"{name}: {doing.split(' after ')[0]}", flush=True)

    supervisor = Supervisor(home, StackOptions(kafka_bootstrap=bootstrap), MODES[mode], say)
    try:
        supervisor.run(lambda _environment: print("all ready", flush=True))
    except StackError as error:
        print(error, flush=True)
        sys.exit(1)


def be(role: str) -> None:
    if role == "fail":
        print("relation does not exist")
        sys.exit(7)
    if role == "serve":
        signal.sigwait({signal.SIGTERM})


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[3] in MODES:
        supervise(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    else:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        be(sys.argv[1])
