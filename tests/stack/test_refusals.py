"""What stops a start says what is wrong and what to do, in words that name the thing to change."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.settings import Settings, settings_of
from stack.create_topics import create_topics
from stack.embedded import kafka_jars, ports
from stack.embedded.options import StackOptions
from stack.embedded.stack import Stack
from stack.errors import StackError
from tests.stack.tapeline import Tapeline

Fetch = Callable[[Path], list[Path]]


def _quiet(_doing: str) -> None:
    """Nobody watches."""


def _unreachable(_cache: Path) -> list[Path]:
    raise ConnectionError("Name or service not known")


def _giving(content: bytes) -> Fetch:
    def fetch(cache: Path) -> list[Path]:
        (cache / "fetched").mkdir()
        files = [cache / "fetched" / name for name in kafka_jars.read_manifest()]
        for file in files:
            file.write_bytes(content)
        return files

    return fetch


def test_missing_jars_and_no_network_name_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(StackError) as refused:
        kafka_jars.ensure(tmp_path, _quiet, _unreachable)
    assert "could not be downloaded from Maven Central (Name or service not known)" in refused.value.problem
    assert "TAPELINE_KAFKA_BOOTSTRAP" in refused.value.remedy


def test_jars_other_than_the_manifests_are_never_used(tmp_path: Path) -> None:
    with pytest.raises(StackError) as refused:
        kafka_jars.ensure(tmp_path, _quiet, _giving(b"not a jar"))
    assert "46 of Apache Kafka's jars are not what the manifest says" in refused.value.problem
    assert str(tmp_path) in refused.value.remedy


def test_a_damaged_jar_is_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka_jars, "read_manifest", lambda: {"one.jar": hashlib.sha256(b"ok").hexdigest()})
    damaged = tmp_path / f"kafka-{kafka_jars.versions.KAFKA}" / "one.jar"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"o")
    assert kafka_jars.ensure(tmp_path, _quiet, _giving(b"ok")) == [damaged]
    assert damaged.read_bytes() == b"ok"


def test_an_occupied_configured_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StackError) as refused:
            Stack(tmp_path, StackOptions(ports={"postgres": port})).start()
    assert f"Port {port}, configured for postgres, is in use" in refused.value.problem
    assert "TAPELINE_POSTGRES_PORT" in refused.value.remedy


def test_ports_are_kept_while_free_and_replaced_when_not(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = ports.choose(file, {})
    assert ports.choose(file, {}) == first
    with socket.create_server(("127.0.0.1", first["kafka"])):
        second = ports.choose(file, {})
    assert second["kafka"] != first["kafka"]
    assert {**second, "kafka": 0} == {**first, "kafka": 0}


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(StackError) as refused:
        Stack(tmp_path / "file" / "home").start()
    assert str(tmp_path / "file") in refused.value.problem
    assert "TAPELINE_HOME" in refused.value.remedy


def test_a_broker_that_does_not_answer_is_named() -> None:
    with pytest.raises(StackError) as refused, ThreadPoolExecutor(1) as pool:  # beside the tests' event loop
        pool.submit(create_topics, Settings(kafka_bootstrap="127.0.0.1:1")).result()
    assert "No Kafka broker answers at 127.0.0.1:1." in refused.value.problem
    assert "TAPELINE_KAFKA_BOOTSTRAP" in refused.value.remedy


@pytest.mark.stack
def test_topics_of_another_partition_count_are_refused(stack: Stack) -> None:
    with pytest.raises(StackError) as refused, ThreadPoolExecutor(1) as pool:
        pool.submit(create_topics, settings_of(stack.environment() | {"TAPELINE_PARTITIONS": "3"})).result()
    assert "has 1 partitions on this broker and 3 are configured" in refused.value.problem


@pytest.mark.parametrize("value", ["four", "0", "-1"])
def test_a_setting_that_is_no_number_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPELINE_PARTITIONS", value)
    with pytest.raises(StackError, match="TAPELINE_PARTITIONS"):
        StackOptions.from_environment()


def test_up_in_an_impossible_home_says_so_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    refused = Tapeline(tmp_path / "file" / "home").run("up")
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"Tapeline could not use {tmp_path / 'file' / 'home'}: Not a directory.",
        "Check its space and permissions, or set TAPELINE_HOME to another directory.",
    ]


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        ("TAPELINE_LIVE_SILENT_MS", "abc", "input should be a valid integer, unable to parse string as an integer"),
        ("TAPELINE_LIVE_CODEC", "xml", "input should be 'json' or 'msgpack'"),
    ],
)
@pytest.mark.parametrize("command", ["up", "migrate", "verify"])
def test_a_wrong_setting_is_named(tmp_path: Path, command: str, variable: str, value: str, why: str) -> None:
    refused = Tapeline(tmp_path, **{variable: value}).run(command)
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [f"{variable} is {value!r}: {why}.", f"Correct or unset {variable}."]
