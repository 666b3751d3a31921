"""One home through a hard life: kill -9 of servers and of the supervisor, stale files, and what must survive it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from stack.embedded import environment_file
from tests.stack.tapeline import Tapeline, wait_until

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def tapeline() -> Iterator[Tapeline]:
    home = Path(tempfile.mkdtemp(prefix="tapeline-up-"))
    home.chmod(0o755)  # PostgreSQL runs as another user when the tests run as root
    running = Tapeline(home)
    running.up()
    yield running
    running.end()
    shutil.rmtree(home, ignore_errors=True)


def test_status_lists_every_server(tapeline: Tapeline) -> None:
    rows = tapeline.rows()
    assert set(rows) == {"kafka", "clickhouse", "postgres", "valkey"}
    for row in rows.values():
        assert row["state"] == "running"
        assert row["memory_bytes"] > 1_000_000
        assert psutil.pid_exists(row["pid"])


def test_passwords_are_for_the_owner_alone(tapeline: Tapeline) -> None:
    assert (tapeline.home / "stack.env").stat().st_mode & 0o777 == 0o600


def test_logs_are_found_by_name(tapeline: Tapeline) -> None:
    assert tapeline.run("logs", "postgres").stdout.startswith("postgres        ")
    unknown = tapeline.run("logs", "postgre")
    assert unknown.returncode == 1
    assert "There is no log of postgre" in unknown.stderr
    assert "kafka, postgres" in unknown.stderr


def test_a_second_supervisor_is_refused(tapeline: Tapeline) -> None:
    second = tapeline.run("up")
    assert second.returncode == 1
    assert "already runs" in second.stderr
    assert "tapeline down" in second.stderr


def test_a_killed_server_is_started_again(tapeline: Tapeline) -> None:
    killed = tapeline.rows()["valkey"]["pid"]
    psutil.Process(killed).kill()
    wait_until(lambda: tapeline.rows()["valkey"]["pid"] not in (killed, None), "valkey runs again")
    assert tapeline.rows()["valkey"]["restarts"] == 1
    assert "valkey          ended with exit code -9 and is started again" in tapeline.output()


def test_nothing_outlives_a_killed_supervisor_and_a_second_start_keeps_the_data(tapeline: Tapeline) -> None:
    ports = {name: row["port"] for name, row in tapeline.rows().items()}
    _write(tapeline.home)
    stale = tapeline.home / "postgres" / "data" / "postmaster.pid"
    pid_file = stale.read_text().splitlines(keepends=True)
    family = tapeline.kill_supervisor()
    assert len(family) >= 4
    wait_until(lambda: not any(map(_lives, family)), "all children have ended", timeout_s=10)
    stale.write_text("".join([f"{os.getpid()}\n", *pid_file[1:]]))  # as after a power cut: the number is another's now
    assert tapeline.run("status").returncode == 1

    tapeline.up()
    assert {name: row["port"] for name, row in tapeline.rows().items()} == ports
    assert _read(tapeline.home) == ("kept", b"kept")


def test_a_changed_number_of_partitions_is_refused(tapeline: Tapeline) -> None:
    assert tapeline.interrupt() == 0
    refused = Tapeline(tapeline.home, TAPELINE_PARTITIONS="4").run("up")
    assert refused.returncode == 1
    assert "asks for 4 partitions" in refused.stderr
    assert "first started with 1" in refused.stderr
    assert "Unset TAPELINE_PARTITIONS" in refused.stderr


def test_down_says_that_nothing_runs(tapeline: Tapeline) -> None:
    assert "Nothing runs" in tapeline.run("down").stdout


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _write(home: Path) -> None:
    with _postgres(home) as connection:
        connection.execute("CREATE TABLE stack_test AS SELECT 'kept' AS word")
    with redis.Redis.from_url(environment_file.read(home)["TAPELINE_REDIS_URL"]) as client:
        client.set("word", "kept")
        client.waitaof(1, 0, 5000)


def _read(home: Path) -> tuple[object, object]:
    with _postgres(home) as connection:
        row = connection.execute("SELECT word FROM stack_test").fetchone()
    with redis.Redis.from_url(environment_file.read(home)["TAPELINE_REDIS_URL"]) as client:
        return row and row[0], client.get("word")


def _postgres(home: Path) -> psycopg.Connection[tuple[object, ...]]:
    at = environment_file.read(home)
    return psycopg.connect(
        host=at["TAPELINE_POSTGRES_HOST"],
        port=int(at["TAPELINE_POSTGRES_PORT"]),
        user=at["TAPELINE_POSTGRES_USER"],
        password=at["TAPELINE_POSTGRES_PASSWORD"],
        dbname=at["TAPELINE_POSTGRES_DATABASE"],
    )
