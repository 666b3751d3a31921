"""The one error of this room: what is wrong, and what to do about it."""

from __future__ import annotations

from pathlib import Path


class StackError(Exception):
    """Something on this machine stops the stack; shown as one sentence of problem and one of remedy, no traceback."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy

    @classmethod
    def of_files(cls, error: OSError, home: Path) -> StackError:
        """A full disk, a missing permission, a file in the place of a directory."""
        return cls(
            f"Tapeline could not use {error.filename or home}: {error.strerror or error}.",
            "Check its space and permissions, or set TAPELINE_HOME to another directory.",
        )
