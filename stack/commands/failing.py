"""How a command fails: what is wrong and what to do, without a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from stack.commands import home
from stack.errors import StackError


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Show a StackError as its problem and its remedy, and exit with 1."""
    try:
        yield
    except StackError as error:
        raise _shown(error) from None
    except OSError as error:
        raise _shown(StackError.of_files(error, home.current())) from None


def _shown(error: StackError) -> typer.Exit:
    typer.secho(error.problem, fg="red", bold=True, err=True)
    typer.echo(error.remedy, err=True)
    return typer.Exit(1)
