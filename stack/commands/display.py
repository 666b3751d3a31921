"""The progress of `tapeline up`: a line for everything that is done, a spinner for what is not."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

_STEPS = ("preparing", "starting", "downloading", "creating", "formatting", "stopping")


class Display:
    """Called with (name, what it is doing now), from any thread."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._spinner = self._console.status("")
        self._doing: dict[str, str] = {}

    def __enter__(self) -> Display:
        if self._console.is_terminal:
            self._spinner.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._spinner.stop()

    def __call__(self, name: str, doing: str) -> None:
        if doing.startswith(_STEPS):
            self._doing[name] = doing
        else:
            self._doing.pop(name, None)
        if name not in self._doing or doing.startswith("downloading"):
            self._console.print(Text.assemble((f"  {name:<16}", "bold"), doing), soft_wrap=True)
        self._spinner.update(", ".join(f"{name}: {doing}" for name, doing in self._doing.items()))

    def all_ready(self) -> None:
        """Leave the terminal to what is printed next."""
        self._spinner.stop()
