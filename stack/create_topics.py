"""Creates the topics of the catalogue that a broker does not have yet, and refuses a changed number of partitions."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaConnectionError

from config.kafka import kafka_connection
from config.settings import Settings, settings
from stack.errors import StackError
from topics.catalogue import TOPICS

_TOPIC_ALREADY_EXISTS = 36
_REPLICAS_MAX = 3


def create_topics(config: Settings) -> list[str]:
    """Create what is missing, with the configured number of partitions; returns the names created."""
    return asyncio.run(_create(config, config.partitions))


async def _create(config: Settings, partitions: int) -> list[str]:
    admin = AIOKafkaAdminClient(**kafka_connection(config), request_timeout_ms=30000)
    try:
        await admin.start()
    except KafkaConnectionError as error:
        await admin.close()
        asking = "" if config.kafka_security == "none" else f", or it does not take the user {config.kafka_user}"
        raise StackError(
            f"No Kafka broker answers at {config.kafka_bootstrap}{asking}.",
            "Start it, or unset TAPELINE_KAFKA_BOOTSTRAP to have one started.",
        ) from error
    try:
        described = await admin.describe_topics()
        existing = {topic["topic"]: len(topic["partitions"]) for topic in described}
        _refuse_changed(existing, {topic.name: topic.partitions(partitions) for topic in TOPICS})
        brokers = len((await admin.describe_cluster())["brokers"])
        missing = [
            NewTopic(topic.name, topic.partitions(partitions), min(brokers, _REPLICAS_MAX), topic_configs=topic.config)
            for topic in TOPICS
            if topic.name not in existing
        ]
        if missing:
            _check((await admin.create_topics(missing)).topic_errors)
        return [topic.name for topic in missing]
    finally:
        await admin.close()


def _refuse_changed(existing: Mapping[str, int], wanted: Mapping[str, int]) -> None:
    for name, count in wanted.items():
        if existing.get(name, count) != count:
            raise StackError(
                f"Topic {name} has {existing[name]} partitions on this broker and {count} are configured; the number "
                "is fixed at the first start, because every account and book is kept by its partition.",
                "Set TAPELINE_PARTITIONS back to its first value, or start with a new TAPELINE_HOME.",
            )


def _check(errors: list[tuple[str, int, str | None]]) -> None:
    for name, code, message in errors:
        if code not in (0, _TOPIC_ALREADY_EXISTS):
            raise StackError(f"The broker refused to create topic {name}: {message or code}.", "See the broker's log.")


def main() -> None:
    """`python -m stack.create_topics`: for deployments whose broker is not ours."""
    created = create_topics(settings())
    print(f"created {len(created)} topics: {', '.join(created) or 'all were there'}")


if __name__ == "__main__":
    main()
