"""The registry's routes, as its clients ask them; the servers need not run for it."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from config.settings import Settings
from topics import catalogue, schemas
from topics.schemas import released, schema_id

MEDIA_TYPE = "application/vnd.schemaregistry.v1+json"
TRADE = "trades-tapeline.Trade"


@pytest.fixture(scope="module")
def registry():
    return TestClient(create_app(Settings()))  # not entered: nothing is started


def get(registry, path):
    answer = registry.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    return answer.json()


@pytest.mark.parametrize("number", released())
def test_every_released_id_answers_its_schema(registry, number):
    assert json.loads(get(registry, f"/schemas/ids/{number}")["schema"]) == released()[number]
    assert get(registry, f"/schemas/ids/{number}/schema") == released()[number]


def test_every_record_of_every_topic_has_a_subject(registry):
    """By topic and record; and by topic alone exactly where a topic carries one kind of record."""
    several = {f"{topic.name}-tapeline.{record}" for topic in catalogue.TOPICS for record in topic.records}
    alone = {f"{topic.name}-value" for topic in catalogue.TOPICS if len(topic.records) == 1}
    assert set(get(registry, "/subjects")) == several | alone
    assert get(registry, "/subjects?subjectPrefix=trades-") == [TRADE, "trades-value"]


@pytest.mark.parametrize("topic", catalogue.TOPICS, ids=lambda topic: topic.name)
def test_a_subjects_latest_version_is_what_is_written_today(registry, topic):
    for record in topic.records:
        subject = f"{topic.name}-tapeline.{record}"
        latest = get(registry, f"/subjects/{subject}/versions/latest")
        assert latest["id"] == schema_id(record)
        assert json.loads(latest["schema"]) == schemas.current()[record]
        assert latest == get(registry, f"/subjects/{subject}/versions/{latest['version']}")
        assert get(registry, f"/subjects/{subject}/versions") == [*range(1, latest["version"] + 1)]
        assert {"subject": subject, "version": latest["version"]} in get(
            registry, f"/schemas/ids/{latest['id']}/versions"
        )
        assert subject in get(registry, f"/schemas/ids/{latest['id']}/subjects")


def test_a_schema_is_looked_up_whatever_its_layout_and_documents(registry):
    schema = schemas.current()["Trade"] | {"doc": "another"}
    found = registry.post(f"/subjects/{TRADE}", json={"schema": json.dumps(schema, indent=3)}).json()
    assert (found["subject"], found["id"]) == (TRADE, schema_id("Trade"))
    other = registry.post(f"/subjects/{TRADE}", json={"schema": json.dumps(schemas.current()["Quote"])})
    assert (other.status_code, other.json()["error_code"]) == (404, 40403)


def test_the_kind_of_schema_is_left_out(registry):
    """As Confluent's registry does for Avro; libserdes, which kcat uses, goes wrong over it."""
    assert set(get(registry, "/schemas/ids/1")) == {"schema"}
    assert set(get(registry, "/subjects/trades-value/versions/1")) == {"subject", "version", "id", "schema"}


def test_what_clients_ask_besides(registry):
    assert get(registry, "/schemas/types") == ["AVRO"]
    assert get(registry, "/config") == {"compatibilityLevel": "BACKWARD_TRANSITIVE"}
    assert get(registry, "/config/any?defaultToGlobal=true") == get(registry, "/config")
    assert get(registry, "/mode") == {"mode": "READONLY"}
    assert get(registry, "/mode/any?defaultToGlobal=true") == {"mode": "READONLY"}
    assert get(registry, f"/subjects/{TRADE}/versions/1/referencedby") == []
    assert get(registry, f"/subjects/{TRADE}/versions/latest/schema") == schemas.current()["Trade"]
    assert len(get(registry, "/schemas?latestOnly=true")) == len(get(registry, "/subjects"))


REFUSED = [
    ("GET", "/schemas/ids/99999", None, 404, 40403),
    ("GET", "/schemas/ids/one", None, 404, 40403),
    ("GET", f"/schemas/ids/{'9' * 5000}", None, 404, 40403),
    ("GET", "/schemas/ids/99999/versions", None, 404, 40403),
    ("GET", "/subjects/nothing/versions", None, 404, 40401),
    ("GET", "/subjects/commands-value/versions/latest", None, 404, 40401),
    ("GET", f"/subjects/{TRADE}/versions/99", None, 404, 40402),
    ("GET", f"/subjects/{TRADE}/versions/0", None, 422, 42202),
    ("GET", f"/subjects/{TRADE}/versions/newest", None, 422, 42202),
    ("GET", f"/config/{TRADE}", None, 404, 40408),
    ("GET", f"/mode/{TRADE}", None, 404, 40409),
    ("POST", "/subjects/nothing", '{"schema": "1"}', 404, 40401),
    ("POST", f"/subjects/{TRADE}", "", 422, 42201),
    ("POST", f"/subjects/{TRADE}", "[]", 422, 42201),
    ("POST", f"/subjects/{TRADE}", "[" * 60_000, 422, 42201),
    ("POST", f"/subjects/{TRADE}", '{"schema": "{}"}', 422, 42201),
    ("POST", f"/subjects/{TRADE}", '{"schema": "{\\"type\\": [\\"x\\"]}"}', 422, 42201),
    ("POST", f"/subjects/{TRADE}/versions", '{"schema": "\\"string\\""}', 422, 42205),
    ("DELETE", f"/subjects/{TRADE}", None, 422, 42205),
    ("DELETE", f"/subjects/{TRADE}/versions/1", None, 422, 42205),
    ("PUT", "/config", "{}", 422, 42205),
    ("PUT", f"/config/{TRADE}", "{}", 422, 42205),
    ("PUT", "/mode", "{}", 422, 42205),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), REFUSED)
def test_a_refusal_has_the_registrys_shape(registry, method, path, body, status, code):
    answer = registry.request(method, path, content=body)
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert (answer.status_code, set(answer.json())) == (status, {"error_code", "message"})
    assert answer.json()["error_code"] == code
    assert answer.json()["message"]
