"""`python -m stack` is `tapeline`."""

from stack.cli import app

app()
