"""What a user may decide about the embedded servers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stack.embedded import kafka_jars, ports
from stack.errors import StackError

_LOGIN = ("TAPELINE_KAFKA_SECURITY", "TAPELINE_KAFKA_USER", "TAPELINE_KAFKA_PASSWORD")


@dataclass(frozen=True)
class StackOptions:
    kafka_bootstrap: str | None = None  # an existing broker: ours is not started
    kafka_security: str | None = None  # none or scram; None: as at the last start, none at the very first
    kafka_login: Mapping[str, str] = field(default_factory=dict, repr=False)  # what an existing broker is told
    partitions: int | None = None  # None: as at the first start, 1 at the very first
    ports: Mapping[str, int] = field(default_factory=dict)
    jar_cache: Path = field(default_factory=kafka_jars.cache_directory)

    @classmethod
    def from_environment(cls) -> StackOptions:
        """The options that TAPELINE_* variables of this process ask for."""
        asked = {name: _number(f"TAPELINE_{name.upper()}_PORT") for name in ports.NAMES}
        return cls(
            kafka_bootstrap=os.environ.get("TAPELINE_KAFKA_BOOTSTRAP"),
            kafka_security=_security(),
            kafka_login={name: os.environ[name] for name in _LOGIN if name in os.environ},
            partitions=_number("TAPELINE_PARTITIONS"),
            ports={name: port for name, port in asked.items() if port},
        )


def _security() -> str | None:
    asked = os.environ.get("TAPELINE_KAFKA_SECURITY")
    if asked not in (None, "none", "scram"):
        raise StackError(f"TAPELINE_KAFKA_SECURITY is {asked!r}.", "Set it to none or scram, or unset it.")
    return asked


def _number(variable: str) -> int | None:
    value = os.environ.get(variable, "")
    if value and not (value.isascii() and value.isdigit() and int(value)):
        raise StackError(f"{variable} is {value!r}, which is not a positive number.", f"Correct or unset {variable}.")
    return int(value) if value else None
