"""A complete stack of one's own: servers, topics, tables and chosen processes, in a home that is gone afterwards.

    with own_stack(PIPELINE) as own:
        asyncio.run(measure(own.config))

It is run by the real supervisor in a child process, so that what dies in it is started again as in `tapeline up`, and
ends with whoever started it. Its settings come from its own `stack.env` alone, whatever TAPELINE_* say here, all but
TAPELINE_PURE. Used by replay, by kills and by benchmarks; must be entered by the main thread.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.settings import Settings, settings_of
from stack import status_file
from stack.children import Child, ChildSpec
from stack.embedded import environment_file, ports
from stack.embedded.options import StackOptions
from stack.errors import StackError
from stack.processes import (
    ACCOUNTS,
    API,
    BY_NAME,
    INSTRUMENTS,
    MATCHING,
    MIGRATE,
    SINGLE,
    SINK_CLICKHOUSE,
    SINK_POSTGRES,
    Process,
)
from stack.status_file import Running
from stack.supervisor import Supervisor

PIPELINE = (MIGRATE, SINGLE, SINK_POSTGRES, SINK_CLICKHOUSE)
CLUSTER = (MIGRATE, ACCOUNTS, MATCHING, SINK_POSTGRES, SINK_CLICKHOUSE)
SERVED = (*PIPELINE, API, INSTRUMENTS)  # what clients of the API need
CLUSTER_SERVED = (*CLUSTER, API, INSTRUMENTS)

_REPOSITORY = Path(__file__).parents[1]
_START_TIMEOUT_S = 180.0
_STOP_TIMEOUT_S = 90.0
_POLL_S = 0.05
_READY = "own-stack.ready"


@dataclass(frozen=True)
class OwnStack:
    """A running stack."""

    home: Path
    config: Settings
    environment: dict[str, str]  # for further processes of it

    def running(self) -> dict[str, Running]:
        """Servers and processes by name as the supervisor last started them."""
        return {row.name: row for row in status_file.read(self.home)}

    def log(self, name: str) -> str:
        """What a server or process has written."""
        return (self.home / "logs" / f"{name}.log").read_text(errors="replace")


@contextmanager
def own_stack(
    processes: Sequence[Process],
    *,
    home: Path | None = None,
    partitions: int = 1,
    environment: Mapping[str, str] | None = None,
) -> Iterator[OwnStack]:
    """Start servers and processes, wait until they are ready, and stop all of it cleanly in the end.

    Without `home` its data are in a new directory that is removed. `environment` are TAPELINE_* variables for its
    processes. Raises StackError when it does not start.
    """
    directory = home or Path(tempfile.mkdtemp(prefix="tapeline-own-"))
    (directory / "logs").mkdir(parents=True, exist_ok=True)
    directory.chmod(0o755)  # PostgreSQL runs as another user when this one is root
    ready = directory / _READY
    ready.unlink(missing_ok=True)
    asked = {
        "home": str(directory),
        "partitions": partitions,
        "processes": [process.name for process in processes],
        "environment": dict(environment or {}),
    }
    spec = ChildSpec(
        "supervisor",
        [sys.executable, "-m", "stack.own_stack", json.dumps(asked)],
        env={"PYTHONPATH": str(_REPOSITORY)},
        death_signal=signal.SIGTERM,
        stop_timeout_s=_STOP_TIMEOUT_S,
    )
    supervisor = Child(spec, directory / "logs" / "supervisor.log")
    try:
        _wait_for(ready, supervisor)
        variables = {**environment_file.read(directory), **(environment or {}), "TAPELINE_HOME": str(directory)}
        yield OwnStack(directory, settings_of(variables), {**variables, "PYTHONPATH": str(_REPOSITORY)})
    finally:
        supervisor.ask_to_stop()
        supervisor.wait_stopped()
        if home is None:
            shutil.rmtree(directory, ignore_errors=True)


def _wait_for(ready: Path, supervisor: Child) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not ready.exists():
        if supervisor.exit_code() is not None or time.monotonic() > deadline:
            raise StackError(f"A stack of its own did not start:\n{supervisor.log_tail(12)}", f"See {supervisor.log}.")
        time.sleep(_POLL_S)


def main() -> None:
    """The child: a supervisor without a terminal. What was asked for comes as JSON."""
    asked = json.loads(sys.argv[1])
    for name in [name for name in os.environ if name.startswith("TAPELINE_") and name != "TAPELINE_PURE"]:
        del os.environ[name]
    os.environ.update(asked["environment"])
    home = Path(asked["home"])
    options = StackOptions(
        partitions=asked["partitions"],
        ports={"api": ports.any_free()},
        kafka_security=asked["environment"].get("TAPELINE_KAFKA_SECURITY"),
    )
    processes = [BY_NAME[name] for name in asked["processes"]]
    supervisor = Supervisor(home, options, processes, lambda name, doing: print(name, doing, flush=True))
    try:
        supervisor.run(lambda _environment: (home / _READY).touch())
    except StackError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
