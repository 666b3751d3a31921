"""The contract as an AsyncAPI 3 document, made from the catalogue and the schemas; nothing in it is written twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from topics import promises, schemas
from topics.catalogue import TOPICS, Topic

SCHEMA_FORMAT = "application/vnd.apache.avro+json;version=1.9.0"
_BINDING = {"bindingVersion": "0.5.0"}
_CONFIGURATION: dict[str, Callable[[str], Any]] = {
    "cleanup.policy": lambda text: [text],
    "retention.ms": int,
    "retention.bytes": int,
}
_HEADERS = {
    "type": "object",
    "properties": {
        "origin": {
            "type": "string",
            "pattern": "^[a-z-]+/[0-9]+/[0-9]+/[0-9]+$",
            "description": "topic/partition/offset of the record that caused this one, and the index among its effects;"
            " absent from what came from outside",
        },
        "correlation-id": {
            "type": "string",
            "description": "carried along from the first cause; of an order's records its order id",
        },
    },
}


def document(bootstrap: str, registry_url: str, partitions: int, *, by_password: bool = False) -> dict[str, Any]:
    """The whole document. `bootstrap` is `host:port`, several by commas; `registry_url` is the API's address;
    `by_password` says that the broker asks who connects.
    """
    security = {"security": [{"type": "scramSha512"}]} if by_password else {}
    registry = {"schemaRegistryUrl": registry_url, "schemaRegistryVendor": "confluent", **_BINDING}
    return {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Tapeline",
            "version": "2",
            "description": f"Every topic of the market. Read with isolation level {promises.ISOLATION}. Numbers are "
            "integers, their unit last in the name: _e4 and _e6 are 1e-4 and 1e-6, _us microseconds since the epoch.",
        },
        "defaultContentType": "avro/binary",
        "servers": {
            f"broker-{number}": {"host": host, "protocol": "kafka", "bindings": {"kafka": registry}, **security}
            for number, host in enumerate(bootstrap.split(","), start=1)
        },
        "channels": {topic.name: _channel(topic, partitions) for topic in TOPICS},
        "operations": {f"write-{topic.name}": _operation(topic) for topic in TOPICS},
        "components": {
            "schemas": {
                name: {"schemaFormat": SCHEMA_FORMAT, "schema": schema} for name, schema in schemas.current().items()
            }
        },
    }


def _channel(topic: Topic, partitions: int) -> dict[str, Any]:
    told = {name: _CONFIGURATION[name](text) for name, text in topic.config.items() if name in _CONFIGURATION}
    return {
        "address": topic.name,
        "title": topic.name,
        "summary": topic.about,
        "description": f"Key: {topic.key}; {topic.why}. {promises.ordering(topic)} Kept: {promises.kept(topic)}.",
        "messages": {record: _message(topic, record) for record in topic.records},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions(partitions),
                "topicConfiguration": told,
                **_BINDING,
            }
        },
    }


def _message(topic: Topic, record: str) -> dict[str, Any]:
    return {
        "name": record,
        "title": record,
        "summary": schemas.current()[record]["doc"],
        "headers": _HEADERS,
        "correlationId": {"location": "$message.header#/correlation-id"},
        "payload": {"$ref": f"#/components/schemas/{record}"},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": topic.key},
                "schemaIdLocation": "payload",
                "schemaIdPayloadEncoding": "confluent",
                **_BINDING,
            }
        },
    }


def _operation(topic: Topic) -> dict[str, Any]:
    """Tapeline writes: consumers read."""
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "title": f"written by {', '.join(topic.producers)}",
        "description": " ".join(promises.delivery(topic)),
    }
