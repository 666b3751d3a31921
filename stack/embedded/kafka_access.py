"""Tells a broker of ours who its users are and what each may do, at each start anew: what the file of passwords and the
catalogue say. What somebody has given to users of their own stays.
"""

from __future__ import annotations

from collections.abc import Mapping

from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialUpsertion,
)

from stack.embedded.kafka_properties import ADMIN
from stack.embedded.kafka_rights import USERS, Right, rights

_ITERATIONS = 4096  # the least that Kafka takes: they make guessing slow, and 24 random bytes cannot be guessed
_TIMEOUT_S = 10.0
_KINDS = {
    "topic": ResourceType.TOPIC,
    "group": ResourceType.GROUP,
    "transactional_id": ResourceType.TRANSACTIONAL_ID,
}
_OPERATIONS = {"read": AclOperation.READ, "write": AclOperation.WRITE}


def provision(bootstrap: str, known: Mapping[str, str]) -> None:
    """Make the broker's users and their rights. The administrator is known before, by PLAIN; then by SCRAM too."""
    admin = administrator(bootstrap, known)
    information = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, _ITERATIONS)
    upsertions: list[UserScramCredentialAlteration] = [
        UserScramCredentialUpsertion(name, information, known[name].encode())
        for name in (ADMIN, *(user.name for user in USERS))
    ]
    for done in admin.alter_user_scram_credentials(upsertions).values():
        done.result(_TIMEOUT_S)
    wanted = {_binding(right) for right in rights()}
    ours = {f"User:{user.name}" for user in USERS}
    found = {binding for binding in held(admin) if binding.principal in ours}
    if stale := found - wanted:
        for done in admin.delete_acls([_filter(binding) for binding in stale]).values():
            done.result(_TIMEOUT_S)
    if missing := wanted - found:
        for done in admin.create_acls(list(missing)).values():
            done.result(_TIMEOUT_S)


def administrator(bootstrap: str, known: Mapping[str, str]) -> AdminClient:
    """A connection by which users and rights are made."""
    return AdminClient(
        {
            "bootstrap.servers": bootstrap,
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "PLAIN",
            "sasl.username": ADMIN,
            "sasl.password": known[ADMIN],
        }
    )


def held(admin: AdminClient) -> set[AclBinding]:
    """Every right that anybody has."""
    return set(admin.describe_acls(_ANY).result(_TIMEOUT_S))


_ANY = AclBindingFilter(  # None is any, whatever its annotations say
    ResourceType.ANY,
    None,  # type: ignore[arg-type]
    ResourcePatternType.ANY,
    None,  # type: ignore[arg-type]
    None,  # type: ignore[arg-type]
    AclOperation.ANY,
    AclPermissionType.ANY,
)


def _binding(right: Right) -> AclBinding:
    return AclBinding(
        _KINDS[right.kind],
        right.name,
        ResourcePatternType.PREFIXED if right.is_prefix else ResourcePatternType.LITERAL,
        f"User:{right.user}",
        "*",
        _OPERATIONS[right.operation],
        AclPermissionType.ALLOW,
    )


def _filter(binding: AclBinding) -> AclBindingFilter:
    return AclBindingFilter(
        binding.restype,
        binding.name,
        binding.resource_pattern_type,
        binding.principal,
        binding.host,
        binding.operation,
        binding.permission_type,
    )
