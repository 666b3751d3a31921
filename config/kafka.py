"""How a process's Kafka clients connect: the one place where its user and password become settings of a client."""

from __future__ import annotations

from typing import Any

from config.settings import Settings


def kafka_connection(config: Settings) -> dict[str, Any]:
    """Arguments of every aiokafka client: where the broker is and, where it asks, who this process is."""
    connection: dict[str, Any] = {"bootstrap_servers": config.kafka_bootstrap}
    if config.kafka_security == "scram":
        connection |= {
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": config.kafka_user,
            "sasl_plain_password": config.kafka_password.get_secret_value(),
        }
    return connection
