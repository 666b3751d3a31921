"""The four servers as one object: started together, ready together, stopped together."""

from __future__ import annotations

import secrets
from pathlib import Path

from stack.children import Child
from stack.embedded import environment_file, ports, startup
from stack.embedded.clickhouse import ClickHouse
from stack.embedded.kafka import Kafka
from stack.embedded.options import StackOptions
from stack.embedded.postgres import Postgres
from stack.embedded.server import Server
from stack.embedded.startup import Progress
from stack.embedded.valkey import Valkey
from stack.errors import StackError


def silent(_name: str, _doing: str) -> None:
    """A progress that nobody watches."""


class Stack:
    """Kafka, ClickHouse, Postgres and Valkey under one home directory."""

    def __init__(self, home: Path, options: StackOptions | None = None) -> None:
        self.home = home.resolve()
        self.options = options or StackOptions()
        self.children: dict[str, Child] = {}
        self._servers: dict[str, Server] = {}
        self._environment: dict[str, str] = {}
        self._kafka: Kafka | None = None
        self.ports: dict[str, int] = {}  # by name of server or process

    def start(self, progress: Progress = silent) -> None:
        """Start all servers in parallel and return when each has answered a client; nothing is left on failure."""
        try:
            (self.home / "logs").mkdir(parents=True, exist_ok=True)
            self._configure()
            startup.start_all(self._servers.values(), lambda server: self.spawn(server.name), progress)
        except OSError as error:
            self.stop()
            raise StackError.of_files(error, self.home) from error
        except BaseException:
            self.stop()
            raise

    def stop(self, progress: Progress = silent) -> None:
        """Stop all servers cleanly, in parallel."""
        for name, child in self.children.items():
            progress(name, "stopping")
            child.ask_to_stop()
        for name, child in self.children.items():
            progress(name, "stopped" if child.wait_stopped() else "killed: it did not stop in time")
        self.children.clear()

    def spawn(self, name: str) -> Child:
        """Start one server, or start it again after it died; its data and port are as they were."""
        self.children[name] = Child(self._servers[name].spec(), self.home / "logs" / f"{name}.log")
        return self.children[name]

    def environment(self) -> dict[str, str]:
        """The TAPELINE_* variables by which clients reach these servers."""
        return {"TAPELINE_HOME": str(self.home), **self._environment}

    def kafka_login(self, user: str) -> dict[str, str]:
        """The TAPELINE_* variables by which a process connects as this user, if the broker is ours."""
        return {} if self._kafka is None else self._kafka.login(user)

    def _configure(self) -> None:
        kept = environment_file.read(self.home)
        partitions = self._partitions(kept)
        port = self.ports = ports.choose(self.home / "ports.json", self.options.ports)
        analyst_password = kept.get("TAPELINE_ANALYST_PASSWORD") or secrets.token_urlsafe(24)
        postgres_password = kept.get("TAPELINE_POSTGRES_PASSWORD") or secrets.token_urlsafe(24)
        dictionary_password = kept.get("TAPELINE_DICTIONARY_PASSWORD") or secrets.token_urlsafe(24)
        valkey_password = environment_file.redis_password(kept) or secrets.token_urlsafe(24)
        postgres = Postgres(self.home / "postgres", port["postgres"], postgres_password, dictionary_password)
        servers: list[Server] = [
            ClickHouse(
                self.home / "clickhouse",
                port["clickhouse"],
                port["clickhouse_native"],
                analyst_password,
                postgres.read_by_dictionaries(),
            ),
            postgres,
            Valkey(self.home / "valkey", port["valkey"], valkey_password),
        ]
        self._environment = {
            "TAPELINE_PARTITIONS": str(partitions),
            "TAPELINE_API_HOST": "127.0.0.1",
            "TAPELINE_API_PORT": str(port["api"]),
        }
        if self.options.kafka_bootstrap is None:
            cache, passwords = self.options.jar_cache, self._kafka_passwords(kept)
            self._kafka = Kafka(self.home / "kafka", port["kafka"], port["kafka_controller"], cache, passwords)
            servers.insert(0, self._kafka)
        else:
            self._environment |= {"TAPELINE_KAFKA_BOOTSTRAP": self.options.kafka_bootstrap, **self.options.kafka_login}
        self._servers = {server.name: server for server in servers}
        for server in servers:
            self._environment |= server.environment()
        # Before any server starts: a password that initdb has used must outlive an interrupted first start.
        environment_file.write(self.home, self._environment)

    def _kafka_passwords(self, kept: dict[str, str]) -> dict[str, str] | None:
        """Of each of its users; None where the broker asks nobody. What was once closed stays so until it is opened."""
        if (self.options.kafka_security or kept.get("TAPELINE_KAFKA_SECURITY")) != "scram":
            return None
        from stack.embedded import kafka_users  # with the folds behind it, whose rights are asked for

        return kafka_users.passwords(self.home)

    def _partitions(self, kept: dict[str, str]) -> int:
        fixed = int(kept["TAPELINE_PARTITIONS"]) if "TAPELINE_PARTITIONS" in kept else None
        asked = self.options.partitions
        if self.options.kafka_bootstrap is not None:
            return asked or fixed or 1  # the topics of that broker decide, when they are looked for
        if fixed is not None and asked is not None and asked != fixed:
            raise StackError(
                f"TAPELINE_PARTITIONS asks for {asked} partitions, but {self.home} was first started with {fixed}, "
                "and every account and book is kept by its partition.",
                f"Unset TAPELINE_PARTITIONS, or set TAPELINE_HOME to a new directory to start with {asked}.",
            )
        return fixed or asked or 1
