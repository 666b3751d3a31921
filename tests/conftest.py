"""The embedded stack for every test that talks to a real server: started once a session, in a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.collector import collect_seldom
from config.settings import settings
from stack.create_topics import create_topics
from stack.embedded.stack import Stack
from tests.replay.pythons import other_pythons

ASYNCAPI_MODULES = Path(__file__).parents[1] / ".venv" / "asyncapi" / "node_modules"
NOT_HERE = pytest.StashKey[list[str]]()
collect_seldom()  # the simulator and the folds run here too


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what needs recorded data or another Python where there is none; the summary says so."""
    found = {
        "lobster": ("recorded market data in TAPELINE_DATA", (settings().data / "lobster_aapl").is_dir()),
        "asyncapi": ("AsyncAPI's validator in .venv (from npm)", ASYNCAPI_MODULES.is_dir()),
        "kcat": ("kcat on the path", shutil.which("kcat") is not None),
        "kcat_avro": ("kcat that was built with Avro (Debian's is not)", "Avro" in _features_of_kcat()),
        "other_python": ("a Python 3.12 or 3.13 beside this one", bool(other_pythons())),
    }
    said = []
    for mark, (what, is_here) in found.items():
        needy = [item for item in items if item.get_closest_marker(mark)]
        if needy and not is_here:
            items[:] = [item for item in items if item not in needy]
            config.hook.pytest_deselected(items=needy)
            said.append(f"{len(needy)} test(s) deselected: there is no {what}")
    config.stash[NOT_HERE] = said
    # Those that wait for servers first: where two processes share the tests, what only computes fills the gaps.
    served = {item.path for item in items if "stack" in item.fixturenames or item.get_closest_marker("stack")}
    items.sort(key=lambda item: item.path not in served)


def _features_of_kcat() -> str:
    if shutil.which("kcat") is None:
        return ""
    return subprocess.run(["kcat", "-V"], capture_output=True, text=True, check=True).stdout


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(NOT_HERE, []):
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Four answering servers with every topic and table; TAPELINE_* variables and `settings()` point at them.

    They are shared by the whole session: use fresh account ids and symbols in each test.
    """
    home = Path(tempfile.mkdtemp(prefix="tapeline-tests-"))
    home.chmod(0o755)  # PostgreSQL runs as another user when the tests run as root
    servers = Stack(home)
    servers.start()
    try:
        os.environ.update(servers.environment())
        settings.cache_clear()
        _create_topics_and_tables()
        yield servers
    finally:
        servers.stop()
        for name in servers.environment():
            os.environ.pop(name, None)
        settings.cache_clear()
        shutil.rmtree(home, ignore_errors=True)


def _create_topics_and_tables() -> None:
    with ThreadPoolExecutor(1) as pool:  # a thread of its own: the main thread's event loop is the tests'
        pool.submit(create_topics, settings()).result()
    subprocess.run([sys.executable, "-m", "sinks", "migrate"], check=True, timeout=60)
