"""PostgreSQL: identity (primary data) and projections."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from stack.children import ChildSpec
from stack.embedded import postgres_place
from stack.embedded.server import Say
from stack.errors import StackError

_USER = "tapeline"
_DATABASE = "tapeline"


class Postgres:
    name = "postgres"
    retry_start_s = 10.0  # processes of a killed predecessor hold its shared memory for a second or so

    def __init__(self, directory: Path, port: int, password: str, dictionary_password: str) -> None:
        self._directory = directory
        self._port = port
        self._password = password
        self._dictionary_password = dictionary_password
        self._user = postgres_place.unprivileged_user()
        self._data = directory / "data"
        self._bin = Path()

    def prepare(self, say: Say) -> None:
        self._directory = postgres_place.data_directory(self._directory, self._user)
        self._bin = postgres_place.binaries(self._user)
        self._data = self._directory / "data"
        if not (self._data / "PG_VERSION").exists():
            say("creating its data directory")
            self._initdb()
        self._forget_stale_pid()

    def _forget_stale_pid(self) -> None:
        """Remove a pid file whose number belongs to another program by now: PostgreSQL would refuse to start."""
        file = self._data / "postmaster.pid"
        if file.exists():
            pid = int(file.read_text().split()[0])
            if psutil.pid_exists(pid) and psutil.Process(pid).name() != "postgres":
                file.unlink()

    def _initdb(self) -> None:
        password_file = self._directory / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._password)
        if self._user.uid is not None:
            os.chown(password_file, self._user.uid, self._user.gid or -1)
        shutil.rmtree(self._data, ignore_errors=True)  # half a data directory of an interrupted first start
        done = subprocess.run(
            [
                str(self._bin / "initdb"),
                f"--pgdata={self._data}",
                f"--username={_USER}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions",
            ],
            user=self._user.uid,
            group=self._user.gid,
            extra_groups=None if self._user.uid is None else [],
            cwd=self._directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        password_file.unlink()
        if done.returncode:
            raise StackError(
                f"PostgreSQL could not create its data directory: {done.stderr.strip().splitlines()[-1]}.",
                f"Check the space and the permissions of {self._directory}.",
            )

    def spec(self) -> ChildSpec:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self._port),
            "unix_socket_directories": "",
            "max_connections": "100",
            "shared_buffers": "64MB",
            "log_min_messages": "warning",
        }
        return ChildSpec(
            self.name,
            [str(self._bin / "postgres"), "-D", str(self._data)]
            + [f"--{name}={value}" for name, value in settings.items()],
            cwd=self._directory,
            uid=self._user.uid,
            gid=self._user.gid,
            stop_signal=signal.SIGINT,  # the fast shutdown: ends sessions, writes a checkpoint
            death_signal=signal.SIGQUIT,  # the immediate shutdown: takes its own children along
        )

    def probe(self) -> None:
        with self._connect("postgres") as connection:
            connection.execute("SELECT 1")

    def provision(self) -> None:
        with self._connect("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_DATABASE)))

    def environment(self) -> dict[str, str]:
        return {
            **self.read_by_dictionaries(),
            "TAPELINE_POSTGRES_USER": _USER,
            "TAPELINE_POSTGRES_PASSWORD": self._password,
        }

    def read_by_dictionaries(self) -> dict[str, str]:
        """All that ClickHouse is told of it: it reads as a role of its own, which `sinks migrate` makes."""
        return {
            "TAPELINE_POSTGRES_HOST": "127.0.0.1",
            "TAPELINE_POSTGRES_PORT": str(self._port),
            "TAPELINE_POSTGRES_DATABASE": _DATABASE,
            "TAPELINE_DICTIONARY_PASSWORD": self._dictionary_password,
        }

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host="127.0.0.1",
            port=self._port,
            user=_USER,
            password=self._password,
            dbname=database,
            autocommit=True,
            connect_timeout=2,
        )
