"""A child that is to be running: its restarts, and the row of it in the status."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from stack.children import Child
from stack.errors import StackError
from stack.restarts import DEATHS_MAX, WINDOW_S, RestartPolicy
from stack.status_file import Running


@dataclass
class Managed:
    name: str
    kind: str  # server, process
    port: int | None
    spawn: Callable[[], Child]
    child: Child
    ends: bool = False  # it has a piece of work to do, and is done when it ends with 0
    _policy: RestartPolicy = field(default_factory=RestartPolicy)
    _restart_at_s: float | None = None
    done: bool = False
    _reported: bool = False  # that it keeps dying: said once, not at every try

    def tick(self, now_s: float) -> str | None:
        """Notice a death, restart when it is time; returns what there is to say about it."""
        if self._restart_at_s is not None:
            if now_s >= self._restart_at_s:
                self._restart_at_s = None
                self.child = self.spawn()
            return None
        code = self.child.exit_code()
        if code is None:
            self.child.trim_log()
            return None
        if self.ends and code == 0:
            self.done = True
            return "done"
        self._restart_at_s = self._policy.died(now_s)
        if not self._policy.keeps_dying(now_s):
            self._reported = False
        elif not self._reported:
            self._reported = True
            return f"{self.obituary()}\nMore in {self.child.log}; it is tried again every 10 s"
        return f"ended with exit code {code} and is started again"

    def keeps_dying(self, now_s: float) -> bool:
        return self._policy.keeps_dying(now_s)

    def obituary(self) -> str:
        """That it keeps dying, and its last words."""
        return (
            f"ended {DEATHS_MAX} times within {WINDOW_S:.0f} s, the last time with exit code {self.child.exit_code()}; "
            f"its last words:\n{self.child.log_tail()}"
        )

    def require_success(self) -> None:
        """Raise when this one-shot did not end with 0."""
        if code := self.child.exit_code():
            raise StackError(
                f"{self.name} failed with exit code {code}; its last words:\n{self.child.log_tail()}\n",
                f"See {self.child.log}.",
            )

    def row(self) -> Running:
        state = "running" if self._restart_at_s is None else "waiting to restart"
        started_at = self.child.started_at
        return Running(self.name, self.kind, state, self.child.pid, started_at, self.port, self._policy.restarts)
