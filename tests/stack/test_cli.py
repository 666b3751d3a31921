"""The command line answers at once, and every command explains itself."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from stack.cli import app

HEAVY = {"aiokafka", "clickhouse_connect", "faust", "httpx", "numpy", "psycopg", "pyarrow", "pydantic", "redis"}


def test_help_imports_nothing_heavy() -> None:
    program = "import sys, stack.cli; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY.isdisjoint(modules)


@pytest.mark.parametrize("command", [command.callback for command in app.registered_commands], ids=lambda c: c.__name__)
def test_every_command_explains_itself(command: object) -> None:
    assert command.__doc__
    name = getattr(command, "__name__", "").replace("_", "-")
    assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0
