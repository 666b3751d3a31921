"""Committed records of the simulated broker, decoded, for the invariants to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proof.simulated.broker import Broker
from topics.codec import Undecodable, decode


class Violation(AssertionError):
    """An invariant does not hold."""


def require(condition: bool, text: str) -> None:
    if not condition:
        raise Violation(text)


def messages(broker: Broker, topic: str) -> Iterator[Any]:
    """Decoded committed records of a topic, whatever their partition; undecodable ones are passed over."""
    for partition in range(broker.partitions):
        for stored in broker.committed(topic, partition):
            try:
                yield decode(stored.value)
            except Undecodable:
                continue


def entries(broker: Broker, changelog: str) -> dict[str, Any]:
    """Live entries of a changelog by name."""
    live: dict[str, Any] = {}
    for partition in range(broker.partitions):
        for stored in broker.committed(changelog, partition):
            name = (stored.key or b"").decode()
            if stored.value is None:
                live.pop(name, None)
            elif name != "mark":
                live[name] = decode(stored.value)
    return live
