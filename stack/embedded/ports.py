"""Ports on loopback: configured, kept from the first start, or free."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Collection, Mapping
from pathlib import Path

from stack.errors import StackError

# Below Linux's range of outgoing connections, so that a port kept for the next start is not lent out meanwhile.
_RANGE = range(20000, 32000)
_PREFERRED = {"api": 8000}
NAMES = (
    "kafka",
    "kafka_controller",
    "postgres",
    "clickhouse",
    "clickhouse_native",
    "valkey",
    "api",
    "sink_postgres",  # a sink's port serves its metrics
    "sink_clickhouse",
    "live",  # that of the live connector too
)


def choose(file: Path, configured: Mapping[str, int]) -> dict[str, int]:
    """The port of every name: the configured one, or last time's, or a free one; remembered in `file`."""
    kept: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    ports: dict[str, int] = {}
    for name in NAMES:
        if name in configured:
            ports[name] = _configured(name, configured[name])
            continue
        wanted = kept.get(name, _PREFERRED.get(name))
        ports[name] = wanted if wanted and is_free(wanted) else any_free(set(ports.values()))
    file.write_text(json.dumps(ports, indent=1))
    return ports


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of loopback now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def require_listener(port: int) -> None:
    """Raise when nothing listens: the usual answer of a starting server, which real clients would log as an error."""
    socket.create_connection(("127.0.0.1", port), timeout=1).close()


def _configured(name: str, port: int) -> int:
    if not is_free(port):
        raise StackError(
            f"Port {port}, configured for {name}, is in use by another program.",
            f"Stop that program, set TAPELINE_{name.upper()}_PORT to a free port, or unset it to have one chosen.",
        )
    return port


def any_free(taken: Collection[int] = ()) -> int:
    """A port nobody listens on, other than those taken."""
    for port in random.sample(_RANGE, 200):
        if port not in taken and is_free(port):
            return port
    raise StackError("No free port was found on 127.0.0.1.", "Stop some of the programs that listen there.")
