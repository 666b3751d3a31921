"""Why the market outside cannot be followed."""

from __future__ import annotations


class LiveError(Exception):
    """What is wrong, and what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(f"{problem} {remedy}".rstrip())
