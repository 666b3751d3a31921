"""Users and rights of a broker that asks, without one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from stack.embedded import kafka_users
from stack.embedded.kafka_rights import USERS, rights
from stack.embedded.options import StackOptions
from stack.embedded.stack import Stack
from stack.errors import StackError
from stack.processes import BY_NAME
from topics.catalogue import TOPICS

NAMES = {user.name for user in USERS}


def test_every_producer_of_the_catalogue_has_a_user() -> None:
    declared = {producer for topic in TOPICS for producer in topic.producers}
    assert {producer for user in USERS for producer in user.producers} == declared


def test_every_process_has_a_user_that_exists() -> None:
    assert {process.kafka_user for process in BY_NAME.values()} <= NAMES


def test_no_right_is_for_everything() -> None:
    assert all(right.name and right.name != "*" for right in rights())
    assert {right.name for right in rights() if right.kind == "topic"} == {topic.name for topic in TOPICS}
    assert not any(right.is_prefix for right in rights() if right.kind == "topic")


def test_passwords_are_made_once_and_for_whoever_lacks_one(tmp_path: Path) -> None:
    first = kafka_users.passwords(tmp_path)
    assert set(first) == NAMES | {"admin"}
    assert len(set(first.values())) == len(first)
    file = tmp_path / kafka_users.FILE
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text(json.dumps({name: first[name] for name in first if name != "clock"}))
    second = kafka_users.passwords(tmp_path)
    assert {name for name in NAMES if second[name] != first[name]} == {"clock"}


def test_a_broker_that_asked_goes_on_asking_until_it_is_told_not_to(tmp_path: Path) -> None:
    def asks(security: str | None) -> str | None:
        stack = Stack(tmp_path, StackOptions(kafka_security=security))
        stack._configure()
        return stack.environment().get("TAPELINE_KAFKA_USER")

    assert [asks(each) for each in (None, "scram", None, "none", None)] == [None, "operator", "operator", None, None]


def test_a_misspelt_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPELINE_KAFKA_SECURITY", "SCRAM-SHA-512")
    with pytest.raises(StackError) as refused:
        StackOptions.from_environment()
    assert "TAPELINE_KAFKA_SECURITY is 'SCRAM-SHA-512'" in refused.value.problem


def test_an_existing_broker_is_told_what_the_shell_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "TAPELINE_KAFKA_BOOTSTRAP": "elsewhere:9092",
        "TAPELINE_KAFKA_SECURITY": "scram",
        "TAPELINE_KAFKA_USER": "tapeline",
        "TAPELINE_KAFKA_PASSWORD": "of elsewhere",
    }
    for name in [name for name in os.environ if name.startswith("TAPELINE_")]:  # the session's stack has some
        monkeypatch.delenv(name)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    options = StackOptions.from_environment()
    assert "of elsewhere" not in repr(options)
    stack = Stack(tmp_path, options)
    stack._configure()
    assert stack.environment() | said == stack.environment()
    assert stack.kafka_login("api") == {}
