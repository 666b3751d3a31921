"""The parallel start of the servers: prepared and probed by worker threads, spawned by the main thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from stack.children import Child
from stack.embedded.server import Server
from stack.errors import StackError

Progress = Callable[[str, str], None]  # (name, what it is doing now)
_READY_TIMEOUT_S = 90.0
_PROBE_PAUSE_S = 0.05
_RETRY_PAUSE_S = 0.5


def start_all(servers: Iterable[Server], spawn: Callable[[Server], Child], progress: Progress) -> None:
    """Start every server and return when each has answered a real client."""
    servers = list(servers)
    began_at = time.monotonic()
    given_up = threading.Event()
    with ThreadPoolExecutor(len(servers)) as pool:
        try:
            steps: dict[Future[bool], Server] = {}
            for server in servers:
                progress(server.name, "preparing")
                steps[pool.submit(_prepare, server, progress)] = server
            while steps:
                for step in wait(steps, return_when=FIRST_COMPLETED).done:
                    server = steps.pop(step)
                    if step.result():
                        progress(server.name, f"ready after {time.monotonic() - began_at:.1f} s")
                        continue
                    progress(server.name, "starting")
                    child = spawn(server)
                    steps[pool.submit(_wait_ready, server, child, began_at, given_up)] = server
        except BaseException:
            given_up.set()  # the pool's end waits for the threads, and they would wait for their servers
            raise


def _prepare(server: Server, progress: Progress) -> bool:
    server.prepare(lambda doing: progress(server.name, doing))
    return False  # prepared is not yet ready: it is spawned next


def _wait_ready(server: Server, child: Child, began_at: float, given_up: threading.Event) -> bool:
    """True when it answers, False when it ended but may be started again."""
    deadline = time.monotonic() + _READY_TIMEOUT_S
    while not given_up.is_set():
        if (code := child.exit_code()) is not None:
            if time.monotonic() < began_at + server.retry_start_s:
                time.sleep(_RETRY_PAUSE_S)
                return False
            raise StackError(
                f"{server.name} ended with exit code {code} while starting; its last words:\n{child.log_tail()}\n",
                f"See {child.log}.",
            )
        try:
            server.probe()
            server.provision()
            return True
        except Exception as error:  # every client has its own errors for "not yet"
            if time.monotonic() > deadline:
                raise StackError(
                    f"{server.name} did not answer within {_READY_TIMEOUT_S:.0f} s ({error}).", f"See {child.log}."
                ) from error
        given_up.wait(_PROBE_PAUSE_S)
    return True
