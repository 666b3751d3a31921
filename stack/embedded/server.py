"""What every embedded server can do; `Stack` knows no more of it than this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from stack.children import ChildSpec

Say = Callable[[str], None]  # what is being done now, for whoever watches the start


class Server(Protocol):
    name: str
    retry_start_s: float  # a server that may still see its killed predecessor is started again this long

    def prepare(self, say: Say) -> None:
        """Everything before the first start: download, format, configuration files. Runs in a worker thread."""

    def spec(self) -> ChildSpec:
        """The process to start."""

    def probe(self) -> None:
        """Ask it something by a real client; raises while it does not answer."""

    def provision(self) -> None:
        """Create the database it must have, when it is missing. Runs once it answers."""

    def environment(self) -> dict[str, str]:
        """The TAPELINE_* variables by which everything else reaches it."""
