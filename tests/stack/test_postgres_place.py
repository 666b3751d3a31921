"""PostgreSQL below a directory that is closed to its user: root's own home is, on many machines."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.children import Child
from stack.embedded import ports, postgres_place
from stack.embedded.postgres import Postgres
from tests.stack.tapeline import wait_until

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only as root does PostgreSQL run as another user")


@pytest.fixture
def open_base(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    base = Path(tempfile.mkdtemp(prefix="tapeline-open-"))
    base.chmod(0o755)
    monkeypatch.setattr(postgres_place, "_OPEN_BASE", base)
    yield base
    shutil.rmtree(base)


def test_a_closed_directory_is_found(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "home").mkdir(parents=True)
    closed.chmod(0o700)
    assert postgres_place.closed_parent(closed / "home") is not None
    assert postgres_place.closed_parent(Path("/usr")) is None


def test_programs_and_data_live_where_its_user_can_reach_them(
    tmp_path: Path, open_base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_place, "closed_parent", lambda path: path)
    port = ports.choose(tmp_path / "ports.json", {})["postgres"]
    postgres = Postgres(tmp_path / "postgres", port, "password", "other")
    postgres.prepare(lambda _doing: None)
    assert postgres.spec().argv[0].startswith(str(open_base))
    assert (tmp_path / "postgres").readlink().parent == open_base
    child = Child(postgres.spec(), tmp_path / "postgres.log")
    try:
        wait_until(lambda: not ports.is_free(port), "postgres listens")
        postgres.probe()
    finally:
        child.ask_to_stop()
        assert child.wait_stopped()
