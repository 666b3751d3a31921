"""The broker's properties: those that decide how it behaves are the same in docker-compose.yml, held by a test."""

from __future__ import annotations

from pathlib import Path

# A broker of others mostly allows no session below 6 s, the default of the settings.
SESSION_TIMEOUT_MS = "3000"
ADMIN = "admin"  # the broker towards itself, and the supervisor when it makes users, rights and topics

BEHAVIOUR = {
    "auto.create.topics.enable": "false",  # a misspelt topic is an error, not a topic
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "1000",
    # back in 5 s instead of 13 after a kill
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "500",
    # an open transaction of a dead worker holds back readers: bound it, and look for it every second
    "transaction.max.timeout.ms": "60000",
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": "1000",
    # saves processor time in every transaction; an owner that was replaced is fenced by its epoch anyway
    # (docs/decisions; held by the tests that kill and freeze workers)
    "transaction.partition.verification.enable": "false",
    "offsets.topic.num.partitions": "4",
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    # one small machine: few threads, small segments, a cleaner of 16 MB instead of 128
    "num.network.threads": "2",
    "num.io.threads": "2",
    "background.threads": "2",
    "log.cleaner.threads": "1",
    "log.cleaner.dedupe.buffer.size": "16777216",
    "log.segment.bytes": "67108864",
    "log.index.size.max.bytes": "1048576",
}


def on_loopback(port: int, controller_port: int, data: Path, admin_password: str | None = None) -> str:
    """`server.properties` of one node that is broker and controller, reachable from this machine alone. With a password
    of the administrator it asks everybody who connects, and allows what rights say and nothing else.
    """
    protocol = "PLAINTEXT" if admin_password is None else "SASL_PLAINTEXT"
    listeners = f"{protocol}://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}"
    place = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "listeners": listeners,
        "advertised.listeners": listeners,
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.bootstrap.servers": f"127.0.0.1:{controller_port}",
        "listener.security.protocol.map": f"{protocol}:{protocol},CONTROLLER:{protocol}",
        "log.dirs": str(data),
    }
    if admin_password is not None:
        place |= _asking(admin_password)
    return "".join(f"{name}={value}\n" for name, value in (place | BEHAVIOUR).items())


def _asking(admin_password: str) -> dict[str, str]:
    """The controller's port asks too, or it would be the way around. PLAIN knows the administrator alone: somebody has
    to be known before the broker can be told of users.
    """
    plain = (
        "org.apache.kafka.common.security.plain.PlainLoginModule required "
        f'username="{ADMIN}" password="{admin_password}" user_{ADMIN}="{admin_password}";'
    )
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    return {
        "security.inter.broker.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism.inter.broker.protocol": "PLAIN",
        "sasl.mechanism.controller.protocol": "PLAIN",
        "listener.name.sasl_plaintext.sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
        "listener.name.sasl_plaintext.plain.sasl.jaas.config": plain,
        "listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config": scram,
        "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
        "listener.name.controller.plain.sasl.jaas.config": plain,
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": f"User:{ADMIN}",
    }
